"""The register of people by the number of matters about them, as far as its reader may see. LES-18."""

from django.http import HttpResponseBase

from peelian.matters import queries
from peelian.matters.repeats import Band, RepeatedFilters
from peelian.terms.permissions import Permission
from peelian.web.exports import exported
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, page, shown
from peelian.web.people.forms import RepeatsFilterForm

COLUMNS = (
    Column("name", "Name", sortable=False),
    Column("total", "Matters", sortable=False),
    Column("open", "Open", sortable=False),
    Column("records", "Records", sortable=False),
    Column("latest", "Latest came to attention", sortable=False),
    Column("ref", "Reference", sortable=False),
)
EXPORTED = ("Name", "Kind", "Rank", "Unit", "Matters", "Open", "Records", "Latest came to attention", "Reference")


@page("repeats/", name="repeats", needs=Permission.READ_MATTERS, lists="people with more than one matter")
def repeats(request: PageRequest) -> HttpResponseBase:
    """Whoever is concerned in more than one matter or record, those with most first."""
    state = list_state(request, COLUMNS, default="total")
    form = RepeatsFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    band = Band(given["band"]) if given.get("band") else None
    filters = RepeatedFilters(band=band, with_open=bool(given.get("with_open")))
    if state.export:
        rows = (
            (
                one.person.ref,
                [
                    *(one.person.name, one.person.kind.words, one.person.rank, one.person.unit),
                    *(one.matters, one.open, one.records, one.latest_on, one.person.ref),
                ],
            )
            for one in queries.export_repeat_subjects(request.viewer, filters)
        )
        return exported(request, state.export, "people with more than one matter", EXPORTED, rows)
    register = queries.repeat_subjects(request.viewer, filters, state.page)
    context = {
        "register": register,
        "found": register.found,
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "is_narrowed": filters != RepeatedFilters(),
    }
    return shown(request, "people/repeats.html", context, listed=[one.person.ref for one in register.found.rows])
