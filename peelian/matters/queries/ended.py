"""Matters that have ended, or of which nobody knows whether they have, for the room that reviews how long they stay."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q

from peelian.intake.queries import published
from peelian.matters.models import Allegation, AllegationFactor, Involvement, Matter
from peelian.matters.queries.lines import known
from peelian.matters.rows import EndedMatter
from peelian.terms.matters import MatterState, Part
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

AT_ONCE = 500


def ended_matters(viewer: Viewer, on: date, *, also: Iterable[int] = ()) -> Iterator[EndedMatter]:
    """Matters that the viewer may see and that closed on or before `on`, or have no closing date though they are not
    open; those without one first, then the oldest. `also`: keys of matters that are given whenever they closed."""
    undated = Q(closed_on__isnull=True) & ~Q(state=MatterState.OPEN)
    ended = Q(state=MatterState.CLOSED, closed_on__lte=on) | undated | Q(pk__in=sorted(also))
    seen = Matter.objects.visible_to(viewer).filter(ended & ~Q(state=MatterState.OPEN))
    chunk: list[Any] = []
    for matter in seen.order_by(F("closed_on").asc(nulls_first=True), "ref").iterator(chunk_size=AT_ONCE):
        chunk.append(matter)
        if len(chunk) == AT_ONCE:
            yield from _ended(chunk)
            chunk = []
    yield from _ended(chunk)


def ended_matter(viewer: Viewer, matter_ref: str) -> EndedMatter:
    """One matter, open or not, as retention needs it. Raises NotFound, also behind a wall."""
    found = Matter.objects.visible_to(viewer).filter(ref=matter_ref).first()
    if found is None:
        raise NotFound(f"matter {matter_ref}")
    return _ended([found])[0]


def _ended(listed: Sequence[Any]) -> list[EndedMatter]:
    keys = [one.pk for one in listed]
    officers, categories, factors = dict[int, set[int]](), dict[int, set[str]](), dict[int, set[str]]()
    concerned = Involvement.objects.filter(published(), matter_id__in=keys, part=Part.OFFICER_CONCERNED)
    for matter_id, person_id in concerned.values_list("matter_id", "person_id"):
        if person_id:
            officers.setdefault(matter_id, set()).add(person_id)
    for matter_id, code in Allegation.objects.filter(published(), matter_id__in=keys).values_list(
        "matter_id", "category"
    ):
        categories.setdefault(matter_id, set()).add(code)
    flagged = AllegationFactor.objects.filter(allegation__matter_id__in=keys)
    for matter_id, factor in flagged.values_list("allegation__matter_id", "factor"):
        factors.setdefault(matter_id, set()).add(factor)
    return [
        EndedMatter(
            id=one.pk,
            ref=one.ref,
            heading=one.heading,
            state=MatterState(one.state),
            closed=known(one.closed_on, one.closed_precision),
            version=one.version,
            item_id=one.intake_item_id,
            has_load=one.load_id is not None,
            officer_ids=tuple(sorted(officers.get(one.pk, ()))),
            categories=frozenset(categories.get(one.pk, ())),
            factors=frozenset(factors.get(one.pk, ())),
        )
        for one in listed
    ]
