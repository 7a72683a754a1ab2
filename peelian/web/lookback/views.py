"""Cohorts: the list of them, choosing one, one on a page. Importing this module registers the whole journey."""

from django.http import HttpResponseBase

from peelian.lookback import actions, queries
from peelian.lookback.criteria import in_words
from peelian.lookback.rows import CaseFilters, CaseLine, CohortDraft
from peelian.matters import queries as matters
from peelian.publish.tables import Cell
from peelian.rules.agreement import SOURCE
from peelian.rules.lookback import CHECK, OUTSIDE, must_be_from_outside
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import ReviewCategory
from peelian.terms.permissions import Permission
from peelian.walls import queries as walls
from peelian.web.exports import exported
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.lookback import cases, leading, mine
from peelian.web.lookback.forms import CaseFilterForm, CriteriaForm, FreezeForm, case_filters
from peelian.web.pages import PageRequest, go, page, shown

__all__ = ["cases", "choose", "cohort", "cohorts", "leading", "mine"]

LEADS = Permission.LOOK_BACK
WRITES = ("GET", "HEAD", "POST")
LISTED = (
    Column("frozen", "Frozen", sortable=False),
    Column("title", "Look-back", sortable=False),
    Column("cases", "Cases", sortable=False, number=True),
    Column("decided", "Decided", sortable=False, number=True),
    Column("target", "To be decided by", sortable=False),
)
FIRST = (
    Column("came", "Came to attention", sortable=False),
    Column("matter", "Matter", sortable=False),
    Column("kind", "Kind and categories", sortable=False),
    Column("state", "State", sortable=False),
)
COLUMNS = (
    Column("came_to_attention", "Came to attention"),
    Column("matter", "Matter", sortable=False),
    Column("stage", "Stage"),
    Column("reviewers", "Reviewers", sortable=False),
    Column("result", "Result"),
    Column("decided", "Decided"),
    Column("reference", "Reference"),
)
EXPORTED = (
    "Reference",
    "Matter",
    "Kind",
    "Came to attention",
    "Stage",
    "Waits for",
    "Reviewers",
    "Result",
    "Decided",
    "Late",
)


@page("look-backs/", name="look-backs", needs=LEADS, lists="look-backs", menu="Look-back")
def cohorts(request: PageRequest) -> HttpResponseBase:
    found = queries.cohorts(request.viewer)
    context = {"found": found, "columns": LISTED}
    return shown(request, "lookback/list.html", context, listed=[row.ref for row in found])


@page("look-backs/new/", name="look-back-new", needs=LEADS, lists="past matters for a look-back", methods=WRITES)
def choose(request: PageRequest) -> HttpResponseBase:
    """Criteria in the address, what they choose, and the act that freezes it."""
    viewer, asked = request.viewer, request.GET.get("look") == "yes"
    form = CriteriaForm(
        request.GET if asked else None,
        groups=matters.groups(),
        factors=matters.factors(),
        forces=matters.forces(viewer),
    )
    criteria = form.criteria if asked and form.is_valid() else None
    found = queries.preview(viewer, criteria) if criteria else None
    owners = walls.users_holding(Permission.ASSESS, viewer.today)
    typed = request.POST if request.method == "POST" else None
    freezing = FreezeForm(typed, owners=owners, initial={"expected": found.count if found else 0})
    if criteria and freezing.is_bound and freezing.is_valid():
        with errors_shown_in(freezing):
            given = dict(freezing.cleaned_data)
            draft = CohortDraft(criteria=criteria, owner_ref=given.pop("owner"), **given)
            made = actions.freeze(by=viewer, draft=draft, on=viewer.today)
            return go("look-back", request=request, done=f"The look-back was frozen as {made}.", ref=made)
    context = {
        "form": form,
        "freezing": freezing,
        "found": found,
        "criteria": in_words(criteria) if criteria else (),
        "columns": FIRST,
        "here": request.get_full_path(),
    }
    return shown(request, "lookback/new.html", context, listed=[row.ref for row in found.first] if found else [])


@page("look-backs/<str:ref>/", name="look-back", needs=LEADS, opens=RecordKind.COHORT)
def cohort(request: PageRequest, ref: str) -> HttpResponseBase:
    """A cohort in figures, and its cases as a list."""
    state = list_state(request, COLUMNS, default="came_to_attention")
    filters = case_filters(request.GET)
    if state.export:
        rows = queries.export_cases(request.viewer, ref, filters, state.order)
        left = exported(
            request, state.export, "cases of a look-back", EXPORTED, ((r.matter.ref, _cells(r)) for r in rows)
        )
        left.opened = ref
        return left
    board = queries.board(request.viewer, ref, filters, state.order, state.page)
    context = {
        "board": board,
        "found": board.found,
        "columns": COLUMNS,
        "state": state,
        "form": CaseFilterForm(request.GET, board=board),
        "is_narrowed": filters != CaseFilters(),
        "categories": tuple(ReviewCategory),
        "check": CHECK,
        "outside": OUTSIDE if must_be_from_outside(board.row.reading) else "",
        "source": SOURCE,
    }
    return shown(request, "lookback/cohort.html", context, opened=ref, listed=[r.matter.ref for r in board.found.rows])


def _cells(row: CaseLine) -> list[Cell]:
    return [
        row.matter.ref,
        row.matter.heading or row.kind.words,
        row.kind.words,
        row.came_to_attention.words if row.came_to_attention else "",
        row.stage.words,
        row.stage.owner,
        "; ".join(f"{one.position.words}: {one.user.name}" for one in row.reviewers),
        row.category.words if row.category else "Not yet decided",
        row.decided_on,
        "yes" if row.is_late else "no",
    ]
