"""The loop of a worker process: run what waits, sweep what was lost."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from peelian.jobs.actions import MOST_ATTEMPTS, PATIENCE, sweep
from peelian.jobs.progress import Clock, Listener
from peelian.jobs.running import run
from peelian.jobs.tasks import RUNNER, Runner, give_back
from peelian.journal import checkpoints

logger = logging.getLogger("peelian.jobs")


@dataclass(frozen=True, slots=True)
class Pace:
    """`interval`: seconds between looks into an empty queue. `beat`: seconds between signs of life of a running job.

    `patience`: how long a job may be silent before the sweeper takes it for lost; several beats at least.
    """

    interval: float = 1.0
    beat: float = 10.0
    patience: timedelta = PATIENCE
    most_attempts: int = MOST_ATTEMPTS


def work(*, name: str, clock: Clock, stopping: Event, pace: Pace | None = None) -> None:
    """Run jobs until `stopping` is set. A running job is interrupted at its next safe point and goes back.

    `name`: of this worker, at most 64 letters. A database that is busy is waited for, never a reason to end.
    """
    pace = pace or Pace()
    token = RUNNER.set(Runner(clock=clock, stopping=stopping, beat=pace.beat))
    swept_at: datetime | None = None
    try:
        while not stopping.is_set():
            close_old_connections()
            try:
                if swept_at is None or clock() - swept_at >= pace.patience / 4:
                    swept_at = clock()
                    sweep(at=swept_at, patience=pace.patience, most_attempts=pace.most_attempts)
                    sign(at=swept_at)
                if run_one(name):
                    continue
            except OperationalError as problem:
                logger.warning("the database could not be reached or was busy: %s", problem)
            stopping.wait(pace.interval)
    finally:
        RUNNER.reset(token)


def sign(*, at: datetime) -> None:
    """Sign the journal when a checkpoint is due. A journal that does not hold together must not stop the work."""
    try:
        checkpoints.make_when_due(at=at)
    except checkpoints.Broken as problem:
        logger.error("%s", problem)


def run_waiting(*, clock: Clock, most: int = 100) -> int:
    """Run what waits in the queue now, in this process, and return how many rows were taken; for tests and scripts."""
    token = RUNNER.set(Runner(clock=clock))
    try:
        taken = 0
        while taken < most and run_one("here"):
            taken += 1
        return taken
    finally:
        RUNNER.reset(token)


def run_here(ref: str, *, clock: Clock, beat: float = 10.0, listener: Listener | None = None) -> None:
    """Run the job `ref` in this process at once; `listener(done, total, message)` hears every step.

    How it ended is read with `queries.job`. Raises KeyboardInterrupt after closing the job as cancelled.
    """
    interrupted = run(ref, clock=clock, beat=beat, listener=listener)
    if interrupted is not None:
        give_back(interrupted, at=clock())


def run_one(name: str) -> bool:
    """Take one row of the queue and run it; False if none waits. Looks before it locks: idling costs no lock."""
    if not DBTaskResult.objects.ready().exists():
        return False
    with exclusive_transaction():
        row = DBTaskResult.objects.ready().get_locked()
        if row is None:
            return False
        row.claim(name)
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.run_task(row)
    return True
