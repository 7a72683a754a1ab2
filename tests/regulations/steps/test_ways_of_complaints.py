"""Ways of complaints, referrals and withdrawals through the steps, by the rules alone, and what the order refuses."""

import pytest

from peelian.rules.steps import indicated, not_independent, option_closed
from tests.regulations.steps.walking import (
    COMPLAINANT,
    DAY,
    LAW,
    TO_REPORT,
    Case,
    conduct,
)


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


def test_a_complaint_outside_schedule_3_is_resolved_or_recorded() -> None:
    case = Case("complaint_outside_s3").take("first_contact=reached", "outside_outcome=resolved", "outcome_told=told")
    assert case.refusal("handling=investigate")
    case.take("recording=record")
    assert "too late" in case.refusal("outside_outcome=resolved")


@pytest.mark.parametrize("rule", [row.key for row in LAW.table("review_body_rule")])
def test_the_review_body_is_the_iopc_where_a_rule_says_so(rule: str) -> None:
    step = LAW.steps["review_body"]
    found = indicated(step, "complaint_s3", {one.key: one.key == rule for one in step.questions}).value
    assert found is not None
    assert found.key == ("local_policing_body" if rule == "RRB99" else "iopc")
