"""Reading a letter before it leaves: approving it or sending it back."""

from django.http import HttpResponseBase

from peelian.publish import actions, queries
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.letters.forms import ConfirmForm, ReasonsForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
NEEDS = Permission.APPROVE_LETTERS
HERE = "matters/<str:ref>/letters/<str:letter_ref>/"


@page(f"{HERE}approve/", name="letter-approve", needs=NEEDS, opens=MATTER, methods=WRITES)
def approve(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    """The whole letter, and a button that issues these words and no others."""
    found = queries.letter(request.viewer, ref, letter_ref)
    first = {"version": found.version, "text_sha256": found.text_sha256}
    form = ConfirmForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.approve(
                by=request.viewer,
                matter_ref=ref,
                letter_ref=letter_ref,
                version=form.cleaned_data["version"],
                text_sha256=form.cleaned_data["text_sha256"],
                on=request.viewer.today,
            )
            return go("letter", request=request, done="The letter was issued.", ref=ref, letter_ref=letter_ref)
    about = "Read every word. Once it is approved, these words are kept as they stand and cannot be changed."
    context = {"form": form, "title": "Approve the letter", "button": "Approve and issue", "about": about}
    return shown(
        request, "letters/act.html", context | {"letter": found, "shows_letter": True}, opened=found.line.matter_ref
    )


@page(f"{HERE}send-back/", name="letter-send-back", needs=NEEDS, opens=MATTER, methods=WRITES)
def send_back(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    found = queries.letter(request.viewer, ref, letter_ref)
    label, hint = "What must change?", "Its writer reads this first"
    form = ReasonsForm(request.POST or None, label=label, hint=hint, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.send_back(
                by=request.viewer,
                matter_ref=ref,
                letter_ref=letter_ref,
                version=form.cleaned_data["version"],
                reasons=form.cleaned_data["reasons"],
                on=request.viewer.today,
            )
            return go("letters", request=request, done="The letter was sent back to its writer.")
    context = {"letter": found, "form": form, "title": "Send the letter back", "button": "Send it back"}
    return shown(request, "letters/act.html", context, opened=found.line.matter_ref)
