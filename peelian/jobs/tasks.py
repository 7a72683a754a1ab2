"""The one task that the queue knows: run the job of this reference."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from uuid import UUID

from django.db import transaction
from django_tasks import task

from peelian.jobs.models import Job, State
from peelian.jobs.progress import Clock
from peelian.jobs.running import run


@dataclass(frozen=True, slots=True)
class Runner:
    """What the running worker brings: its clock, its order to stop, seconds between signs of life."""

    clock: Clock
    stopping: Event = field(default_factory=Event)
    beat: float = 0


RUNNER: ContextVar[Runner] = ContextVar("RUNNER")


@task()
def run_job(ref: str) -> None:
    """Run the job `ref` on the worker that called; put it back in the queue if the worker has to stop."""
    runner = RUNNER.get()
    interrupted = run(ref, clock=runner.clock, stopping=runner.stopping, beat=runner.beat)
    if interrupted is not None:
        give_back(interrupted, at=runner.clock())


@transaction.atomic
def give_back(job: Job, *, at: datetime) -> None:
    """An interrupted job waits again; the attempt does not count, since nothing went wrong with it."""
    mine = Job.objects.select_for_update().filter(pk=job.pk, claim=job.claim, state=State.RUNNING).first()
    if mine is not None:
        mine.attempts -= 1
        mine.save(update_fields=["attempts"])
        put_in_queue(mine, at=at)


def put_in_queue(job: Job, *, at: datetime) -> None:
    """Give `job` a row in the queue; it waits without a claim. Call inside a transaction."""
    job.state, job.claim, job.queued_at = State.QUEUED, "", at
    job.queue_id = UUID(run_job.enqueue(job.ref).id)
    job.save(update_fields=["state", "claim", "queued_at", "queue_id"])
