"""Giving somebody a key to their own view, and ending it. The code is shown once, on the answer to the act."""

from typing import Any

from django.http import HttpResponseBase

from peelian.contact import actions, queries
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.contact.forms import KeyForm, ReasonsForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown

WRITE = Permission.RECORD_EVENT
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/contact/<str:who>/key/"


@page(HERE, name="matter-contact-key", needs=WRITE, opens=MATTER, methods=WRITES)
def give(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """A new key. What this answers with is a slip to print or to read out; it cannot be opened again."""
    row = queries.somebody_on(request.viewer, ref, who)
    if not row.may_open:
        raise NotFound(f"a key for {who}")
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given: dict[str, Any] = {"matter_ref": ref, "person_key": who, "on": request.viewer.today}
            key = actions.give_key(by=request.viewer, **form.cleaned_data, **given)
            return shown(request, "contact/slip.html", {"ref": ref, "row": row, "key": key}, opened=ref)
    title = "Give another key" if any(one.ended_on is None for one in row.keys) else "Give a key to their own view"
    context = {"ref": ref, "row": row, "form": form, "title": title, "warning": ""}
    if row.safe.plan is None:
        context["warning"] = "Agree a contact plan first, so that the code reaches them by a way that is safe."
    return shown(request, "contact/write.html", context, opened=ref)


@page(f"{HERE}end/", name="matter-contact-key-end", needs=WRITE, opens=MATTER, methods=WRITES)
def end(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    row = queries.somebody_on(request.viewer, ref, who)
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given: dict[str, Any] = {"matter_ref": ref, "person_key": who, "on": request.viewer.today}
            actions.end_key(by=request.viewer, reasons=form.cleaned_data["reasons"], **given)
            return go("matter-contact-person", request=request, done="The key was ended.", ref=ref, who=who)
    context = {"ref": ref, "row": row, "form": form, "title": "End the key", "warning": ""}
    return shown(request, "contact/write.html", context, opened=ref)
