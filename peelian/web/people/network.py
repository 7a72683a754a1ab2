"""Associations and vehicles of one person: drawn, with a list beside that says all that the picture says."""

from typing import Any

from django.http import HttpResponseBase

from peelian.matches import queries as matches
from peelian.people import actions, queries
from peelian.people.rows import PersonLine
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import queries as vetting
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, admits, go, page, shown
from peelian.web.people.forms import EndForm, VehicleForm
from peelian.web.people.graph import Association, drawing_of

PERSON = RecordKind.PERSON
WRITES = ("GET", "HEAD", "POST")
DRAWN = ("association", "business")


@page("people/<str:ref>/network/", name="person-network", needs=Permission.READ_PEOPLE, opens=PERSON)
def network(request: PageRequest, ref: str) -> HttpResponseBase:
    """Whom and what somebody is associated with, as far as the viewer may see each source; and their vehicles."""
    line = queries.line(request.viewer, ref)
    found = (*_declared(request.viewer, line), *_found(request.viewer, line), *_by_vehicle(request.viewer, line))
    context = {
        "line": line,
        "associations": found,
        "drawing": drawing_of(found, line.name),
        "vehicles": queries.vehicles_of(request.viewer, ref),
    }
    return shown(request, "people/network.html", context, opened=line.ref)


@page("people/<str:ref>/vehicle/", name="person-vehicle", needs=Permission.EDIT_PEOPLE, opens=PERSON, methods=WRITES)
def vehicle(request: PageRequest, ref: str) -> HttpResponseBase:
    form = VehicleForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Record a vehicle", "The vehicle was recorded.", actions.add_vehicle)


@page(
    "people/<str:ref>/vehicle/<int:number>/",
    name="person-vehicle-end",
    needs=Permission.EDIT_PEOPLE,
    opens=PERSON,
    methods=WRITES,
)
def vehicle_end(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    form = EndForm(request.POST or None, today=request.viewer.today)

    def end(**given: Any) -> None:
        actions.end_vehicle(number=number, **given)

    return _change(request, ref, form, "End a vehicle", "It was ended.", end)


def _change(request: PageRequest, ref: str, form: Any, title: str, done: str, act: Any) -> HttpResponseBase:
    line = queries.line(request.viewer, ref)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            act(by=request.viewer, person_ref=ref, **form.cleaned_data)
            return go("person-network", request=request, done=done, ref=ref)
    context = {"line": line, "form": form, "title": title, "warning": "", "ranks": ()}
    return shown(request, "people/change.html", context, opened=ref)


def _declared(viewer: Viewer, line: PersonLine) -> tuple[Association, ...]:
    if not (viewer.may(Permission.READ_VETTING) or viewer.may(Permission.ASSESS_CONDUCT)):
        return ()
    opens = admits(viewer, "declaration")
    return tuple(
        Association(
            kind="declared" if row.by_self else "found",
            label=row.about,
            says=row.label,
            source=f"{'said by themselves' if row.by_self else 'found, and not declared'}, {date_words(row.on)}",
            grade=row.stands,
            to="declaration" if opens else "",
            key=row.ref,
        )
        for row in vetting.declarations_of(viewer, line.ref)
        if row.kind in DRAWN
    )


def _found(viewer: Viewer, line: PersonLine) -> tuple[Association, ...]:
    rows = matches.associations_of(viewer, line.id)
    colleagues = queries.lines(viewer, {row.associate_id for row in rows if row.associate_id})
    opens = admits(viewer, "wash-pair")
    found = []
    for row in rows:
        colleague = colleagues[row.associate_id] if row.associate_id else None
        on = f", {date_words(row.recorded_on)}" if row.recorded_on else ""
        stands = f"{row.band} match, not judged yet" if row.state is PairState.WAITING else row.state.words
        found.append(
            Association(
                kind="found",
                label=colleague.name if colleague else row.name,
                says=f"{row.through}; {row.category or 'what the record is about is not said'}",
                source=f"record {row.record_key} of {row.source}{on}",
                grade=stands,
                person_ref=colleague.ref if colleague else "",
                to="wash-pair" if opens else "",
                key=row.ref,
            )
        )
    return tuple(found)


def _by_vehicle(viewer: Viewer, line: PersonLine) -> tuple[Association, ...]:
    return tuple(
        Association(
            kind="vehicle",
            label=row.other.name,
            says=f"has or had {row.mark} at the same time",
            source=row.source or "where it is known from is not said",
            grade="the register of people",
            person_ref=row.other.ref,
            to="person-network",
            key=row.other.ref,
        )
        for row in queries.shared_vehicles(viewer, line.ref)
    )
