"""Withdrawals, declarations and convictions as pages."""

from typing import Any

from django.http import HttpResponseBase

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.vetting import actions, queries
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting import kept_forms as forms

PERSON = RecordKind.PERSON
READ, VET = Permission.READ_VETTING, Permission.VET
WRITES = ("GET", "HEAD", "POST")
ONE = "vetting/withdrawals/<str:withdrawal_ref>/"
WITHDRAWALS = (
    Column("who", "Who", sortable=False),
    Column("level", "Level", sortable=False),
    Column("on", "Opened", sortable=False),
    Column("stage", "Last act", sortable=False),
)
DECLARED = (
    Column("who", "Who", sortable=False),
    Column("what", "What", sortable=False),
    Column("on", "Declared", sortable=False),
    Column("late", "After", sortable=False),
)
CONVICTIONS = (
    Column("who", "Who", sortable=False),
    Column("category", "Category", sortable=False),
    Column("serving", "While serving", sortable=False),
    Column("disposal", "What was done", sortable=False),
    Column("on", "Committed", sortable=False),
)


@page("vetting/withdrawals/", name="withdrawals", needs=READ, lists="withdrawals of clearance")
def withdrawals(request: PageRequest) -> HttpResponseBase:
    """Withdrawals, open and ended, the latest first."""
    found = queries.withdrawals(request.viewer)
    context = {"found": found, "columns": WITHDRAWALS}
    return shown(request, "vetting/withdrawals.html", context, listed=[row.person.ref for row in found])


@page(
    "vetting/clearances/<str:clearance_ref>/withdraw/",
    name="withdrawal-new",
    needs=VET,
    opens=PERSON,
    methods=WRITES,
)
def withdraw(request: PageRequest, clearance_ref: str) -> HttpResponseBase:
    """Open the procedure by which clearance may be withdrawn."""
    row = queries.clearance(request.viewer, clearance_ref)
    form = forms.StepForm(_data(request), today=request.viewer.today)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            with errors_shown_in(form):
                given: dict[str, Any] = {
                    "clearance_ref": clearance_ref,
                    "application_ref": request.GET.get("application", ""),
                }
                made = actions.open_withdrawal(by=request.viewer, **given, **form.given)
                return go("withdrawal", request=request, done="The procedure is open.", withdrawal_ref=made)
        except NotAllowed as refused:
            refusal = refused.refusal
    context = {"row": row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/withdraw.html", context, opened=row.person.ref)


@page(ONE, name="withdrawal", needs=READ, opens=PERSON)
def withdrawal(request: PageRequest, withdrawal_ref: str) -> HttpResponseBase:
    """One withdrawal: what was done, what can come next, until when a reply or an appeal can come."""
    row = queries.withdrawal(request.viewer, withdrawal_ref)
    return shown(request, "vetting/withdrawal.html", {"row": row}, opened=row.person.ref)


@page(
    f"{ONE}do/<str:withdrawal_step>/",
    name="withdrawal-step",
    needs=(VET, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING),
    opens=PERSON,
    methods=WRITES,
)
def step(request: PageRequest, withdrawal_ref: str, withdrawal_step: str) -> HttpResponseBase:
    """One act of a withdrawal."""
    row = queries.withdrawal(request.viewer, withdrawal_ref)
    one = next((one for one in row.nexts if one.row.key == withdrawal_step), None)
    if one is None:
        raise NotFound(f"act {withdrawal_step}")
    kind = forms.SupplyForm if one.row.get("harm_test") else forms.StepForm
    form = kind(_data(request), today=request.viewer.today)
    refusal = one.refusal
    if form.is_bound and form.is_valid():
        try:
            with errors_shown_in(form):
                given: dict[str, Any] = {"withdrawal_ref": withdrawal_ref, "step": withdrawal_step, **form.given}
                actions.take(by=request.viewer, **given)
                return go("withdrawal", request=request, done="It was recorded.", withdrawal_ref=withdrawal_ref)
        except NotAllowed as refused:
            refusal = refused.refusal
    context = {"row": row, "one": one.row, "form": form, "refusal_": refusal}
    return shown(request, "vetting/step.html", context, opened=row.person.ref)


@page("vetting/declarations/", name="declarations", needs=READ, lists="declarations")
def declarations(request: PageRequest) -> HttpResponseBase:
    """Declarations on which nothing was decided yet."""
    found = queries.undecided(request.viewer)
    context = {"found": found, "columns": DECLARED}
    return shown(request, "vetting/declarations.html", context, listed=[row.person.ref for row in found])


@page("people/<str:ref>/vetting/declare/", name="vetting-declare", needs=VET, opens=PERSON, methods=WRITES)
def declare(request: PageRequest, ref: str) -> HttpResponseBase:
    """Record an association, a business interest or a change of circumstances."""
    form = forms.DeclareForm(_data(request), today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            made = actions.declare(by=request.viewer, person_ref=ref, **form.given)
            return go("declaration", request=request, done="It was recorded.", declaration_ref=made)
    return _on_person(request, ref, form, "Record a declaration")


@page("people/<str:ref>/vetting/conviction/", name="vetting-convict", needs=VET, opens=PERSON, methods=WRITES)
def convict(request: PageRequest, ref: str) -> HttpResponseBase:
    """Record a conviction or caution: its category, and whether it was committed while serving, apart."""
    form = forms.ConvictForm(_data(request), today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.convict(by=request.viewer, person_ref=ref, **form.given)
            return go("person-vetting", request=request, done="It was recorded.", ref=ref)
    return _on_person(request, ref, form, "Record a conviction or caution")


@page(
    "vetting/declarations/<str:declaration_ref>/",
    name="declaration",
    needs=READ,
    opens=PERSON,
    methods=WRITES,
)
def declaration(request: PageRequest, declaration_ref: str) -> HttpResponseBase:
    """One declaration, with what was decided on it, and the decision."""
    row = queries.declaration(request.viewer, declaration_ref)
    form = forms.AnswerForm(_data(request), row=row, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.answer(by=request.viewer, declaration_ref=declaration_ref, **form.given)
            return go("declaration", request=request, done="It was recorded.", declaration_ref=declaration_ref)
    return shown(request, "vetting/declaration.html", {"row": row, "form": form}, opened=row.person.ref)


@page("vetting/convictions/", name="convictions", needs=READ, lists="convictions of people who serve")
def convictions(request: PageRequest) -> HttpResponseBase:
    """Who a rule on convictions would affect. Nothing is changed."""
    found = queries.simulate(request.viewer, request.GET.get("rule", ""))
    context = {"found": found, "columns": CONVICTIONS}
    return shown(request, "vetting/convictions.html", context, listed=[row.person.ref for row in found.rows])


def _on_person(request: PageRequest, ref: str, form: Any, title: str) -> HttpResponseBase:
    context = {"person": queries.person_of(request.viewer, ref), "form": form, "title": title}
    return shown(request, "vetting/record.html", context, opened=ref)


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None
