"""An officer who leaves while it is looked into: the case goes on to an accelerated hearing and to both lists."""

from tests.journeys import sittings
from tests.journeys.casework import Case
from tests.journeys.stretches import assessed, investigated, told_of


def test_a_former_officer(case: Case) -> None:
    """She resigns; the panel finds that she would have been dismissed, and nobody can dismiss her."""
    case.concerns("Celia Marsh", "conduct_matter")
    told_of(case, "She kept what was handed in.", heading="Kept what was handed in", alleged="She kept it.")
    assessed(case, "gross_misconduct")
    investigated(case)
    authority, chair, handler = (case.desk(who) for who in ("authority", "chair", "handler"))
    handler.decides("left_force=resigned", "She handed her warrant card in.")
    authority.decides("left_under_allegation=report")
    handler.is_owed(LST_02=None).decides("advisory_report=reported").is_not_owed("LST-02")
    authority.decides("former_condition=condition_a", "It came to attention before she left.")
    authority.opens("former_case").sees("Outcomes not open here")
    authority.decides("determination=gross").decides("former_case=gross").decides("former_route=accelerated")
    handler.decides("accelerated_notice=given")
    sittings.opened(case, "accelerated")
    sittings.takes_the_chair(case, "accelerated-chair").sees("Eligible and whole")
    chair.decides("accelerated_held=held").decides("former_finding=would_have_been_dismissed")
    handler.is_owed(LST_01=None)
    chair.decides("accelerated_completed=completed").decides("accelerated_report=submitted")
    handler.decides("officer_told_outcome=told")
    handler.decides("barred_report=reported").is_not_owed("LST-01").decides("barred_listed=gross_misconduct")
    authority.decides("matter_outcome=proceedings")
    handler.closes("She would have been dismissed.", runs_on=["PAT-01"])
