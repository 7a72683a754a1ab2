"""Recommendations: the public page; adding one, its owner and day, evidence, accepting it. Importing registers all."""

from django.http import HttpResponseBase, QueryDict

from peelian.recommendations import actions, queries
from peelian.rules.recommendations import Standing
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import system
from peelian.web.clock import now
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import Open, PageRequest, go, page, shown
from peelian.web.recommendations.forms import AddForm, AnswerForm, ChargeForm, EvidenceForm

WRITES = ("GET", "HEAD", "POST")
KEEP = Permission.KEEP_RECOMMENDATIONS
READERS = (KEEP, Permission.COUNTERSIGN)
ONE = "recommendations/kept/<str:recommendation_ref>/"
LISTED = "recommendations"
LIST = (
    Column("number", "Recommendation", sortable=False),
    Column("owner", "Owner", sortable=False),
    Column("due", "By when", sortable=False),
    Column("standing", "Where it stands", sortable=False),
)
CHARGES = (
    Column("on", "Since", sortable=False),
    Column("owner", "Owner", sortable=False),
    Column("due", "By when", sortable=False),
    Column("why", "Why it changed", sortable=False),
)


@page("recommendations/", name="recommendations", needs=Open.ANYBODY)
def published(request: PageRequest) -> HttpResponseBase:
    """What reports asked of this force and where each stands today, for anybody to read."""
    at = now()
    reader = system("public page", at=at, because="anybody may read what is published")
    keeps = request.viewer is not None and any(request.viewer.may(power) for power in READERS)
    context = {"reports": queries.published(reader), "day": reader.today, "keeps": keeps}
    return shown(request, "recommendations/published.html", context)


@page("recommendations/kept/", name="recommendations-kept", needs=READERS, lists=LISTED, menu="Recommendations")
def kept(request: PageRequest) -> HttpResponseBase:
    """All of them, or those that stand in one place."""
    asked = request.GET.get("standing", "")
    only = Standing(asked) if asked in set(Standing) else None
    found = queries.recommendations(request.viewer, only)
    context = {"found": found, "columns": LIST, "only": only, "standings": tuple(Standing)}
    return shown(request, "recommendations/list.html", context, listed=[one.ref for one in found])


@page("recommendations/kept/new/", name="recommendation-new", needs=KEEP, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    """Write down what a report asks."""
    viewer = request.viewer
    form = AddForm(_data(request), people=queries.holders(viewer), today=viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data | {"published": form.cleaned_data["published"] == "yes"}
            ref = actions.add(by=viewer, **given)
            return go("recommendation", request=request, done="The recommendation was added.", recommendation_ref=ref)
    return shown(request, "recommendations/form.html", {"form": form, "line": None, "title": "Add a recommendation"})


@page(ONE, name="recommendation", needs=READERS, lists="recommendation")
def one(request: PageRequest, recommendation_ref: str) -> HttpResponseBase:
    """One whole: its words, where it stands, owners and days, evidence."""
    found = queries.recommendation(request.viewer, recommendation_ref)
    context = {"found": found, "columns": CHARGES}
    return shown(request, "recommendations/one.html", context, listed=[recommendation_ref])


@page(f"{ONE}owner/", name="recommendation-owner", needs=KEEP, lists="recommendation", methods=WRITES)
def owner(request: PageRequest, recommendation_ref: str) -> HttpResponseBase:
    """Another owner or another day, with reasons."""
    viewer = request.viewer
    line = queries.recommendation(viewer, recommendation_ref).line
    before = {"owner": line.owner, "due_on": line.due_on}
    form = ChargeForm(_data(request), people=queries.holders(viewer), today=viewer.today, initial=before)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.charge(by=viewer, recommendation_ref=recommendation_ref, **form.cleaned_data)
            return go("recommendation", request=request, done="It was changed.", recommendation_ref=recommendation_ref)
    context = {"form": form, "line": line, "title": "Change the owner or the date"}
    return shown(request, "recommendations/form.html", context, listed=[recommendation_ref])


@page(f"{ONE}evidence/", name="recommendation-evidence", needs=KEEP, lists="recommendation", methods=WRITES)
def evidence(request: PageRequest, recommendation_ref: str) -> HttpResponseBase:
    """What was done, for a second person to read."""
    viewer = request.viewer
    line = queries.recommendation(viewer, recommendation_ref).line
    form = EvidenceForm(_data(request), today=viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data | {"completes": form.cleaned_data["completes"] == "yes"}
            actions.give_evidence(by=viewer, recommendation_ref=recommendation_ref, **given)
            done = "It waits for a second person, who accepts it or sends it back."
            return go("recommendation", request=request, done=done, recommendation_ref=recommendation_ref)
    context = {"form": form, "line": line, "title": "Give evidence"}
    return shown(request, "recommendations/form.html", context, listed=[recommendation_ref])


@page(
    f"{ONE}evidence/<str:evidence_ref>/",
    name="recommendation-answer",
    needs=Permission.COUNTERSIGN,
    lists="recommendation",
    methods=WRITES,
)
def answer(request: PageRequest, recommendation_ref: str, evidence_ref: str) -> HttpResponseBase:
    """A second person accepts evidence or sends it back."""
    viewer = request.viewer
    found = queries.recommendation(viewer, recommendation_ref)
    given = next((row for row in found.evidence if row.ref == evidence_ref), None)
    if given is None:
        raise NotFound(f"evidence {evidence_ref}")
    form = AnswerForm(_data(request), today=viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            said = form.cleaned_data | {"accepted": form.cleaned_data["accepted"] == "yes"}
            actions.answer(by=viewer, evidence_ref=evidence_ref, **said)
            return go("recommendation", request=request, done="Recorded.", recommendation_ref=recommendation_ref)
    context = {"form": form, "line": found.line, "given": given}
    return shown(request, "recommendations/answer.html", context, listed=[recommendation_ref])


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
