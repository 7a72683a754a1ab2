"""Whole ways through the steps, act after act by the rules alone, and what the order and the outcomes refuse."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from peelian import statute
from peelian.rules.steps import CaseFacts, Concerned, Taken, indicated, not_independent, option_closed, why_not
from peelian.statute import Per
from peelian.terms.people import PersonKind

LAW = statute.product()
DAY = date(2026, 11, 2)
OFFICER, COMPLAINANT = "ole", "ana"


@dataclass
class Case:
    """A case on which steps are taken by the rules alone. `done`: `step=option` in order."""

    kind: str
    edition: str = "2025"
    worker: PersonKind = PersonKind.OFFICER
    by: str = "user:one"
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)

    @property
    def facts(self) -> CaseFacts:
        people = (Concerned(OFFICER, Per.OFFICER, self.worker), Concerned(COMPLAINANT, Per.COMPLAINANT, None))
        return CaseFacts(self.kind, self.edition, True, people, tuple(self.taken.values()))

    def refusal(self, outcome: str, on: date = DAY) -> str:
        """Why an outcome cannot be given; empty where it can."""
        key, _, option = outcome.partition("=")
        step, person = LAW.steps[key], self._person(key)
        chosen = step.option(option)
        assert chosen is not None, outcome
        found = why_not(step, self.facts, person) or option_closed(chosen, step, self.facts, person, on)
        return found.reason if found else ""

    def take(self, *outcomes: str) -> "Case":
        for outcome in outcomes:
            assert not self.refusal(outcome), f"{outcome}: {self.refusal(outcome)}"
            key, _, option = outcome.partition("=")
            person = self._person(key)
            chosen = LAW.steps[key].option(option)
            assert chosen is not None
            self.events += chosen.events_again if (key, person) in self.taken else chosen.events
            self.taken[key, person] = Taken(key, option, person, self.by)
        return self

    def _person(self, key: str) -> str:
        return {Per.MATTER: "", Per.OFFICER: OFFICER}.get(LAW.steps[key].per, COMPLAINANT)


TO_SEVERITY = ("referral=no", "conduct_handling=investigate", "investigator=appointed", "severity=gross_misconduct")
TO_REPORT = (
    "notice_of_investigation=given",
    "terms_of_reference=set",
    "plan=agreed",
    "interview_fixed=fixed",
    "interview_held=held",
    "report=submitted",
)
PAPERS = ("papers=supplied", "panel_named=told", "officer_reply=denies", "bundle=supplied")
HEARING = ("proceedings_day=hearing", "directions=all", "notice_published=published", "proceedings_held=hearing")
TOLD = ("proceedings_completed=completed", "chair_report=submitted", "officer_told_outcome=told")


def conduct(**said: str) -> Case:
    return Case("conduct_matter", **said)  # type: ignore[arg-type]  # the test names the fields


def to_hearing(edition: str = "2025") -> Case:
    case = conduct(edition=edition).take(*TO_SEVERITY, *TO_REPORT, "live_warnings=none", "determination=gross")
    return case.take("form=hearing", *PAPERS, *HEARING)


def to_meeting(live: str = "none", edition: str = "2025") -> Case:
    case = conduct(edition=edition).take(*TO_SEVERITY, "severity=misconduct", *TO_REPORT, f"live_warnings={live}")
    form = "hearing" if live == "final_written" else "meeting"
    case.take(
        "determination=misconduct", f"form={form}", *PAPERS, f"proceedings_day={form}", f"proceedings_held={form}"
    )
    return case.take("finding=misconduct")


def test_gross_misconduct_goes_from_assessment_to_dismissal_the_barred_list_and_publication() -> None:
    case = to_hearing().take("finding=gross_misconduct", "action_gross=dismissal", "action_notified=dismissal")
    case.take(*TOLD, "outcome_published=published", "barred_report=reported", "barred_listed=gross_misconduct")
    for event in ("severity_assessed", "referred_to_hearing", "hearing_held", "dismissed", "barred_list_reported"):
        assert event in case.events
    assert case.events.index("papers_supplied") < case.events.index("hearing_held") < case.events.index("dismissed")


def test_a_misconduct_meeting_ends_in_a_warning_and_an_appeal() -> None:
    case = to_meeting().take("action_misconduct=written_warning", *TOLD, "warning_notified=written")
    assert "too late" in case.refusal("tribunal_appeal=given")
    case.take("meeting_appeal=unreasonable", "appeal_grounds=arguable", "appeal_meeting=held")
    case.take("appeal_decision=reversed", "appeal_told=told", "warning_expired=expired")
    assert "appeal_decision_told" in case.events


def test_an_accelerated_hearing_needs_the_special_conditions_and_may_send_the_case_back() -> None:
    case = conduct().take(*TO_SEVERITY, "notice_of_investigation=given")
    assert "comes after" in case.refusal("form=accelerated")
    case.take("special_conditions_stated=may_be_met", "special_conditions=met", "form=accelerated")
    case.take("accelerated_notice=given", "accelerated_day=given", "accelerated_held=held")
    other = replace(case, taken=dict(case.taken), events=list(case.events))
    case.take("accelerated_finding=gross_misconduct", "action_gross=dismissal", "accelerated_completed=completed")
    case.take("accelerated_report=submitted", "officer_told_outcome=told", "accelerated_outcome_published=published")
    assert "too late" in case.refusal("proceedings_completed=completed")
    other.take("accelerated_finding=returned", "form=meeting", "papers=supplied", "proceedings_day=meeting")
    assert other.refusal("accelerated_notice=given")


def test_a_matter_ends_where_an_accelerated_hearing_or_reflection_ends_it_without_a_report() -> None:
    """At a step for the whole matter, what stands for anybody concerned counts."""
    case = conduct().take(*TO_SEVERITY, "notice_of_investigation=given")
    case.take("special_conditions_stated=may_be_met", "special_conditions=met", "form=accelerated")
    case.take("accelerated_notice=given", "accelerated_held=held", "accelerated_finding=gross_misconduct")
    assert "comes after" in case.refusal("matter_outcome=proceedings")
    case.take("action_gross=dismissal", "accelerated_completed=completed", "matter_outcome=proceedings")
    other = conduct().take(*TO_SEVERITY, "severity=practice_requiring_improvement")
    assert "comes after" in other.refusal("matter_outcome=other_action")
    other.take("neither_route=reflective_practice", "matter_outcome=other_action")


def test_a_former_officer_is_found_to_be_one_who_would_have_been_dismissed() -> None:
    case = conduct().take(*TO_SEVERITY, *TO_REPORT, "determination=gross", "left_force=resigned")
    case.take("left_under_allegation=report", "advisory_report=reported", "former_condition=condition_a")
    case.take("former_case=gross", "former_route=accelerated", "accelerated_notice=given", "accelerated_held=held")
    assert "too late" in case.refusal("accelerated_finding=gross_misconduct")
    case.take("former_finding=would_have_been_dismissed", "accelerated_completed=completed", "barred_report=reported")
    assert case.events.count("dismissed") == 1


def test_without_a_condition_there_are_no_proceedings_against_a_former_officer() -> None:
    case = conduct().take(
        *TO_SEVERITY, *TO_REPORT, "determination=gross", "left_force=retired", "former_condition=none"
    )
    assert case.refusal("former_case=gross")


def test_a_recorded_complaint_is_handled_otherwise_and_reviewed() -> None:
    case = Case("complaint_s3").take("first_contact=reached", "record_copy=supplied", "referral=no")
    case.take("handling=otherwise", "update=given", "complaint_action=apology", "complaint_outcome=not_acceptable")
    assert case.refusal("review_right_told=told")
    case.take("review_right=carries", "review_body=local_policing_body", "outcome_told=told", "review_right_told=told")
    case.take("review_misdirected=received", "review_forwarded=forwarded", "review_application=in_time")
    case.take("review_decision=upheld", "complaint_outcome=not_acceptable")
    assert case.events.count("outcome_decided") == 2


def test_a_referred_matter_waits_for_the_iopc() -> None:
    case = Case("complaint_s3").take("referral=refer_must")
    assert case.refusal("handling=investigate")
    assert case.refusal("mode=local")
    case.take("referral_sent=sent")
    assert case.events == ["referral_required", "referred_to_iopc"]
    case.take("mode=local", "investigator=appointed", "special_requirements=met", "severity=misconduct")
    case.take("proceedings_ended=ended", "iopc_told=told")


def test_the_iopc_may_take_up_a_matter_that_nobody_referred() -> None:
    case = Case("recordable_conduct_matter").take("iopc_notice=power_of_initiative", "mode=independent")
    assert case.refusal("investigator=appointed")
    case.take("investigator=iopc_designated", "report=submitted", "iopc_view_sought=sought", "view_to_iopc=case")


def test_a_complaint_is_not_assessed_for_severity_before_special_requirements() -> None:
    case = Case("complaint_s3").take("referral=no", "handling=investigate")
    assert "comes after" in case.refusal("severity=misconduct")
    case.take("special_requirements=met")
    assert not case.refusal("severity=misconduct")
    assert not conduct().refusal("severity=misconduct")


def test_a_death_or_serious_injury_becomes_conduct_when_there_is_an_indication() -> None:
    case = Case("dsi").take("referral=refer_must", "referral_sent=sent", "mode=directed", "investigator=appointed")
    assert case.refusal("severity=gross_misconduct")
    case.take("special_requirements=met", "severity=gross_misconduct", *TO_REPORT, "determination=gross")


def test_a_withdrawn_complaint_is_looked_at_afresh_by_somebody_else() -> None:
    case = Case("complaint_s3").take("withdrawal_letter=sent", "withdrawal_answer=withdraws")
    step = LAW.steps["withdrawal_decision"]
    assert not_independent(step, case.facts, COMPLAINANT, "user:one") is not None
    assert not_independent(step, case.facts, COMPLAINANT, "user:two") is None
    asked = {question.key: False for question in step.questions}
    assert getattr(indicated(step, case.kind, {**asked, "indication": True}).value, "key", "") == "conduct_matter"
    assert getattr(indicated(step, case.kind, {**asked, "pressure": True}).value, "key", "") == "goes_on"
    case.take("withdrawal_decision=conduct_matter")
    assert "outcome_decided" not in case.events


@pytest.mark.parametrize(
    ("before", "ends"),
    [
        pytest.param(("referral=no",), True, id="never referred"),
        pytest.param(("referral=refer_must", "referral_sent=sent", "mode=no_investigation"), True, id="sent back"),
        pytest.param(("referral=refer_must", "referral_sent=sent", "mode=local"), False, id="referred"),
        pytest.param((), False, id="not yet asked whether it is referred"),
    ],
)
def test_a_referred_complaint_ends_as_withdrawn_only_by_the_public_interest_as_the_iopc_sees_it(
    before: tuple[str, ...], ends: bool
) -> None:
    case = Case("complaint_s3").take(*before, "withdrawal_notice=received")
    step = LAW.steps["withdrawal_decision"]
    withdrawn = next(one for one in step.options if one.key == "withdrawn")
    refused = option_closed(withdrawn, step, case.facts, COMPLAINANT, DAY)
    assert (refused is None) == ends
    assert refused is None or refused.law == "SI 2020/2 reg 38(2), (5)(a)"
    case.take("withdrawal_passed_on=told", "withdrawal_determined=not_in_the_public_interest")
    assert option_closed(withdrawn, step, case.facts, COMPLAINANT, DAY) is None


def test_want_of_support_alone_is_no_reason_for_no_case() -> None:
    step = LAW.steps["determination"]
    asked = {question.key: False for question in step.questions}
    found = indicated(step, "conduct_matter", {**asked, "only_support_missing": True}).value
    assert found is not None
    assert found.key == "more_enquiries"


def test_staff_are_dealt_with_under_their_contract_and_no_regulation() -> None:
    case = conduct(worker=PersonKind.STAFF)
    assert "police staff" in case.refusal("severity=misconduct")
    case.take(
        "referral=no", "conduct_handling=investigate", "investigator=appointed", "staff_severity=gross_misconduct"
    )
    case.take("staff_notice=given", "staff_measures=suspend", "staff_interview=held", "report=submitted")
    assert "police staff" in case.refusal("determination=gross")
    case.take("staff_determination=case", "staff_meeting=held", "staff_outcome=dismissal", "barred_report=reported")
    case.take("staff_appeal=confirmed", "staff_measures=end", "matter_outcome=proceedings", "outcome_told=told")


def test_reflective_practice_ends_with_an_agreed_report_that_is_discussed() -> None:
    case = conduct().take("referral=no", "severity=practice_requiring_improvement", "neither_route=reflective_practice")
    case.take("reflective_invited=invited", "reflective_account=given", "reflective_review=report_agreed")
    case.take("reflective_appraisal=discussed")
    assert case.refusal("notice_of_investigation=given")


def test_a_complaint_outside_schedule_3_is_resolved_or_recorded() -> None:
    case = Case("complaint_outside_s3").take("first_contact=reached", "outside_outcome=resolved", "outcome_told=told")
    assert case.refusal("handling=investigate")
    case.take("recording=record")
    assert "too late" in case.refusal("outside_outcome=resolved")


@pytest.mark.parametrize(("edition", "second", "straight"), [("2020", True, False), ("2025", False, True)])
def test_performance_has_three_stages_or_two(edition: str, second: bool, straight: bool) -> None:
    case = conduct(edition=edition).take(*TO_SEVERITY, *TO_REPORT, "determination=misconduct", "form=performance")
    case.take("performance_stage=first", "first_stage=improvement_notice")
    assert bool(case.refusal("after_first_stage=last_stage")) is not straight
    assert bool(case.refusal("after_first_stage=final_notice")) is not second
    if second:
        case.take("after_first_stage=final_notice", "after_second_stage=last_stage")
    else:
        case.take("after_first_stage=last_stage")
    case.take("last_stage=dismissal", "barred_report=reported", "barred_listed=gross_incompetence")


def test_suspension_begins_on_its_conditions_and_ends_once() -> None:
    case = conduct()
    assert case.refusal("measures=suspend_in_writing")
    case.take("suspension_test=suspend", "measures=suspend_orally", "suspension_confirmed=confirmed")
    assert "ruled out" in case.refusal("measures=restrict")
    case.take("suspension_representations=made", "suspension_review=continue", "measures=end_suspension")
    assert case.refusal("suspension_review=continue")
    assert case.refusal("measures=end_suspension")
    case.take("measures=suspend_in_writing", "suspension_review=should_change", "measures=restrict_instead")
    case.take("restriction_review=continue", "measures=lift")
    assert case.events.count("suspension_ended") == 2


def test_proceedings_are_withdrawn_before_they_begin_and_not_after() -> None:
    case = conduct().take(*TO_SEVERITY, *TO_REPORT, "determination=gross", "form=hearing", "papers=supplied")
    case.take("form=withdrawn", "withdrawn_route=reflective_practice", "reflective_invited=invited")
    assert case.refusal("papers=supplied")
    assert "ruled out" in to_hearing().refusal("form=withdrawn")


def test_whoever_investigated_neither_decides_nor_sits() -> None:
    case = to_hearing()
    for key in ("determination", "form", "finding", "proceedings_held", "chair_report"):
        assert not_independent(LAW.steps[key], case.facts, OFFICER, "user:one") is not None, key
        assert not_independent(LAW.steps[key], case.facts, OFFICER, "user:two") is None, key


OUT = [  # OUT-V1 to OUT-V6 of outcomes.toml: where, what, whether it is open
    ("OUT-V1 a meeting warns", to_meeting, {}, "action_misconduct=final_written_warning", True),
    ("OUT-V1 a meeting does not dismiss", to_meeting, {}, "action_misconduct=dismissal", False),
    ("OUT-V1 a meeting does not reduce", to_meeting, {}, "action_misconduct=reduction_in_rank", False),
    ("OUT-V1 a meeting does not find gross", to_meeting, {}, "finding=gross_misconduct", False),
    ("OUT-V2 no live final warning, one incident", to_hearing, {}, "action_misconduct=dismissal", False),
    ("OUT-V2 a live final warning", to_meeting, {"live": "final_written"}, "action_misconduct=dismissal", True),
    (
        "a final warning bars another",
        to_meeting,
        {"live": "final_written"},
        "action_misconduct=final_written_warning",
        False,
    ),
    ("a written warning bars another", to_meeting, {"live": "written"}, "action_misconduct=written_warning", False),
    (
        "a written warning leads to a final",
        to_meeting,
        {"live": "written"},
        "action_misconduct=final_written_warning",
        True,
    ),
    ("no action under 2020", to_meeting, {"edition": "2020"}, "action_misconduct=no_action", True),
    ("no action no longer under 2025", to_meeting, {}, "action_misconduct=no_action", False),
    ("management advice went in 2020", to_meeting, {"edition": "2020"}, "action_misconduct=management_advice", False),
    ("OUT-V3 dismissal", to_hearing, {}, "action_gross=dismissal", True),
    ("OUT-V3 a final warning by exception alone", to_hearing, {}, "action_gross=final_written_warning", False),
    ("OUT-V3 with the exception", to_hearing, {}, "action_gross=final_written_warning_exceptional", True),
    ("OUT-V3 not under 2020", to_hearing, {"edition": "2020"}, "action_gross=final_written_warning_exceptional", False),
    ("a final warning under 2020", to_hearing, {"edition": "2020"}, "action_gross=final_written_warning", True),
    ("reduction returned in 2020", to_hearing, {"edition": "2020"}, "action_gross=reduction_in_rank", True),
]


@pytest.mark.parametrize(("name", "way", "said", "outcome", "is_open"), OUT, ids=[one[0] for one in OUT])
def test_disciplinary_action_is_what_the_governing_edition_allows(
    name: str, way: object, said: dict[str, str], outcome: str, is_open: bool
) -> None:
    case = way(**said)  # type: ignore[operator]  # a builder from the table
    if way is to_hearing:
        case.take("finding=misconduct" if outcome.startswith("action_misconduct") else "finding=gross_misconduct")
    assert (case.refusal(outcome) == "") is is_open, case.refusal(outcome)


def test_misconduct_on_more_than_one_incident_may_end_in_dismissal_at_a_hearing_out_v2() -> None:
    case = to_hearing().take("finding=misconduct_several")
    assert not case.refusal("action_misconduct=dismissal")


def test_an_indictable_only_conviction_is_gross_misconduct_out_v7() -> None:
    step = LAW.steps["severity"]
    asked = {question.key: False for question in step.questions}
    found = indicated(step, "conduct_matter", {**asked, "indictable_only": True}).value
    assert found is not None
    assert found.key == "gross_misconduct"


def test_vetting_is_an_outcome_for_what_came_to_attention_from_28_may_2025() -> None:
    for edition, is_open in (("2020", False), ("2025", True)):
        case = conduct(edition=edition).take("referral=no", "severity=neither")
        assert (case.refusal("neither_route=vetting") == "") is is_open
    assert conduct().take("referral=no", "severity=neither").refusal("neither_route=vetting", date(2025, 5, 27))


FORMER = ("opts", "necessary", "default_applies")


@pytest.mark.parametrize(
    ("yes", "route"),
    [
        ({"default_applies"}, "accelerated"),
        ({"default_applies", "opts"}, "hearing"),
        ({"default_applies", "necessary"}, "hearing"),
        (set(), "hearing"),
    ],
)
def test_a_former_officer_goes_to_an_accelerated_hearing_unless(yes: set[str], route: str) -> None:
    found = indicated(LAW.steps["former_route"], "conduct_matter", {key: key in yes for key in FORMER}).value
    assert found is not None
    assert found.key == route


@pytest.mark.parametrize(
    ("yes", "outcome"),
    [
        ({"no_redeployment", "prejudice"}, "suspend"),
        ({"no_redeployment", "public_interest"}, "suspend"),
        ({"prejudice", "public_interest"}, "lesser"),  # redeployment would do
        ({"no_redeployment"}, "none"),
        ({"risk"}, "lesser"),
    ],
)
def test_suspension_needs_no_redeployment_and_a_reason_reg_11(yes: set[str], outcome: str) -> None:
    step = LAW.steps["suspension_test"]
    found = indicated(step, "conduct_matter", {one.key: one.key in yes for one in step.questions}).value
    assert found is not None
    assert found.key == outcome


def test_both_limbs_make_the_special_conditions_reg_49() -> None:
    step = LAW.steps["special_conditions"]
    for evidence in (True, False):
        for interest in (True, False):
            found = indicated(step, "conduct_matter", {"sufficient_evidence": evidence, "public_interest": interest})
            assert found.value is not None
            assert (found.value.key == "met") is (evidence and interest)


@pytest.mark.parametrize("rule", [row.key for row in LAW.table("review_body_rule")])
def test_the_review_body_is_the_iopc_where_a_rule_says_so(rule: str) -> None:
    step = LAW.steps["review_body"]
    found = indicated(step, "complaint_s3", {one.key: one.key == rule for one in step.questions}).value
    assert found is not None
    assert found.key == ("local_policing_body" if rule == "RRB99" else "iopc")
