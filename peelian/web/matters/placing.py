"""Who works on a matter and who may see it: places, signatures, conflicts, broken glass."""

from django.forms import Form
from django.http import HttpResponseBase, QueryDict

from peelian.intake import actions as intake
from peelian.matters import actions, queries
from peelian.matters.rows import MatterRow
from peelian.people import actions as people
from peelian.sampling import queries as sampling
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.walls.actions import HOURS
from peelian.web.fields import errors_shown_in
from peelian.web.intake.forms import ReasonForm as ConflictForm
from peelian.web.intake.forms import SignForm
from peelian.web.matters.forms import EndPlaceForm, GlassForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
ALLOTS = (Permission.ALLOCATE, Permission.RESTRICT)
CLOSED_TO_YOU = "Your conflict was recorded. The matter is closed to you."


@page("matters/break-glass/", name="matter-glass", needs=Permission.BREAK_GLASS, methods=WRITES)
def break_glass(request: PageRequest) -> HttpResponseBase:
    """Open a walled record by its typed reference, for a reason that others read at once."""
    form = GlassForm(_data(request))
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            ref, reason = form.cleaned_data["ref"].strip().upper(), form.cleaned_data["reason"]
            done = f"The record is open to you for {HOURS} hours. Your reason can be read by those who oversee this."
            if ref.startswith("PI"):
                intake.break_glass(by=request.viewer, item_ref=ref, reason=reason)
                return go("intake-item", request=request, done=done, ref=ref)
            if ref.startswith("PP"):
                people.break_glass(by=request.viewer, person_ref=ref, reason=reason)
                return go("person", request=request, done=done, ref=ref)
            actions.break_glass(by=request.viewer, matter_ref=ref, reason=reason)
            return go("matter", request=request, done=done, ref=ref)
    return shown(request, "matters/glass.html", {"form": form, "hours": HOURS})


@page("matters/<str:ref>/sign/", name="matter-sign", needs=READERS, opens=MATTER, methods=WRITES)
def sign(request: PageRequest, ref: str) -> HttpResponseBase:
    """Names only, until they sign; whoever decides again without having seen the matter does so first."""
    if request.viewer.user_id and ref in sampling.blind_matters(request.viewer):
        return go("second-looks", request=request, done="Decide again first. The matter is closed to you until then.")
    found = queries.signing_page(request.viewer, ref)
    form = SignForm(_data(request))
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            if form.cleaned_data["conflict"] == "no":
                actions.sign(by=request.viewer, matter_ref=ref, on=request.viewer.today)
                return go("matter", request=request, done="You signed that you have no conflict.", ref=ref)
            reason = form.cleaned_data["reason"]
            actions.declare_conflict(by=request.viewer, matter_ref=ref, reason=reason, on=request.viewer.today)
            return go("matters", request=request, done=CLOSED_TO_YOU)
    return shown(request, "matters/sign.html", {"signing": found, "form": form}, opened=ref)


@page("matters/<str:ref>/conflict/", name="matter-conflict", needs=READERS, opens=MATTER, methods=WRITES)
def conflict(request: PageRequest, ref: str) -> HttpResponseBase:
    row = queries.matter(request.viewer, ref)
    form = ConflictForm(_data(request))
    form.fields["reason"].label = "What is the conflict?"
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            reason = form.cleaned_data["reason"]
            actions.declare_conflict(by=request.viewer, matter_ref=ref, reason=reason, on=request.viewer.today)
            return go("matters", request=request, done=CLOSED_TO_YOU)
    warning = "Your places on the matter end and it is closed to you for good. This cannot be taken back here."
    return _page(request, row, form, "Declare a conflict of interest", warning)


@page(
    "matters/<str:ref>/places/<str:user>/<str:capacity>/end/",
    name="matter-place-end",
    needs=ALLOTS,
    opens=MATTER,
    methods=WRITES,
)
def end_place(request: PageRequest, ref: str, user: str, capacity: str) -> HttpResponseBase:
    row = queries.matter(request.viewer, ref)
    held = next(
        (one for one in row.places if one.user.ref == user and one.capacity == capacity and not one.to_on), None
    )
    if held is None:
        raise NotFound(f"place of {user} on {ref}")
    form = EndPlaceForm(_data(request), today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.end_place(
                by=request.viewer, matter_ref=ref, user_ref=user, capacity=held.capacity, **form.cleaned_data
            )
            return go("matter", request=request, done=f"The place of {held.user.name} was ended.", ref=ref)
    return _page(request, row, form, "End a place", about=f"{held.capacity.words}: {held.user.name}")


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _page(
    request: PageRequest, row: MatterRow, form: Form, title: str, warning: str = "", about: str = ""
) -> HttpResponseBase:
    context = {"matter": row, "forms": [form], "form": form, "title": title, "warning": warning, "about": about}
    return shown(request, "matters/change.html", context | {"is_second": False}, opened=row.line.ref)
