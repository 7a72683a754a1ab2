"""Long work as rows: asked for, run, cancelled, failed, returned to the queue."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from django_tasks_db.models import DBTaskResult

from peelian.jobs import actions, progress, queries, running, tasks, worker
from peelian.jobs.models import Job, State
from peelian.jobs.rows import JobRow
from peelian.jobs.works import WORKS, Outcome, Work, work
from peelian.journal.models import Entry
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer, system
from tests.conftest import Ticking
from tests.rooms.jobs import works  # noqa: F401 - registers the tests' works

pytestmark = pytest.mark.django_db


@pytest.fixture
def loader(at: datetime) -> Viewer:
    return system("test", at=at, because="to try jobs")


def someone(at: datetime, name: str, *permissions: Permission) -> Viewer:
    return Viewer(actor=f"user:{name}", at=at, user_id=1, permissions=frozenset(permissions))


def counting(by: Viewer, to: int = 4) -> str:
    return actions.start(by=by, kind="test-count", title="Count", arguments={"to": to}, unit="rows")


def test_a_job_runs_and_says_how_it_ended(loader: Viewer, clock: Ticking) -> None:
    ref = counting(loader)
    assert worker.run_waiting(clock=clock) == 1
    row = queries.job(loader, ref)
    assert (row.state, row.done, row.total, row.percent) == ("done", 4, 4, 100)
    assert (row.outcome, row.result_kind, row.result_key) == ("Counted to 4.", "load", "PL-TEST")
    assert row.ended_at == clock.moment
    assert not row.may_cancel


def test_every_step_of_a_job_is_in_the_journal(loader: Viewer, clock: Ticking) -> None:
    ref = counting(loader)
    worker.run_waiting(clock=clock)
    said = list(Entry.objects.filter(key=ref).order_by("seq").values_list("summary", flat=True))
    assert said == ["asked for a job: test-count", "job done"]


def test_a_job_can_be_run_at_once_by_whoever_asked(loader: Viewer, clock: Ticking) -> None:
    heard: list[tuple[int, int | None, str]] = []
    ref = actions.start(by=loader, kind="test-count", title="Count", arguments={"to": 2}, queue=False)
    worker.run_here(ref, clock=clock, beat=0, listener=lambda *step: heard.append(step))
    assert heard == [(1, 2, "counting"), (2, 2, "counting")]
    assert queries.job(loader, ref).state == "done"


def test_a_kind_needs_its_permission(at: datetime) -> None:
    with pytest.raises(NotAllowed, match="load an outside file"):
        counting(someone(at, "handler", Permission.READ_MATTERS))


def test_an_unknown_kind_and_an_argument_that_a_row_cannot_carry_are_not_valid(loader: Viewer) -> None:
    with pytest.raises(NotValid, match="no work of the kind"):
        actions.start(by=loader, kind="nothing", title="", arguments={})
    with pytest.raises(NotValid, match="only text"):
        actions.start(by=loader, kind="test-count", title="", arguments={"to": object()})


def test_two_works_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two works"):
        work("test-count", permission=Permission.LOAD)(lambda progress: Outcome(""))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("test-refusal", "Refused: The file lies behind a wall."),
        ("test-not-valid", "file: choose a file that exists"),
    ],
)
def test_a_problem_that_a_person_can_act_on_is_told_in_words(
    loader: Viewer, clock: Ticking, kind: str, words: str
) -> None:
    ref = actions.start(by=loader, kind=kind, title="", arguments={})
    worker.run_waiting(clock=clock)
    row = queries.job(loader, ref)
    assert (row.state, row.outcome) == ("failed", words)


def test_a_fault_of_the_program_keeps_what_it_said_off_the_page(
    loader: Viewer, clock: Ticking, caplog: pytest.LogCaptureFixture
) -> None:
    ref = actions.start(by=loader, kind="test-fault", title="", arguments={})
    worker.run_waiting(clock=clock)
    row = queries.job(loader, ref)
    assert row.state == "failed"
    assert "ZeroDivisionError" in row.outcome
    assert "name of a person" not in row.outcome
    assert ref in caplog.text


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(loader: Viewer, clock: Ticking) -> None:
    ref = counting(loader)
    actions.cancel(by=loader, ref=ref, reason="asked for twice")
    worker.run_waiting(clock=clock)
    row = queries.job(loader, ref)
    assert (row.state, row.done, row.attempts) == ("cancelled", 0, 0)


@pytest.fixture
def meddled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list:
    """The work `test-meddled` calls whatever the test put in this list's place before its second step."""
    calls: list = []

    def run(progress: progress.Progress) -> Outcome:
        progress.step(1, 3, "first")
        for call in calls:
            call(progress.ref)
        progress.step(2, 3, "second")
        calls.append("went on")
        return Outcome("Went on to the end.")

    monkeypatch.setitem(WORKS, "test-meddled", Work("test-meddled", Permission.LOAD, run))
    return calls


def test_a_running_job_stops_at_its_next_step_when_cancelled(loader: Viewer, clock: Ticking, meddled: list) -> None:
    meddled.append(lambda ref: actions.cancel(by=loader, ref=ref))
    ref = actions.start(by=loader, kind="test-meddled", title="", arguments={})
    worker.run_waiting(clock=clock)
    row = queries.job(loader, ref)
    assert (row.state, row.done) == ("cancelled", 2)
    assert "went on" not in meddled


def test_a_worker_that_was_only_slow_writes_nothing_once_its_job_is_given_away(
    loader: Viewer, clock: Ticking, meddled: list
) -> None:
    def slow(ref: str) -> None:
        clock.moment += timedelta(minutes=10)
        assert actions.sweep(at=clock.moment) == [ref]
        meddled.clear()

    meddled.append(slow)
    ref = actions.start(by=loader, kind="test-meddled", title="", arguments={})
    assert running.run(ref, clock=clock) is None
    waiting = queries.job(loader, ref)
    assert (waiting.state, waiting.done) == ("queued", 1)
    worker.run_waiting(clock=clock)
    assert (queries.job(loader, ref).state, queries.job(loader, ref).attempts) == ("done", 2)


def test_a_worker_that_is_shut_down_gives_its_job_back(loader: Viewer, clock: Ticking, meddled: list) -> None:
    stopping = Event()
    meddled.append(lambda ref: stopping.set())
    ref = actions.start(by=loader, kind="test-meddled", title="", arguments={})
    interrupted = running.run(ref, clock=clock, stopping=stopping)
    assert interrupted is not None
    tasks.give_back(interrupted, at=clock.moment)
    assert (queries.job(loader, ref).state, queries.job(loader, ref).attempts) == ("queued", 0)
    meddled.clear()
    worker.run_waiting(clock=clock)
    assert queries.job(loader, ref).state == "done"


def lost(by: Viewer, at: datetime) -> str:
    """A job whose worker was killed at `at`."""
    ref = counting(by)
    assert running.claim(ref, at=at) is not None
    return ref


def test_the_sweeper_leaves_a_living_job_alone(loader: Viewer, at: datetime) -> None:
    lost(loader, at)
    assert actions.sweep(at=at + actions.PATIENCE) == []


def test_the_sweeper_returns_a_silent_job_and_it_completes(loader: Viewer, clock: Ticking) -> None:
    ref = lost(loader, clock.moment)
    clock.moment += actions.PATIENCE + timedelta(seconds=1)
    assert actions.sweep(at=clock.moment) == [ref]
    worker.run_waiting(clock=clock)
    row = queries.job(loader, ref)
    assert (row.state, row.attempts) == ("done", 2)
    assert Entry.objects.filter(key=ref, summary__startswith="returned a job").exists()


def test_a_job_lost_too_often_fails_and_says_so(loader: Viewer, clock: Ticking) -> None:
    ref = lost(loader, clock.moment)
    for _ in range(2):
        clock.moment += timedelta(minutes=5)
        assert actions.sweep(at=clock.moment) == [ref]
        assert running.claim(ref, at=clock.moment) is not None
    clock.moment += timedelta(minutes=5)
    assert actions.sweep(at=clock.moment) == []
    row = queries.job(loader, ref)
    assert (row.state, row.outcome) == ("failed", "Its worker was lost 3 times, so it was not tried again.")


def test_a_lost_job_that_was_cancelled_meanwhile_ends_cancelled(loader: Viewer, clock: Ticking) -> None:
    ref = lost(loader, clock.moment)
    actions.cancel(by=loader, ref=ref)
    actions.sweep(at=clock.moment + timedelta(minutes=5))
    assert queries.job(loader, ref).state == "cancelled"


def test_a_waiting_job_without_a_row_in_the_queue_gets_one(loader: Viewer, clock: Ticking) -> None:
    ref = counting(loader)
    DBTaskResult.objects.all().delete()
    clock.moment += timedelta(minutes=5)
    assert actions.sweep(at=clock.moment) == [ref]
    worker.run_waiting(clock=clock)
    assert queries.job(loader, ref).state == "done"


def test_a_job_that_only_waits_long_is_not_put_in_the_queue_twice(loader: Viewer, clock: Ticking) -> None:
    counting(loader)
    assert actions.sweep(at=clock.moment + timedelta(hours=1)) == []
    assert DBTaskResult.objects.count() == 1


def test_a_job_taken_from_the_queue_twice_runs_once(loader: Viewer, clock: Ticking) -> None:
    ref = counting(loader)
    tasks.run_job.enqueue(ref)
    assert worker.run_waiting(clock=clock) == 2
    assert queries.job(loader, ref).attempts == 1


def test_a_job_is_seen_by_who_asked_by_who_may_ask_and_by_who_manages_jobs(at: datetime, loader: Viewer) -> None:
    ref = counting(someone(at, "one", Permission.LOAD))
    assert [row.ref for row in queries.recent(someone(at, "two", Permission.LOAD))] == [ref]
    assert [row.ref for row in queries.recent(someone(at, "three", Permission.MANAGE_JOBS))] == [ref]
    assert queries.recent(someone(at, "four", Permission.READ_MATTERS)) == []
    with pytest.raises(NotFound):
        queries.job(someone(at, "four"), ref)
    assert queries.job(someone(at, "one"), ref).may_cancel


def test_someone_elses_job_is_cancelled_only_with_the_power_to_manage_jobs(at: datetime) -> None:
    ref = counting(someone(at, "one", Permission.LOAD))
    with pytest.raises(NotAllowed, match="who asked"):
        actions.cancel(by=someone(at, "two", Permission.LOAD), ref=ref)
    actions.cancel(by=someone(at, "three", Permission.MANAGE_JOBS), ref=ref)
    with pytest.raises(NotValid, match="already ended"):
        actions.cancel(by=someone(at, "one", Permission.LOAD), ref=ref)


def test_a_job_of_someone_who_may_no_longer_sign_in_runs_without_their_powers(at: datetime, clock: Ticking) -> None:
    gone = Viewer(actor="user:gone", at=at, user_id=987654, permissions=frozenset({Permission.LOAD}))
    ref = counting(gone)
    job = running.claim(ref, at=at)
    assert job is not None
    with pytest.raises(NotFound):
        running.requester(job, at=at)


def test_the_row_has_whole_percents_and_none_without_a_total(at: datetime, loader: Viewer) -> None:
    row = queries.job(loader, counting(loader))
    assert row.percent is None
    assert isinstance(row, JobRow)
    Job.objects.update(done=1, total=3)
    assert queries.job(loader, row.ref).percent == 33
    assert State(row.state).label == row.state_words == "Waiting"
