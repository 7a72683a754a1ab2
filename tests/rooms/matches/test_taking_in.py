"""A run of the wash taken in: what is new, changed and gone, what is raised the same day, in which order it waits."""

from datetime import datetime, timedelta

import pytest

from peelian.intake import queries as intake
from peelian.intake.models import Item
from peelian.matches import actions, queries
from peelian.matches.models import Pair, Raised, Sighting
from peelian.terms.matches import PairState
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.washed import RAPE, Washed, found, washed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Washed:
    return washed(at)


def test_what_is_at_stake_comes_first_and_then_what_weighs_most(made: Washed) -> None:
    made.take_in(
        found("heavy", weight=14.0),
        found("light", weight=2.0),
        found("resolved rape", weight=3.0, **RAPE),
        found("open rape", weight=1.0, band="unsure", same_day=True, **RAPE),
    )
    listed = queries.pairs(made.judge.viewer).rows
    assert [row.record_key for row in listed] == ["open rape", "resolved rape", "heavy", "light"]
    assert {row.person for row in listed} == {"Ada Shaw"}
    assert queries.left(made.judge.viewer).by_state == {PairState.WAITING: 4}


def test_the_same_run_again_changes_nothing_and_says_so(made: Washed) -> None:
    made.take_in(found(), found("CR/2"))
    made.take_in(found(), found("CR/2"))
    made.take_in(found(weight=9.0), found("CR/3"))
    counted = [(row.found, row.new, row.changed, row.gone) for row in queries.runs(made.judge.viewer)]
    assert sorted(counted) == [(2, 0, 0, 0), (2, 1, 1, 1), (2, 2, 0, 0)]
    assert Sighting.objects.count() == 2 + 3
    assert [row.record_key for row in queries.pairs(made.judge.viewer).rows] == ["CR/3", "CR/1"]
    assert Pair.objects.get(record_key="CR/2").is_gone, "kept, and no longer to be judged"


def test_an_unresolved_sexual_offence_is_raised_the_same_day_and_once(made: Washed, at: datetime) -> None:
    made.take_in(found(same_day=True, **RAPE))
    made.take_in(found(same_day=True, weight=8.0, **RAPE))
    raised = Raised.objects.get()
    item = intake.item(made.head.viewer, raised.item_ref)
    assert item.row.owner is not None
    assert (item.row.received_on, item.row.owner.name) == (made.on, "Hedda Head")
    assert "which nobody has resolved" in item.words
    assert "E100" in item.words
    assert queries.pair(made.judge.viewer, made.ref()).raised_item == item.row.ref
    ada = worlds.user(at, "Ada Shaw", "head_of_professional_standards", person_ref=made.officer).viewer
    assert intake.items(ada).total == 0, "it never shows to the person it may be about"
    with pytest.raises(NotFound):  # she is a head: the item is open only to those named, and so is the record
        queries.pair(made.judge.viewer, made.ref())


def test_somebody_the_register_does_not_know_is_counted_raised_and_shown_to_nobody(made: Washed) -> None:
    made.take_in(found("CR/9", "E999", same_day=True, **RAPE), found())
    assert queries.runs(made.judge.viewer)[0].unknown == 1
    assert [row.record_key for row in queries.pairs(made.judge.viewer).rows] == ["CR/1"]
    assert Item.objects.as_system(because="a test").count() == 1


def test_an_associates_record_is_about_the_member_of_the_workforce(made: Washed) -> None:
    made.take_in(found(person="E100-A", associate_of="E100", relation="partner", link="association"))
    assert queries.pairs(made.judge.viewer).rows[0].person == "Ada Shaw"


def test_another_workforce_is_no_part_of_the_run(made: Washed) -> None:
    made.take_in(found())
    made.take_in(workforce="contractors")
    assert queries.left(made.judge.viewer).total == 1


@pytest.mark.parametrize("days", [1, -1])
def test_a_run_of_a_day_to_come_or_older_than_the_last_is_refused(made: Washed, days: int) -> None:
    made.take_in(found())
    with pytest.raises(NotValid) as refused:
        made.take_in(found(), on=made.on + timedelta(days=days))
    assert refused.value.field == "on"
    with pytest.raises(NotValid, match="twice"):
        made.take_in(found(), found())


def test_taking_in_needs_the_power_to_load(made: Washed) -> None:
    with pytest.raises(NotAllowed):
        actions.take_in(by=made.judge.viewer, workforce="w", account={}, found=(), on=made.on)


def test_the_queue_costs_as_many_statements_for_many_pairs_as_for_few(
    made: Washed, django_assert_max_num_queries: object
) -> None:
    made.take_in(*(found(f"CR/{number}") for number in range(30)))
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # a fixture of pytest-django
        assert len(queries.pairs(made.judge.viewer).rows) == 25


@pytest.mark.parametrize("at_step", range(4))
def test_stopped_at_any_step_nothing_was_taken_in_and_the_same_again_is_whole(made: Washed, at_step: int) -> None:
    told = [found(), found("CR/2", same_day=True, **RAPE)]
    steps = iter(range(at_step))

    def stopping(_done: int, _total: int | None, _message: str) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made.take_in(*told, listener=stopping)
    assert not Pair.objects.exists()
    assert not Raised.objects.exists()
    made.take_in(*told)
    assert queries.runs(made.judge.viewer)[0].new == 2
    assert Raised.objects.count() == 1
