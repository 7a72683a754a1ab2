"""Withdrawals, declarations and convictions as acts and rows."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.vetting import ClearanceState
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


def opened(made: Vetted) -> tuple[str, str]:
    """A clearance and a withdrawal of it."""
    clearance = made.cleared()
    given: dict[str, Any] = {"words": "A caution was found.", "on": made.on}
    return clearance, actions.open_withdrawal(by=made.officer.viewer, clearance_ref=clearance, **given)


def take(by: worlds.Someone, ref: str, step: str, on: date) -> None:
    actions.take(by=by.viewer, withdrawal_ref=ref, step=step, words="Done.", on=on)


def state(made: Vetted, clearance: str) -> ClearanceState:
    return queries.clearance(made.officer.viewer, clearance).state


def test_suspension_and_its_end_stand_on_the_clearance(made: Vetted) -> None:
    clearance, ref = opened(made)
    with pytest.raises(NotAllowed, match="Your role"):
        take(made.officer, ref, "suspended", made.on)
    take(made.manager, ref, "suspended", made.on)
    assert state(made, clearance) is ClearanceState.SUSPENDED
    rows = {one.person.ref: one.why for one in queries.in_post(made.officer.viewer).rows}
    assert rows[made.person] == "RV: suspended"
    take(made.manager, ref, "suspension_ended", made.on)
    assert state(made, clearance) is ClearanceState.HELD
    take(made.manager, ref, "no_assessment", made.on)
    assert queries.withdrawal(made.officer.viewer, ref).has_ended
    assert actions.open_withdrawal(by=made.officer.viewer, clearance_ref=clearance, words="More came.", on=made.on) in {
        one.ref for one in queries.withdrawals(made.officer.viewer)
    }


def test_the_page_says_what_comes_next_and_why_it_must_wait(made: Vetted) -> None:
    _, ref = opened(made)
    nexts = {one.row.key: one.refusal for one in queries.withdrawal(made.manager.viewer, ref).nexts}
    assert nexts["assessment"] is None
    mine = {one.row.key: one.refusal for one in queries.withdrawal(made.officer.viewer, ref).nexts}
    assert mine["assessment"] is not None
    again: dict[str, Any] = {"clearance_ref": queries.withdrawal(made.officer.viewer, ref).clearance_ref, "on": made.on}
    with pytest.raises(NotAllowed, match="open already"):
        actions.open_withdrawal(by=made.officer.viewer, words="More.", **again)
    with pytest.raises(NotFound):
        take(made.manager, ref, "nothing", made.on)


def test_a_declaration_says_how_late_it_came_and_is_decided_on(made: Vetted) -> None:
    given: dict[str, Any] = {"by": made.officer.viewer, "person_ref": made.person, "on": made.on, "words": "A bar."}
    ref = actions.declare(kind="business", about="A bar", by_self=True, arose_on=made.on - timedelta(days=40), **given)
    row = queries.declaration(made.officer.viewer, ref)
    assert (row.late_days, row.stands, row.law) == (40, "Not decided yet", "SI 2003/527 regs 7-9")
    assert queries.board(made.manager.viewer).undecided == 1
    answer: dict[str, Any] = {"declaration_ref": ref, "words": "Weekends only.", "on": made.on}
    with pytest.raises(NotValid, match="on which day to come"):
        actions.answer(by=made.manager.viewer, outcome="approved", **answer)
    with pytest.raises(NotValid, match="Choose what is decided"):
        actions.answer(by=made.manager.viewer, outcome="low", review_on=made.on + timedelta(days=9), **answer)
    actions.answer(by=made.manager.viewer, outcome="approved", review_on=made.on + timedelta(days=9), **answer)
    assert queries.declaration(made.officer.viewer, ref).stands == "Approved"
    assert queries.undecided(made.manager.viewer) == ()
    [duty] = [one for one in queries.board(made.officer.viewer).duties if one.page == "declaration"]
    assert duty.due_on == made.on + timedelta(days=9)


def test_an_association_found_and_not_declared_is_weighed_with_the_rest(made: Vetted) -> None:
    given: dict[str, Any] = {"by": made.officer.viewer, "person_ref": made.person, "on": made.on, "words": "Dealer."}
    actions.declare(kind="association_criminal", about="A cousin", by_self=False, arose_on=made.on, **given)
    made.asks()
    [item] = made.row.against
    assert item.kind == "Found, and not declared"
    made.answered()
    with pytest.raises(NotAllowed, match="Not weighed yet"):
        made.recommends(weights={})


def test_a_rule_on_convictions_is_tried_and_changes_nothing(made: Vetted) -> None:
    given: dict[str, Any] = {"by": made.officer.viewer, "on": made.on, "words": "Court file 1."}
    other = worlds.officer(made.at, "Birch", "Bo")
    traffic = {"category": "traffic_minor", "disposal": "penalty", "committed": None}
    actions.convict(person_ref=made.person, while_serving=True, **traffic, **given)
    theft = {"category": "dishonesty", "disposal": "caution", "committed": KnownDate.of(2012, None, None)}
    for person in (made.person, other):
        actions.convict(person_ref=person, while_serving=False, **theft, **given)
    found = queries.simulate(made.officer.viewer, "all_but_minor")
    assert (found.held, found.holders, found.convictions, found.people) == (3, 2, 2, 2)
    assert found.by_category == (("Dishonesty", 2, 0),)
    serving = queries.simulate(made.officer.viewer, "while_serving")
    assert (serving.people, [one.while_serving for one in serving.rows]) == (1, [True])
    assert queries.simulate(made.officer.viewer, "all_but_minor") == found
    with pytest.raises(NotFound):
        queries.simulate(made.officer.viewer, "nothing")
