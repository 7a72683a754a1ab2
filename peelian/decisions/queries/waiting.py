"""What waits for a second person: decisions to sign, and readings of what another may not see."""

from typing import Any

from peelian.decisions import facts
from peelian.decisions.models import Decision, Reading
from peelian.decisions.queries.lines import rows_of
from peelian.decisions.rows import ReadingRow, ToSign
from peelian.matters import queries as matters
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.queries import users_by_id

MOST = 200


def to_sign(viewer: Viewer) -> tuple[ToSign, ...]:
    """The decisions that await a signature and that the viewer may give it, oldest first, at most 200."""
    if not viewer.may(Permission.COUNTERSIGN):
        return ()
    waiting = Decision.objects.filter(needs_signature=True, signature__isnull=True).exclude(recorded_by=viewer.actor)
    seen = matters.parts_by_id(viewer, waiting.values_list("matter_id", flat=True))
    held = facts.held_decisions(seen)
    found = [
        ToSign(matter.ref, matter.heading or matter.kind.words, row)
        for matter in seen.values()
        for one, row in zip(held[matter.id], rows_of(matter, held[matter.id]), strict=True)
        if row.waits and one.recorded_by != viewer.actor
    ]
    return tuple(sorted(found, key=lambda one: (one.decision.recorded_at, one.decision.ref))[:MOST])


def readings(viewer: Viewer) -> tuple[ReadingRow, ...]:
    """The readings asked of the viewer, unanswered first, and those nobody was found for that the viewer can do."""
    mine = Reading.objects.filter(reader_id=viewer.user_id).order_by("answered_on", "asked_at")[:MOST]
    found = list(mine)
    if viewer.may(Permission.COUNTERSIGN):
        found += list(
            Reading.objects.filter(reader_id__isnull=True, answered_on__isnull=True)
            .exclude(decider_id=viewer.user_id or 0)
            .order_by("asked_at")[:MOST]
        )
    rows = [_row(viewer, one) for one in found]
    kept = [row for row in rows if row is not None]
    return tuple(sorted(kept, key=lambda row: (row.answered_on is not None, row.asked_at, row.ref)))


def reading(viewer: Viewer, reading_ref: str) -> ReadingRow:
    """One reading asked of the viewer. Raises NotFound for anybody else's, and where the viewer sees too little."""
    for row in readings(viewer):
        if row.ref == reading_ref:
            return row
    raise NotFound(f"reading {reading_ref}")


def _row(viewer: Viewer, one: Any) -> ReadingRow | None:
    """None where the viewer may not see all of it: the matter, and everything hidden from the decision-maker."""
    matter = matters.parts_by_id(viewer, [one.matter_id]).get(one.matter_id)
    if matter is None:
        return None
    keys = [key for ref in one.hidden if (key := _key(viewer, ref)) is not None]
    if len(keys) < len(one.hidden):
        return None
    decider = users_by_id([one.decider_id]).get(one.decider_id)
    return ReadingRow(
        ref=one.ref,
        matter_ref=matter.ref,
        heading=matter.heading or matter.kind.words,
        decider=decider.name if decider else "",
        asked_at=one.asked_at,
        answered_on=one.answered_on,
        shared=one.shared,
        matters=tuple(sorted(matters.lines_by_id(viewer, keys).values(), key=lambda line: line.ref)),
        id=one.pk,
    )


def _key(viewer: Viewer, ref: str) -> int | None:
    try:
        return matters.key_of(viewer, ref)
    except NotFound:
        return None
