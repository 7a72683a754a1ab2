"""The pages of the wash. Importing this module registers them all."""

from typing import Any

from django.http import HttpResponseBase, QueryDict

from peelian.matches import actions, queries
from peelian.matches.rows import PairDetail
from peelian.terms.acts import RecordKind
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.matches.drawing import HEIGHT, WIDTH, bars_of
from peelian.web.matches.forms import JudgeForm, NeverForm, ResultForm, SecondForm, StateForm
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.raising import raised_by

READS, JUDGES = (Permission.READ_MATCHES, Permission.JUDGE_MATCHES), Permission.JUDGE_MATCHES
PAIR = RecordKind.PAIR
WRITES = ("GET", "HEAD", "POST")
ONE = "wash/pairs/<str:ref>/"
QUEUE = (
    Column("person", "Who works here", sortable=False),
    Column("record", "Record", sortable=False),
    Column("what", "About", sortable=False),
    Column("grade", "Grade", sortable=False),
    Column("stands", "Stands", sortable=False),
)
OWED = (
    Column("person", "Who works here", sortable=False),
    Column("what", "What follows", sortable=False),
    Column("owner", "Whose", sortable=False),
    Column("due", "To be acted on by", sortable=False),
)
RUNS = (
    Column("on", "Day", sortable=False),
    Column("found", "Pairs", sortable=False, number=True),
    Column("new", "New", sortable=False, number=True),
    Column("changed", "Seen otherwise", sortable=False, number=True),
    Column("gone", "Found no more", sortable=False, number=True),
)
SIDES = (
    Column("what", "Compared", sortable=False),
    Column("person", "Who works here", sortable=False),
    Column("record", "Record", sortable=False),
    Column("agree", "Agree", sortable=False),
)
SOURCES = (
    Column("source", "Source", sortable=False),
    Column("rows", "Rows in", sortable=False, number=True),
    Column("accepted", "Accepted", sortable=False, number=True),
    Column("aside", "Set aside", sortable=False, number=True),
    Column("withheld", "Withheld", sortable=False, number=True),
    Column("pairs", "Records in pairs", sortable=False, number=True),
    Column("none", "Records in none", sortable=False, number=True),
    Column("little", "Too little known", sortable=False, number=True),
)


BASES = (
    Column("source", "Source", sortable=False),
    Column("purpose", "Purpose", sortable=False),
    Column("basis", "Lawful basis", sortable=False),
    Column("impact", "Impact assessment", sortable=False),
    Column("approver", "Approved by", sortable=False),
    Column("last", "Last day", sortable=False),
    Column("protected", "Victims and witnesses", sortable=False),
)


STEPS = (
    Column("step", "Step", sortable=False),
    Column("bits", "Bits", sortable=False, number=True),
    Column("sum", "Comes to", sortable=False, number=True),
    Column("picture", "Drawn", sortable=False),
)


def _shown(found: PairDetail) -> dict[str, Any]:
    """What both pages of a pair show of it."""
    drawn = {"bars": bars_of(found.steps), "width": WIDTH, "height": HEIGHT}
    return {"pair": found, "columns": _sides(found), "steps": STEPS, **drawn}


def _sides(found: PairDetail) -> tuple[Column, ...]:
    """The columns of a pair side by side: an associate does not work here, and is named for what they are."""
    whose = Column("person", f"Their {found.relation}", sortable=False)
    return (SIDES[0], whose, *SIDES[2:]) if found.relation else SIDES


@page("wash/", name="wash", needs=READS, lists="pairs of the wash", menu="Wash")
def queue(request: PageRequest) -> HttpResponseBase:
    """Pairs in the order in which they are to be judged, how much is left, the runs they come from."""
    viewer, form = request.viewer, StateForm(request.GET)
    asked = form.cleaned_data["state"] if form.is_valid() else ""
    state = list_state(request, (), default="stake")
    shows = PairState(asked or PairState.WAITING)
    found = queries.pairs(viewer, shows, number=state.page)
    filters = StateForm(initial={"state": shows.value})
    seconds, owed = queries.waiting_for_second(viewer), queries.owed(viewer)
    context = {
        "found": found,
        "state": state,
        "shows": shows,
        "filters": filters,
        "left": queries.left(viewer),
        "ended": queries.ended(viewer),
        "reach": queries.reach(viewer),
        "owed": owed,
        "owed_columns": OWED,
        "states": tuple(PairState),
        "seconds": seconds,
        "lifts": queries.lifts_waiting(viewer),
        "runs": queries.runs(viewer),
        "columns": QUEUE,
        "run_columns": RUNS,
    }
    listed = dict.fromkeys([*(row.ref for row in (*found.rows, *seconds)), *(row.pair_ref for row in owed)])
    return shown(request, "matches/queue.html", context, listed=listed)


@page("wash/runs/<str:run_ref>/", name="wash-run", needs=READS, lists="a run of the wash")
def run(request: PageRequest, run_ref: str) -> HttpResponseBase:
    """One run: what was not washed, on what basis the rest was, the proof that nobody and no record was left out."""
    context = {"run": queries.run(request.viewer, run_ref), "columns": SOURCES, "bases": BASES}
    return shown(request, "matches/run.html", context, listed=[])


@page(ONE, name="wash-pair", needs=READS, opens=PAIR, methods=WRITES)
def pair(request: PageRequest, ref: str) -> HttpResponseBase:
    """One pair side by side. A button, or its key, judges it; then the next that waits opens."""
    found = queries.pair(request.viewer, ref)
    form = JudgeForm(_data(request), initial={"last": len(found.judgements)})
    of_sample = _of_sample(request)
    following = queries.next_drawn if of_sample else queries.following
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            stands = actions.judge(by=request.viewer, pair_ref=ref, on=request.viewer.today, **given)
            review = raised_by(request.viewer, ref)
            done = f"{found.row.person} and {found.row.record_key}: {stands.words.lower()}.{review}"
            if stands is PairState.YES:
                return _onwards(request, ref, f"{done} Now say what follows.")
            return _onwards(request, following(request.viewer, ref), done)
    then = following(request.viewer, ref)
    context = _shown(found) | {"form": form, "next": then, "of_sample": of_sample}
    return shown(request, "matches/pair.html", context, opened=found.row.ref)


@page(f"{ONE}second/", name="wash-second", needs=JUDGES, opens=PAIR, methods=WRITES)
def second(request: PageRequest, ref: str) -> HttpResponseBase:
    """The second person agrees that a record of a serious kind is about somebody else, or sends it back."""
    found = queries.pair(request.viewer, ref)
    form = SecondForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            agreed, reasons = form.cleaned_data["agreed"] == "yes", form.cleaned_data["reasons"]
            on = request.viewer.today
            stands = actions.answer(by=request.viewer, pair_ref=ref, agreed=agreed, reasons=reasons, on=on)
            return go("wash", request=request, done=f"{found.row.record_key}: {stands.words.lower()}.")
    context = _shown(found) | {"form": form}
    return shown(request, "matches/second.html", context, opened=found.row.ref)


@page(f"{ONE}result/", name="wash-result", needs=JUDGES, opens=PAIR, methods=WRITES)
def result(request: PageRequest, ref: str) -> HttpResponseBase:
    """What follows from a judgement, from the fixed list."""
    found = queries.pair(request.viewer, ref)
    form = ResultForm(_data(request), choices=found.choices)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            item = actions.give_result(by=request.viewer, pair_ref=ref, on=request.viewer.today, **form.cleaned_data)
            done = f"It went to intake as {item}." if item else "It was recorded that nothing follows."
            done += raised_by(request.viewer, ref)
            return _onwards(request, ref, done)
    context = {"pair": found, "form": form, "of_sample": _of_sample(request)}
    return shown(request, "matches/result.html", context, opened=found.row.ref)


@page(f"{ONE}never/", name="wash-never", needs=JUDGES, opens=PAIR, methods=WRITES)
def never(request: PageRequest, ref: str) -> HttpResponseBase:
    """A number that somebody else bears: pairs that rest on it are ruled out, now and in later runs."""
    found = queries.pair(request.viewer, ref)
    form = NeverForm(_data(request), marks=found.marks)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            count = actions.never_the_same(by=request.viewer, pair_ref=ref, on=request.viewer.today, **given)
            done = f"The rule was recorded. Open pairs that it ruled out: {count}."
            return go("wash-pair", request=request, done=done, ref=ref)
    return shown(request, "matches/never.html", {"pair": found, "form": form}, opened=found.row.ref)


def _of_sample(request: PageRequest) -> bool:
    """Whether it is the sample that is judged: it stays so from pair to pair, over what follows too."""
    return request.GET.get("sample") == "1"


def _onwards(request: PageRequest, then: str, done: str) -> HttpResponseBase:
    """To the pair that is judged next, of the sample where it is the sample that is judged."""
    if not then:
        return go("wash-reach" if _of_sample(request) else "wash", request=request, done=done)
    response = go("wash-pair", request=request, done=done, ref=then)
    if _of_sample(request):
        response["Location"] += "?sample=1"
    return response


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
