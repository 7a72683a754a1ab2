"""Vetting: the queue, one application, clearances, people in post without one. Importing this registers the journey."""

from datetime import date

from django.http import HttpResponseBase

from peelian.publish.tables import Cell
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.vetting import actions, queries
from peelian.vetting.rows import PostRow
from peelian.web.environment import plural
from peelian.web.exports import exported
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting import deciding, dossier, forms, keeping, owning, reading, refusing, seconds

__all__ = ["deciding", "dossier", "in_post", "keeping", "owning", "queue", "reading", "refusing", "seconds"]

PERSON = RecordKind.PERSON
READ = Permission.READ_VETTING
WRITES = ("GET", "HEAD", "POST")
QUEUE = (
    Column("on", "Opened"),
    Column("who", "Who", sortable=False),
    Column("what", "For", sortable=False),
    Column("sources", "Sources", sortable=False),
    Column("stage", "Stage", sortable=False),
)
POSTS = (
    Column("name", "Who"),
    Column("work", "Work", sortable=False),
    Column("risk", "Clearance"),
    Column("asked", "Application", sortable=False),
)
LOTS = (
    Column("month", "Month", sortable=False),
    Column("drawn", "Drawn", sortable=False, number=True),
    Column("of", "Of", sortable=False, number=True),
    Column("seed", "Seed and share", sortable=False),
    Column("by", "By", sortable=False),
)
OVERRIDES = (
    Column("who", "Who", sortable=False),
    Column("recommended", "Recommended", sortable=False),
    Column("decided", "Decided", sortable=False),
    Column("on", "On", sortable=False),
)
WHOLE = 1_000_000  # rows of a list that is taken away, which has no pages
POSTS_EXPORTED = (
    *("Reference", "Name", "Rank or kind", "Work", "Unit", "Sensitive work", "Clearance"),
    *("Since", "Days", "Application"),
)


@page("vetting/", name="vetting", needs=READ, lists="vetting", menu="Vetting")
def queue(request: PageRequest) -> HttpResponseBase:
    """What waits in vetting: reviews that casework asks for, what is due, and the applications that have not ended."""
    state = list_state(request, QUEUE, default="on")
    stage = request.GET.get("stage", "") if request.GET.get("stage") in ("check", "decide") else ""
    found = queries.applications(request.viewer, stage, state.page)
    board = queries.board(request.viewer)
    context = {"found": found, "columns": QUEUE, "state": state, "board": board, "stage": stage}
    seen = [row.person.ref for row in found.rows] + [*board.person_refs]
    return shown(request, "vetting/queue.html", context, listed=dict.fromkeys(seen))


@page(
    "vetting/in-post/",
    name="vetting-in-post",
    needs=READ,
    lists="people in post without clearance",
    menu="Without clearance",
)
def in_post(request: PageRequest) -> HttpResponseBase:
    """People in post whose clearance is not enough or not in force, with their work."""
    state = list_state(request, POSTS, default="risk")
    if state.export:
        whole = queries.in_post(request.viewer, state.order, size=WHOLE).rows
        rows = ((row.person.ref, _post_cells(row, request.viewer.today)) for row in whole)
        return exported(request, state.export, "people in post without clearance", POSTS_EXPORTED, rows)
    found = queries.in_post(request.viewer, state.order, state.page)
    context = {"found": found, "columns": POSTS, "state": state, "whole": queries.whole_in_post(request.viewer)}
    return shown(request, "vetting/in_post.html", context, listed=[row.person.ref for row in found.rows])


def _post_cells(row: PostRow, today: date) -> list[Cell]:
    person, since = row.person, row.since
    since_cells = [since.isoformat() if since else "", (today - since).days if since else ""]
    kind = person.rank or person.kind.words
    return [
        person.ref,
        person.name,
        kind,
        row.work,
        person.unit,
        row.sensitive,
        row.why,
        *since_cells,
        row.application_ref,
    ]


@page("vetting/overrides/", name="vetting-overrides", needs=READ, lists="decisions against a recommendation")
def overrides(request: PageRequest) -> HttpResponseBase:
    """Decisions against a recommendation: they show for good, and are counted."""
    found = queries.overrides(request.viewer)
    context = {"found": found, "columns": OVERRIDES}
    return shown(request, "vetting/overrides.html", context, listed=[row.person.ref for row in found])


@page("vetting/lots/", name="vetting-lots", needs=READ, lists="random re-vetting", methods=WRITES)
def lots(request: PageRequest) -> HttpResponseBase:
    """Random re-vetting: what was drawn each month; a manager draws this month."""
    data = request.POST if request.method == "POST" else None
    form = forms.LotForm(data, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            made = actions.draw(by=request.viewer, **form.given)
            done = f"{plural(len(made), 'review')} of clearance opened by lot."
            return go("vetting-lots", request=request, done=done)
    found = queries.lots(request.viewer)
    is_drawn = any(row.month == request.viewer.today.replace(day=1) for row in found)
    context = {"found": found, "columns": LOTS, "form": form, "is_drawn": is_drawn}
    return shown(request, "vetting/lots.html", context, listed=[])


@page("people/<str:ref>/vetting/", name="person-vetting", needs=READ, opens=PERSON)
def of_person(request: PageRequest, ref: str) -> HttpResponseBase:
    """Everything of vetting about one person: clearances now and before, applications."""
    found = queries.of_person(request.viewer, ref)
    context = {
        "person": queries.person_of(request.viewer, ref),
        "applications": found,
        "clearances": queries.clearances_of(request.viewer, ref),
        "declarations": queries.declarations_of(request.viewer, ref),
        "convictions": queries.convictions_of(request.viewer, ref),
        "statements": queries.statements(request.viewer, ref),
    }
    return shown(request, "vetting/person.html", context, opened=ref)


@page("people/<str:ref>/vetting/new/", name="vetting-new", needs=Permission.VET, opens=PERSON, methods=WRITES)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    """Open an application; from a matter that asks for a review, it is raised by that matter."""
    person = queries.person_of(request.viewer, ref)
    data = request.POST if request.method == "POST" else None
    matter_ref = request.GET.get("matter", "")
    first = {"purpose": "review", "trigger": "adverse"} if matter_ref else {}
    areas = queries.areas_of(request.viewer, ref)
    form = forms.OpenForm(data, initial=first, areas=areas, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            made = actions.apply(by=request.viewer, person_ref=ref, matter_ref=matter_ref, **form.given)
            return go("vetting-application", request=request, done="The application is open.", application_ref=made)
    context = {"person": person, "form": form, "matter_ref": matter_ref}
    return shown(request, "vetting/new.html", context, opened=ref)


@page("vetting/clearances/<str:clearance_ref>/", name="clearance", needs=READ, opens=PERSON)
def clearance(request: PageRequest, clearance_ref: str) -> HttpResponseBase:
    """One clearance: how long, with which controls, its annual reviews."""
    row = queries.clearance(request.viewer, clearance_ref)
    return shown(request, "vetting/clearance.html", {"row": row}, opened=row.person.ref)


@page(
    "vetting/clearances/<str:clearance_ref>/year/",
    name="clearance-year",
    needs=Permission.VET,
    opens=PERSON,
    methods=WRITES,
)
def year(request: PageRequest, clearance_ref: str) -> HttpResponseBase:
    """Record the annual review; what it raises is opened the same day."""
    row = queries.clearance(request.viewer, clearance_ref)
    form = forms.YearForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            made = actions.review_year(by=request.viewer, clearance_ref=clearance_ref, **form.given)
            if made:
                done = "The review was recorded, and clearance is looked at again."
                return go("vetting-application", request=request, done=done, application_ref=made)
            return go("clearance", request=request, done="The review was recorded.", clearance_ref=clearance_ref)
    said = queries.statements(request.viewer, row.person.ref)
    return shown(request, "vetting/year.html", {"row": row, "form": form, "statements": said}, opened=row.person.ref)
