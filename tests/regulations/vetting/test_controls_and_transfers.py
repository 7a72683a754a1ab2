"""Vetting APP by acts: controls with their reviews, and transfers as a new entry (LES-13, LES-29)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from peelian.terms.refusals import NotAllowed, NotValid
from peelian.terms.vetting import ClearanceState
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import AREAS, Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


def reviewed(made: Vetted, by: worlds.Someone, next_after: int = 0, **said: Any) -> None:
    next_on = made.on + timedelta(days=next_after) if next_after else None
    given = {"application_ref": made.ref, "number": 1, "words": "It was kept to.", "on": made.on, **said}
    actions.review_control(by=by.viewer, next_on=next_on, **given)


def controls(made: Vetted) -> list[str]:
    """The controls that the latest clearance shows, and that are open."""
    [latest, *_] = queries.clearances_of(made.officer.viewer, made.person)
    return [one.words for one in latest.controls if one.is_open]


def test_a_control_is_kept_by_who_vets_and_ended_by_who_decides(made: Vetted) -> None:
    made.cleared(outcome="grant_controls")
    reviewed(made, made.officer, next_after=30)
    with pytest.raises(NotAllowed):
        reviewed(made, made.officer)
    with pytest.raises(NotValid, match="a day to come"):
        reviewed(made, made.officer, next_after=-1)
    reviewed(made, made.manager)
    assert controls(made) == []


def test_a_review_is_due_from_the_day_that_the_decision_gave(made: Vetted) -> None:
    made.cleared(outcome="grant_controls")
    late = worlds.later(made.officer, made.at + timedelta(days=100))
    [duty] = [one for one in queries.board(late).duties if "control" in one.what]
    assert (duty.due_on, duty.is_overdue) == (made.on + timedelta(days=90), True)


def test_a_decision_to_keep_clearance_without_controls_takes_their_place(made: Vetted) -> None:
    ref = made.cleared(outcome="grant_controls")
    assert queries.clearance(made.officer.viewer, ref).state is ClearanceState.CONTROLS
    made.asks("review")
    made.answered()
    made.recommends("retain")
    made.decides("retain")
    assert controls(made) == []
    assert queries.clearance(made.officer.viewer, ref).state is ClearanceState.HELD
    late = worlds.later(made.officer, made.at + timedelta(days=100))
    assert [one for one in queries.board(late).duties if "control" in one.what] == []


def test_a_decision_at_another_level_leaves_them_as_they_stand(made: Vetted) -> None:
    made.cleared(outcome="grant_controls")
    made.cleared(level="SC")
    assert len(controls(made)) == 1


def test_what_opens_a_withdrawal_takes_the_place_of_no_control(made: Vetted) -> None:
    made.cleared(outcome="grant_controls")
    made.asks("review")
    made.answered()
    made.recommends("assess")
    made.decides("assess")
    assert len(controls(made)) == 1


def test_a_transfer_names_the_force_they_come_from_which_is_asked(made: Vetted) -> None:
    with pytest.raises(NotValid) as refused:
        made.asks("transfer", last_force=" ")
    assert refused.value.field == "last_force"
    made.asks("transfer", last_force="Eastmoor")
    assert made.row.areas == ("Eastmoor", *AREAS)
    assert ("psd", "Eastmoor") in {(one.key, one.area) for one in made.row.sources}


def test_clearance_held_before_does_not_shorten_a_transfer(made: Vetted) -> None:
    made.cleared()
    made.asks("transfer")
    assert {one.state.is_settled for one in made.row.sources} == {False}
    made.answered(but=("psd", AREAS[0]))
    with pytest.raises(NotAllowed, match="Not answered"):
        made.recommends()
    made.says("psd", area=AREAS[0])
    made.recommends()
    assert made.decides() in {one.ref for one in queries.clearances_of(made.officer.viewer, made.person)}
