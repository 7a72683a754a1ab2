"""How far the judging has come: the sample of what nobody had judged, and the recall it lets one claim."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from peelian.matches.models import Member, Pair, Sample
from peelian.matches.queries.listing import ORDER, STAKE, after, rows_of
from peelian.matches.rows import Grade, PairRow, Reach
from peelian.matches.wall import seen
from peelian.rules.recall import Counts, reached
from peelian.terms.matches import PairState, Stood
from peelian.terms.pages import SIZE, Page
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.lists import page_of
from peelian.walls.queries import actor_names

DECIDED = (PairState.YES, PairState.NO)
GRADES = ("certain", "probable", "possible", "unsure")


def reach(viewer: Viewer) -> Reach | None:
    """What the last sample lets the viewer claim, over the pairs that they may see; None before the first.

    What later runs found is no part of it. Three statements.
    """
    sample = _last(viewer)
    if sample is None:
        return None
    cells = _members(viewer, sample).values_list("stood", "pair__state", "pair__band").annotate(many=Count("pk"))
    counted = [(Stood(stood), PairState(state), band, many) for stood, state, band, many in cells.order_by()]

    def count(stood: tuple[Stood, ...], states: tuple[PairState, ...]) -> int:
        return sum(many for one, state, _, many in counted if one in stood and state in states)

    left, drawn = (Stood.LEFT, Stood.DRAWN), (Stood.DRAWN,)
    hits, still = (PairState.YES,), tuple(state for state in PairState if state not in DECIDED)
    counts = Counts(
        found_before=count((Stood.JUDGED,), hits),
        left=count(left, tuple(PairState)),
        found_since=count(left, hits),
        open_still=count(left, still),
        drawn=count(drawn, tuple(PairState)),
        drawn_hits=count(drawn, hits),
        drawn_open=count(drawn, still),
        open_before=count((Stood.JUDGED,), still),
    )
    grades = tuple(
        Grade(
            band,
            sum(many for stood, _, grade, many in counted if grade == band and stood in left),
            sum(many for stood, _, grade, many in counted if grade == band and stood in drawn),
            sum(many for stood, state, grade, many in counted if grade == band and stood in drawn and state in DECIDED),
            sum(many for stood, state, grade, many in counted if grade == band and stood in drawn and state in hits),
        )
        for band in GRADES
    )
    by_name = actor_names([sample.recorded_by]).get(sample.recorded_by, sample.recorded_by)
    return Reach(sample.ref, sample.on, by_name, sample.share, sample.seed, counts, reached(counts), grades)


def drawn(viewer: Viewer, number: int = 1, size: int = SIZE) -> Page[PairRow]:
    """Pairs of the last sample that nobody has decided yet, in the order of the queue, of those the viewer may see."""
    page = page_of(_waits(viewer), sort=STAKE, keys=ORDER, row=lambda one: one, number=number, size=size)
    return Page(rows_of(viewer, page.rows), page.total, page.number, page.size, page.more)


def next_drawn(viewer: Viewer, pair_ref: str) -> str:
    """The pair of the sample to judge after this one, in the order of the queue; "" for none."""
    return after(viewer, pair_ref, _waits(viewer))


def _waits(viewer: Viewer) -> QuerySet[Any]:
    """The same, as pairs: to be judged, ruled out, or unsure; what waits for a second person is that person's."""
    sample = _last(viewer)
    if sample is None:
        return Pair.objects.none()
    keys = Member.objects.filter(sample=sample, stood=Stood.DRAWN).values("pair")
    waits = (PairState.WAITING, PairState.RULED_OUT, PairState.UNSURE)
    return seen(viewer).filter(Q(pk__in=keys), state__in=waits)


def _last(viewer: Viewer) -> Sample | None:
    if not viewer.may(Permission.READ_MATCHES):
        return None
    found: Sample | None = Sample.objects.order_by("-on", "-recorded_at", "-ref").first()
    return found


def _members(viewer: Viewer, sample: Sample) -> QuerySet[Any]:
    rows: QuerySet[Any] = Member.objects.filter(sample=sample, pair__in=seen(viewer))
    return rows
