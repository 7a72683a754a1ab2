"""Ask for long work, cancel it, and return what a killed worker left behind to the queue."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from peelian.jobs.endings import end, give_up_queue_row, note, waits_in_queue
from peelian.jobs.models import ENDED, Job, State
from peelian.jobs.queries import seen_by
from peelian.jobs.tasks import put_in_queue
from peelian.jobs.works import WORKS, arguments_are_plain
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer, system

PATIENCE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
QUEUE_ROWS_KEPT = timedelta(days=1)


@transaction.atomic
def start(*, by: Viewer, kind: str, title: str, arguments: dict[str, Any], unit: str = "", queue: bool = True) -> str:
    """Put a job of `kind` in the queue and return its reference. `unit`: what is counted, such as `rows`.

    `queue=False` keeps it out of the workers' hands for a caller that runs it at once itself
    (`worker.run_here`); if that caller dies, the sweeper puts it in the queue all the same.
    Raises NotAllowed without the work's permission, NotValid for an unknown kind or an argument that is not plain.
    """
    if kind not in WORKS:
        raise NotValid("kind", f"there is no work of the kind {kind!r}")
    if not by.may(WORKS[kind].permission):
        raise NotAllowed(Refusal(f"Your roles do not allow you to {WORKS[kind].permission.words}."))
    if not arguments_are_plain(arguments):
        raise NotValid("arguments", "only text, numbers and truth values can be carried by a job")
    job = Job.objects.create(
        ref=new_reference("PJ"),
        kind=kind,
        title=title,
        arguments=arguments,
        unit=unit,
        requested_by=by.actor,
        requester_id=by.user_id,
        because=by.because,
        requested_at=by.at,
        queued_at=by.at,
    )
    if queue:
        put_in_queue(job, at=by.at)
    note(by, job, f"asked for a job: {kind}")
    return job.ref


@transaction.atomic
def cancel(*, by: Viewer, ref: str, reason: str = "") -> None:
    """End a waiting job at once; ask a running one to stop at its next safe point.

    Raises NotFound, NotAllowed for someone else's job without the permission to manage jobs, NotValid if it has ended.
    """
    job = Job.objects.select_for_update().filter(seen_by(by), ref=ref).first()
    if job is None:
        raise NotFound(f"job {ref}")
    if job.requested_by != by.actor and not by.may(Permission.MANAGE_JOBS):
        raise NotAllowed(Refusal("Only the person who asked for a job, or someone who manages jobs, may cancel it."))
    if job.state in ENDED:
        raise NotValid("job", "this job has already ended")
    if job.cancel_requested_at is None:
        job.cancel_requested_at = by.at
    if job.state == State.QUEUED:
        job.state, job.ended_at, job.outcome = State.CANCELLED, by.at, "Cancelled before it started."
    job.save(update_fields=["cancel_requested_at", "state", "ended_at", "outcome"])
    note(by, job, "cancelled a job", reason=reason)


def sweep(*, at: datetime, patience: timedelta = PATIENCE, most_attempts: int = MOST_ATTEMPTS) -> list[str]:
    """Return every job without a sign of life for `patience` to the queue; references of those returned.

    A job that has been tried `most_attempts` times fails instead, and says so. A job waiting without a row in the
    queue gets one. Jobs are safe to run twice, and a worker that was only slow finds its claim gone and stops.
    """
    silent = Q(state=State.RUNNING, heartbeat_at__lt=at - patience)
    waiting = Q(state=State.QUEUED, queued_at__lt=at - patience)
    refs = list(Job.objects.filter(silent | waiting).order_by("requested_at", "ref").values_list("ref", flat=True))
    returned = [ref for ref in refs if _return(ref, at=at, lost=silent | waiting, most_attempts=most_attempts)]
    DBTaskResult.objects.finished().filter(finished_at__lt=at - QUEUE_ROWS_KEPT).delete()
    return returned


@transaction.atomic
def _return(ref: str, *, at: datetime, lost: Q, most_attempts: int) -> bool:
    job = Job.objects.select_for_update().filter(lost, ref=ref).first()
    if job is None:
        return False
    sweeper = system("sweeper", at=at, because="a worker gave no sign of life")
    if job.state == State.QUEUED:
        if waits_in_queue(job):
            return False
        put_in_queue(job, at=at)
        return True
    give_up_queue_row(job, at=at)
    if job.cancel_requested_at is not None:
        end(job, State.CANCELLED, at=at, words="Cancelled; its worker had stopped.", by=sweeper)
        return False
    if job.attempts >= most_attempts:
        words = f"Its worker was lost {job.attempts} times, so it was not tried again."
        end(job, State.FAILED, at=at, words=words, by=sweeper)
        return False
    put_in_queue(job, at=at)
    note(sweeper, job, "returned a job to the queue after its worker was lost")
    return True
