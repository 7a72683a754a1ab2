"""Who looked at a matter though connected with a person concerned, for those who answer for it. LES-26."""

from django.http import HttpResponseBase

from peelian.clocks import queries as clocks
from peelian.matters import actions, queries
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.oversight.forms import AlertForm
from peelian.web.pages import PageRequest, go, page, shown

COLUMNS = (
    Column("at", "When", sortable=False),
    Column("who", "Who", sortable=False),
    Column("ground", "Ground", sortable=False),
    Column("matter", "Matter", sortable=False),
    Column("what", "What", sortable=False),
    Column("note", "Acknowledged", sortable=False),
)


@page("alerts/", name="alerts", needs=Permission.READ_ALERTS, lists="access alerts", menu="Alerts")
def alerts(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="at")
    found = queries.alerts(request.viewer, number=state.page)
    raised = clocks.raised(request.viewer)
    context = {"found": found, "raised": raised, "columns": COLUMNS, "state": state}
    listed = dict.fromkeys([row.ref for row in found.rows] + [row.matter_ref for row in raised])
    return shown(request, "oversight/alerts.html", context, listed=listed)


@page(
    "alerts/<str:alert_ref>/",
    name="alert",
    needs=Permission.READ_ALERTS,
    lists="access alerts",
    methods=("GET", "HEAD", "POST"),
)
def alert(request: PageRequest, alert_ref: str) -> HttpResponseBase:
    """One alert, and a note to acknowledge it."""
    found = queries.alert(request.viewer, alert_ref)
    form = AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.acknowledge_alert(by=request.viewer, alert_ref=alert_ref, words=form.cleaned_data["words"])
            return go("alerts", request=request, done="The alert was acknowledged.")
    return shown(request, "oversight/alert.html", {"alert": found, "form": form}, listed=[found.ref])
