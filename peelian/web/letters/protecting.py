"""Who on a matter may not be named in what leaves it, and marking somebody so."""

from django.http import HttpResponseBase

from peelian.publish import actions, queries
from peelian.publish.states import Ground
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.letters.forms import LiftForm, MarkForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
WRITERS = (Permission.WRITE_LETTERS, Permission.APPROVE_LETTERS)
WRITES = ("GET", "HEAD", "POST")


@page("matters/<str:ref>/protected/", name="matter-protected", needs=READERS, opens=MATTER)
def protected(request: PageRequest, ref: str) -> HttpResponseBase:
    found = queries.protected(request.viewer, ref)
    context = {"ref": ref, "people": found, "any_marked": any(one.mark for one in found)}
    return shown(request, "letters/protected.html", context, opened=ref)


@page("matters/<str:ref>/protected/mark/", name="matter-protect", needs=WRITERS, opens=MATTER, methods=WRITES)
def mark(request: PageRequest, ref: str) -> HttpResponseBase:
    found = queries.protected(request.viewer, ref)
    people = [(one.key, f"{one.name} ({one.part.words.lower()})") for one in found if one.mark is None]
    form = MarkForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.mark_protected(
                by=request.viewer,
                matter_ref=ref,
                person_key=form.cleaned_data["person"],
                ground=Ground(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("matter-protected", request=request, done="Their identity is marked as protected.", ref=ref)
    about = "No letter to anybody else will name them."
    context = {"ref": ref, "form": form, "title": "Mark somebody as not to be named", "about": about}
    return shown(request, "letters/mark.html", context, opened=ref)


@page(
    "matters/<str:ref>/protected/lift/",
    name="matter-unprotect",
    needs=Permission.APPROVE_LETTERS,
    opens=MATTER,
    methods=WRITES,
)
def lift(request: PageRequest, ref: str) -> HttpResponseBase:
    found = queries.protected(request.viewer, ref)
    people = [(one.key, f"{one.name} ({one.part.words.lower()})") for one in found if one.mark is not None]
    form = LiftForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.lift_protection(
                by=request.viewer,
                matter_ref=ref,
                person_key=form.cleaned_data["person"],
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("matter-protected", request=request, done="The mark was lifted.", ref=ref)
    about = "What the law protects stays protected without a mark."
    context = {"ref": ref, "form": form, "title": "Lift a mark", "about": about}
    return shown(request, "letters/mark.html", context, opened=ref)
