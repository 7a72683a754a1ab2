"""The list of people, and one person on one page. Importing this module registers the whole journey."""

from django.http import HttpResponseBase

from peelian.clocks import queries as clocks
from peelian.clocks.rows import Chronology, ChronologyEntry
from peelian.people import queries
from peelian.people.rows import RANKS, PeopleFilters, PersonRow, Standing
from peelian.terms.acts import RecordKind
from peelian.terms.pages import Page
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import queries as vetting
from peelian.vetting.rows import ClearanceRow
from peelian.web.exports import exported
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, admits, page, shown
from peelian.web.people import changes, network, repeats, units
from peelian.web.people.chart import chart_of, span_words
from peelian.web.people.forms import ChronologyFilterForm, PeopleFilterForm

__all__ = ["changes", "network", "people", "person", "repeats", "units"]

COLUMNS = (
    Column("name", "Name"),
    Column("kind", "Kind"),
    Column("rank", "Rank", sortable=False),
    Column("unit", "Unit", sortable=False),
    Column("standing", "Standing", sortable=False),
    Column("ref", "Reference", sortable=False),
)
EXPORTED = ("Name", "Kind", "Rank", "Unit", "Standing", "Reference", "Met as")
ENTRIES_A_PAGE = 100
WORDS = {
    "matter": "Matter",
    "closed": "Matter",
    "record": "Record",
    "event": "Event",
    "posting": "Posting",
    "rank": "Rank",
    "restriction": "Restriction",
    "accreditation": "Accreditation",
    "joined": "Service",
    "left": "Service",
}


@page("people/", name="people", needs=Permission.READ_PEOPLE, lists="people", menu="People")
def people(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="name")
    form = PeopleFilterForm(request.GET, units=queries.units(request.viewer))
    given = form.cleaned_data if form.is_valid() else {}
    filters = PeopleFilters(
        words=given.get("words", ""),
        kind=PersonKind(given["kind"]) if given.get("kind") else None,
        unit_ref=given.get("unit", ""),
        rank=given.get("rank", ""),
        standing=Standing(given["standing"]) if given.get("standing") else None,
    )
    if state.export:
        rows = (
            (row.ref, [row.name, row.kind.words, row.rank, row.unit, row.standing.value, row.ref, row.met_as])
            for row in queries.export_people(request.viewer, filters, state.order)
        )
        return exported(request, state.export, "people", EXPORTED, rows)
    found = queries.people(request.viewer, filters, state.order, state.page)
    is_narrowed = filters != PeopleFilters()
    context = {
        "found": found,
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "ranks": RANKS,
        "by_words": bool(filters.words.strip()),
        "is_narrowed": is_narrowed,
    }
    return shown(request, "people/list.html", context, listed=[row.ref for row in found.rows])


@page("people/<str:ref>/", name="person", needs=Permission.READ_PEOPLE, opens=RecordKind.PERSON)
def person(request: PageRequest, ref: str) -> HttpResponseBase:
    """One person, one page: the facts, everything in one chronology as a list and as a picture, what stands behind."""
    row = queries.person(request.viewer, ref)
    whole = clocks.chronology(request.viewer, ref, row)
    form = ChronologyFilterForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    cleared = _clearances(request.viewer, row)
    state = list_state(request, (Column("on", "When", sortable=False),), default="on")
    entries = _of_kind(whole, kind)
    context = {
        "person": row,
        "state": state,
        "form": form,
        "found": _page(entries, state.page),
        "whole": len(whole.dated) + len(whole.undated),
        "words": WORDS,
        "opens_matters": admits(request.viewer, "matter"),
        "opens_records": admits(request.viewer, "wash-pair"),
        "chronology": whole,
        "span_words": span_words,
        "chart": chart_of((*whole.dated, *whole.undated), request.viewer.today),
        "undated": [entry for entry in whole.undated if entry.until is None],
        "clearances": cleared,
        "declarations": vetting.declarations_of(request.viewer, row.line.ref) if cleared is not None else (),
        "opens_vetting": admits(request.viewer, "person-vetting"),
        "guarded": [one for one in row.contacts if one.safety and one.to_on is None],
    }
    return shown(request, "people/person.html", context, opened=row.line.ref)


def _clearances(viewer: Viewer, row: PersonRow) -> tuple[ClearanceRow, ...] | None:
    """The clearances of somebody who serves, for those who vet and those who assess severity; None for others."""
    may = viewer.may(Permission.READ_VETTING) or viewer.may(Permission.ASSESS_CONDUCT)
    return vetting.clearances_of(viewer, row.line.ref) if may and row.line.kind.serves else None


def _of_kind(whole: Chronology, kind: str) -> tuple[ChronologyEntry, ...]:
    """Latest first, what has no date last."""
    entries = (*reversed(whole.dated), *whole.undated)
    return tuple(entry for entry in entries if not kind or entry.kind == kind)


def _page(entries: tuple[ChronologyEntry, ...], number: int) -> Page[ChronologyEntry]:
    size = ENTRIES_A_PAGE
    number = max(1, min(number, -(-len(entries) // size)))
    return Page(entries[(number - 1) * size : number * size], len(entries), number, size)
