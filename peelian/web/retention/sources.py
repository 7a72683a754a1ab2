"""Sources of the wash whose lawful basis ended: their pairs disposed of together, by two people."""

from django.http import HttpResponseBase

from peelian.retention import together
from peelian.retention.rows import Together
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.retention.forms import AnswerTogetherForm, SourceForm, TogetherForm
from peelian.web.retention.views import KEEPERS, WRITES

SOURCES = (
    Column("source", "Source", sortable=False),
    Column("ended", "Basis ended", sortable=False),
    Column("propose", "To be proposed", sortable=False, number=True),
    Column("answer", "Wait for you", sortable=False, number=True),
    Column("mine", "Wait for somebody else", sortable=False, number=True),
    Column("way", "Cannot go now", sortable=False, number=True),
)
TITLES = {"propose": "Propose that they are disposed of", "answer": "Answer the proposed disposals"}


@page("retention/sources/", name="retention-sources", needs=KEEPERS, lists="pairs of sources whose basis ended")
def sources(request: PageRequest) -> HttpResponseBase:
    """Each such source with how many of its pairs may go, wait for a second person, or cannot go yet, and why."""
    viewer = request.viewer
    found = [together.bundle(viewer, one.workforce, one.source) for one in together.ended_sources(viewer)]
    refs = [ref for one in found for part in (one.to_propose, one.to_answer, one.in_the_way) for ref, _ in part]
    return shown(request, "retention/sources.html", {"found": found, "columns": SOURCES}, listed=refs)


@page("retention/sources/<str:act>/", name="retention-sources-act", needs=KEEPERS, methods=WRITES)
def act_on_source(request: PageRequest, act: str) -> HttpResponseBase:
    """Propose or answer the disposal of the pairs that are listed, those that the reader left chosen."""
    asked = SourceForm(request.GET)
    if act not in TITLES or not asked.is_valid():
        raise NotFound(f"act {act}")
    found = together.bundle(request.viewer, **asked.cleaned_data)
    listed = found.to_answer if act == "answer" else found.to_propose
    make = AnswerTogetherForm if act == "answer" else TogetherForm
    data = request.POST if request.method == "POST" else None
    form = make(data, pairs=listed, initial={"refs": [ref for ref, _ in listed]})
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = {"by": request.viewer, "on": request.viewer.today, **form.cleaned_data}
            came = together.answer_together(**given) if act == "answer" else together.propose_together(**given)
            return go("retention-sources", request=request, done=_said(act, came, agreed=given.get("agreed", False)))
    context = {"found": found, "form": form, "title": TITLES[act], "is_answer": act == "answer", "listed": listed}
    return shown(request, "retention/together.html", context, listed=[ref for ref, _ in listed])


def _said(act: str, came: Together, *, agreed: bool) -> str:
    many = f"{len(came.done):,} {'pair' if len(came.done) == 1 else 'pairs'}"
    done = f"The disposal of {many} was proposed. Somebody else must agree to it."
    if act == "answer":
        done = f"{many} disposed of, each with its certificate." if agreed else f"{many} sent back."
    why = dict.fromkeys(reason for _, reason in came.left_out)
    return done + (f" Left out: {len(came.left_out):,}. {' '.join(why)}" if came.left_out else "")
