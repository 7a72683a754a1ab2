"""Forms that change one person: each calls one action of the register."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponseBase

from peelian.people import actions, queries
from peelian.people.rows import RANKS, PersonLine
from peelian.terms.acts import RecordKind
from peelian.terms.people import IdentifierKind, PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.people import forms

EDIT = Permission.EDIT_PEOPLE
PERSON = RecordKind.PERSON
WRITES = ("GET", "HEAD", "POST")
MOST_ALIKE = 10


@page("people/new/", name="person-new", needs=EDIT, lists="people of a near name", methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    """Registers somebody who serves. Whoever has the same or a near name is shown first, so that nobody is doubled."""
    alike = _found(request.viewer, f"{request.POST.get('given', '')} {request.POST.get('family', '')}")
    form = forms.RegisterForm(request.POST or None, alike=alike)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with errors_shown_in(form):
            ref = actions.register_person(
                by=request.viewer,
                kind=PersonKind(given["kind"]),
                family=given["family"],
                given=given["given"],
                born=given["born"],
                sex=given["sex"],
                ethnicity=given["ethnicity"],
                joined=given["joined"],
                on=request.viewer.today,
            )
            return go("person", request=request, done="The person was registered.", ref=ref)
    context = {"form": form, "alike": alike}
    return shown(request, "people/new.html", context, listed=[row.ref for row in alike])


@page("people/<str:ref>/name/", name="person-rename", needs=EDIT, opens=PERSON, methods=WRITES)
def rename(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.RenameForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Change the name", "The name was changed.", actions.rename)


@page("people/<str:ref>/alias/", name="person-alias", needs=EDIT, opens=PERSON, methods=WRITES)
def alias(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.NameForm(request.POST or None)
    today = request.viewer.today

    def add(**given: Any) -> None:
        actions.add_alias(**given, on=today)

    return _change(request, ref, form, "Add a name they are also known by", "The name was added.", add)


@page("people/<str:ref>/number/", name="person-identifier", needs=EDIT, opens=PERSON, methods=WRITES)
def identifier(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.IdentifierForm(request.POST or None, today=request.viewer.today)

    def add(kind: str, **given: Any) -> None:
        actions.add_identifier(kind=IdentifierKind(kind), **given)

    return _change(request, ref, form, "Add a number", "The number was added.", add)


@page("people/<str:ref>/rank/", name="person-rank", needs=EDIT, opens=PERSON, methods=WRITES)
def rank(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.RankForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Record a rank", "The rank was recorded.", actions.hold_rank)


@page("people/<str:ref>/posting/", name="person-posting", needs=EDIT, opens=PERSON, methods=WRITES)
def posting(request: PageRequest, ref: str) -> HttpResponseBase:
    """A posting; the supervisor is given by reference, or looked for by name and then chosen."""
    typed = request.POST.get("supervisor", "")
    met = _found(request.viewer, typed) if typed.strip() else None
    units = [unit for unit in queries.units(request.viewer) if unit.to_on is None]
    form = forms.PostingForm(request.POST or None, today=request.viewer.today, units=units, met=met)

    def post(by: Viewer, person_ref: str, unit: str, title: str, **given: Any) -> None:
        actions.post_to(
            by=by, person_ref=person_ref, unit_ref=unit, title=title, supervisor_ref=form.chosen, on=given["on"]
        )

    warning = "" if units else "There is no unit yet. Make one first, under People, Units."
    return _change(request, ref, form, "Post to a unit", "The posting was recorded.", post, warning=warning)


@page("people/<str:ref>/accreditation/", name="person-accreditation", needs=EDIT, opens=PERSON, methods=WRITES)
def accreditation(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.AccreditationForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Record an accreditation", "The accreditation was recorded.", actions.accredit)


@page("people/<str:ref>/restriction/", name="person-restriction", needs=EDIT, opens=PERSON, methods=WRITES)
def restriction(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.RestrictionForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Record a restriction", "The restriction was recorded.", actions.restrict)


@page("people/<str:ref>/restriction/<int:number>/", name="person-lift", needs=EDIT, opens=PERSON, methods=WRITES)
def lift(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    form = forms.LiftForm(request.POST or None, today=request.viewer.today)

    def end(**given: Any) -> None:
        actions.lift(number=number, **given)

    return _change(request, ref, form, "Lift a restriction", "The restriction was lifted.", end)


@page("people/<str:ref>/contact/", name="person-contact", needs=EDIT, opens=PERSON, methods=WRITES)
def contact(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.ContactForm(request.POST or None, today=request.viewer.today)
    return _change(
        request, ref, form, "Add a way to reach them", "The way to reach them was added.", actions.add_contact
    )


@page("people/<str:ref>/need/", name="person-need", needs=EDIT, opens=PERSON, methods=WRITES)
def need(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.NeedForm(request.POST or None, today=request.viewer.today)
    return _change(request, ref, form, "Record a need", "The need was recorded.", actions.add_need)


@page("people/<str:ref>/contact/<int:number>/", name="person-contact-end", needs=EDIT, opens=PERSON, methods=WRITES)
def contact_end(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    return _ended(request, ref, number, "End a way to reach them", actions.end_contact)


@page("people/<str:ref>/need/<int:number>/", name="person-need-end", needs=EDIT, opens=PERSON, methods=WRITES)
def need_end(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    return _ended(request, ref, number, "End a need", actions.end_need)


@page(
    "people/<str:ref>/accreditation/<int:number>/",
    name="person-accreditation-end",
    needs=EDIT,
    opens=PERSON,
    methods=WRITES,
)
def accreditation_end(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    return _ended(request, ref, number, "End an accreditation", actions.end_accreditation)


@page("people/<str:ref>/birth/", name="person-birth", needs=EDIT, opens=PERSON, methods=WRITES)
def birth(request: PageRequest, ref: str) -> HttpResponseBase:
    today = request.viewer.today

    def correct(**given: Any) -> None:
        actions.correct_birth(**given, on=today)

    form = forms.BirthForm(request.POST or None)
    return _change(request, ref, form, "Correct the date of birth", "The date of birth was put right.", correct)


@page("people/<str:ref>/leave/", name="person-leave", needs=EDIT, opens=PERSON, methods=WRITES)
def leave(request: PageRequest, ref: str) -> HttpResponseBase:
    form = forms.LeaveForm(request.POST or None, today=request.viewer.today)
    warning = (
        "Their rank, posting, accreditations and restrictions end on that day, and so does the tie to their line"
        " manager. This cannot be taken back here."
    )
    title, done = "Record that they have left", "It was recorded that they have left."
    return _change(request, ref, form, title, done, actions.leave_service, warning=warning)


def _ended(request: PageRequest, ref: str, number: int, title: str, act: Callable[..., object]) -> HttpResponseBase:
    """The page that ends one fact of a person, by its number on their page."""
    form = forms.EndForm(request.POST or None, today=request.viewer.today)

    def end(**given: Any) -> None:
        act(number=number, **given)

    return _change(request, ref, form, title, "It was ended.", end)


def _change(
    request: PageRequest,
    ref: str,
    form: Form,
    title: str,
    done: str,
    act: Callable[..., object],
    warning: str = "",
) -> HttpResponseBase:
    """The page of a form on one person; a form in order goes to `act` with `by`, `person_ref` and what was given."""
    line = queries.line(request.viewer, ref)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            act(by=request.viewer, person_ref=ref, **form.cleaned_data)
            return go("person", request=request, done=done, ref=ref)
    context = {"line": line, "form": form, "title": title, "warning": warning, "ranks": RANKS}
    return shown(request, "people/change.html", context, opened=ref)


def _found(viewer: Viewer, words: str) -> tuple[PersonLine, ...]:
    return queries.find(viewer, words, limit=MOST_ALIKE, serving_only=True) if words.strip() else ()
