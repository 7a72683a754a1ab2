"""Storage units: what was in one on a day, its readings and its failures, and what a failure touched."""

from django.http import HttpResponseBase

from peelian.evidence import actions, queries
from peelian.evidence.states import UnitKind
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotFound
from peelian.web.evidence.acting import KEEPS, READERS, WRITES, acted
from peelian.web.evidence.forms import DayForm, FailureEndForm, FailureForm, ReadingForm, UnitForm
from peelian.web.pages import PageRequest, page, shown

STORE = RecordKind.STORE
UNIT = "evidence/storage/<str:ref>/"


@page("evidence/storage/", name="storage-units", needs=READERS, lists="storage units")
def units(request: PageRequest) -> HttpResponseBase:
    found = queries.units(request.viewer)
    return shown(request, "evidence/units.html", {"units": found}, listed=[one.ref for one in found])


@page("evidence/storage/new/", name="storage-new", needs=KEEPS, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    form, viewer = UnitForm(request.POST or None), request.viewer
    way = acted(
        request,
        form,
        lambda given: actions.make_unit(by=viewer, on=viewer.today, **given | {"kind": UnitKind(given["kind"])}),
        done="The storage unit was recorded.",
        to="storage-units",
    )
    context = {"form": form, "title": "Record a storage unit", "button": "Record it", "unit": None}
    return way or shown(request, "evidence/of_unit.html", context)


@page(UNIT, name="storage-unit", needs=READERS, opens=STORE)
def unit(request: PageRequest, ref: str) -> HttpResponseBase:
    """One unit, and what was in it on a day: today unless another is asked for."""
    row = queries.unit(request.viewer, ref)
    form = DayForm(request.GET if "day_year" in request.GET else None, initial={"day": request.viewer.today})
    day = (form.cleaned_data.get("day") if form.is_valid() else None) or request.viewer.today
    items = queries.items_in(request.viewer, ref, day)
    context = {"unit": row, "items": items, "day": day, "form": form}
    refs = dict.fromkeys([ref, *(one.matter_ref for one in items)])
    return shown(request, "evidence/unit.html", context, opened=ref, listed=refs)


@page(f"{UNIT}reading/", name="storage-reading", needs=KEEPS, opens=STORE, methods=WRITES)
def reading(request: PageRequest, ref: str) -> HttpResponseBase:
    row, viewer = queries.unit(request.viewer, ref), request.viewer
    form = ReadingForm(request.POST or None, today=viewer.today)
    way = acted(
        request,
        form,
        lambda given: actions.record_reading(by=viewer, unit_ref=ref, **given),
        done="The reading was recorded.",
        to="storage-unit",
        ref=ref,
    )
    context = {"unit": row, "form": form, "title": "Record a reading", "button": "Record it"}
    return way or shown(request, "evidence/of_unit.html", context, opened=ref)


@page(f"{UNIT}failure/", name="storage-failure", needs=KEEPS, opens=STORE, methods=WRITES)
def failure(request: PageRequest, ref: str) -> HttpResponseBase:
    row, viewer = queries.unit(request.viewer, ref), request.viewer
    form = FailureForm(request.POST or None, initial={"from_on": viewer.today})
    way = acted(
        request,
        form,
        lambda given: actions.record_failure(by=viewer, unit_ref=ref, on=viewer.today, **given),
        done="The failure was recorded. Its page lists what was in the unit.",
        to="storage-unit",
        ref=ref,
    )
    context = {"unit": row, "form": form, "title": "Record a failure", "button": "Record it"}
    return way or shown(request, "evidence/of_unit.html", context, opened=ref)


@page(f"{UNIT}failures/<str:failure_ref>/", name="storage-affected", needs=READERS, opens=STORE, methods=WRITES)
def affected(request: PageRequest, ref: str, failure_ref: str) -> HttpResponseBase:
    """What lay in the unit while it failed; and, while it lasts, the form of its end."""
    row, viewer = queries.unit(request.viewer, ref), request.viewer
    found = next((one for one in row.failures if one.ref == failure_ref), None)
    if found is None:
        raise NotFound(f"failure {failure_ref}")
    form = FailureEndForm(request.POST or None, initial={"last_on": viewer.today})
    way = acted(
        request,
        form,
        lambda given: actions.end_failure(by=viewer, failure_ref=failure_ref, on=viewer.today, **given),
        done="The end of the failure was recorded.",
        to="storage-unit",
        ref=ref,
    )
    items = queries.affected(viewer, failure_ref)
    context = {"unit": row, "failure": found, "items": items, "form": form, "may_end": viewer.may(KEEPS)}
    refs = dict.fromkeys([ref, *(one.matter_ref for one in items)])
    return way or shown(request, "evidence/failure.html", context, opened=ref, listed=refs)
