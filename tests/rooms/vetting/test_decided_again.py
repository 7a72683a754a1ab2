"""Decisions on clearance drawn by lot and taken again by somebody who has not seen the first."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from peelian.journal import actions as journal
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.vetting import actions, queries
from peelian.vetting.rows import Recommended
from tests import worlds
from tests.second_looks import seed_for
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
GRANT = Recommended((), None, "grant", "Nothing stands against it.", {})
CONTROLS = Recommended(("public",), False, "grant_controls", "Not alone.", {})


@pytest.fixture
def made(at: datetime) -> Vetted:
    """Clearance decided on last month by the one manager there was then."""
    made = vetted(at)
    made.cleared()
    return made


@pytest.fixture
def again(made: Vetted) -> Someone:
    return worlds.user(made.at, "Nina Newly", "vetting_manager")


def drawn(made: Vetted, by: Someone, seed: str = "") -> str:
    """The draw of the month, next month; returns what fell to `by`."""
    later = worlds.later(made.manager, made.at + timedelta(days=40))
    seed = seed or seed_for(made.ref, 10)
    assert actions.draw_decisions(by=later, month=made.on, seed=seed, on=later.today) == (1, 1)
    found = queries.to_decide_again(worlds.later(by, later.at))
    return found[0].ref if found else ""


def test_a_decision_falls_to_somebody_who_had_no_part_in_it_and_is_read_blind(made: Vetted, again: Someone) -> None:
    ref = drawn(made, again)
    later = worlds.later(again, made.at + timedelta(days=40))
    row = queries.blind(later, ref)
    assert (row.person.ref, len(row.sources), row.due_on) == (made.person, 15, later.today + timedelta(days=28))
    assert "As recommended." not in repr(row)
    assert "Everything was read together." not in repr(row)
    assert [one[0] for one in queries.board(later).again] == [ref]
    with pytest.raises(NotFound):
        queries.blind(made.manager.viewer, ref)
    with pytest.raises(NotFound):
        queries.compared(later, ref)


@pytest.mark.parametrize(("said", "agrees"), [(GRANT, True), (CONTROLS, False)])
def test_what_is_decided_again_is_locked_and_compared(
    made: Vetted, again: Someone, said: Recommended, agrees: bool
) -> None:
    ref = drawn(made, again)
    later = worlds.later(again, made.at + timedelta(days=40))
    given: dict[str, Any] = {"by": later, "drawn_ref": ref, "on": later.today}
    with pytest.raises(NotValid, match="it can only be"):
        actions.decide_again(said=Recommended((), None, "refuse", "So.", {}), **given)
    assert actions.decide_again(said=said, **given) is agrees
    with pytest.raises(NotAllowed, match="locked"):
        actions.decide_again(said=said, **given)
    [figures] = queries.second_draws(later)
    assert (figures.drawn, figures.answered, figures.waiting, figures.missing, figures.not_blind) == (1, 1, 0, 0, 0)
    assert figures.agreement is not None
    assert (figures.agreement.agreed, figures.agreement.cases) == (int(agrees), 1)
    about: dict[str, Any] = {"drawn_ref": ref, "words": "Both read it rightly.", "on": later.today}
    if agrees:
        with pytest.raises(NotFound):
            actions.look(by=worlds.later(made.chief, later.at), **about)
        return
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.look(by=worlds.later(made.manager, later.at), **about)
    assert queries.compared(worlds.later(made.chief, later.at), ref).may_look
    actions.look(by=worlds.later(made.chief, later.at), **about)
    assert queries.compared(later, ref).looked == "Both read it rightly."


def test_whoever_opened_the_person_does_not_come_to_it_afresh(made: Vetted, again: Someone) -> None:
    journal.look(by=again.viewer, kind=RecordKind.PERSON, key=made.person, summary="opened the page person")
    assert drawn(made, again) == ""
    [figures] = queries.second_draws(made.officer.viewer)
    assert (figures.drawn, figures.missing) == (1, 1)


def test_opening_something_else_before_deciding_does_not_count_as_blind(made: Vetted, again: Someone) -> None:
    ref = drawn(made, again)
    later = worlds.later(again, made.at + timedelta(days=40))
    journal.look(by=later, kind=RecordKind.PERSON, key=made.person, summary="opened the page clearance")
    actions.decide_again(by=later, drawn_ref=ref, said=GRANT, on=later.today)
    [figures] = queries.second_draws(later)
    assert (figures.not_blind, figures.agreement) == (1, None)


def test_a_month_is_drawn_once_it_is_over_and_once(made: Vetted, again: Someone) -> None:
    with pytest.raises(NotValid, match="not over"):
        actions.draw_decisions(by=made.manager.viewer, month=made.on, seed="a", on=made.on)
    drawn(made, again)
    with pytest.raises(NotValid, match="drawn already"):
        drawn(made, again)
    with pytest.raises(NotAllowed):
        actions.draw_decisions(by=made.officer.viewer, month=made.on, seed="a", on=made.on)
