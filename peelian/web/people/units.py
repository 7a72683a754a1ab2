"""The units of the force, and who serves in one now."""

from django.http import HttpResponseBase

from peelian.people import actions, queries
from peelian.people.rows import PeopleFilters
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.people.forms import UnitForm

UNITS = (
    Column("name", "Unit", sortable=False),
    Column("parent", "Part of", sortable=False),
    Column("from", "Since", sortable=False),
    Column("to", "Until", sortable=False),
)
THERE = (
    Column("name", "Name"),
    Column("kind", "Kind"),
    Column("rank", "Rank", sortable=False),
    Column("ref", "Reference", sortable=False),
)


@page("units/", name="units", needs=Permission.READ_PEOPLE)
def units(request: PageRequest) -> HttpResponseBase:
    """Every unit. Units are no secret: they hold no record of anybody."""
    return shown(request, "people/units.html", {"units": queries.units(request.viewer), "columns": UNITS})


@page("units/new/", name="unit-new", needs=Permission.EDIT_PEOPLE, methods=("GET", "HEAD", "POST"))
def new(request: PageRequest) -> HttpResponseBase:
    form = UnitForm(request.POST or None, units=queries.units(request.viewer))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with errors_shown_in(form):
            ref = actions.make_unit(
                by=request.viewer,
                name=given["name"],
                parent_ref=given["parent"],
                from_on=given["from_on"],
                on=request.viewer.today,
            )
            return go("unit-people", request=request, done="The unit was made.", ref=ref)
    return shown(request, "people/unit_new.html", {"form": form})


@page("units/<str:ref>/", name="unit-people", needs=Permission.READ_PEOPLE, lists="people of a unit")
def unit(request: PageRequest, ref: str) -> HttpResponseBase:
    """Who serves in a unit today, of those the viewer may see."""
    held = queries.unit(request.viewer, ref)
    state = list_state(request, THERE, default="name")
    found = queries.people(request.viewer, PeopleFilters(unit_ref=ref), state.order, state.page)
    parts = [part for part in queries.units(request.viewer) if part.parent_ref == ref]
    context = {"unit": held, "parts": parts, "found": found, "columns": THERE, "state": state}
    return shown(request, "people/unit.html", context, listed=[row.ref for row in found.rows])
