"""Which pairs have ended, and since when, for those who keep retention. Through the wall of the pair.

`facts`, for the schedules: `basis_ended`, its source may no longer be washed; `never_rule`, a rule rests on it and
stands; `cleared_by_two` and `rejected`, judged to be somebody else; `result_closed`, judged to be them, and what
followed is closed; `left`, they left and nobody decided; `not_found`, no run finds it any longer and nobody decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q

from peelian.intake import queries as intake
from peelian.matches.actions.ruling import standing
from peelian.matches.models import Judgement, Pair, Raised, Sighting, Source
from peelian.matches.queries.listing import rows_of
from peelian.matches.rows import EndedPair, EndedSource
from peelian.matches.wall import pair_of, seen
from peelian.people import queries as people
from peelian.terms.matches import PairState
from peelian.terms.viewer import Viewer, system

AT_ONCE = 200
DECIDED = (PairState.YES, PairState.NO)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some pairs: their last judgements, what ended outside them. Keys are the pairs' own."""

    judged: Mapping[int, Judgement]
    items: Mapping[int, tuple[str, ...]]
    assessed: Mapping[str, date | None]
    gone: Mapping[int, date]
    ended: Mapping[tuple[str, str], date]
    left: Mapping[int, date]
    ruled: frozenset[int]


def ended_pair(viewer: Viewer, pair_ref: str) -> EndedPair:
    """One pair, ended or not. Raises NotFound, also where it is hidden."""
    return _ended(viewer, [pair_of(viewer, pair_ref)])[0]


def ended_pairs(viewer: Viewer) -> Iterator[EndedPair]:
    """Pairs that the viewer may see and that have ended, in no order that means anything.

    About seven statements for two hundred pairs; those that wait to be judged and are found still are not looked at,
    but where their source's basis ended or they left.
    """
    basis = Source.objects.filter(
        workforce=OuterRef("workforce"), source=OuterRef("source"), expires_on__lt=viewer.today
    )
    held = seen(viewer).filter(disposed_on__isnull=True)
    left = _left(viewer, list(held.order_by().values_list("person_id", flat=True).distinct()))
    ended = held.filter(Q(state__in=DECIDED) | Q(is_gone=True) | Q(Exists(basis)) | Q(person_id__in=list(left)))
    found = ended.order_by("ref").iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from (one for one in _ended(viewer, some) if not one.open_because)


def ended_sources(viewer: Viewer) -> tuple[EndedSource, ...]:
    """Sources whose basis ended and of which the viewer sees pairs that were not disposed of. Two statements."""
    held = seen(viewer).filter(disposed_on__isnull=True).order_by()
    counted = {
        (workforce, source): many
        for workforce, source, many in held.values_list("workforce", "source").annotate(many=Count("pk"))
    }
    over = Source.objects.filter(expires_on__lt=viewer.today).order_by("expires_on", "workforce", "title", "source")
    return tuple(
        EndedSource(row.workforce, row.source, row.title, row.expires_on, counted[row.workforce, row.source])
        for row in over
        if row.expires_on and (row.workforce, row.source) in counted
    )


def pairs_of_source(viewer: Viewer, workforce: str, source: str) -> Iterator[EndedPair]:
    """Pairs of one source that the viewer may see and that were not disposed of, in use or not. As `ended_pairs`."""
    held = seen(viewer).filter(disposed_on__isnull=True, workforce=workforce, source=source)
    found = held.order_by("ref").iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from _ended(viewer, some)


def left_for_good(viewer: Viewer, workforce: str) -> tuple[str, ...]:
    """Numbers of people who left and all of whose pairs were disposed of: the store of the wash may forget them."""
    rows = seen(viewer).filter(workforce=workforce).order_by()
    still = rows.filter(disposed_on__isnull=True).values_list("person_id", flat=True)
    gone = rows.filter(disposed_on__isnull=False).exclude(person_id__in=still)
    held = set(gone.values_list("person_key", "person_id"))
    left = _left(viewer, sorted({person_id for _, person_id in held}))
    return tuple(sorted(key for key, person_id in held if person_id in left))


def _ended(viewer: Viewer, pairs: Sequence[Pair]) -> list[EndedPair]:
    facts = _facts(viewer, pairs)
    names = {row.ref: row for row in rows_of(viewer, pairs)}
    rows = []
    for pair in pairs:
        known, ended, because = _end(pair, facts)
        rows.append(
            EndedPair(
                id=pair.pk,
                ref=pair.ref,
                heading=f"{names[pair.ref].person} and a record of {names[pair.ref].source}",
                state=PairState(pair.state).words,
                open_because=because,
                ended=ended,
                facts=frozenset(known),
                person_id=pair.person_id or 0,
                item_refs=facts.items.get(pair.pk, ()),
                has_rule=pair.pk in facts.ruled,
            )
        )
    return rows


def _end(pair: Pair, facts: Facts) -> tuple[list[str], date | None, str]:
    """Which facts hold of a pair, the day it ended, and why it has not."""
    basis, left = facts.ended.get((pair.workforce, pair.source)), facts.left.get(pair.person_id or 0)
    known = [name for name, holds in (("basis_ended", basis), ("never_rule", pair.pk in facts.ruled)) if holds]
    judgement, state = facts.judged.get(pair.pk), PairState(pair.state)
    if state is PairState.SECOND:
        return known, None, "A judgement waits for a second person."
    if judgement and state is PairState.NO:
        second = getattr(judgement, "second", None)
        known.append("cleared_by_two" if second else "rejected")
        return known, second.on if second else judgement.on, ""
    if judgement and state is PairState.YES:
        result = getattr(judgement, "result", None)
        if result is None:
            return known, None, "It was judged to be them, and nobody said what follows."
        closed = facts.assessed.get(result.item_ref) if result.item_ref else result.on
        if closed is None:
            return known, None, f"What followed waits at intake: {result.item_ref}."
        return [*known, "result_closed"], closed, ""
    gone = facts.gone.get(pair.pk) if pair.is_gone else None
    known += [name for name, day in (("left", left), ("not_found", gone)) if day]
    days = [day for day in (basis, left, gone) if day]
    return known, min(days, default=None), "" if days else "Nobody decided it, and runs find it still."


def _facts(viewer: Viewer, pairs: Sequence[Pair]) -> Facts:
    keys = [pair.pk for pair in pairs]
    last: dict[int, Judgement] = {}
    for one in Judgement.objects.filter(pair__in=keys).select_related("second", "result").order_by("pk"):
        last[one.pair_id] = one
    items = {key: (ref,) for key, ref in Raised.objects.filter(pair__in=keys).values_list("pair_id", "item_ref")}
    for key, one in last.items():
        if (result := getattr(one, "result", None)) and result.item_ref:
            items[key] = (*items.get(key, ()), result.item_ref)
    reader = system("matches", at=viewer.at, because="to know whether what followed from a pair is closed")
    gone = Sighting.objects.filter(pair__in=keys, is_gone=True).order_by("run__on", "pk")
    ended = Source.objects.filter(expires_on__lt=viewer.today).values_list("workforce", "source", "expires_on")
    return Facts(
        judged=last,
        items=items,
        assessed=intake.assessed_days(reader, [ref for refs in items.values() for ref in refs]),
        gone=dict(gone.values_list("pair_id", "run__on")),
        ended={(workforce, key): day for workforce, key, day in ended if day},
        left=_left(viewer, [pair.person_id for pair in pairs]),
        ruled=frozenset(standing().filter(pair__in=keys).values_list("pair_id", flat=True)),
    )


def _left(viewer: Viewer, person_ids: Sequence[int | None]) -> dict[int, date]:
    """The last day of service of those who left, by key, as late as it can have been."""
    lives = people.lives_on_record(viewer, [key for key in person_ids if key])
    return {key: row.left.latest for key, row in lives.items() if row.left and row.left.latest < viewer.today}
