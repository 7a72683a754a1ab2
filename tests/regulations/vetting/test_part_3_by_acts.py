"""SI 2025/502 Part 3 by acts: what the harm test keeps back, and who is independent enough to hear an appeal."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.people import actions as people
from peelian.terms.refusals import NotAllowed, NotValid
from peelian.terms.vetting import ClearanceState
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


class Withdrawn:
    """A withdrawal, act by act; each on a day of its own."""

    def __init__(self, made: Vetted, decider: Someone) -> None:
        self.made, self.decider = made, decider
        self.clearance = made.cleared()
        about = {"clearance_ref": self.clearance, "words": "A caution was found.", "on": made.on}
        self.ref = actions.open_withdrawal(by=made.officer.viewer, **about)

    def take(self, by: Someone, step: str, after: int = 0, **said: Any) -> None:
        at = self.made.at + timedelta(days=after)
        given = {"withdrawal_ref": self.ref, "step": step, "words": "Recorded.", "on": at.date(), **said}
        actions.take(by=worlds.later(by, at), **given)

    def appealed(self) -> None:
        """Withdrawn by the decider after the reply, told, and appealed."""
        officer, manager = self.made.officer, self.made.manager
        for by, step in ((manager, "assessment"), (manager, "appointed"), (officer, "notice"), (officer, "reply")):
            self.take(by, step)
        for by, step in ((self.decider, "withdrawn"), (officer, "supplied"), (officer, "appeal")):
            self.take(by, step, after=1)

    def next(self, by: Someone, step: str) -> str:
        """Why somebody cannot do an act today, as its page says; nothing where they can."""
        [found] = [
            one for one in queries.withdrawal(worlds.later(by, self.made.at), self.ref).nexts if one.row.key == step
        ]
        return found.refusal.reason if found.refusal else ""


@pytest.fixture
def unit(made: Vetted) -> str:
    return worlds.unit(made.at, "Decisions")


@pytest.fixture
def decider(made: Vetted, unit: str) -> Someone:
    """Somebody else who decides on clearance, in a unit of their own."""
    return worlds.user(made.at, "Dora Decider", "vetting_manager", unit_ref=unit)


@pytest.fixture
def held(made: Vetted, decider: Someone) -> Withdrawn:
    found = Withdrawn(made, decider)
    found.appealed()
    return found


def chief(made: Vetted, name: str, unit: str) -> Someone:
    return worlds.user(made.at, name, "chief_officer", unit_ref=worlds.unit(made.at, unit))


def test_an_appeal_is_heard_by_somebody_outside_the_line_of_the_decider(made: Vetted, held: Withdrawn) -> None:
    apart = chief(made, "Ada Apart", "Operations")
    assert held.next(apart, "appeal_allowed") == ""
    held.take(apart, "appeal_allowed", after=2)
    assert queries.clearance(made.officer.viewer, held.clearance).state is ClearanceState.HELD


def test_whoever_works_in_the_unit_of_the_decider_does_not_hear_the_appeal(
    made: Vetted, held: Withdrawn, unit: str
) -> None:
    near = worlds.user(made.at, "Nora Near", "chief_officer", unit_ref=unit)
    assert "unit of whoever decided" in held.next(near, "appeal_allowed")
    with pytest.raises(NotAllowed, match="unit of whoever decided") as refused:
        held.take(near, "appeal_dismissed", after=2)
    assert "LES-32" in refused.value.refusal.law


def test_whoever_manages_the_decider_does_not_hear_the_appeal(made: Vetted, held: Withdrawn, decider: Someone) -> None:
    boss = chief(made, "Bea Boss", "Command")
    given: dict[str, Any] = {"unit_ref": worlds.unit(made.at, "Elsewhere"), "on": date(2020, 1, 1)}
    people.post_to(by=worlds.peelian(made.at), person_ref=decider.ref, supervisor_ref=boss.ref, **given)
    with pytest.raises(NotAllowed, match="You manage whoever decided before"):
        held.take(boss, "appeal_allowed", after=2)


def test_whoever_granted_the_clearance_does_not_decide_on_its_withdrawal(made: Vetted, decider: Someone) -> None:
    found = Withdrawn(made, decider)
    for by, step in (
        (decider, "assessment"),
        (decider, "appointed"),
        (made.officer, "notice"),
        (made.officer, "reply"),
    ):
        found.take(by, step)
    assert "You granted this clearance" in found.next(made.manager, "withdrawn")
    with pytest.raises(NotAllowed, match="You granted this clearance"):
        found.take(made.manager, "withdrawn", after=1)


def test_what_the_harm_test_keeps_back_has_a_ground_and_a_reason(made: Vetted, decider: Someone) -> None:
    found = Withdrawn(made, decider)
    found.take(made.manager, "assessment")
    found.take(made.manager, "appointed")
    for said, field in (
        ({"withheld": "An address."}, "grounds"),
        ({"grounds": ["welfare_safety"]}, "withheld"),
        ({"withheld": "An address.", "grounds": ["third_party"]}, "grounds"),
    ):
        with pytest.raises(NotValid) as refused:
            found.take(made.officer, "notice", **said)  # type: ignore[arg-type]  # words of the cases
        assert refused.value.field == field
    found.take(made.officer, "notice", withheld="An address: they would be found.", grounds=["welfare_safety"])
    step = queries.withdrawal(made.officer.viewer, found.ref).steps[-1]
    [ground] = step.grounds
    assert (ground.label, ground.law, ground.unverified) == ("Welfare and safety", "SI 2020/4 reg 6", True)


def test_nothing_is_kept_back_by_an_act_that_supplies_nothing(made: Vetted, decider: Someone) -> None:
    found = Withdrawn(made, decider)
    with pytest.raises(NotValid, match="Choose the grounds"):
        found.take(made.manager, "assessment", withheld="A name.", grounds=["welfare_safety"])
