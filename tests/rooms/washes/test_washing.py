"""A wash begun as a job and on its page: whole, a night, cancelled and gone on with, and refused."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.jobs import actions as jobs
from peelian.jobs import queries as job_rows
from peelian.jobs.rows import JobRow
from peelian.jobs.worker import run_here
from peelian.journal.models import Entry
from peelian.matches.models import Pair, Run
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.washes import actions, queries
from tests import worlds
from tests.rooms.matches.test_handing_over import PERSON, RECORD
from tests.rooms.wash.files import csv_file
from tests.washes import ready
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path, settings: Any, at: datetime) -> Path:
    """The folder of the workforce `workforce`, ready to be washed; one of it is in the register."""
    settings.PEELIAN_WASHES = tmp_path / "washes"
    return ready(tmp_path / "washes", at)


@pytest.fixture
def loader(at: datetime) -> Someone:
    return worlds.user(at, "Otto Oak", "supervisor")


def night_of(folder: Path) -> None:
    whole = (folder / "wash.toml").read_text(encoding="utf-8")
    told = whole.replace('path = "people.csv"\n', "").replace("records.csv", "night.csv")
    (folder / "night.toml").write_text(told, encoding="utf-8")


def washed(by: Viewer, what: str = "whole", **how: Any) -> JobRow:
    """The job begun and done, as a worker does it."""
    ref = actions.start(by=by, name="workforce", what=what)
    run_here(ref, clock=lambda: by.at, beat=0, **how)
    return job_rows.job(by, ref)


def test_a_wash_is_built_run_and_taken_in_as_one_job_and_asked_for_in_the_journal(place: Path, loader: Someone) -> None:
    by = loader.viewer
    assert not queries.washes(by)[0].is_begun
    job = washed(by)
    assert (job.state, job.outcome) == ("done", "Pairs: 1, of them 1 new and 0 seen otherwise; 0 found no more.")
    assert [pair.record_key for pair in Pair.objects.all()] == ["CR/1"]
    assert Entry.objects.filter(summary="asked for a job: wash").count() == 1
    [row] = queries.washes(by)
    assert (row.sources, row.offers_whole, row.is_running) == (("National records",), False, False)
    assert row.written_at is not None
    assert washed(by).state == "done"
    assert (Pair.objects.count(), Run.objects.count()) == (1, 1), "asked for again, it does nothing"


def test_a_night_follows_a_whole_wash_and_not_before(place: Path, loader: Someone) -> None:
    by = loader.viewer
    night_of(place)
    assert not queries.washes(by)[0].has_night
    with pytest.raises(NotValid, match="a night comes after the whole wash"):
        washed(by, "night")
    washed(by)
    assert queries.washes(by)[0].has_night
    assert washed(by, "night").outcome == "Pairs: 2, of them 1 new and 0 seen otherwise; 0 found no more."
    assert (place / "store" / "changes.csv").read_text(encoding="utf-8").count("a new record") == 1


@pytest.mark.parametrize("step", ["reading records.csv", "comparing", "grading", "writing", "reading pairs"])
def test_cancelled_at_any_step_nothing_is_half_done_and_the_next_goes_on(
    place: Path, loader: Someone, step: str
) -> None:
    by, heard = loader.viewer, []

    def cancelling(_done: int, _total: int | None, message: str) -> None:
        heard.append(message)
        if message == step:
            jobs.cancel(by=by, ref=job_rows.recent(by)[0].ref)

    csv_file(place / "records.csv", [RECORD | {"record_id": f"CR/{n}"} for n in range(1, 1002)])
    job = washed(by, listener=cancelling)
    assert step in heard
    assert (job.state, job.outcome) == ("cancelled", "Cancelled; what was done until then stays.")
    assert not Pair.objects.exists()
    assert queries.washes(by)[0].offers_whole
    assert washed(by).state == "done"
    assert Pair.objects.count() == 1001


def test_the_job_says_how_many_pairs_nobody_can_judge(place: Path, loader: Someone) -> None:
    stranger = PERSON | {"person_id": "E2", "address": "", "postcode": ""}
    csv_file(place / "people.csv", [PERSON, stranger])
    assert washed(loader.viewer).outcome.endswith(" Of people whom the register does not know by that number: 1.")


def test_who_may_not_load_begins_no_wash_and_sees_none(place: Path, at: datetime) -> None:
    vetting = worlds.user(at, "Vera Vale", "vetting_officer").viewer
    with pytest.raises(NotAllowed):
        actions.start(by=vetting, name="workforce", what="whole")
    with pytest.raises(NotAllowed):
        queries.washes(vetting)
    with pytest.raises(NotAllowed):
        queries.place(vetting)


def test_what_cannot_be_begun_says_why(place: Path, loader: Someone) -> None:
    by = loader.viewer
    for name in ("elsewhere", "..", "../workforce", ""):
        with pytest.raises(NotFound):
            actions.start(by=by, name=name, what="whole")
    with pytest.raises(NotValid, match="choose the whole wash or a night"):
        actions.start(by=by, name="workforce", what="")
    actions.start(by=by, name="workforce", what="whole")
    with pytest.raises(NotValid, match="is being washed: job PJ-"):
        actions.start(by=by, name="workforce", what="whole")
    assert queries.washes(by)[0].is_running


def test_a_manifest_that_cannot_be_read_is_said_before_a_job_is_made(place: Path, loader: Someone) -> None:
    (place / "wash.toml").write_text("[people", encoding="utf-8")
    assert "wash.toml" in queries.washes(loader.viewer)[0].fault
    with pytest.raises(NotValid, match=r"wash\.toml"):
        actions.start(by=loader.viewer, name="workforce", what="whole")
    assert not job_rows.recent(loader.viewer)


def test_a_wash_that_fails_says_why_on_its_job(place: Path, loader: Someone) -> None:
    (place / "records.csv").write_text("record_id\nCR/1\n", encoding="utf-8")
    job = washed(loader.viewer)
    assert job.state == "failed"
    assert job.outcome.startswith("records.csv has neither family_name nor full_name")
