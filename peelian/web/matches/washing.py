"""Washing from a page: which workforces can be washed on this server, and one begun as a job."""

from django import forms
from django.http import HttpResponseBase

from peelian.terms.permissions import Permission
from peelian.washes import actions, queries
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown

COLUMNS = (
    Column("name", "Workforce", sortable=False),
    Column("sources", "Washed against", sortable=False),
    Column("written", "Washed", sortable=False),
    Column("job", "Last job", sortable=False),
    Column("begin", "Begin", sortable=False),
)


class StartForm(forms.Form):
    """Which workforce, whole or by a night: said by the button that was pressed."""

    name = forms.CharField(widget=forms.HiddenInput)
    what = forms.CharField(widget=forms.HiddenInput)


@page("wash/washing/", name="wash-washing", needs=Permission.LOAD, lists="washes", methods=("GET", "HEAD", "POST"))
def washing(request: PageRequest) -> HttpResponseBase:
    """Every workforce that stands ready on this server, what it is washed against, and a button to begin."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            job = actions.start(by=request.viewer, **form.cleaned_data)
            return go("job", request=request, done="The wash has begun. It may be cancelled without harm.", ref=job)
    rows = queries.washes(request.viewer)
    context = {"rows": rows, "columns": COLUMNS, "form": form, "place": str(queries.place(request.viewer))}
    return shown(request, "matches/washing.html", context, listed=[])
