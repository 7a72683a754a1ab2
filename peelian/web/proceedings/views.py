"""Proceedings of a matter: the list, one meeting or hearing, its acts. Importing this registers the journey."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from peelian.matters import queries as matters
from peelian.proceedings import actions, queries
from peelian.proceedings.rows import ProceedingRow
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.terms.viewer import Viewer
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.proceedings import forms
from peelian.web.typed import DO

MATTER = RecordKind.MATTER
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
ACTORS = (Permission.DETERMINE, Permission.RECORD_EVENT, Permission.SIT)
WRITES = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Act:
    """One act on proceedings: the power it needs, its form, title and button, and what is said once it is done.

    `about`: the word of the address that names the member or the objection it is about; empty for the whole.
    """

    needs: Permission
    form: type[forms.ActForm] | type[forms.MemberForm]
    act: Callable[..., object]
    title: str
    done: str
    about: str = ""


ACTS = {
    "member": Act(
        Permission.DETERMINE, forms.MemberForm, actions.name_member, "Name somebody who sits or advises", "Named."
    ),
    "leave": Act(
        Permission.DETERMINE,
        forms.LeaveForm,
        actions.stand_down,
        "Say that somebody no longer sits",
        "They no longer sit. Name somebody else, and tell the officer.",
        "member_ref",
    ),
    "objection": Act(
        Permission.RECORD_EVENT,
        forms.ObjectForm,
        actions.record_objection,
        "Record an objection",
        "The objection was recorded.",
        "member_ref",
    ),
    "answer": Act(
        Permission.DETERMINE,
        forms.AnswerForm,
        actions.answer_objection,
        "Decide on an objection",
        "The objection was decided.",
        "objection_ref",
    ),
    "papers": Act(
        Permission.RECORD_EVENT, forms.PapersForm, actions.add_papers, "Add documents to the bundle", "Added."
    ),
    "reply": Act(
        Permission.RECORD_EVENT,
        forms.ReplyForm,
        actions.record_reply,
        "Record the officer’s reply",
        "The reply was recorded.",
    ),
    "witness": Act(
        Permission.RECORD_EVENT, forms.WitnessForm, actions.list_witness, "Add a witness to a list", "Added."
    ),
    "called": Act(
        Permission.SIT,
        forms.CalledForm,
        actions.direct_witnesses,
        "Record which witnesses are called",
        "The chair’s direction was recorded.",
    ),
    "directions": Act(
        Permission.SIT,
        forms.DirectionsForm,
        actions.direct_publication,
        "Record what may be published",
        "The directions were recorded. The notice and the outcome are held to them.",
    ),
    "attendance": Act(
        Permission.SIT, forms.AttendForm, actions.arrange, "Record how somebody attends", "The direction was recorded."
    ),
}


@page("matters/<str:ref>/proceedings/", name="matter-proceedings", needs=READERS, opens=MATTER)
def of_matter(request: PageRequest, ref: str) -> HttpResponseBase:
    """The meetings and hearings of a matter, and about whom more can be opened."""
    lines, reached = queries.of_matter(request.viewer, ref), queries.openable(request.viewer, ref)
    context = {
        "parts": matters.parts(request.viewer, ref),
        "lines": lines,
        "reached": reached,
        "may_open": request.viewer.may(Permission.DETERMINE) and bool(reached),
    }
    return shown(request, "proceedings/list.html", context, opened=ref)


@page(
    "matters/<str:ref>/proceedings/new/",
    name="proceeding-new",
    needs=Permission.DETERMINE,
    opens=MATTER,
    methods=WRITES,
)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    """Open a meeting or hearing that a decision leads to."""
    reached = queries.openable(request.viewer, ref)
    data = request.POST if request.method == "POST" else None
    form = forms.OpenForm(data, reached=reached, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            forum, _, person = form.cleaned_data["who"].partition("/")
            made = actions.open_proceeding(
                by=request.viewer, matter_ref=ref, person_key=person, forum=forum, on=form.cleaned_data["on"]
            )
            return go("proceeding", request=request, done="The proceedings are open.", ref=ref, proceeding_ref=made)
    context = {"parts": matters.parts(request.viewer, ref), "form": form, "reached": reached}
    return shown(request, "proceedings/new.html", context, opened=ref)


@page("matters/<str:ref>/proceedings/<str:proceeding_ref>/", name="proceeding", needs=READERS, opens=MATTER)
def proceeding(request: PageRequest, ref: str, proceeding_ref: str) -> HttpResponseBase:
    """One meeting or hearing: who sits and why they may, the papers, the reply, the witnesses, the directions."""
    row = queries.proceeding(request.viewer, ref, proceeding_ref)
    context = {"row": row, "acts": _open_acts(request.viewer, row)}
    return shown(request, "proceedings/proceeding.html", context, opened=ref)


@page(
    "matters/<str:ref>/proceedings/<str:proceeding_ref>/<str:doing>/",
    name="proceeding-act",
    needs=ACTORS,
    opens=MATTER,
    methods=WRITES,
)
def act(request: PageRequest, ref: str, proceeding_ref: str, doing: str) -> HttpResponseBase:
    """One act on proceedings, with its form."""
    viewer = request.viewer
    row = queries.proceeding(viewer, ref, proceeding_ref)
    one = ACTS.get(doing)
    if one is None or not viewer.may(one.needs):
        raise NotFound(f"act {doing}")
    about = request.GET.get("about", "")
    told = _told(row, about) if one.about else ""
    if one.about and not told:
        raise NotFound(f"{one.about} {about}")
    form = _form(request, row, one)
    refusal = None
    if request.method == "POST" and form.checked and form.is_valid():
        words = {one.about: about} if one.about else {}
        try:
            with errors_shown_in(form):
                given: dict[str, Any] = {"matter_ref": ref, "proceeding_ref": proceeding_ref, **words, **form.given}
                one.act(by=viewer, **given)
                return go("proceeding", request=request, done=one.done, ref=ref, proceeding_ref=proceeding_ref)
        except NotAllowed as refused:
            refusal = refused.refusal
    context = {"row": row, "form": form, "one": one, "told": told, "refusal_": refusal}
    return shown(request, "proceedings/act.html", context, opened=ref)


def _form(request: PageRequest, row: ProceedingRow, one: Act) -> forms.ActForm | forms.MemberForm:
    data = request.POST if request.method == "POST" else None
    more: dict[str, Any] = {}
    if one.form is forms.MemberForm:
        found = matters.proposal(request.viewer, row.matter_ref, Capacity.PANEL_MEMBER, request.viewer.today)
        more["users"] = found.eligible
    checked = request.method != "POST" or request.POST.get(DO, "act") == "act"
    return one.form(data, row=row, viewer=request.viewer, checked=checked, **more)


def _told(row: ProceedingRow, about: str) -> str:
    """Who or what an act is about, in words; empty for nobody of this reference who sits."""
    for member in row.members:
        if member.ref == about:
            return member.name
        for objection in member.awaits:
            if objection.ref == about:
                return f"The objection to {member.name}: {objection.grounds}"
    return ""


def _open_acts(viewer: Viewer, row: ProceedingRow) -> dict[str, str]:
    """The acts that the page offers, by title; each checks again whether it may be done."""
    closed = set()
    if not any(seat.is_open for seat in row.seats):
        closed.add("member")
    if not row.witnesses:
        closed.add("called")
    if not row.forum.get("is_public"):
        closed.add("directions")
    if row.chair is None:
        closed |= {"called", "directions", "attendance"}
    return {key: one.title for key, one in ACTS.items() if viewer.may(one.needs) and key not in closed}
