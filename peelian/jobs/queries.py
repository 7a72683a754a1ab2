"""Jobs a viewer may see: their own, those of a kind they may ask for, or all with the power to manage jobs."""

from django.db.models import Q

from peelian.jobs.models import ENDED, Job, State
from peelian.jobs.rows import JobRow
from peelian.jobs.works import WORKS
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer


def job(viewer: Viewer, ref: str) -> JobRow:
    """One job. Raises NotFound where there is none that this viewer may see."""
    found = Job.objects.filter(seen_by(viewer), ref=ref).first()
    if found is None:
        raise NotFound(f"job {ref}")
    return row_of(viewer, found)


def recent(viewer: Viewer, *, most: int = 50) -> list[JobRow]:
    """The `most` jobs last asked for, newest first."""
    found = Job.objects.filter(seen_by(viewer)).order_by("-requested_at", "ref")[:most]
    return [row_of(viewer, job) for job in found]


def latest(viewer: Viewer, kind: str, argument: str, value: str) -> JobRow | None:
    """The job of `kind` last asked for with this argument, as far as this viewer may see it."""
    of_kind = Job.objects.filter(seen_by(viewer), kind=kind, **{f"arguments__{argument}": value})
    found = of_kind.order_by("-requested_at", "-pk").first()
    return row_of(viewer, found) if found else None


def seen_by(viewer: Viewer) -> Q:
    """The filter of jobs this viewer may see."""
    if viewer.may(Permission.MANAGE_JOBS):
        return Q()
    kinds = [work.kind for work in WORKS.values() if viewer.may(work.permission)]
    return Q(requested_by=viewer.actor) | Q(kind__in=kinds)


def row_of(viewer: Viewer, job: Job) -> JobRow:
    may_manage = job.requested_by == viewer.actor or viewer.may(Permission.MANAGE_JOBS)
    return JobRow(
        ref=job.ref,
        kind=job.kind,
        title=job.title,
        state=job.state,
        state_words=State(job.state).label,
        done=job.done,
        total=job.total,
        unit=job.unit,
        message=job.message,
        requested_by=job.requested_by,
        requested_at=job.requested_at,
        started_at=job.started_at,
        heartbeat_at=job.heartbeat_at,
        cancel_requested_at=job.cancel_requested_at,
        ended_at=job.ended_at,
        outcome=job.outcome,
        result_kind=job.result_kind,
        result_key=job.result_key,
        attempts=job.attempts,
        may_cancel=may_manage and job.state not in ENDED and job.cancel_requested_at is None,
    )
