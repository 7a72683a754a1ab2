"""Ways beside proceedings: staff, reflective practice, performance and suspension, by the rules alone."""

import pytest

from peelian.rules.steps import indicated
from peelian.terms.people import PersonKind
from tests.regulations.steps.walking import (
    LAW,
    TO_REPORT,
    TO_SEVERITY,
    conduct,
)


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


def test_somebody_who_left_the_force_is_suspended_no_more_reg_11() -> None:
    case = conduct()
    case.take("left_force=resigned")
    assert case.refusal("suspension_test=suspend")
    assert case.refusal("measures=suspend_in_writing")


def test_nobody_is_suspended_after_the_test_once_they_left_whether_a_step_says_so_or_the_register() -> None:
    told = conduct().take("suspension_test=suspend", "left_force=resigned")
    assert "ruled out" in told.refusal("measures=suspend_in_writing")
    known = conduct().take("suspension_test=suspend")
    assert not known.refusal("measures=suspend_in_writing")
    known.has_left = True
    assert "ruled out" in known.refusal("measures=suspend_in_writing")
    assert "too late" in known.refusal("suspension_test=suspend")
    assert "comes after another step" in known.refusal("former_condition=condition_a")


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
