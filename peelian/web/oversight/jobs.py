"""Long work and how far it has come."""

from django.http import HttpResponseBase

from peelian.jobs import actions, queries
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.walls.queries import actor_names
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown

SEES_JOBS = (Permission.MANAGE_JOBS, Permission.LOAD, Permission.READ_JOURNAL)
COLUMNS = (
    Column("title", "Job", sortable=False),
    Column("state", "State", sortable=False),
    Column("done", "Done", sortable=False),
    Column("requested_by", "Asked for by", sortable=False),
    Column("requested_at", "Asked for", sortable=False),
)


@page("jobs/", name="jobs", needs=SEES_JOBS, lists="jobs", menu="Jobs")
def jobs(request: PageRequest) -> HttpResponseBase:
    rows = queries.recent(request.viewer)
    names = actor_names(row.requested_by for row in rows)
    context = {"rows": rows, "columns": COLUMNS, "names": names}
    return shown(request, "oversight/jobs.html", context, listed=[row.ref for row in rows])


@page("jobs/<str:ref>/", name="job", needs=SEES_JOBS, opens=RecordKind.JOB)
def job(request: PageRequest, ref: str) -> HttpResponseBase:
    row = queries.job(request.viewer, ref)
    names = actor_names([row.requested_by])
    return shown(request, "oversight/job.html", {"job": row, "names": names}, opened=row.ref)


@page("jobs/<str:ref>/cancel/", name="job-cancel", needs=SEES_JOBS, opens=RecordKind.JOB, methods=("POST",))
def cancel(request: PageRequest, ref: str) -> HttpResponseBase:
    actions.cancel(by=request.viewer, ref=ref, reason="cancelled on its page")
    return go("job", request=request, done="The job stops at its next safe point.", ref=ref)
