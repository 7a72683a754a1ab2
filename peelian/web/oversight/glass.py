"""Every use of break-glass, for those who must see it at once; and who stands in for the head of the department."""

from django.http import HttpResponseBase

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.walls import actions, queries
from peelian.walls.roles import HEAD
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.oversight.forms import DelegateForm, ReasonForm
from peelian.web.pages import PageRequest, go, page, shown

COLUMNS = (
    Column("at", "When", sortable=False),
    Column("user", "Who", sortable=False),
    Column("record", "Record", sortable=False),
    Column("reason", "Reason", sortable=False),
    Column("until", "Open until", sortable=False),
)
WRITES = ("GET", "HEAD", "POST")


@page(
    "break-glass/",
    name="break-glass",
    needs=Permission.READ_BREAK_GLASS,
    lists="openings by break-glass",
    menu="Break-glass",
)
def openings(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="at")
    found = queries.openings(request.viewer, number=state.page)
    context = {"found": found, "columns": COLUMNS, "state": state}
    return shown(request, "oversight/openings.html", context, listed=[row.ref for row in found.rows])


@page("delegates/", name="delegates", needs=Permission.DELEGATE, lists="delegates", menu="Delegates", methods=WRITES)
def delegates(request: PageRequest) -> HttpResponseBase:
    """Who stands in where the head of professional standards is concerned; POST appoints."""
    readers = queries.users_holding(Permission.READ_MATTERS, request.viewer.today)
    heads = {user.ref for user in queries.users_holding(HEAD, request.viewer.today)}
    choices = [(user.ref, user.name) for user in readers if user.ref not in heads]
    form = DelegateForm(request.POST or None, users=choices)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.appoint_delegate(
                by=request.viewer,
                user_ref=form.cleaned_data["user"],
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("delegates", request=request, done="The delegate was appointed.")
    rows = queries.delegates(request.viewer)
    context = {"rows": rows, "form": form}
    return shown(request, "oversight/delegates.html", context, listed=[row.user.ref for row in rows])


@page("delegates/<str:ref>/end/", name="delegate-end", needs=Permission.DELEGATE, opens=RecordKind.USER, methods=WRITES)
def end(request: PageRequest, ref: str) -> HttpResponseBase:
    user = queries.user_by_ref(ref)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.end_delegate(
                by=request.viewer, user_ref=ref, reason=form.cleaned_data["reason"], on=request.viewer.today
            )
            return go("delegates", request=request, done=f"{user.name} no longer stands in.")
    return shown(request, "oversight/delegate_end.html", {"user": user, "form": form}, opened=ref)
