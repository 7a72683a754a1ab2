"""Calibration: what waits, giving out a test case, answering it, the answers side by side. Importing registers all."""

from django.http import HttpResponseBase, QueryDict

from peelian.calibration import actions, queries
from peelian.rules.agreement import SOURCE
from peelian.terms.permissions import Permission
from peelian.web.calibration.forms import AnswerForm, OpenForm, ResolveForm
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown

WRITES = ("GET", "HEAD", "POST")
BOTH = (Permission.ASSESS_CONDUCT, Permission.COUNTERSIGN)
ROUND = "calibration/<str:round_ref>/"
DRIFT = (
    Column("month", "Month", sortable=False),
    Column("cases", "Test cases", sortable=False, number=True),
    Column("answered", "Answers", sortable=False),
    Column("between", "Two people agree", sortable=False),
    Column("guidance", "Agree with the guidance", sortable=False),
)
ROUNDS = (
    Column("case", "Test case", sortable=False),
    Column("on", "Given out", sortable=False),
    Column("answers", "Answers", sortable=False),
    Column("state", "State", sortable=False),
)
ANSWERS = (
    Column("who", "Who", sortable=False),
    Column("option", "How serious", sortable=False),
    Column("standards", "Standards", sortable=False),
    Column("codes", "Reasons that weigh", sortable=False),
    Column("reasons", "In words", sortable=False),
)


@page("severity-guidance/", name="severity-guidance", needs=Permission.READ_LAW)
def severity_guidance(request: PageRequest) -> HttpResponseBase:
    """The guidance on severity with its worked examples and reason codes."""
    context = {"guide": queries.severity_guidance(request.viewer)}
    return shown(request, "calibration/guidance.html", context)


@page("calibration/", name="calibration", needs=BOTH, lists="calibration")
def calibration(request: PageRequest) -> HttpResponseBase:
    """What waits for the viewer, the rounds they may read, and for those who sign for others how agreement drifts."""
    viewer = request.viewer
    found = queries.rounds(viewer)
    drift = queries.drift(viewer) if viewer.may(Permission.COUNTERSIGN) else None
    context = {"mine": queries.mine(viewer), "rounds": found, "drift": drift}
    context |= {"columns": ROUNDS, "drift_columns": DRIFT, "source": SOURCE}
    return shown(request, "calibration/list.html", context, listed=[one.ref for one in found])


@page("calibration/new/", name="calibration-new", needs=Permission.COUNTERSIGN, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    """Give a test case to people who assess severity."""
    viewer = request.viewer
    form = OpenForm(_data(request), cases=queries.cases(viewer), people=queries.assessors(viewer))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.open_round(by=viewer, case=given["case"], user_refs=given["user_refs"], on=viewer.today)
            return go("calibration", request=request, done="The test case was given out.")
    return shown(request, "calibration/new.html", {"form": form})


@page(f"{ROUND}answer/", name="calibration-answer", needs=BOTH, lists="calibration test case", methods=WRITES)
def answer(request: PageRequest, round_ref: str) -> HttpResponseBase:
    """The facts and nothing else; what is answered is locked before anybody else's answer is shown."""
    viewer = request.viewer
    asked, guide = queries.answering(viewer, round_ref), queries.severity_guidance(viewer)
    form = AnswerForm(_data(request), guide=guide)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            apart = actions.answer(by=viewer, round_ref=round_ref, on=viewer.today, **form.cleaned_data)
            done = "Your answer is locked. " + ("The answers differ." if apart else "No answer differs so far.")
            return go("calibration-round", request=request, done=done, round_ref=round_ref)
    context = {"asked": asked, "guide": guide, "form": form}
    return shown(request, "calibration/answer.html", context, listed=[round_ref])


@page(ROUND, name="calibration-round", needs=BOTH, lists="calibration round", methods=WRITES)
def round_of(request: PageRequest, round_ref: str) -> HttpResponseBase:
    """The answers side by side, what the guidance says, and what a difference was resolved to."""
    viewer = request.viewer
    found, guide = queries.round_of(viewer, round_ref), queries.severity_guidance(viewer)
    form = ResolveForm(_data(request), guide=guide, today=viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.resolve(by=viewer, round_ref=round_ref, **form.cleaned_data)
            return go("calibration-round", request=request, done="It was resolved.", round_ref=round_ref)
    context = {"found": found, "form": form, "columns": ANSWERS}
    return shown(request, "calibration/round.html", context, listed=[round_ref])


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
