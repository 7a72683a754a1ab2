"""Recording what happened on a matter, correcting it, and recording that a day was changed by agreement."""

from django.http import HttpResponseBase, QueryDict

from peelian.clocks import actions, queries
from peelian.clocks.rows import EventRow
from peelian.matters import queries as matters
from peelian.matters.rows import MatterRow
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.matters.forms import AgreeForm, CorrectionForm, EventForm, moment_of
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import TypedForm

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")


@page("matters/<str:ref>/event/", name="matter-event", needs=Permission.RECORD_EVENT, opens=MATTER, methods=WRITES)
def event(request: PageRequest, ref: str) -> HttpResponseBase:
    row = matters.matter(request.viewer, ref)
    events = queries.may_record(request.viewer, ref)
    form = EventForm(_data(request), events=events, initial={"on": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.record_event(
                by=request.viewer,
                matter_ref=ref,
                key=given["key"],
                on=given["on"],
                at=form.moment,
                person_key=given["person"],
                note=given["note"],
            )
            return go("matter", request=request, done="It was recorded, and what is owed was counted anew.", ref=ref)
    return _page(request, row, form, "Record what happened")


@page(
    "matters/<str:ref>/events/<str:event_ref>/",
    name="matter-correct",
    needs=Permission.RECORD_EVENT,
    opens=MATTER,
    methods=WRITES,
)
def correct(request: PageRequest, ref: str, event_ref: str) -> HttpResponseBase:
    """Another day in its place, or that it did not happen. Both stay to be read."""
    row = matters.matter(request.viewer, ref)
    held = _event(request, ref, event_ref)
    form = CorrectionForm(_data(request), initial={"on": held.on})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            happened = given["what"] == "day"
            actions.correct_event(
                by=request.viewer,
                matter_ref=ref,
                event_ref=event_ref,
                on=given["on"] if happened else None,
                at=moment_of(given["on"], given["at"]) if happened else None,
                reason=given["reason"],
            )
            done = "The correction was recorded. What it said before stays to be read."
            return go("matter", request=request, done=done, ref=ref)
    about = f"{held.title}, {held.on.words}{f', {held.person}' if held.person else ''}"
    return _page(request, row, form, "Correct or withdraw", about=about)


@page("matters/<str:ref>/agree/", name="matter-agree", needs=Permission.RECORD_EVENT, opens=MATTER, methods=WRITES)
def agree(request: PageRequest, ref: str) -> HttpResponseBase:
    """An earlier day that was agreed, or an extension by whoever has the power."""
    row = matters.matter(request.viewer, ref)
    running = queries.matter_duties(request.viewer, ref, request.viewer.today).open
    clocks = list({duty.clock: f"{duty.clock} {duty.name}" for duty in running}.items())
    events = queries.may_record(request.viewer, ref)
    people = events[0].people if events else ()
    form = AgreeForm(_data(request), clocks=clocks, people=people, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            common = {"by": request.viewer, "matter_ref": ref, "clock": given["clock"], "until_on": given["until_on"]}
            common |= {"person_key": given["person"], "on": given["on"]}
            if given["how"] == "shorter":
                actions.agree_shorter(**common, agreed_words=given["agreed_words"])
            else:
                actions.extend_period(**common, decided_words=given["agreed_words"])
            return go("matter", request=request, done="The changed day was recorded.", ref=ref)
    warning = "" if clocks else "Nothing is running on this matter, so there is no day to change."
    return _page(request, row, form, "Record a changed day", warning=warning)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _event(request: PageRequest, ref: str, event_ref: str) -> EventRow:
    for row in queries.events(request.viewer, ref):
        if row.ref == event_ref:
            return row
    raise NotFound(f"event {event_ref}")


def _page(
    request: PageRequest, row: MatterRow, form: TypedForm, title: str, *, about: str = "", warning: str = ""
) -> HttpResponseBase:
    context = {"matter": row, "forms": [form], "form": form, "title": title, "about": about, "warning": warning}
    return shown(request, "matters/change.html", context | {"is_second": False}, opened=row.line.ref)
