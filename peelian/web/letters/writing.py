"""Writing a letter: its paragraphs, the chair's directions, submitting it, taking it back, giving it up."""

from typing import Any

from django.http import HttpResponseBase

from peelian.publish import actions, queries
from peelian.publish.actions import StaleLetter
from peelian.publish.rows import LetterRow
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.letters.forms import ConfirmForm, DirectionsForm, ReasonsForm, VersionedForm, WriteForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
NEEDS = Permission.WRITE_LETTERS
HERE = "matters/<str:ref>/letters/<str:letter_ref>/"


@page(f"{HERE}write/", name="letter-write", needs=NEEDS, opens=MATTER, methods=WRITES)
def write(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    """The writer's own paragraphs; a second writer sees what it says now beside what they typed, and chooses."""
    found = queries.letter(request.viewer, ref, letter_ref)
    if found.template is None or not found.line.state.is_written:
        raise NotFound(f"letter {letter_ref}, still written")
    given = request.POST or None
    paragraphs = found.template.paragraphs
    first = {"version": found.version}
    form = WriteForm(given, paragraphs=paragraphs, written=found.written, withheld=found.withheld, initial=first)
    is_second = False
    if request.method == "POST" and form.is_valid():
        try:
            with errors_shown_in(form):
                actions.write(
                    by=request.viewer,
                    matter_ref=ref,
                    letter_ref=letter_ref,
                    version=form.cleaned_data["version"],
                    paragraphs=form.paragraphs,
                    on=request.viewer.today,
                )
                return go("letter", request=request, done="The letter was kept.", ref=ref, letter_ref=letter_ref)
        except StaleLetter:
            is_second = True
            again = {**request.POST.dict(), "version": found.version}
            form = WriteForm(again, paragraphs=paragraphs, written={}, withheld=found.withheld)
    context = {"form": form, "is_second": is_second}
    return _shown(request, "letters/write.html", found, context)


@page(f"{HERE}directions/", name="letter-directions", needs=NEEDS, opens=MATTER, methods=WRITES)
def directions(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    found = queries.letter(request.viewer, ref, letter_ref)
    if not found.is_public or not found.line.state.is_written:
        raise NotFound(f"letter {letter_ref}, to be published")
    if found.of_proceedings:
        return go("matter-proceedings", ref=ref)
    first = {"version": found.version, "directed_by": found.directed_by, "directed_on": found.directed_on}
    form = DirectionsForm(request.POST or None, rows=found.directions, initial=first)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.direct(
                by=request.viewer,
                matter_ref=ref,
                letter_ref=letter_ref,
                version=form.cleaned_data["version"],
                directions=form.directions,
                directed_by=form.cleaned_data["directed_by"],
                directed_on=form.cleaned_data["directed_on"],
                on=request.viewer.today,
            )
            return go("letter", request=request, done="The directions were recorded.", ref=ref, letter_ref=letter_ref)
    about = "Every field must be answered. What is held back is left out of the notice, and may stand nowhere in it."
    context = {"form": form, "title": "The chair’s directions", "button": "Record the directions", "about": about}
    return _shown(request, "letters/act.html", found, context)


@page(f"{HERE}submit/", name="letter-submit", needs=NEEDS, opens=MATTER, methods=WRITES)
def submit(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    found = queries.letter(request.viewer, ref, letter_ref)
    form = ConfirmForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            version = form.cleaned_data["version"]
            actions.submit(
                by=request.viewer, matter_ref=ref, letter_ref=letter_ref, version=version, on=request.viewer.today
            )
            return go("letter", request=request, done="It waits for approval now.", ref=ref, letter_ref=letter_ref)
    about = "Somebody who wrote none of it reads it and approves it. Until then you can take it back."
    context = {"form": form, "title": "Submit for approval", "button": "Submit the letter", "about": about}
    return _shown(request, "letters/act.html", found, context | {"shows_letter": True})


@page(f"{HERE}take-back/", name="letter-take-back", needs=NEEDS, opens=MATTER, methods=WRITES)
def take_back(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    found = queries.letter(request.viewer, ref, letter_ref)
    form = ReasonsForm(request.POST or None, label="Why do you take it back?", initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.take_back(**_given(request, form, ref, letter_ref))
            return go("letter-write", request=request, done="It is a draft again.", ref=ref, letter_ref=letter_ref)
    context = {"form": form, "title": "Take the letter back", "button": "Take it back"}
    return _shown(request, "letters/act.html", found, context)


@page(f"{HERE}abandon/", name="letter-abandon", needs=NEEDS, opens=MATTER, methods=WRITES)
def abandon(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    found = queries.letter(request.viewer, ref, letter_ref)
    form = ReasonsForm(request.POST or None, label="Why is it given up?", initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.abandon(**_given(request, form, ref, letter_ref))
            return go("matter-letters", request=request, done="The letter was given up.", ref=ref)
    about = "It cannot be taken up again. It stays to be read."
    context = {"form": form, "title": "Give the letter up", "button": "Give it up", "about": about, "is_hard": True}
    return _shown(request, "letters/act.html", found, context)


def _given(request: PageRequest, form: VersionedForm, ref: str, letter_ref: str) -> dict[str, Any]:
    given = form.cleaned_data
    said = {"reasons": given["reasons"]} if "reasons" in given else {}
    return {
        "by": request.viewer,
        "matter_ref": ref,
        "letter_ref": letter_ref,
        "version": given["version"],
        "on": request.viewer.today,
        **said,
    }


def _shown(request: PageRequest, template: str, found: LetterRow, context: dict[str, object]) -> HttpResponseBase:
    return shown(request, template, {"letter": found} | context, opened=found.line.matter_ref)
