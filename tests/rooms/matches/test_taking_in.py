"""A run of the wash taken in: what is new, changed and gone, what is raised the same day, in which order it waits."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from peelian.intake import queries as intake
from peelian.intake.models import Item
from peelian.journal.queries import entries_about
from peelian.matches import actions, queries
from peelian.matches.actions.taking import Listener
from peelian.matches.models import Pair, Raised, Sighting
from peelian.matches.rows import Found
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


def test_the_same_run_again_changes_nothing(made: Washed) -> None:
    ref = made.take_in(found(), found("CR/2"))
    assert made.take_in(found("CR/2"), found()) == ref
    made.take_in(found(weight=9.0), found("CR/3"))
    counted = [(row.found, row.new, row.changed, row.gone) for row in queries.runs(made.judge.viewer)]
    assert sorted(counted) == [(2, 1, 1, 1), (2, 2, 0, 0)]
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
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        assert len(queries.pairs(made.judge.viewer).rows) == 25


def many(count: int = 7) -> list[Found]:
    return [
        found("CR/1", weight=5.0),  # changed
        *(found(f"CR/{number}") for number in range(2, count)),  # new
        found("rape", same_day=True, **RAPE),
        found("assault", recorded_on="2026-11-01", category="Common assault"),
    ]


def stands() -> list[tuple[object, ...]]:
    """All that a run leaves, but for references drawn by lot."""
    rows = Sighting.objects.order_by("pair__record_key", "run_id")
    return [
        *rows.values_list("pair__record_key", "pair__state", "pair__digest", "pair__is_gone", "is_gone", "weight"),
        *Raised.objects.order_by("pair__record_key").values_list("pair__record_key"),
    ]


class Stopped(Exception):
    """As a process that ends."""


def after(parts: int) -> Listener:
    """A listener that ends the take-in when so many parts were taken in."""
    left = iter(range(parts))

    def stopping(_done: int, _total: int | None, message: str) -> None:
        if message == "taking in" and next(left, None) is None:
            raise Stopped

    return stopping


@pytest.mark.parametrize("parts", range(5))
def test_stopped_after_any_part_the_same_again_goes_on_and_comes_to_the_same_once(
    made: Washed, at: datetime, parts: int
) -> None:
    made.take_in(found(), found("gone"))
    with transaction.atomic():
        made.take_in(*many(), size=2)
        whole = stands()
        transaction.set_rollback(True)
    with pytest.raises(Stopped):
        made.take_in(*many(), size=2, listener=after(parts))
    heard: list[tuple[int, int | None]] = []
    ref = made.take_in(*many(), size=2, listener=lambda done, total, _: heard.append((done, total)))
    assert stands() == whole
    run = queries.run(made.judge.viewer, ref)
    assert (run.new, run.changed, run.gone, run.taken, run.is_whole) == (7, 1, 1, 9, True)
    assert len(queries.runs(made.judge.viewer)) == 2, "the run was begun once"
    assert heard[1:] == [(done, 9) for done in (*range(2 * parts, 9, 2), 9)], "it goes on where it stopped, and says so"
    said = [row.summary for row in entries_about(worlds.peelian(at), f"wash {ref}").rows]
    assert len(said) == 5, "each part has its entry"
    assert "took in a run of the wash: 8 pairs, 7 new, 1 changed, 1 gone; 7 raised" in said


def test_a_source_washed_for_the_first_time_stays_a_backlog_when_its_run_goes_on(made: Washed) -> None:
    told = [found(f"CR/{number}", recorded_on="2016-05-04") for number in range(4)]
    with pytest.raises(Stopped):
        made.take_in(*told, size=2, listener=after(1))
    made.take_in(*told, size=2)
    assert not Raised.objects.exists()


def test_what_is_handed_over_instead_takes_the_place_of_what_was_left(made: Washed) -> None:
    with pytest.raises(Stopped):
        made.take_in(found("CR/1"), found("CR/2"), size=1, listener=after(1))
    [begun] = queries.runs(made.judge.viewer)
    assert (begun.taken, begun.brings, begun.is_whole, begun.is_passed) == (1, 2, False, False)
    made.take_in(found("CR/3"))
    last = {row.ref: row for row in queries.runs(made.judge.viewer)}
    assert last[begun.ref].is_passed
    assert [row.record_key for row in queries.pairs(made.judge.viewer).rows] == ["CR/3"]
    assert queries.run(made.judge.viewer, begun.ref).is_passed


def test_a_pair_judged_between_two_parts_stays_as_it_was_judged(made: Washed) -> None:
    made.take_in(found("CR/1"), found("CR/2"))

    def judging(done: int, _total: int | None, message: str) -> None:
        if message == "taking in" and done == 1:
            made.judged("no", "CR/2")

    made.take_in(found("CR/1", weight=3.0), found("CR/2", weight=3.0, **RAPE), size=1, listener=judging)
    assert Pair.objects.get(record_key="CR/2").state == PairState.WAITING, "it turned out serious, and one cleared it"


def test_a_run_of_strangers_is_not_taken_in_over_pairs_that_are_held(at: datetime) -> None:
    made = washed(at, [found()])
    with pytest.raises(NotValid, match="right store"):
        made.take_in(found("X/1", person="S1"))
    assert not Pair.objects.get(record_key="CR/1").is_gone
    assert made.take_in(found("X/1", person="S1"), workforce="Specials"), "a workforce of its own"
