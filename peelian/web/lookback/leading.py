"""Leading a look-back: cases shared out, the panel, the sign-off."""

from django.forms import Form
from django.http import HttpResponseBase, QueryDict

from peelian.lookback import actions, queries
from peelian.lookback.independence import panellists
from peelian.lookback.rows import CohortRow
from peelian.rules.lookback import OUTSIDE, must_be_from_outside
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.lookback.forms import SeatForm, ShareForm, SignOffForm, WhyForm
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import DO

COHORT = RecordKind.COHORT
LEADS = Permission.LOOK_BACK
WRITES = ("GET", "HEAD", "POST")
SHARES = (
    Column("user", "Reviewer", sortable=False),
    Column("hand", "In hand now", sortable=False, number=True),
    Column("more", "Would get", sortable=False, number=True),
)


@page("look-backs/<str:ref>/share/", name="look-back-share", needs=LEADS, opens=COHORT, methods=WRITES)
def share(request: PageRequest, ref: str) -> HttpResponseBase:
    """Cases shared out evenly: a proposal among those chosen, then the act."""
    row = queries.cohort(request.viewer, ref)
    proposal = queries.even_share(request.viewer, ref)
    everybody = [(user, hand) for user, _, hand in proposal.shares]
    form = ShareForm(_data(request), reviewers=everybody, initial={"users": [user.ref for user, _ in everybody]})
    if form.is_bound and form.is_valid():
        among = form.cleaned_data["users"]
        if request.POST.get(DO) == "give":
            with errors_shown_in(form):
                given = actions.allocate_evenly(
                    by=request.viewer, cohort_ref=ref, user_refs=among, on=request.viewer.today
                )
                done = f"{given.filled:,} reviews were given out. Each reviewer signs before opening a case."
                return go("look-back", request=request, done=done, ref=ref)
        proposal = queries.even_share(request.viewer, ref, among)
    context = {"row": row, "form": form, "proposal": proposal, "columns": SHARES}
    return shown(request, "lookback/share.html", context, opened=ref)


@page("look-backs/<str:ref>/panel/", name="look-back-panel", needs=LEADS, opens=COHORT, methods=WRITES)
def panel(request: PageRequest, ref: str) -> HttpResponseBase:
    board = queries.board(request.viewer, ref)
    row, seated = board.row, {seat.user.ref for seat in board.seats if seat.to_on is None}
    able = [one for one in panellists(request.viewer.today, row.reading) if one.ref not in seated]
    form = SeatForm(_data(request), people=able)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.give_seat(
                by=request.viewer, cohort_ref=ref, user_ref=form.cleaned_data["user"], on=request.viewer.today
            )
            return go("look-back", request=request, done="The seat was given.", ref=ref)
    warning = "A member reads each case of which they wrote no review, once it comes before the panel and they signed."
    if must_be_from_outside(row.reading):
        warning = f"{warning} {OUTSIDE}. Those are listed whom an administrator said to come from there."
    return _change(request, row, form, "Give a seat on the panel", warning)


@page(
    "look-backs/<str:ref>/panel/<str:user>/end/",
    name="look-back-panel-end",
    needs=LEADS,
    opens=COHORT,
    methods=WRITES,
)
def end_seat(request: PageRequest, ref: str, user: str) -> HttpResponseBase:
    found = queries.board(request.viewer, ref)
    seat = next((one for one in found.seats if one.user.ref == user and one.to_on is None), None)
    if seat is None:
        raise NotFound(f"seat of {user} on {ref}")
    form = WhyForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.take_seat(
                by=request.viewer,
                cohort_ref=ref,
                user_ref=user,
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("look-back", request=request, done="The seat was ended. What they wrote stays.", ref=ref)
    return _change(request, found.row, form, f"End the seat of {seat.user.name}")


@page(
    "look-backs/<str:ref>/sign-off/",
    name="look-back-sign-off",
    needs=Permission.COUNTERSIGN,
    opens=COHORT,
    methods=WRITES,
)
def sign_off(request: PageRequest, ref: str) -> HttpResponseBase:
    row = queries.cohort(request.viewer, ref)
    form = SignOffForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            number = actions.sign_off(
                by=request.viewer, cohort_ref=ref, words=form.cleaned_data["words"], on=request.viewer.today
            )
            return go("look-back", request=request, done=f"You signed off {number:,} cases.", ref=ref)
    warning = (
        "You sign that every case you may see has one result, and that the results add up. It stays on the record."
    )
    return _change(request, row, form, "Sign off the look-back", warning)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _change(request: PageRequest, row: CohortRow, form: Form, title: str, warning: str = "") -> HttpResponseBase:
    context = {"row": row, "form": form, "title": title, "warning": warning}
    return shown(request, "lookback/change.html", context, opened=row.ref)
