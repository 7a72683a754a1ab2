"""The journal as the auditor reads it: entries, what was done to one record, checkpoints, the check of all of it."""

from django.http import HttpResponse, HttpResponseBase

from peelian.jobs import actions as jobs
from peelian.jobs import journal_check
from peelian.journal import checkpoints, queries
from peelian.journal.rows import EntryPage, EntryRow
from peelian.terms.acts import Act, RecordKind
from peelian.terms.pages import Page
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.walls.queries import actor_names
from peelian.web.lists import Column, list_state
from peelian.web.oversight.forms import EntryFilterForm
from peelian.web.pages import PageRequest, go, page, shown, told

COLUMNS = (
    Column("at", "When", sortable=False),
    Column("actor", "Who", sortable=False),
    Column("act", "Act", sortable=False),
    Column("key", "Record", sortable=False),
    Column("summary", "What", sortable=False),
)


@page("journal/", name="journal", needs=Permission.READ_JOURNAL, lists="journal", menu="Journal")
def journal(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="at")
    form = EntryFilterForm(request.GET)
    filters = queries.EntryFilter()
    if form.is_valid():
        given = form.cleaned_data
        filters = queries.EntryFilter(
            actor=given["actor"],
            act=Act(given["act"]) if given["act"] else None,
            kind=RecordKind(given["kind"]) if given["kind"] else None,
            key=given["key"],
            words=given["words"],
            from_on=given["from_on"],
            to_on=given["to_on"],
        )
    found = _page(queries.entries(request.viewer, filters=filters, page=state.page))
    context = {"found": found, "columns": COLUMNS, "state": state, "form": form, "names": _names(found)}
    return shown(request, "oversight/journal.html", context, listed=[str(row.seq) for row in found.rows])


@page("journal/entries/<int:seq>/", name="journal-entry", needs=Permission.READ_JOURNAL, opens=RecordKind.JOURNAL)
def entry(request: PageRequest, seq: int) -> HttpResponseBase:
    found = queries.entry(request.viewer, seq)
    names = actor_names([found.entry.actor])
    return shown(request, "oversight/entry.html", {"found": found, "names": names}, opened=str(seq))


@page("journal/about/<str:key>/", name="journal-about", needs=Permission.READ_JOURNAL, lists="journal of one record")
def about(request: PageRequest, key: str) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="at")
    found = _page(queries.entries_about(request.viewer, key, page=state.page))
    context = {"found": found, "columns": COLUMNS, "state": state, "key": key, "names": _names(found)}
    return shown(request, "oversight/journal_about.html", context, listed=[str(row.seq) for row in found.rows])


@page(
    "journal/checkpoints/",
    name="journal-checkpoints",
    needs=Permission.READ_JOURNAL,
    lists="journal checkpoints",
    methods=("GET", "HEAD", "POST"),
)
def checkpoint_list(request: PageRequest) -> HttpResponseBase:
    """POST signs the journal as it stands, or asks for the check of all of it."""
    if request.method == "POST" and "check" in request.POST:
        ref = jobs.start(
            by=request.viewer, kind=journal_check.KIND, title="Check of the journal", arguments={}, unit="entries"
        )
        return go("job", request=request, done="The check has started.", ref=ref)
    if request.method == "POST":
        made = checkpoints.make(at=request.viewer.at)
        words = f"Signed: {made.size:,} entries. Download the checkpoint and keep it somewhere else."
        return go("journal-checkpoints", request=request, done=words)
    rows = queries.checkpoints(request.viewer)
    return shown(request, "oversight/checkpoints.html", {"rows": rows}, listed=[str(row.size) for row in rows])


@page(
    "journal/checkpoints/<int:size>.txt",
    name="journal-checkpoint",
    needs=Permission.READ_JOURNAL,
    opens=RecordKind.JOURNAL,
)
def checkpoint_file(request: PageRequest, size: int) -> HttpResponseBase:
    """The signed note itself, in the C2SP form that outside tools read."""
    for row in queries.checkpoints(request.viewer):
        if row.size == size:
            response = HttpResponse(row.note, content_type="text/plain; charset=utf-8")
            response.headers["Content-Disposition"] = f'attachment; filename="peelian-checkpoint-{size}.txt"'
            return told(response, opened=f"checkpoint {size}", summary="downloaded a checkpoint")
    raise NotFound(f"checkpoint {size}")


def _page(found: EntryPage) -> Page[EntryRow]:
    return Page(found.rows, found.total, found.number, queries.PAGE)


def _names(found: Page[EntryRow]) -> dict[str, str]:
    return actor_names(row.actor for row in found.rows)
