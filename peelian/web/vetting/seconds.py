"""Decisions on clearance taken again by lot: figures by month, the blind page, two decisions side by side."""

from typing import Any

from django import forms
from django.http import HttpResponseBase

from peelian.rules.agreement import SOURCE
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.vetting import actions, queries
from peelian.vetting.rows import Recommended
from peelian.vetting.second_rows import BlindRow
from peelian.web.fields import errors_shown_in, offer
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.forms import LONG, YES_NO, ActForm, rows_of

DECIDERS = (Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
WRITES = ("GET", "HEAD", "POST")
DRAWS = (
    Column("month", "Month", sortable=False),
    Column("drawn", "Drawn", sortable=False, number=True),
    Column("answered", "Taken again", sortable=False, number=True),
    Column("missing", "Do not count", sortable=False),
    Column("agreement", "Agreed", sortable=False),
    Column("differ", "Differ", sortable=False),
    Column("seed", "Seed and share", sortable=False),
)


class AgainForm(ActForm):
    """What somebody decides who has not seen the first decision."""

    heads = forms.MultipleChoiceField(
        label="First step: which of these is answered yes?", required=False, widget=forms.CheckboxSelectMultiple
    )
    withhold = forms.ChoiceField(
        label="Second step: is it right in all the circumstances to withhold or withdraw clearance?",
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Asked where any of the first is yes",
    )
    outcome = forms.ChoiceField(label="What would you decide?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Reasons", widget=LONG)

    def __init__(self, *args: Any, row: BlindRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "heads", rows_of("vetting_head"))
        offer(self, "outcome", [(one.key, one.title) for one in row.outcomes])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        withhold = None if not said["withhold"] else said["withhold"] == "yes"
        made = Recommended(tuple(said["heads"]), withhold, said["outcome"], said["reasons"], {})
        return {"said": made, "on": said["on"]}


class LookForm(ActForm):
    """What is made of two decisions that differ."""

    words = forms.CharField(label="What do you make of the difference, and what follows?", widget=LONG)


@page("vetting/seconds/", name="vetting-seconds", needs=Permission.READ_VETTING, lists="vetting decisions taken again")
def seconds(request: PageRequest) -> HttpResponseBase:
    """How far two people agreed on clearance, by month, and what waits for the viewer."""
    found, mine = queries.second_draws(request.viewer), queries.to_decide_again(request.viewer)
    in_all = queries.agreed_in_all(found)
    context = {"found": found, "in_all": in_all, "mine": mine, "columns": DRAWS, "source": SOURCE}
    listed = [one.person.ref for one in mine] + [one.person.ref for row in found for one in row.differ]
    return shown(request, "vetting/seconds.html", context, listed=dict.fromkeys(listed))


@page(
    "vetting/seconds/<str:drawn_ref>/",
    name="vetting-second",
    needs=Permission.DECIDE_VETTING,
    opens=RecordKind.PERSON,
    methods=WRITES,
)
def second(request: PageRequest, drawn_ref: str) -> HttpResponseBase:
    """A decision on clearance to take again: what was weighed, and nothing of what was made of it."""
    row = queries.blind(request.viewer, drawn_ref)
    form = AgainForm(request.POST if request.method == "POST" else None, row=row, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            agrees = actions.decide_again(by=request.viewer, drawn_ref=drawn_ref, **form.given)
            done = "It is locked. The two agree." if agrees else "It is locked. The two differ; somebody looks at them."
            return go("vetting-compared", request=request, done=done, drawn_ref=drawn_ref)
    return shown(request, "vetting/second.html", {"row": row, "form": form}, opened=row.person.ref)


@page(
    "vetting/compared/<str:drawn_ref>/",
    name="vetting-compared",
    needs=DECIDERS,
    opens=RecordKind.PERSON,
    methods=WRITES,
)
def compared(request: PageRequest, drawn_ref: str) -> HttpResponseBase:
    """Two decisions side by side, once the second is locked."""
    row = queries.compared(request.viewer, drawn_ref)
    form = LookForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.look(by=request.viewer, drawn_ref=drawn_ref, **form.given)
            return go("vetting-compared", request=request, done="It was recorded.", drawn_ref=drawn_ref)
    return shown(request, "vetting/compared.html", {"row": row, "form": form}, opened=row.person.ref)
