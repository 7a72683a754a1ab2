"""Jobs among real processes: a worker killed in mid-job, a worker told to stop, writers at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from peelian.jobs import actions, queries
from peelian.jobs.rows import JobRow
from peelian.terms.viewer import Viewer, system
from tests.databases import Database
from tests.rooms.jobs import works  # noqa: F401 - registers the tests' works

PACE = ("--interval", "0.1", "--beat", "0.2", "--patience", "1.5")
WRITERS, TIMES = 6, 40
WRITER = """
import django; django.setup()
from django.db import connection, transaction
for _ in range({times}):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM tally")
        number = cursor.fetchone()[0]
        cursor.execute("UPDATE tally SET number = %s", [number + 1])
"""


@pytest.fixture
def worker(own_database: Database) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """`worker()` starts a worker process on the test's own database; all are ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(own_database.start("-m", "tests.rooms.jobs.worker_process", *PACE))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until(happens: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for another process, which sends no event."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain until {what}"
        time.sleep(0.05)


def holding(at: datetime, folder: Path) -> tuple[Viewer, str]:
    viewer = system("test", at=at, because="to try jobs")
    arguments = {"to": 10, "folder": str(folder), "hold": True}
    return viewer, actions.start(by=viewer, kind="test-count", title="Count", arguments=arguments)


def test_a_job_survives_its_worker_being_killed(
    own_database: Database, worker: Callable[[], subprocess.Popen[str]], at: datetime, tmp_path: Path
) -> None:
    viewer, ref = holding(at, tmp_path)
    first = worker()
    until((tmp_path / "holding").exists, "the first worker is in the middle of the job")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert queries.job(viewer, ref).state == "running"
    worker()
    until(lambda: queries.job(viewer, ref).has_ended, "another worker has finished the job")
    row = queries.job(viewer, ref)
    assert (row.state, row.attempts, row.done) == ("done", 2, 10)
    assert len(list(tmp_path.glob("unit-*"))) == 10


def test_a_worker_told_to_stop_gives_its_job_back_and_ends(
    own_database: Database, worker: Callable[[], subprocess.Popen[str]], at: datetime, tmp_path: Path
) -> None:
    viewer, ref = holding(at, tmp_path)
    first = worker()
    until((tmp_path / "holding").exists, "the worker is in the middle of the job")
    first.terminate()
    assert first.wait(30) == 0
    row: JobRow = queries.job(viewer, ref)
    assert (row.state, row.attempts) == ("queued", 0)


def test_a_living_worker_keeps_a_long_job(
    own_database: Database, worker: Callable[[], subprocess.Popen[str]], at: datetime, tmp_path: Path
) -> None:
    """Beats outlast the patience of a second worker's sweeper, so the job stays where it is until it is cancelled."""
    viewer, ref = holding(at, tmp_path)
    worker()
    until((tmp_path / "holding").exists, "the worker is in the middle of the job")
    worker()
    started = queries.job(viewer, ref).heartbeat_at
    assert started is not None
    until(
        lambda: (queries.job(viewer, ref).heartbeat_at or started).timestamp() > started.timestamp() + 4,
        "the job has lived well past the sweeper's patience",
    )
    assert queries.job(viewer, ref).attempts == 1
    actions.cancel(by=viewer, ref=ref)
    until(lambda: queries.job(viewer, ref).has_ended, "the job has stopped")
    assert queries.job(viewer, ref).state == "cancelled"


def test_writers_at_once_all_wait_and_none_fails(own_database: Database) -> None:
    """Each reads a number and writes it back plus one: a lost update or a busy database would show in the sum."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tally (number integer)")
        cursor.execute("INSERT INTO tally VALUES (0)")
        lock = "" if connection.vendor == "sqlite" else " FOR UPDATE"
    words = WRITER.format(times=TIMES).replace("FROM tally", f"FROM tally{lock}")
    writers = [
        subprocess.Popen([sys.executable, "-c", words], env=own_database.environment, stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    said = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, "\n".join(said)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM tally")
        assert cursor.fetchone() == (WRITERS * TIMES,)
