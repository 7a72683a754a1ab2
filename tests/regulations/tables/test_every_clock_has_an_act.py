"""Every clock of the tables starts from something that somebody does here, or that Peelian computes."""

from peelian.clocks.recordable import CAME, NOT_BY_HAND, fits, follows_a_decision
from peelian.returns.acts import DOINGS
from peelian.statute import Status, product
from peelian.terms.matters import MatterKind

COMPUTED = {
    CAME,  # given with the matter
    "further_matter",  # `matters.queries.register.further_matters`: an earlier matter is about the same person
    "quarter_ended",  # `returns`: the calendar
}


def recorded() -> set[str]:
    """The events that something records: a person by hand, a step of casework, an act on a return of the force."""
    law = product()
    by_hand = {
        event.key
        for event in law.events.values()
        if event.key not in NOT_BY_HAND | follows_a_decision() and any(fits(event, kind) for kind in MatterKind)
    }
    steps = {key for step in law.steps.values() for one in step.options for key in (*one.events, *one.events_again)}
    return by_hand | steps | set(DOINGS)


def test_every_clock_that_is_law_starts_from_an_act_or_is_computed() -> None:
    started, law = recorded() | COMPUTED, product()
    idle = [
        key
        for key, drive in law.drives.items()
        if law.editions_of[key][-1].status is Status.LIVE and not started.intersection(drive.starts)
    ]
    assert idle == []


def test_what_meets_a_clock_of_the_force_is_recorded_too() -> None:
    of_the_force = [drive for drive in product().drives.values() if "force" in drive.kinds]
    assert {drive.clock for drive in of_the_force} == {"CMP-15", "CMP-16", "CMP-17"}
    for drive in of_the_force:
        assert set(drive.met_by) <= set(DOINGS)
