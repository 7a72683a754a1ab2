"""Ways from assessment through a meeting, a hearing or an accelerated one, act after act by the rules alone."""

from dataclasses import replace

from peelian.rules.steps import not_independent
from tests.regulations.steps.walking import (
    LAW,
    OFFICER,
    TO_REPORT,
    TO_SEVERITY,
    TOLD,
    conduct,
    to_hearing,
    to_meeting,
)


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
