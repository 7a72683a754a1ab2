"""Who is given a place: proposed by the rule of conflicts, chosen by a person; and another force, where nobody is."""

from collections.abc import Mapping

from django.http import HttpResponseBase

from peelian.matters import actions, queries
from peelian.matters.rows import Proposal, Proposed
from peelian.rules.conflicts import INDEPENDENT
from peelian.rules.outside import OutsideGround
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as walls
from peelian.web.fields import errors_shown_in
from peelian.web.matters.forms import OutsideAnswerForm, OutsideForm, PlaceForm, SetAsideForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
GIVES = (Permission.ALLOCATE, Permission.RESTRICT, Permission.DETERMINE)
GIVEN = "The place was given. They see names only until they sign."


@page("matters/<str:ref>/place/", name="matter-place", needs=GIVES, opens=MATTER, methods=WRITES)
def place(request: PageRequest, ref: str) -> HttpResponseBase:
    """Those who may have the place, with what they have in hand; and why the others may not."""
    viewer = request.viewer
    row = queries.matter(viewer, ref)
    capacities = _capacities(viewer)
    asked = request.POST if request.method == "POST" else request.GET
    capacity = _capacity(asked, capacities)
    found = queries.proposal(viewer, ref, capacity, viewer.today)
    may_give = viewer.may(Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
    data = request.POST if request.method == "POST" else None
    form = PlaceForm(data, proposed=found.eligible, capacity=capacity, today=viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.allocate(by=viewer, matter_ref=ref, user_ref=given["user"], capacity=capacity, on=given["on"])
            return go("matter", request=request, done=GIVEN, ref=ref)
    context = {
        "matter": row,
        "form": form,
        "proposal": found,
        "capacities": capacities,
        "may_give": may_give,
        "sets_aside": viewer.may(Permission.DETERMINE),
    }
    return shown(request, "matters/place.html", context, opened=ref)


@page(
    "matters/<str:ref>/place/<str:user>/<str:capacity>/set-aside/",
    name="matter-set-aside",
    needs=Permission.DETERMINE,
    opens=MATTER,
    methods=WRITES,
)
def set_aside(request: PageRequest, ref: str, user: str, capacity: str) -> HttpResponseBase:
    """A local rule set aside for one person, with reasons that stand on the matter."""
    viewer = request.viewer
    row = queries.matter(viewer, ref)
    if capacity not in {one.value for one in INDEPENDENT}:
        raise NotFound(f"place {capacity}")
    chosen = _barred(queries.proposal(viewer, ref, Capacity(capacity), viewer.today), user)
    if chosen.user.id == viewer.user_id:
        raise NotFound("nobody sets aside a rule for themselves")
    form = SetAsideForm(request.POST if request.method == "POST" else None, today=viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.allocate(
                by=viewer,
                matter_ref=ref,
                user_ref=user,
                capacity=Capacity(capacity),
                on=given["on"],
                set_aside=given["reasons"],
            )
            return go("matter", request=request, done=GIVEN, ref=ref)
    context = {"matter": row, "form": form, "chosen": chosen, "capacity": Capacity(capacity)}
    return shown(request, "matters/set_aside.html", context, opened=ref)


@page(
    "matters/<str:ref>/outside/new/",
    name="matter-outside-new",
    needs=Permission.ALLOCATE,
    opens=MATTER,
    methods=WRITES,
)
def outside_new(request: PageRequest, ref: str) -> HttpResponseBase:
    viewer = request.viewer
    row = queries.matter(viewer, ref)
    owners = walls.users_holding(Permission.ALLOCATE, viewer.today)
    initial = {"ground": request.GET.get("ground", ""), "capacity": request.GET.get("capacity", "")}
    data = request.POST if request.method == "POST" else None
    form = OutsideForm(data, owners=owners, today=viewer.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            made = actions.ask_another_force(
                by=viewer,
                matter_ref=ref,
                capacity=Capacity(given["capacity"]),
                ground=OutsideGround(given["ground"]),
                force=given["force"],
                reasons=given["reasons"],
                owner_ref=given["owner"],
                due_on=given["due_on"],
                on=given["on"],
            )
            done = "The request is ready to print."
            return go("matter-outside", request=request, done=done, ref=ref, request_ref=made)
    context = {"matter": row, "form": form}
    return shown(request, "matters/outside_new.html", context, opened=ref)


@page("matters/<str:ref>/outside/<str:request_ref>/", name="matter-outside", needs=READERS, opens=MATTER)
def outside(request: PageRequest, ref: str, request_ref: str) -> HttpResponseBase:
    """The request as it is printed, and what became of it."""
    found = queries.outside_request(request.viewer, ref, request_ref)
    return shown(request, "matters/outside.html", {"asked": found}, opened=ref)


@page(
    "matters/<str:ref>/outside/<str:request_ref>/answer/",
    name="matter-outside-answer",
    needs=Permission.ALLOCATE,
    opens=MATTER,
    methods=WRITES,
)
def outside_answer(request: PageRequest, ref: str, request_ref: str) -> HttpResponseBase:
    found = queries.outside_request(request.viewer, ref, request_ref)
    form = OutsideAnswerForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.record_outside_answer(
                by=request.viewer,
                matter_ref=ref,
                request_ref=request_ref,
                agreed=given["agreed"] == "yes",
                words=given["words"],
                on=given["on"],
            )
            done = "The answer was recorded."
            return go("matter-outside", request=request, done=done, ref=ref, request_ref=request_ref)
    return shown(request, "matters/outside_answer.html", {"asked": found, "form": form}, opened=ref)


def _capacities(viewer: Viewer) -> list[Capacity]:
    """The places that the viewer may give: naming somebody on a sensitive matter is a power of its own.

    A reviewer's place comes of a look-back and of nothing else. Whoever decides for the appropriate authority sees the
    places for which they may set a local rule aside.
    """
    given_elsewhere = (Capacity.NAMED, Capacity.REVIEWER)
    offered = [one for one in Capacity if one not in given_elsewhere and viewer.may(Permission.ALLOCATE)]
    if not offered and viewer.may(Permission.DETERMINE):
        offered = [one for one in Capacity if one in INDEPENDENT]
    return [*offered, Capacity.NAMED] if viewer.may(Permission.RESTRICT) else offered


def _capacity(asked: Mapping[str, str], offered: list[Capacity]) -> Capacity:
    """The place asked for, else that of the investigator, else the first that is offered."""
    named = next((one for one in offered if one.value == asked.get("capacity", "")), None)
    return named or (Capacity.INVESTIGATOR if Capacity.INVESTIGATOR in offered else offered[0])


def _barred(found: Proposal, user_ref: str) -> Proposed:
    """Somebody whose bars may be set aside. Raises NotFound for everybody else."""
    for one in found.others:
        if one.user.ref == user_ref and one.may_be_set_aside:
            return one
    raise NotFound(f"nothing to set aside for {user_ref}")
