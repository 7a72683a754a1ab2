"""What follows a refusal of clearance, act by act: told, appealed, heard."""

from typing import Any

from django.http import HttpResponseBase

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.vetting import actions, queries
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting import kept_forms as forms


@page(
    "vetting/applications/<str:application_ref>/refused/<str:refusal_step>/",
    name="vetting-refused",
    needs=(Permission.VET, Permission.OVERRIDE_VETTING),
    opens=RecordKind.PERSON,
    methods=("GET", "HEAD", "POST"),
)
def refused(request: PageRequest, application_ref: str, refusal_step: str) -> HttpResponseBase:
    """One act that follows a refusal."""
    row = queries.application(request.viewer, application_ref)
    one = next((one for one in row.refused.nexts if one.row.key == refusal_step), None) if row.refused else None
    if one is None:
        raise NotFound(f"act {refusal_step}")
    kind = forms.SupplyForm if one.row.get("harm_test") else forms.StepForm
    form = kind(request.POST if request.method == "POST" else None, today=request.viewer.today)
    refusal = one.refusal
    if form.is_bound and form.is_valid():
        try:
            with errors_shown_in(form):
                given: dict[str, Any] = {"application_ref": application_ref, "step": refusal_step, **form.given}
                opened = actions.follow(by=request.viewer, **given)
                done = "It was recorded, and a new application is open." if opened else "It was recorded."
                return go("vetting-application", request=request, done=done, application_ref=application_ref)
        except NotAllowed as against:
            refusal = against.refusal
    context = {"row": row, "one": one.row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/refused.html", context, opened=row.line.person.ref)
