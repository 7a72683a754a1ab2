"""One application, from its sources to the decision: everything that stands against somebody on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.vetting import actions, queries
from peelian.vetting.rows import ApplicationRow
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting import forms

PERSON = RecordKind.PERSON
WRITES = ("GET", "HEAD", "POST")
ACTORS = (Permission.VET, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
OF_CONTROL = ("control", "tell")
ONE = "vetting/applications/<str:application_ref>/"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an application: the power it needs, its form, title and what is said once it is done."""

    needs: tuple[Permission, ...]
    form: Callable[..., Any]
    act: Callable[..., object]
    title: str
    done: str


ACTS = {
    "source": Act((Permission.VET,), forms.SourceForm, actions.say, "Record what a source said", "Recorded."),
    "information": Act(
        (Permission.VET,), forms.InformForm, actions.inform, "Record something against them", "It was recorded."
    ),
    "close": Act(
        (Permission.VET,), forms.ReasonForm, actions.close, "End without a decision", "The application has ended."
    ),
    "renew": Act(
        (Permission.VET,), forms.RoutineForm, actions.renew_alone, "Renew, by one person", "Clearance was renewed."
    ),
    "control": Act(
        (Permission.VET, Permission.DECIDE_VETTING),
        forms.ControlForm,
        actions.review_control,
        "Look at a control again",
        "The review of the control was recorded.",
    ),
    "tell": Act(
        (Permission.DECIDE_VETTING,),
        forms.TellForm,
        actions.tell_manager,
        "Tell their line manager of a control",
        "Whoever manages them reads it under My staff.",
    ),
}


@page(ONE, name="vetting-application", needs=Permission.READ_VETTING, opens=PERSON)
def application(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """One application: its sources with silence shown, all that stands against somebody, what can be done now."""
    row = queries.application(request.viewer, application_ref)
    context = {"row": row, "acts": _open_acts(request.viewer, row)}
    return shown(request, "vetting/application.html", context, opened=row.line.person.ref)


@page(f"{ONE}ask/", name="vetting-ask", needs=Permission.VET, opens=PERSON, methods=WRITES)
def ask(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """Record that every source not asked yet was asked today."""
    row = queries.application(request.viewer, application_ref)
    _must_be_open(row)
    if request.method == "POST":
        number = actions.ask_all(by=request.viewer, application_ref=application_ref, on=request.viewer.today)
        done = f"{number} sources were recorded as asked today." if number else "Every source was asked before."
        return go("vetting-application", request=request, done=done, application_ref=application_ref)
    return shown(request, "vetting/ask.html", {"row": row}, opened=row.line.person.ref)


@page(f"{ONE}recommend/", name="vetting-recommend", needs=Permission.VET, opens=PERSON, methods=WRITES)
def recommend(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """Weigh each piece on one page with all the others, and recommend."""
    row = queries.application(request.viewer, application_ref)
    _must_be_open(row)
    refusal = row.undecidable
    form = forms.RecommendForm(_data(request), row=row, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        try:
            actions.recommend(
                by=request.viewer, application_ref=application_ref, said=form.said, on=form.cleaned_data["on"]
            )
            done = "Recommended. Somebody else decides."
            return go("vetting-application", request=request, done=done, application_ref=application_ref)
        except NotAllowed as refused:
            refusal = refused.refusal
        except NotValid as wrong:
            form.add_error(form.place_of(wrong.field), wrong.reason)
    context = {"row": row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/recommend.html", context, opened=row.line.person.ref)


@page(
    f"{ONE}decide/",
    name="vetting-decide",
    needs=(Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING),
    opens=PERSON,
    methods=WRITES,
)
def decide(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """Decide on a recommendation, with everything that was weighed on the same page."""
    row = queries.application(request.viewer, application_ref)
    _must_be_open(row)
    first = {"outcome": row.recommendation.outcome.key} if row.recommendation else {}
    form = forms.DecideForm(_data(request), row=row, initial=first, today=request.viewer.today)
    refusal = row.undecidable or row.unread
    if form.is_bound and form.is_valid():
        given = {"by": request.viewer, "application_ref": application_ref, **form.given}
        refusal, made = _tried(form, actions.decide, given)
        if made:
            return go("vetting-application", request=request, done="Decided.", application_ref=application_ref)
    context = {"row": row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/decide.html", context, opened=row.line.person.ref)


@page(f"{ONE}do/<str:vetting_act>/", name="vetting-act", needs=ACTORS, opens=PERSON, methods=WRITES)
def act(request: PageRequest, application_ref: str, vetting_act: str) -> HttpResponseBase:
    """One act on an application, with its form. A source or a control is named in the address."""
    row, one = queries.application(request.viewer, application_ref), ACTS.get(vetting_act)
    if one is None or not any(request.viewer.may(power) for power in one.needs):
        raise NotFound(f"act {vetting_act}")
    if vetting_act not in OF_CONTROL:
        _must_be_open(row)
    told, more = _about(row, vetting_act, request)
    form = one.form(_data(request), today=request.viewer.today)
    refusal = None
    if form.is_bound and form.is_valid():
        given = {"by": request.viewer, "application_ref": application_ref, **more, **form.given}
        refusal, made = _tried(form, one.act, given)
        if made:
            return go("vetting-application", request=request, done=one.done, application_ref=application_ref)
    context = {"row": row, "form": form, "one": one, "told": told, "refusal_": refusal}
    return shown(request, "vetting/act.html", context, opened=row.line.person.ref)


def _tried(form: Any, do: Callable[..., object], given: dict[str, Any]) -> tuple[Refusal | None, bool]:
    """Act; what the room refuses is shown on the page, with its law."""
    try:
        with errors_shown_in(form):
            do(**given)
            return None, True
    except NotAllowed as refused:
        return refused.refusal, False
    return None, False


def _about(row: ApplicationRow, doing: str, request: PageRequest) -> tuple[str, dict[str, Any]]:
    """What an act is about, in words and as its action takes it. Raises NotFound for a source or control of no row."""
    if doing == "source":
        asked = request.GET.get("check", ""), request.GET.get("area", "")
        for one in row.sources:
            if (one.key, one.area) == asked:
                return one.words, {"check": one.key, "area": one.area}
        raise NotFound(f"source {asked}")
    if doing in OF_CONTROL:
        for control in row.decision.controls if row.decision else ():
            if str(control.number) == request.GET.get("number", "") and control.is_open:
                return control.words, {"number": control.number}
        raise NotFound("control")
    return "", {}


def _open_acts(viewer: Viewer, row: ApplicationRow) -> dict[str, str]:
    """Acts that the page offers, by title; each checks again whether it may be done."""
    if not row.is_open:
        return {}
    offered = {"information": ACTS["information"].title, "close": ACTS["close"].title}
    if row.is_renewal and row.not_routine is None and row.undecidable is None:
        offered = {"renew": ACTS["renew"].title, **offered}
    return offered if viewer.may(Permission.VET) else {}


def _must_be_open(row: ApplicationRow) -> None:
    if not row.is_open:
        raise NotAllowed(Refusal("This application has ended: what was recorded stays as it is.", "SI 2025/502 reg 7"))


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None
