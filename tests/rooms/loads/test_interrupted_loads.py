"""A load killed at any moment goes on where it stopped; others write meanwhile; cancelled, it leaves nothing."""

import random
import subprocess
import time
from datetime import UTC, datetime

import pytest

from peelian.intake.models import HeldRow, Load, SetAsideRow
from peelian.jobs.progress import Cancelled, Interrupted
from peelian.journal import actions as journal
from peelian.loads import actions, queries
from peelian.matters.models import Allegation, AllegedAgainst, Involvement, Matter
from peelian.people.models import Identifier, Person
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import system
from tests.databases import connected_to, copy_of
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER, ROWS

WHY = "a test looks at everything"
MANY = 9_000


def many_rows() -> list[tuple[str, ...]]:
    draw = random.Random(7)
    rows = [
        (
            f"C{n // 2}",
            f"P{draw.randrange(900)}-{n % 2}",
            "Delay",
            "Upheld" if n % 3 else "",
            f"2021-0{1 + n % 9}-11",
            "",
        )
        for n in range(MANY)
    ]
    rows[5_000] = ("C-bad", "P1", "Delay", "", "2021-02-30", "")
    return rows


def told() -> tuple[object, ...]:
    """Everything a load made, without references, keys and moments."""
    matters = Matter.objects.as_system(because=WHY).order_by("source_key")
    people = Person.objects.as_system(because=WHY).order_by("source_key")
    allegations = Allegation.objects.order_by("matter__source_key", "number")
    sources = {one.pk: one.source_key for one in people}
    against = AllegedAgainst.objects.order_by("allegation__matter__source_key", "allegation__number")
    return (
        list(matters.values_list("source_key", "state", "came_to_attention_on", "closed_on", "version")),
        list(people.values_list("source_key", "kind", "display_name", "sort_name")),
        list(allegations.values_list("matter__source_key", "number", "category_words", "finding_words")),
        [
            (sources[pk], key)
            for pk, key in against.values_list("involvement__person_id", "allegation__matter__source_key")
        ],
        list(HeldRow.objects.order_by("key_hash").values_list("key_hash", "digest", "said")),
        list(SetAsideRow.objects.order_by("row_number").values_list("row_number", "reason")),
        Identifier.objects.count(),
        list(Load.objects.values_list("state", "read", "accepted", "already_held", "set_aside", "figures__added")),
    )


def test_a_load_killed_at_random_and_taken_up_again_equals_an_unbroken_one(
    template, tmp_path, write, django_db_blocker
):
    path = write("many.csv", HISTORY_HEADER, many_rows())
    (tmp_path / "map.toml").write_text(HISTORY)
    words = ("load", str(path), "--map", str(tmp_path / "map.toml"))
    with copy_of(template, tmp_path / "whole") as database, django_db_blocker.unblock(), connected_to(database):
        database.run(*words)
        whole = told()
    draw = random.Random()
    with copy_of(template, tmp_path / "broken") as database, django_db_blocker.unblock(), connected_to(database):
        rows_at_death = []
        for _ in range(3):
            process = database.start("-m", "peelian.cli.main", *words)
            wait_for_rows(beyond=max(rows_at_death, default=0), process=process)
            time.sleep(draw.uniform(0, 0.4))  # the moment of death is to be any moment
            process.kill()
            process.communicate()
            rows_at_death.append(Load.objects.get().last_row)
            if Load.objects.get().state == "published":  # a fast machine is done before the third death
                break
        else:
            database.run(*words)
        assert Load.objects.get().state == "published"
        assert told() == whole, f"killed at rows {rows_at_death}"


def wait_for_rows(*, beyond: int, process: "subprocess.Popen[str]") -> None:
    """Until another batch is staged, or the load is published."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        load = Load.objects.first()
        if load is not None and (load.last_row > beyond or load.state == "published"):
            return
        time.sleep(0.02)  # there is no event to wait for in another process
    assert process.poll() is not None, "no batch was staged within a minute"


def test_writers_beside_a_load_wait_and_none_is_refused(own_database, tmp_path, write):
    path = write("many.csv", HISTORY_HEADER, many_rows())
    (tmp_path / "map.toml").write_text(HISTORY)
    process = own_database.start("-m", "peelian.cli.main", "load", str(path), "--map", str(tmp_path / "map.toml"))
    waits = []
    while process.poll() is None:
        by = system("test", at=datetime.now(UTC), because="a writer beside a load")
        began = time.monotonic()
        journal.look(by=by, kind=RecordKind.LIST, key="matters", summary="list of matters")
        waits.append(time.monotonic() - began)
        time.sleep(0.05)  # a person's pace, many times over
    said, _ = process.communicate()
    assert process.returncode == 0, said
    assert len(waits) > 5
    assert max(waits) < 10


@pytest.mark.django_db
def test_a_load_stopped_by_its_worker_goes_on_behind_the_last_batch(by, clock, load, write, monkeypatch):
    path = write("a.csv", HISTORY_HEADER, ROWS)

    def stop(self, done, total=None, message=""):
        raise Interrupted

    with monkeypatch.context() as patch:
        patch.setattr("peelian.jobs.progress.Progress.step", stop)
        row = load(path)
    assert (row.state, row.last_row, row.read) == ("staging", 4, 3)
    assert load(path).ref == row.ref
    assert queries.load(by, row.ref).state == "published"
    assert queries.load(by, row.ref).read == 4


@pytest.mark.django_db
def test_a_cancelled_load_leaves_nothing_and_can_be_loaded_again(by, load, write, monkeypatch):
    path = write("a.csv", HISTORY_HEADER, ROWS)

    def cancelled(self, done, total=None, message=""):
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr("peelian.jobs.progress.Progress.step", cancelled)
        row = load(path)
    assert row.state == "cancelled"
    assert not HeldRow.objects.exists()
    assert not Matter.objects.as_system(because=WHY).exists()
    assert not Person.objects.as_system(because=WHY).exists()
    assert not Involvement.objects.exists()
    again = load(path)
    assert again.ref != row.ref
    assert (again.state, again.accepted) == ("published", 4)


@pytest.mark.django_db
def test_an_unfinished_load_is_cancelled_by_its_reference(by, clock, load, write):
    path = write("a.csv", HISTORY_HEADER, ROWS)
    started = actions.start(by=by, path=path, map_text=HISTORY)
    actions.cancel(by=by, ref=started.ref)
    assert queries.load(by, started.ref).state == "cancelled"
    with pytest.raises(NotValid, match="already ended"):
        actions.cancel(by=by, ref=started.ref)


@pytest.mark.django_db
def test_another_file_of_the_same_people_waits_for_the_unfinished_one(by, write):
    actions.start(by=by, path=write("a.csv", HISTORY_HEADER, ROWS), map_text=HISTORY)
    with pytest.raises(NotValid, match=r"not finished.*a\.csv|a\.csv.*not finished"):
        actions.start(by=by, path=write("b.csv", HISTORY_HEADER, ROWS[:1]), map_text=HISTORY)


@pytest.mark.django_db
def test_a_job_that_was_superseded_leaves_the_load_to_the_other(by, clock, write, monkeypatch):
    path = write("a.csv", HISTORY_HEADER, ROWS)
    first = actions.start(by=by, path=path, map_text=HISTORY, run_now=True)
    second = actions.start(by=by, path=path, map_text=HISTORY, run_now=True)
    assert second.is_resumed
    assert (second.ref, second.job_ref) != (first.ref, first.job_ref)
    actions.run_here(first.job_ref, clock=clock)
    assert queries.load(by, first.ref).read == 0
    actions.run_here(second.job_ref, clock=clock)
    assert queries.load(by, first.ref).state == "published"


@pytest.mark.django_db
def test_a_file_that_changed_on_its_way_is_not_staged(by, clock, write):
    path = write("a.csv", HISTORY_HEADER, ROWS)
    started = actions.start(by=by, path=path, map_text=HISTORY, run_now=True)
    write("a.csv", HISTORY_HEADER, ROWS[:2])
    actions.run_here(started.job_ref, clock=clock)
    row = queries.load(by, started.ref)
    assert (row.state, row.read) == ("staging", 0)
