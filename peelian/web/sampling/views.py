"""Second looks by lot: what waits, deciding again, two decisions side by side, figures. Importing registers all."""

from django.http import HttpResponseBase, QueryDict

from peelian.rules.agreement import SOURCE
from peelian.sampling import actions, queries
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.decisions.forms import StepForm
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.sampling.forms import DeclineForm, LookForm

MATTER = RecordKind.MATTER
DECIDERS = (Permission.ASSESS_CONDUCT, Permission.DETERMINE, Permission.INVESTIGATE)
WRITES = ("GET", "HEAD", "POST")
TASK = "second-looks/<str:drawn_ref>/"
DRAWS = (
    Column("month", "Month", sortable=False),
    Column("sample", "Decisions", sortable=False),
    Column("drawn", "Drawn", sortable=False, number=True),
    Column("answered", "Taken again", sortable=False, number=True),
    Column("missing", "Do not count", sortable=False),
    Column("agreement", "Agreed", sortable=False),
    Column("differ", "Differ", sortable=False),
    Column("seed", "Seed and share", sortable=False),
)
REVIEWS = (
    Column("matter", "Matter", sortable=False),
    Column("last", "Last review", sortable=False),
    Column("next", "Next by", sortable=False),
    Column("owner", "Who", sortable=False),
)


@page(
    "second-looks/",
    name="second-looks",
    needs=(*DECIDERS, Permission.COUNTERSIGN),
    lists="second looks",
    menu="Second looks",
)
def second_looks(request: PageRequest) -> HttpResponseBase:
    """What waits for the viewer; and how far two people agreed, for those who sign for others."""
    mine = queries.mine(request.viewer)
    draws = queries.draws(request.viewer) if request.viewer.may(Permission.COUNTERSIGN) else ()
    context = {"mine": mine, "draws": draws, "columns": DRAWS, "source": SOURCE}
    listed = dict.fromkeys(one.matter_ref for one in (*mine.blind, *mine.differ, *mine.reviews))
    return shown(request, "sampling/list.html", context, listed=listed)


@page("supervisor-reviews/", name="supervisor-reviews", needs=Permission.COUNTERSIGN, lists="supervisor's reviews")
def reviews(request: PageRequest) -> HttpResponseBase:
    """The open investigations with their next review, the first due first."""
    found = queries.reviews(request.viewer)
    context = {"found": found, "columns": REVIEWS}
    return shown(request, "sampling/reviews.html", context, listed=[one.matter_ref for one in found])


@page(TASK, name="second-look", needs=DECIDERS, opens=MATTER, methods=WRITES)
def second_look(request: PageRequest, drawn_ref: str) -> HttpResponseBase:
    """The same matter without the first decision; what is decided again is locked before the first is shown."""
    blind = queries.blind(request.viewer, drawn_ref)
    form = StepForm(_data(request), asking=blind.asking, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.decide_again(
                by=request.viewer,
                drawn_ref=drawn_ref,
                option=given["option"],
                answers=form.answers,
                reasons=given["reasons"],
                on=given["on"],
            )
            done = "What you decided is locked. The first decision stands, and is shown below."
            return go("second-look-compare", request=request, done=done, drawn_ref=drawn_ref)
    context = {"blind": blind, "form": form}
    return shown(request, "sampling/blind.html", context, opened=blind.asking.ref)


@page(f"{TASK}decline/", name="second-look-decline", needs=DECIDERS, opens=MATTER, methods=WRITES)
def decline(request: PageRequest, drawn_ref: str) -> HttpResponseBase:
    """Whoever has a conflict says so, and the matter is closed to them."""
    blind = queries.blind(request.viewer, drawn_ref)
    form = DeclineForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            reason, today = form.cleaned_data["reason"], request.viewer.today
            actions.decline(by=request.viewer, drawn_ref=drawn_ref, reason=reason, on=today)
            return go("second-looks", request=request, done="Your conflict was recorded. The matter is closed to you.")
    return shown(request, "sampling/decline.html", {"blind": blind, "form": form}, opened=blind.asking.ref)


@page(
    f"{TASK}compare/",
    name="second-look-compare",
    needs=(*DECIDERS, Permission.COUNTERSIGN),
    opens=MATTER,
    methods=WRITES,
)
def compare(request: PageRequest, drawn_ref: str) -> HttpResponseBase:
    """Both decisions, once the second is locked; and what is made of a difference."""
    found = queries.compared(request.viewer, drawn_ref)
    form = LookForm(_data(request), today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.look(by=request.viewer, drawn_ref=drawn_ref, words=given["words"], on=given["on"])
            return go("second-looks", request=request, done="What you made of it was recorded.")
    return shown(request, "sampling/compare.html", {"found": found, "form": form}, opened=found.matter_ref)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
