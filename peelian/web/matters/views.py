"""The list of matters, and one matter on one page. Importing this module registers the whole journey."""

from django.http import HttpResponseBase

from peelian.clocks import queries as clocks
from peelian.clocks.rows import WorkGroup
from peelian.decisions import queries as decisions
from peelian.evidence import queries as evidence
from peelian.matters import queries
from peelian.matters.queries import MustSign
from peelian.matters.rows import MatterFilters, MatterRow
from peelian.people import queries as people
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.permissions import Permission
from peelian.web.exports import exported
from peelian.web.lists import Column, list_state
from peelian.web.matters import allocating, changing, continuing, happening, placing, recording
from peelian.web.matters.forms import MatterFilterForm
from peelian.web.pages import PageRequest, go, page, shown

__all__ = ["allocating", "changing", "continuing", "happening", "matter", "matters", "placing", "recording"]

OPEN = MatterState.OPEN
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
COLUMNS = (
    Column("came_to_attention", "Came to attention"),
    Column("heading", "Matter", sortable=False),
    Column("kind", "Kind and categories", sortable=False),
    Column("officers", "Officers concerned", sortable=False),
    Column("unit", "Unit", sortable=False),
    Column("state", "State", sortable=False),
    Column("closed", "Closed"),
    Column("reference", "Reference"),
)
EXPORTED = (
    *("Reference", "Heading", "Kind", "State", "Came to attention", "Closed", "Officers concerned", "Categories"),
    *("Allegations", "Unit", "Force", "Sensitive", "Source key"),
)


@page("matters/", name="matters", needs=READERS, lists="matters", menu="Matters")
def matters(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="-came_to_attention")
    form = MatterFilterForm(
        request.GET,
        units=people.units(request.viewer),
        groups=queries.groups(),
        forces=queries.forces(request.viewer),
        sources=queries.sources(request.viewer),
    )
    filters = _filters(form)
    if state.export:
        rows = (
            (
                row.ref,
                [
                    *(row.ref, row.heading, row.kind.words, row.state.words),
                    *(row.came_to_attention.words if row.came_to_attention else "",),
                    *(row.closed.words if row.closed else "", "; ".join(row.officers), "; ".join(row.categories)),
                    *(row.allegations, row.unit, row.force, "yes" if row.is_sensitive else "no", row.source_key),
                ],
            )
            for row in queries.export_matters(request.viewer, filters, state.order)
        )
        return exported(request, state.export, "matters", EXPORTED, rows)
    found = queries.matters(request.viewer, filters, state.order, state.page)
    context = {
        "found": found,
        "progress": decisions.progress_of(request.viewer, (row.id for row in found.rows if row.state is OPEN)),
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "is_narrowed": filters != MatterFilters(),
    }
    return shown(request, "matters/list.html", context, listed=[row.ref for row in found.rows])


@page("matters/<str:ref>/", name="matter", needs=READERS, opens=RecordKind.MATTER)
def matter(request: PageRequest, ref: str) -> HttpResponseBase:
    """Everything of one matter; somebody with a place who has yet to sign is sent to sign."""
    viewer = request.viewer
    try:
        row = queries.matter(viewer, ref)
    except MustSign:
        return go("matter-sign", ref=ref)
    held = queries.parts(viewer, ref)
    duties = clocks.matter_duties(viewer, held, viewer.today)
    context = {
        "matter": row,
        "duties": duties,
        "progress": decisions.progress(viewer, held),
        "next_due": next((one for one in duties.open if one.due_on and one.group is not WorkGroup.QUIET), None),
        "by_part": _by_part(row),
        "events": clocks.events(viewer, held),
        "submissions": evidence.waiting_of(viewer, held),
        "any_unverified": any(duty.unverified for duty in (*duties.open, *duties.done)),
        "is_open": row.line.state is not MatterState.CLOSED,
    }
    return shown(request, "matters/matter.html", context, opened=ref)


def _filters(form: MatterFilterForm) -> MatterFilters:
    given = form.cleaned_data if form.is_valid() else {}
    return MatterFilters(
        words=given.get("words", ""),
        kind=MatterKind(given["kind"]) if given.get("kind") else None,
        state=MatterState(given["state"]) if given.get("state") else None,
        unit_ref=given.get("unit", ""),
        category=given.get("category", ""),
        force=given.get("force", ""),
        source=given.get("source", ""),
        from_on=given.get("from_on"),
        to_on=given.get("to_on"),
        person_ref=given.get("person", "").strip().upper(),
    )


def _by_part(row: MatterRow) -> list[tuple[str, list[object]]]:
    """The people of the matter under the part they play, in the order of the parts."""
    parts = [(part.words, [one for one in row.involvements if one.part is part]) for part in Part]
    return [(words, list(found)) for words, found in parts if found]
