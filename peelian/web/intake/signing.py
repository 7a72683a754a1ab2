"""Signing that one has no conflict before a sensitive item opens, or declaring one."""

from django.http import HttpResponseBase

from peelian.intake import actions, queries
from peelian.people import queries as people
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.intake.forms import ReasonForm, SignForm
from peelian.web.pages import PageRequest, go, page, shown

WRITES = ("GET", "HEAD", "POST")


@page(
    "intake/<str:ref>/sign/",
    name="intake-sign",
    needs=Permission.READ_INTAKE,
    opens=RecordKind.INTAKE_ITEM,
    methods=WRITES,
)
def sign(request: PageRequest, ref: str) -> HttpResponseBase:
    """Names only, until they sign."""
    item = queries.signing_item(request.viewer, ref)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            if form.cleaned_data["conflict"] == "no":
                actions.sign(by=request.viewer, item_ref=ref, on=request.viewer.today)
                return go("intake-item", request=request, done="You signed that you have no conflict.", ref=ref)
            reason = form.cleaned_data["reason"]
            actions.declare_conflict(by=request.viewer, item_ref=ref, reason=reason, on=request.viewer.today)
            return go("intake", request=request, done="Your conflict was recorded. The item is closed to you.")
    lines = people.lines_on_record(request.viewer, item.person_ids)
    context = {"item": item, "names": [lines[key].name for key in item.person_ids], "form": form}
    return shown(request, "intake/sign.html", context, opened=ref)


@page(
    "intake/<str:ref>/conflict/",
    name="intake-conflict",
    needs=Permission.READ_INTAKE,
    opens=RecordKind.INTAKE_ITEM,
    methods=WRITES,
)
def conflict(request: PageRequest, ref: str) -> HttpResponseBase:
    item = queries.item(request.viewer, ref)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = "What is the conflict?"
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            reason = form.cleaned_data["reason"]
            actions.declare_conflict(by=request.viewer, item_ref=ref, reason=reason, on=request.viewer.today)
            return go("intake", request=request, done="Your conflict was recorded. The item is closed to you.")
    context = {
        "item": item,
        "form": form,
        "title": "Declare a conflict of interest",
        "warning": "The item is then closed to you for good. This cannot be taken back here.",
    }
    return shown(request, "intake/change.html", context, opened=ref)
