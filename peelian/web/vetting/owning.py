"""The pages on which somebody declares for themselves, and on which a line manager sees whom they manage."""

from typing import Any

from django import forms
from django.http import HttpResponseBase

from peelian.clocks.law import law
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed
from peelian.vetting import actions, queries
from peelian.web.fields import DayField, Hinted, errors_shown_in, offer
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.forms import DAY_HINT, LONG, YES_NO, ActForm

OWN = Permission.DECLARE_OWN
WRITES = ("GET", "HEAD", "POST")
STAFF = (
    Column("who", "Who", sortable=False),
    Column("work", "Work", sortable=False),
    Column("stands", "Clearance", sortable=False),
    Column("until", "Until", sortable=False),
    Column("review", "Annual review", sortable=False),
    Column("told", "What you must know", sortable=False),
)
GROUPS = {"association": "Association", "business": "Business interest", "change": "Change"}


class OwnForm(forms.Form):
    """An association, a business interest or a change of one's own."""

    kind = forms.ChoiceField(label="What do you declare?", widget=forms.RadioSelect)
    about = forms.CharField(label="Who or what is it about?", max_length=200)
    words = forms.CharField(label="What should the vetting authority know of it?", widget=LONG)
    arose_on = DayField(label="Since when is it so?", help_text=DAY_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = law().table("vetting_declaration")
        offer(self, "kind", [(row.key, Hinted(row.title, GROUPS[row["kind"]])) for row in rows])


class StatementForm(forms.Form):
    """Every question of the annual review, yes or no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in law().table("vetting_question"):
            self.fields[row.key] = forms.ChoiceField(label=row.title, choices=YES_NO, widget=forms.RadioSelect)
        self.fields["words"] = forms.CharField(
            label="What did you answer yes to?", required=False, widget=LONG, help_text="Needed where anything is yes"
        )

    @property
    def answers(self) -> dict[str, bool]:
        return {key: value == "yes" for key, value in self.cleaned_data.items() if key != "words"}


class SignForm(ActForm):
    """The annual review of somebody one manages, talked over with them and signed."""

    words = forms.CharField(
        label="What did you talk over, and what did you find?",
        widget=LONG,
        help_text="Work, conduct, associations, money, other work, changes at home. The vetting unit reads it",
    )
    raises = forms.ChoiceField(
        label="Must the vetting unit look at anything?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Yes whenever you are not sure. The vetting unit has it the same day",
    )
    signed = forms.BooleanField(
        label="I talked this over with them on that day, and sign it as their line manager",
        error_messages={"required": "Sign the review, or come back once you have talked it over."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["words", "raises", "on", "signed"])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"words": said["words"], "raises": said["raises"] == "yes", "on": said["on"]}


@page("mine/declarations/", name="my-declarations", needs=OWN, lists="my declarations", menu="My declarations")
def mine(request: PageRequest) -> HttpResponseBase:
    """What the viewer declared of themselves, and what must be told."""
    context = {"own": queries.own(request.viewer), "tell": law().editions("VET-01")[-1]}
    return shown(request, "vetting/mine.html", context, listed=[])


@page("mine/staff/", name="my-staff", needs=Permission.READ_OWN_STAFF, lists="my staff", menu="My staff")
def staff(request: PageRequest) -> HttpResponseBase:
    """Those whom the viewer manages: where their clearance stands, what falls due, what a manager must know."""
    found = queries.staff(request.viewer)
    context = {"found": found, "columns": STAFF}
    return shown(request, "vetting/staff.html", context, listed=[row.ref for row in found.rows])


@page(
    "mine/staff/<str:ref>/year/",
    name="my-staff-year",
    needs=Permission.SIGN_OWN_STAFF,
    lists="my staff",
    methods=WRITES,
)
def sign_year(request: PageRequest, ref: str) -> HttpResponseBase:
    """Record and sign the annual review of somebody the viewer manages."""
    row = queries.staff_member(request.viewer, ref)
    form = SignForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            with errors_shown_in(form):
                actions.sign_year(by=request.viewer, person_ref=ref, **form.given)
                return go("my-staff", request=request, done=f"You signed the annual review of {row.name}.")
        except NotAllowed as refused:
            refusal = refused.refusal
    context = {"row": row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/staff_year.html", context, listed=[row.ref])


@page("mine/declarations/new/", name="my-declaration", needs=OWN, lists="my declarations", methods=WRITES)
def declare(request: PageRequest) -> HttpResponseBase:
    """Declare something of one's own."""
    form = OwnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            ref = actions.declare_own(by=request.viewer, **form.cleaned_data)
            return go("my-declarations", request=request, done=f"The vetting unit has it, as {ref}.")
    return shown(
        request, "vetting/mine_new.html", {"form": form, "title": "Declare something", "is_year": False}, listed=[]
    )


@page("mine/declarations/year/", name="my-statement", needs=OWN, lists="my declarations", methods=WRITES)
def statement(request: PageRequest) -> HttpResponseBase:
    """The annual statement about oneself."""
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            words = form.cleaned_data["words"]
            actions.state_own(by=request.viewer, answers=form.answers, words=words, on=request.viewer.today)
            return go("my-declarations", request=request, done="The vetting unit has your annual statement.")
    context = {"form": form, "title": "Annual statement", "is_year": True}
    return shown(request, "vetting/mine_new.html", context, listed=[])
