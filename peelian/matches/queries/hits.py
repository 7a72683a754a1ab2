"""Pairs judged to be one person, for the rooms that act on them; never of a victim's or witness's record."""

from typing import Any

from django.db.models import OuterRef, Subquery

from peelian.matches.models import Judgement, Sighting
from peelian.matches.rows import HitRow
from peelian.matches.wall import seen
from peelian.terms.matches import PairState
from peelian.terms.viewer import Viewer

INTEGRITY = "integrity"


def hits(viewer: Viewer, person_id: int | None = None, pair_ref: str = "") -> tuple[HitRow, ...]:
    """What was judged to be about people who work here and is no victim's or witness's record, oldest judgement first.

    `person_id`, `pair_ref`: of one person or one pair alone. Two statements.
    """
    last = Judgement.objects.filter(pair=OuterRef("pk")).order_by("-pk")
    found: Any = seen(viewer).filter(state=PairState.YES.value, purpose=INTEGRITY)
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if pair_ref:
        found = found.filter(ref=pair_ref)
    judged = {
        "judged_on": last.values("on")[:1],
        "why": last.values("reasons")[:1],
        "led": last.values("result__result")[:1],
    }
    listed = list(
        found.annotate(**{name: Subquery(rows) for name, rows in judged.items()}).order_by("judged_on", "ref")
    )
    sightings: dict[int, Sighting] = {}
    for one in Sighting.objects.filter(pair__in=[row.pk for row in listed], is_gone=False).order_by("pk"):
        sightings[one.pair_id] = one
    return tuple(
        HitRow(
            ref=row.ref,
            person_id=row.person_id,
            source=row.source,
            record_key=row.record_key,
            category=sightings[row.pk].category,
            part=sightings[row.pk].part,
            relation=sightings[row.pk].relation,
            is_associate=row.link != "person",
            is_serious=row.stake > 0,
            result=row.led or "",
            judged_on=row.judged_on,
            reasons=row.why,
        )
        for row in listed
    )
