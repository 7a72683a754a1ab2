"""How a job ends, and the entry in the journal that says so."""

from datetime import datetime

from django.db.models import F
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from peelian.jobs.models import Job, State
from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.viewer import Viewer


def end(job: Job, state: State, *, at: datetime, words: str, by: Viewer, kind: str = "", key: str = "") -> bool:
    """Close `job` if its claim still stands, with an entry in the journal; call inside a transaction.

    Returns False, having done nothing, if another worker has the job now.
    """
    changes = {
        "state": state,
        "ended_at": at,
        "heartbeat_at": at,
        "outcome": words[:1000],
        "result_kind": kind,
        "result_key": key,
    }
    if state == State.DONE:
        changes["done"] = F("total") if job.total is not None else F("done")
    ended = Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING).update(**changes)
    if ended:
        note(by, job, f"job {state.label.lower()}")
    return bool(ended)


def give_up_queue_row(job: Job, *, at: datetime) -> None:
    """The row of the queue that a lost worker left as running is closed, so that it does not look alive for ever."""
    if job.queue_id is not None:
        DBTaskResult.objects.filter(pk=job.queue_id, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=at
        )


def waits_in_queue(job: Job) -> bool:
    """Whether the row of the queue that will start `job` is still there to be taken."""
    if job.queue_id is None:
        return False
    return DBTaskResult.objects.filter(pk=job.queue_id, status=TaskResultStatus.READY).exists()


def note(by: Viewer, job: Job, summary: str, *, reason: str = "") -> None:
    """One entry about `job`."""
    journal.record(by=by, act=Act.ALTERED, kind=RecordKind.JOB, key=job.ref, summary=summary, reason=reason)
