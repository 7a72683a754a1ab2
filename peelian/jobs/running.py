"""One run of one job: claimed, done, ended. Two workers may reach for the same job; one gets it."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from peelian.jobs.endings import end
from peelian.jobs.models import Job, State
from peelian.jobs.progress import Cancelled, Clock, Interrupted, Listener, Progress, Superseded
from peelian.jobs.works import WORKS, Outcome
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer, system
from peelian.walls.queries import viewer_for

logger = logging.getLogger("peelian.jobs")


def run(
    ref: str, *, clock: Clock, stopping: Event | None = None, beat: float = 0, listener: Listener | None = None
) -> Job | None:
    """Claim and run the job `ref`, and end it: done, failed or cancelled.

    `beat`: seconds between signs of life given beside the work (0: only those of its steps).
    Returns the job, still claimed, if the worker must stop and the caller has to put it back in the queue;
    otherwise None, also where there was nothing to claim. Does not raise for what the work does.
    """
    job = claim(ref, at=clock())
    if job is None:
        return None
    progress = Progress(
        ref=ref,
        claim=job.claim,
        attempt=job.attempts,
        clock=clock,
        viewer_at=lambda at: requester(job, at=at),
        stopping=stopping or Event(),
        listener=listener,
    )
    try:
        with beating(job, clock=clock, every=beat):
            outcome = WORKS[job.kind].run(progress, **job.arguments)
    except Superseded:
        logger.warning("job %s was taken up elsewhere; this run stopped", ref)
        return None
    except Interrupted:
        return job
    except (Cancelled, KeyboardInterrupt) as stop:
        close(job, State.CANCELLED, at=clock(), outcome=Outcome("Cancelled; what was done until then stays."))
        if isinstance(stop, KeyboardInterrupt):
            raise
    except Exception as problem:
        close(job, State.FAILED, at=clock(), outcome=Outcome(sentence_for(problem, ref)))
    else:
        close(job, State.DONE, at=clock(), outcome=outcome)
    return None


@transaction.atomic
def claim(ref: str, *, at: datetime) -> Job | None:
    """Take the waiting job up under a new claim; None if it is not waiting any more."""
    token = secrets.token_hex(16)
    claimed = Job.objects.filter(ref=ref, state=State.QUEUED).update(
        state=State.RUNNING, claim=token, attempts=F("attempts") + 1, started_at=at, heartbeat_at=at, message=""
    )
    return Job.objects.get(ref=ref) if claimed else None


@transaction.atomic
def close(job: Job, state: State, *, at: datetime, outcome: Outcome) -> None:
    fresh = Job.objects.filter(pk=job.pk, claim=job.claim).first()
    worker = system("worker", at=at, because=f"job {job.ref}")
    if fresh is not None:
        end(fresh, state, at=at, words=outcome.words, by=worker, kind=outcome.kind, key=outcome.key)


def requester(job: Job, *, at: datetime) -> Viewer:
    """Whoever asked for `job`, with the roles they hold at `at`. Raises NotFound if they may no longer sign in."""
    if job.requester_id is not None:
        return viewer_for(job.requester_id, at=at)
    return system(job.requested_by.removeprefix("system:"), at=at, because=job.because)


def sentence_for(problem: Exception, ref: str) -> str:
    """What the job's page says of a failure; the log has the trace of a fault, the page never has."""
    match problem:
        case NotAllowed():
            return f"Refused: {problem.refusal.reason}"
        case NotValid():
            return f"{problem.field}: {problem.reason}"
        case NotFound():
            return f"Not found: {problem}"
    if getattr(problem, "is_for_people", False):
        return str(problem)
    logger.error("job %s failed", ref, exc_info=problem)
    return (
        f"Stopped by a fault of the program ({type(problem).__name__}). The server's log has the details under {ref}."
    )


@contextmanager
def beating(job: Job, *, clock: Clock, every: float) -> Iterator[None]:
    """Signs of life from a thread of its own, so that one long statement is not taken for a lost worker."""
    if not every:
        yield
        return
    over = Event()

    def beat() -> None:
        try:
            while not over.wait(every):
                try:
                    Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING).update(heartbeat_at=clock())
                except DatabaseError:  # a long writer holds the database; the next beat tries again
                    logger.warning("job %s: a sign of life could not be written", job.ref)
        finally:
            connection.close()

    thread = Thread(target=beat, name=f"heartbeat {job.ref}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
