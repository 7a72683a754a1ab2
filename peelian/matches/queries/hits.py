"""Pairs judged to be one person, for the rooms that act on them; never of a victim's or witness's record."""

from typing import Any

from django.db.models import Max

from peelian.matches.models import Judgement
from peelian.matches.rows import HitRow
from peelian.matches.seeing import last_seen
from peelian.matches.sources import Titles
from peelian.matches.wall import seen
from peelian.matches.words import opened, reasons
from peelian.terms.matches import PairState
from peelian.terms.viewer import Viewer

INTEGRITY = "integrity"


def hits(viewer: Viewer, person_id: int | None = None, pair_ref: str = "") -> tuple[HitRow, ...]:
    """What was judged to be about people who work here and is no victim's or witness's record, oldest judgement first.

    `person_id`, `pair_ref`: of one person or one pair alone. Five statements; one where there are none.
    """
    found: Any = seen(viewer).filter(state=PairState.YES.value, purpose=INTEGRITY)
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if pair_ref:
        found = found.filter(ref=pair_ref)
    judged = found.annotate(last=Max("judgements")).values("last")
    judgements = Judgement.objects.filter(pk__in=judged).select_related("pair", "result")
    listed = list(judgements.order_by("on", "pair__ref"))
    if not listed:
        return ()
    titles, last = Titles(), last_seen(one.pair for one in listed)
    words = opened((one.pair.ref, one) for one in listed)
    return tuple(
        HitRow(
            ref=one.pair.ref,
            person_id=one.pair.person_id or 0,
            source=titles.of(one.pair.workforce, one.pair.source),
            record_key=one.pair.record_key,
            category=last[one.pair_id].category,
            part=last[one.pair_id].part,
            relation=last[one.pair_id].relation,
            is_associate=one.pair.link != "person",
            is_serious=one.pair.stake > 0,
            result=one.result.result if hasattr(one, "result") else "",
            judged_on=one.on,
            reasons=reasons(words[one]),
        )
        for one in listed
    )
