"""Lessons of cases closed too soon: chosen by criteria, frozen, read again by two who are independent."""

from datetime import datetime

import pytest

from peelian.lookback import queries
from peelian.rules.lookback import OUTSIDE
from peelian.terms.lookback import Position, Reading
from peelian.terms.refusals import NotAllowed
from peelian.walls import actions as walls
from tests import worlds
from tests.lookbacks import NEW, NONE, RISK, lent, look_back

pytestmark = pytest.mark.django_db


def test_les_31_a_cohort_is_frozen_and_every_case_of_it_ends_in_a_result(at: datetime) -> None:
    made = look_back(at, 3)
    worlds.open_complaint(worlds.peelian(at), at.date())
    for ref, result in zip(made.refs, (NONE, NEW, RISK), strict=True):
        made.decide(ref, result)
    decided = {line.matter.ref: line.category for line in queries.export_cases(made.leader.viewer, made.ref)}
    assert decided == dict(zip(made.refs, (NONE, NEW, RISK), strict=True))
    assert made.figures.partition.reconciles
    assert made.figures.partition.words == "3 = 1 + 1 + 1 + 0"


def test_les_33_how_this_force_dealt_with_it_is_reviewed_and_decided_by_people_from_outside_it(at: datetime) -> None:
    made = look_back(at, 1, frozen=False)
    made.freeze(reading=Reading.HANDLING)
    (ref,) = made.refs
    for refused, words in (
        (lambda: made.give(ref, Position.FIRST, made.reviewers[0]), "Ada Reader cannot review this case: comes from"),
        (lambda: made.seat(made.panel[0]), "Pia Panel cannot sit on this panel: comes from this force"),
    ):
        with pytest.raises(NotAllowed, match=words) as no:
            refused()
        assert no.value.refusal.law == OUTSIDE
    made.reviewers = [lent(at, f"{name} Lent") for name in ("Eve", "Flo", "Ida")]
    made.panel = [lent(at, f"{name} Lent", "panel_member") for name in ("Gus", "Hal")]
    made.seat(*made.panel)
    made.decide(ref, NEW)
    decided = queries.export_cases(made.leader.viewer, made.ref)
    assert [line.category for line in decided] == [NEW]


def test_who_came_from_outside_and_no_longer_does_locks_nothing_more(at: datetime) -> None:
    made = look_back(at, 1, frozen=False)
    made.freeze(reading=Reading.HANDLING)
    (ref,), one = made.refs, lent(at, "Eve Lent")
    made.give(ref, Position.FIRST, one)
    made.sign(ref, one)
    walls.say_where_user_comes_from(
        by=worlds.peelian(at), user_ref=one.user_ref, body="", words="She joined this force.", on=made.today
    )
    with pytest.raises(NotAllowed, match="You come from this force") as no:
        made.lock(ref, one, NONE)
    assert no.value.refusal.law == OUTSIDE


def test_somebody_who_serves_here_comes_from_here_whatever_the_administrator_said(at: datetime) -> None:
    made = look_back(at, 1, frozen=False)
    made.freeze(reading=Reading.HANDLING)
    one = made.reviewers[0]
    walls.say_where_user_comes_from(
        by=worlds.peelian(at), user_ref=one.user_ref, body="Northbeck Police", words="A letter.", on=made.today
    )
    with pytest.raises(NotAllowed, match="comes from this force"):
        made.give(made.refs[0], Position.FIRST, one)
