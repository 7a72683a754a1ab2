"""Recording how an issued letter was served, with what its addressee asked for in view."""

from django.http import HttpResponseBase

from peelian.publish import actions, queries
from peelian.rules.words import day_words
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.letters.forms import ServeForm
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.raising import raised_on

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")


@page(
    "matters/<str:ref>/letters/<str:letter_ref>/serve/",
    name="letter-serve",
    needs=Permission.WRITE_LETTERS,
    opens=MATTER,
    methods=WRITES,
)
def serve(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    offered = queries.serving(request.viewer, ref, letter_ref)
    found = queries.letter(request.viewer, ref, letter_ref)
    form = ServeForm(request.POST or None, offered=offered, letter=found, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            served_on = actions.serve(
                by=request.viewer,
                matter_ref=ref,
                letter_ref=letter_ref,
                version=given["version"],
                way=given["way"],
                address=given.get("address", ""),
                sent_on=given["sent_on"],
                sent_at=given.get("sent_at"),
                safety_read=given.get("safety_read", False),
                outcome=given.get("outcome", ""),
                note=given["note"],
            )
            done = f"It counts as served on {day_words(served_on)}.{raised_on(request.viewer, ref)}"
            return go("letter", request=request, done=done, ref=ref, letter_ref=letter_ref)
    context = {"letter": found, "form": form, "offered": offered}
    return shown(request, "letters/serve.html", context, opened=found.line.matter_ref)
