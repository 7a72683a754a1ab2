"""The loads and their reports. Importing this module registers the whole journey."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase

from peelian.jobs import queries as jobs
from peelian.jobs.rows import JobRow
from peelian.journal import actions as journal
from peelian.loads import actions, files, queries
from peelian.loads.rows import LoadFilters, LoadRow
from peelian.publish.tables import CSV_TYPE, csv_lines
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names
from peelian.web.exports import exported
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.loads import new
from peelian.web.loads.forms import CancelForm, LoadFilterForm, ReasonForm
from peelian.web.pages import PageRequest, go, page, shown, told

__all__ = ["load", "loads", "new"]

READERS = (Permission.READ_LOADS, Permission.LOAD)
WRITES = ("GET", "HEAD", "POST")
MOST_EXPORTED = 100_000  # loads; far more than a force has
COLUMNS = (
    Column("started", "Begun", sortable=False),
    Column("source", "Source", sortable=False),
    Column("file", "File", sortable=False),
    Column("state", "State", sortable=False),
    Column("read", "Rows read", sortable=False, number=True),
    Column("aside", "Set aside", sortable=False, number=True),
)
ASIDE = (
    Column("row", "Row", sortable=False, number=True),
    Column("column", "Column", sortable=False),
    Column("reason", "Reason", sortable=False),
    Column("cells", "Cells as they stood", sortable=False),
)
CHANGED = (
    Column("key", "Key in the source", sortable=False),
    Column("kind", "Record", sortable=False),
    Column("fields", "What the file says otherwise", sortable=False),
)
TAKEN_AWAY = {files.SET_ASIDE: "rows set aside", files.VANISHED: "vanished records"}


@page("loads/", name="loads", needs=READERS, lists="loads", menu="Loads")
def loads(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="started")
    sources = queries.sources(request.viewer)
    form = LoadFilterForm(request.GET, sources=sources)
    given = form.cleaned_data if form.is_valid() else {}
    filters = LoadFilters(given.get("state", ""), given.get("source", ""))
    if state.export:
        every = queries.loads(request.viewer, filters, size=MOST_EXPORTED).rows
        columns = ("Reference", "Begun", "Source", "File", "State", "Read", "Accepted", "Already held", "Set aside")
        return exported(request, state.export, "loads", columns, ((row.ref, _cells(row)) for row in every))
    found = queries.loads(request.viewer, filters, number=state.page)
    context = {
        "found": found,
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "sources": sources,
        "is_narrowed": filters != LoadFilters(),
    }
    return shown(request, "loads/list.html", context, listed=[row.ref for row in found.rows])


@page("loads/<str:ref>/", name="load", needs=READERS, opens=RecordKind.LOAD)
def load(request: PageRequest, ref: str) -> HttpResponseBase:
    """The figures of a load, which add up; its progress while it runs, and why it failed where it did."""
    row = queries.load(request.viewer, ref)
    job = _job_of(request.viewer, row)
    context = {
        "load": row,
        "job": job,
        "names": actor_names([row.started_by]),
        "is_running": row.state == "staging" and (job is None or not job.has_ended),
        "was_resumed": job is not None and (job.requested_at > row.started_at or job.attempts > 1),
    }
    return shown(request, "loads/load.html", context, opened=row.ref)


@page("loads/<str:ref>/cancel/", name="load-cancel", needs=Permission.LOAD, opens=RecordKind.LOAD, methods=WRITES)
def cancel(request: PageRequest, ref: str) -> HttpResponseBase:
    row = queries.load(request.viewer, ref)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.cancel(by=request.viewer, ref=ref, reason=form.cleaned_data["reason"])
            return go("load", request=request, done="The load is cancelled, or stops at its next batch.", ref=ref)
    return shown(request, "loads/cancel.html", {"load": row, "form": form}, opened=row.ref)


@page("loads/<str:ref>/set-aside/", name="load-set-aside", needs=READERS, opens=RecordKind.LOAD)
def set_aside(request: PageRequest, ref: str) -> HttpResponseBase:
    """The rows that could not be used, each with its reason; its cells only for those who may load."""
    row = queries.load(request.viewer, ref)
    state = list_state(request, ASIDE, default="row")
    found = queries.set_aside(request.viewer, ref, number=state.page)
    columns = ASIDE if request.viewer.may(Permission.LOAD) else ASIDE[:-1]
    context = {"load": row, "found": found, "columns": columns, "state": state}
    return shown(request, "loads/set_aside.html", context, opened=row.ref)


@page("loads/<str:ref>/changes/", name="load-changes", needs=READERS, opens=RecordKind.LOAD)
def changes(request: PageRequest, ref: str) -> HttpResponseBase:
    """What the file says otherwise than the one before, in records the viewer may see."""
    row = queries.load(request.viewer, ref)
    state = list_state(request, CHANGED, default="key")
    found = queries.changes(request.viewer, ref, number=state.page)
    context = {"load": row, "found": found, "columns": CHANGED, "state": state}
    return shown(request, "loads/changes.html", context, opened=row.ref)


@page("loads/<str:ref>/files/<str:name>", name="load-file", needs=Permission.LOAD, opens=RecordKind.LOAD)
def file(request: PageRequest, ref: str, name: str) -> HttpResponseBase:
    """A table beside the report, to take away. It holds personal text, so it counts as a disclosure."""
    columns, rows = queries.report_table(request.viewer, ref, name)
    must_hold(request.viewer, Permission.EXPORT)
    summary = f"took away the {TAKEN_AWAY[name]} of a load as CSV"
    with transaction.atomic():
        journal.record(by=request.viewer, act=Act.DISCLOSED, kind=RecordKind.LOAD, key=ref, summary=summary)
    response = HttpResponse(b"".join(csv_lines(columns, rows)), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{ref}-{name}"'
    return told(response, opened=ref, summary=summary)


@page(
    "loads/<str:ref>/a-person/<str:key>/",
    name="load-person",
    needs=Permission.LOAD,
    opens=RecordKind.LOAD,
    methods=WRITES,
)
def reject(request: PageRequest, ref: str, key: str) -> HttpResponseBase:
    """A proposed placeholder is a person after all. `key`: the reference of what it is held as."""
    row = queries.load(request.viewer, ref)
    chosen = next((one for one in row.placeholders if one.person_ref == key and not one.rejected), None)
    if chosen is None:
        raise NotFound(f"placeholder {key} of {ref}")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.reject_placeholder(
                by=request.viewer,
                ref=ref,
                key=chosen.key,
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("load", request=request, done=f"“{chosen.key}” is held as a person now.", ref=ref)
    return shown(request, "loads/reject.html", {"load": row, "chosen": chosen, "form": form}, opened=row.ref)


def _job_of(viewer: Viewer, row: LoadRow) -> JobRow | None:
    """The job behind a load, for those who may see jobs."""
    try:
        return jobs.job(viewer, row.job_ref) if row.job_ref else None
    except NotFound:
        return None


def _cells(row: LoadRow) -> list[str | int]:
    return [
        row.ref,
        row.started_at.isoformat(timespec="minutes"),
        row.source_title,
        row.file_name,
        row.state_words,
        row.read,
        row.accepted,
        row.already_held,
        row.set_aside,
    ]
