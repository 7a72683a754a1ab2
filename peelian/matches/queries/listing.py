"""The lists: runs, pairs in the order in which they are to be judged, what is left."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from peelian.matches.models import Judgement, Pair, Run
from peelian.matches.results import result_kinds
from peelian.matches.rows import BasisRow, Ended, Left, PairRow, RunRow
from peelian.matches.seeing import last_seen
from peelian.matches.sources import Titles
from peelian.matches.wall import seen
from peelian.people import queries as people
from peelian.terms.matches import PairState
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.lists import page_of

STAKE = Sort("stake", descending=True)
ORDER = {"stake": ("stake", "weight")}  # what is at stake first, then the heaviest
MOST_RUNS = 60


def runs(viewer: Viewer) -> tuple[RunRow, ...]:
    """The last runs taken in, the latest first. Two statements."""
    if not viewer.may(Permission.READ_MATCHES):
        return ()
    found = list(Run.objects.prefetch_related("parts").order_by("-on", "-recorded_at", "ref")[:MOST_RUNS])
    last: dict[str, Run] = {}
    for row in sorted(found, key=lambda one: int(one.pk)):
        last[row.workforce] = row
    return tuple(_run(row, viewer.today, is_passed=last[row.workforce] != row) for row in found)


def run(viewer: Viewer, run_ref: str) -> RunRow:
    """One run with its proof of coverage. Raises NotFound."""
    found = Run.objects.filter(ref=run_ref).first() if viewer.may(Permission.READ_MATCHES) else None
    if found is None:
        raise NotFound(run_ref)
    later = Run.objects.filter(workforce=found.workforce, pk__gt=found.pk)
    return _run(found, viewer.today, is_passed=later.exists())


def _run(row: Run, today: date, *, is_passed: bool) -> RunRow:
    counts, parts = (row.found, row.new, row.changed, row.gone, row.unknown), list(row.parts.all())
    is_whole = any(one.is_last for one in parts)
    return RunRow(
        row.ref,
        row.workforce,
        row.on,
        *counts,
        account=row.account,
        bases=_bases(row.account, today),
        kept_away=row.kept_away,
        taken=sum(one.pairs for one in parts),
        is_whole=is_whole,
        is_passed=is_passed and not is_whole,
    )


def _bases(account: Mapping[str, Any], today: date) -> tuple[BasisRow, ...]:
    """Refused and missing sources, then the workforce, then the sources that were washed."""
    sources = list(account["sources"])
    out = [one for one in sources if one["state"] != "washed"]
    own = {"title": "The workforce", "state": "washed", "basis": account.get("basis") or {}}
    return tuple(_basis(one, today) for one in (*out, own, *(one for one in sources if one not in out)))


def _basis(one: Mapping[str, Any], today: date) -> BasisRow:
    said = one["basis"]
    terms = said if isinstance(said, dict) else {"purpose": str(said)}  # runs of old gave one sentence
    last = terms.get("expires_on") or ""
    return BasisRow(
        title=one["title"],
        state=one["state"],
        reason=one.get("reason", ""),
        **{name: terms.get(name) or "" for name in ("purpose", "lawful_basis", "impact_assessment", "approved_by")},
        expires_on=last,
        protected=one.get("protected", ""),
        has_ended=bool(last) and last < today.isoformat(),
    )


def pairs(viewer: Viewer, state: PairState | None = None, number: int = 1, size: int = SIZE) -> Page[PairRow]:
    """Pairs that the viewer may see and that the last run still found, in the order in which they are to be judged:
    what is at stake, then weight. `state`: only those that stand so."""
    found = seen(viewer).filter(is_gone=False)
    if state is not None:
        found = found.filter(state=state.value)
    page = page_of(found, sort=STAKE, keys=ORDER, row=lambda one: one, number=number, size=size)
    return Page(rows_of(viewer, page.rows), page.total, page.number, page.size, page.more)


def waiting_for_second(viewer: Viewer) -> tuple[PairRow, ...]:
    """Judgements that clear a record of a serious kind and wait for somebody other than whoever made them."""
    if not viewer.may(Permission.JUDGE_MATCHES):
        return ()
    waits = seen(viewer).filter(state=PairState.SECOND).order_by("-stake", "-weight", "ref")
    last = {row: max(row.judgements.all(), key=lambda one: int(one.pk)) for row in waits.prefetch_related("judgements")}
    return rows_of(viewer, [row for row, judgement in last.items() if judgement.recorded_by != viewer.actor])


def left(viewer: Viewer) -> Left:
    """How many pairs stand how, of those that the viewer may see and the last run found. One statement."""
    counted = seen(viewer).filter(is_gone=False).values_list("state").annotate(how_many=Count("pk")).order_by()
    return Left({PairState(state): how_many for state, how_many in counted})


def ended(viewer: Viewer) -> Ended:
    """What each pair that was judged to be the same person led to, of those that the viewer may see. One statement.

    A pair counts once, by its last judgement, so that the results and those without one add up to the hits (LES-30).
    """
    last = Judgement.objects.filter(pair=OuterRef("pk")).order_by("-pk").values("result__result")[:1]
    hits = seen(viewer).filter(state=PairState.YES).annotate(led_to=Subquery(last))
    counted = dict(hits.values_list("led_to").annotate(how_many=Count("pk")).order_by())
    without = counted.pop(None, 0)
    by_result = tuple((kind.title, counted[kind.key]) for kind in result_kinds().values() if counted.get(kind.key))
    return Ended(by_result, without)


def following(viewer: Viewer, pair_ref: str) -> str:
    """The pair to judge after this one: the next that waits in the order of the queue, else the first; "" for none."""
    return after(viewer, pair_ref, seen(viewer).filter(is_gone=False, state=PairState.WAITING))


def after(viewer: Viewer, pair_ref: str, among: QuerySet[Any]) -> str:
    """The pair after this one in the order of the queue, of those `among`; the first where it is the last; or ""."""
    waiting = among.exclude(ref=pair_ref)
    here = seen(viewer).filter(ref=pair_ref).first()
    order = ("-stake", "-weight", "ref")
    later = None
    if here is not None:
        lighter = Q(stake=here.stake) & (Q(weight__lt=here.weight) | Q(weight=here.weight, ref__gt=here.ref))
        later = waiting.filter(Q(stake__lt=here.stake) | lighter).order_by(*order).first()
    found = later or waiting.order_by(*order).first()
    return str(found.ref) if found else ""


def rows_of(viewer: Viewer, found: Iterable[Pair]) -> tuple[PairRow, ...]:
    """Rows of pairs that the viewer may see. At most four statements, whatever their number."""
    rows, titles = list(found), Titles()
    names = people.refs_on_record(viewer, {row.person_id for row in rows if row.person_id})
    last = last_seen(rows)
    made = []
    for row in rows:
        ref, name = names.get(row.person_id or 0, ("", ""))
        sighting = last[row.pk]
        made.append(
            PairRow(
                ref=row.ref,
                person=name,
                person_ref=ref,
                source=titles.of(row.workforce, row.source),
                record_key=row.record_key if row.disposed_on is None else "disposed of",
                what=", ".join(words for words in (sighting.category, sighting.part) if words),
                weight=row.weight,
                band=row.band,
                state=PairState(row.state),
                stake=row.stake,
                link=row.link,
                purpose=row.purpose,
            )
        )
    return tuple(made)
