"""Whole cases, from recording to their end, walked through the actions by whoever holds the power of each step."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.decisions import actions, queries
from peelian.demo.deliberations import answers_for
from peelian.journal.verification import verify
from peelian.matters import queries as matters
from peelian.people import actions as people
from peelian.proceedings import actions as proceedings
from peelian.rules.saying import left_out
from peelian.statute import Per
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import Viewer
from tests import panels, worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)
ASSESSED = ("referral=no", "conduct_handling=investigate", "investigator=appointed", "severity=gross_misconduct")
INVESTIGATED = (
    "notice_of_investigation=given",
    "terms_of_reference=set",
    "plan=agreed",
    "interview_fixed=fixed",
    "interview_held=held",
    "report=submitted",
)
TO_HEARING = (
    *("live_warnings=none", "determination=gross", "form=hearing"),
    *("papers=supplied", "panel_named=told", "officer_reply=denies", "bundle=supplied"),
    *("proceedings_day=hearing", "directions=all", "notice_published=published", "proceedings_held=hearing"),
)


@dataclass
class Walk:
    """A matter and those who work on it. `take` takes outcomes in order, each through whoever owns its step."""

    at: datetime
    kind: MatterKind = MatterKind.CONDUCT_MATTER
    worker: PersonKind = PersonKind.OFFICER
    by: dict[Permission, Viewer] = field(default_factory=dict)
    signer: Viewer | None = None
    officer: str = ""
    complainant: str = ""
    ref: str = ""

    def __post_init__(self) -> None:
        named = {
            Permission.ASSESS_CONDUCT: ("Aster Lee", "assessor"),
            Permission.RECORD_EVENT: ("Hanna Handler", "complaint_handler"),
            Permission.INVESTIGATE: ("Ivo Inquirer", "supervisor"),
            Permission.DETERMINE: ("Ada Authority", "appropriate_authority"),
            Permission.SIT: ("Cora Chair", "chief_officer"),
        }
        self.by = {power: worlds.user(self.at, name, role).viewer for power, (name, role) in named.items()}
        self.signer = worlds.user(self.at, "Hedda Head", "head_of_professional_standards").viewer
        system = worlds.peelian(self.at)
        self.officer = people.register_person(
            by=system, kind=self.worker, family="Shaw", given="Ada", joined=None, on=CAME
        )
        self.complainant = worlds.member_of_the_public(self.at, "Reed", "Robin")
        complainants = [self.complainant] if self.kind.value.startswith("complaint") else []
        recording = worlds.complaint(CAME, officers=[self.officer], complainants=complainants, kind=self.kind)
        if self.kind is not MatterKind.COMPLAINT_UNDER_SCHEDULE_3:
            recording = replace(recording, tests=())
        if not complainants:
            recording = replace(recording, complainants=())
        self.ref = worlds.clocks.open_matter(
            by=system, recording=recording, handling_started_on=CAME, on=self.at.date()
        )

    def take(self, *outcomes: str) -> "Walk":
        for outcome in outcomes:
            self.take_one(outcome)
        return self

    def take_one(self, outcome: str, by: Viewer | None = None) -> None:
        key, _, option = outcome.partition("=")
        step = law().steps[key]
        chosen = step.option(option)
        assert chosen is not None, outcome
        actor = by or self.by[step.owner]
        if step.joint_view:
            shown = [line.ref for one in queries.joint(actor, self.ref).people for line in one.matters]
            said = {"shown": shown, "together": False, "reasons": "Nothing else is known.", "on": actor.today}
            actions.record_joint_view(by=actor, matter_ref=self.ref, **said)
        person = {Per.MATTER: "", Per.OFFICER: self.officer, Per.COMPLAINANT: self.complainant}[step.per]
        if panels.record(self.by[Permission.DETERMINE], self.by[Permission.SIT], self.ref, person, key, option):
            return
        before = queries.asking(actor, self.ref, key, person).before
        ref = proceedings.decide(
            by=actor,
            matter_ref=self.ref,
            step=key,
            option=option,
            person_key=person,
            answers=dict(answers_for(key, self.kind.value, option)) if step.questions else {},
            reasons=f"Because of {outcome}.",
            on=actor.today,
            fixed_on=actor.today if chosen.asks_day else None,
            replaces=before.ref if before else "",
            said={key: "Said in words." for key, _ in left_out(step, chosen, self.kind, {}, open_lines=True)},
        )
        assert self.signer is not None
        for one in queries.to_sign(self.signer):
            if one.decision.ref == ref:
                signed = {"agreed": True, "reasons": "I have read it all.", "on": actor.today}
                actions.sign_decision(by=self.signer, matter_ref=self.ref, decision_ref=ref, **signed)

    @property
    def events(self) -> list[str]:
        return [event.key for event in clocks.events(worlds.peelian(self.at), self.ref)]

    def owed(self) -> set[str]:
        return {duty.clock for duty in clocks.matter_duties(worlds.peelian(self.at), self.ref, self.at.date()).open}


def test_gross_misconduct_ends_in_dismissal_the_barred_list_and_publication(at: datetime) -> None:
    walk = Walk(at).take(*ASSESSED, *INVESTIGATED, *TO_HEARING)
    walk.take("finding=gross_misconduct", "action_gross=dismissal", "action_notified=dismissal")
    assert "LST-01" in walk.owed()
    walk.take("proceedings_completed=completed", "chair_report=submitted", "officer_told_outcome=told")
    walk.take("outcome_published=published", "barred_report=reported", "barred_listed=gross_misconduct")
    assert "LST-01" not in walk.owed()
    for event in ("severity_assessed", "case_to_answer_decided", "hearing_held", "dismissed", "barred_list_reported"):
        assert event in walk.events
    standing = [row for row in queries.decisions(worlds.peelian(at), walk.ref) if row.stands]
    assert all(row.reasons for row in standing)
    assert len(standing) == len({(row.step.key, row.person_key) for row in standing})
    assert verify().is_whole


def test_whoever_investigated_neither_determines_nor_chairs_ci_6(at: datetime) -> None:
    walk = Walk(at).take(*ASSESSED, *INVESTIGATED, "live_warnings=none")
    many = worlds.user(at, "May Do", "supervisor", "appropriate_authority").viewer
    walk.take_one("report=submitted", by=many)
    with pytest.raises(NotAllowed, match="independent"):
        walk.take_one("determination=gross", by=many)
    walk.take("determination=gross")


def test_a_recorded_complaint_is_handled_otherwise_told_and_reviewed(at: datetime) -> None:
    walk = Walk(at, kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3)
    walk.take("first_contact=reached", "record_copy=supplied", "referral=no", "handling=otherwise", "update=given")
    walk.take("complaint_action=apology", "complaint_outcome=not_acceptable", "review_right=carries")
    walk.take("review_body=local_policing_body", "outcome_told=told", "review_right_told=told")
    walk.take("review_application=in_time", "review_decision=upheld")
    for event in ("complainant_contacted", "outcome_decided", "outcome_told", "review_right_told", "review_applied"):
        assert event in walk.events


def test_an_accelerated_hearing_ends_in_dismissal(at: datetime) -> None:
    walk = Walk(at).take(*ASSESSED, "notice_of_investigation=given", "special_conditions_stated=may_be_met")
    walk.take("special_conditions=met", "form=accelerated", "accelerated_notice=given", "accelerated_day=given")
    walk.take("accelerated_held=held", "accelerated_finding=gross_misconduct", "action_gross=dismissal")
    walk.take(
        "action_notified=dismissal",
        "accelerated_completed=completed",
        "accelerated_report=submitted",
        "officer_told_outcome=told",
    )
    assert {"special_conditions_decided", "accelerated_hearing_held", "dismissed"} <= set(walk.events)


def test_a_former_officer_would_have_been_dismissed(at: datetime) -> None:
    walk = Walk(at).take(*ASSESSED, *INVESTIGATED, "determination=gross", "left_force=resigned")
    walk.take("left_under_allegation=report", "advisory_report=reported", "former_condition=condition_a")
    walk.take("former_case=gross", "former_route=accelerated", "accelerated_notice=given", "accelerated_held=held")
    walk.take("former_finding=would_have_been_dismissed", "accelerated_completed=completed", "barred_report=reported")
    assert walk.events.count("dismissed") == 1


def test_a_dsi_matter_is_referred_and_becomes_conduct_where_there_is_an_indication(at: datetime) -> None:
    walk = Walk(at, kind=MatterKind.DSI_MATTER).take("referral=refer_must")
    assert "REF-02" in walk.owed() or "REF-01" in walk.owed()
    walk.take("referral_sent=sent", "mode=directed", "investigator=appointed", "special_requirements=met")
    walk.take("severity=gross_misconduct", *INVESTIGATED, "determination=gross")
    assert {"referred_to_iopc", "case_to_answer_decided"} <= set(walk.events)


def test_a_withdrawn_complaint_is_looked_at_afresh_by_somebody_else_les_08(at: datetime) -> None:
    walk = Walk(at, kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3)
    walk.take("withdrawal_letter=sent", "withdrawal_answer=withdraws", "withdrawal_decision=conduct_matter")
    assert "outcome_decided" not in walk.events


def test_staff_are_dealt_with_under_their_contract(at: datetime) -> None:
    walk = Walk(at, worker=PersonKind.STAFF).take("referral=no", "conduct_handling=investigate")
    viewer = walk.by[Permission.DETERMINE]
    owed = {one.clock: one.provision for one in clocks.matter_duties(viewer, walk.ref, viewer.today).open}
    assert owed["INV-01"] == "Local rule"
    walk.take("investigator=appointed", "staff_severity=gross_misconduct", "staff_notice=given")
    walk.take("staff_measures=suspend", "staff_interview=held", "report=submitted", "staff_determination=case")
    walk.take("staff_meeting=held", "staff_outcome=dismissal", "barred_report=reported")
    with pytest.raises(NotAllowed, match="independent"):
        walk.take("staff_appeal=confirmed")
    walk.take_one("staff_appeal=confirmed", by=walk.by[Permission.SIT])
    with pytest.raises(NotAllowed, match="police staff"):
        walk.take("determination=gross")


def test_reflective_practice_ends_with_a_report_that_is_discussed(at: datetime) -> None:
    walk = Walk(at).take("referral=no", "conduct_handling=investigate", "severity=practice_requiring_improvement")
    walk.take("neither_route=reflective_practice", "reflective_invited=invited", "reflective_account=given")
    walk.take("reflective_review=report_agreed", "reflective_appraisal=discussed")
    assert {"reflective_account_invited", "reflective_report_discussed"} <= set(walk.events)


def test_a_complaint_outside_schedule_3_is_resolved_and_closed(at: datetime) -> None:
    walk = Walk(at, kind=MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3)
    walk.take("first_contact=reached", "outside_outcome=resolved", "outcome_told=told")
    handler = walk.by[Permission.RECORD_EVENT]
    worlds.clocks.close_matter(
        by=handler,
        matter_ref=walk.ref,
        version=matters.matter(handler, walk.ref).version,
        on=handler.today,
        reasons="The complainant is content.",
    )
    assert matters.matter(handler, walk.ref).line.closed is not None
    assert not any(stage.steps for stage in queries.casework(handler, walk.ref).stages)
