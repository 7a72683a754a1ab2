"""What waits for a second person: decisions to sign, and readings of what another may not see."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from peelian.decisions import facts
from peelian.decisions.independence import Asked, apart
from peelian.decisions.models import Decision, Reading
from peelian.decisions.queries.lines import rows_of
from peelian.decisions.rows import ReadingRow, Signers, ToSign
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.matters.rows import MatterLine
from peelian.rules.steps import not_independent
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.queries import users_by_id, users_holding, viewer_for
from peelian.walls.rows import UserRow

MOST = 200


def to_sign(viewer: Viewer) -> tuple[ToSign, ...]:
    """The decisions that await a signature and that the viewer may give it, oldest first, at most 200."""
    if not viewer.may(Permission.COUNTERSIGN):
        return ()
    waiting = Decision.objects.filter(needs_signature=True, signature__isnull=True).exclude(recorded_by=viewer.actor)
    seen = matters.parts_by_id(viewer, waiting.values_list("matter_id", flat=True))
    held = facts.held_decisions(seen)
    asked = [one for rows in held.values() for one in rows if facts.waits(one)]
    barred = apart(viewer, asked, [Asked.of(viewer)]) if asked else {}
    found = [
        ToSign(matter.ref, matter.heading or matter.kind.words, row)
        for matter in seen.values()
        for one, row in zip(held[matter.id], rows_of(matter, held[matter.id]), strict=True)
        if row.waits and one.recorded_by != viewer.actor and not barred[one.pk, viewer.user_id or 0]
    ]
    return tuple(sorted(found, key=lambda one: (one.decision.recorded_at, one.decision.ref))[:MOST])


def signers(viewer: Viewer, matter_ref: str, decision_ref: str) -> Signers:
    """Who may sign a decision that awaits it, for a viewer who may see the matter. Raises NotFound.

    Nobody is said to be kept out, by a wall or otherwise: whoever may not sign is not named. Three statements for each
    user who may sign for others.
    """
    matter = matters.parts(viewer, matter_ref)
    held = facts.held_decisions([matter.id]).get(matter.id, [])
    decision = next((one for one in held if one.ref == decision_ref), None)
    if decision is None:
        raise NotFound(f"decision {decision_ref}")
    row = next(one for one in rows_of(matter, [decision]))
    case = facts.case_facts(viewer, matter, held)
    asked = [
        one
        for one in map(Asked.of_user, users_holding(Permission.COUNTERSIGN, viewer.today))
        if one.actor != decision.recorded_by
        and not_independent(row.step, case, row.person_key, one.actor) is None
        and matters.parts_by_id(viewer_for(one.user_id, at=viewer.at), [matter.id])
    ]
    barred = apart(viewer, [decision], asked)
    mine = barred.get((decision.pk, viewer.user_id or 0))
    free = [one for one in asked if barred[decision.pk, one.user_id] is None]
    may_sign = any(one.user_id == viewer.user_id for one in free)
    names = tuple(one.name for one in free)
    return Signers(matter.ref, matter.heading or matter.kind.words, row, names, mine, may_sign)


def readings(viewer: Viewer) -> tuple[ReadingRow, ...]:
    """The readings asked of the viewer, unanswered first, and those nobody was found for that the viewer can do.

    At most 200. One that the viewer cannot see whole is left out: the matter, and all that is hidden from its decider.
    """
    asked = Q(reader_id=viewer.user_id or 0)
    if viewer.may(Permission.COUNTERSIGN):
        asked |= Q(reader_id__isnull=True, answered_on__isnull=True) & ~Q(decider_id=viewer.user_id or 0)
    found = list(Reading.objects.filter(asked))
    on = matters.parts_by_id(viewer, {one.matter_id for one in found})
    seen = matters.lines_by_ref(viewer, {ref for one in found for ref in one.hidden})
    whole = [one for one in found if one.matter_id in on and set(one.hidden) <= set(seen)]
    whole.sort(key=lambda one: (one.answered_on is not None, one.asked_at, one.ref))
    deciders = users_by_id({one.decider_id for one in whole[:MOST]})
    return tuple(_row(one, on[one.matter_id], seen, deciders.get(one.decider_id)) for one in whole[:MOST])


def reading(viewer: Viewer, reading_ref: str) -> ReadingRow:
    """One reading asked of the viewer. Raises NotFound for anybody else's, and where the viewer sees too little."""
    for row in readings(viewer):
        if row.ref == reading_ref:
            return row
    raise NotFound(f"reading {reading_ref}")


def _row(one: Any, matter: MatterParts, seen: Mapping[str, MatterLine], decider: UserRow | None) -> ReadingRow:
    return ReadingRow(
        ref=one.ref,
        matter_ref=matter.ref,
        heading=matter.heading or matter.kind.words,
        decider=decider.name if decider else "",
        asked_at=one.asked_at,
        answered_on=one.answered_on,
        shared=one.shared,
        matters=tuple(seen[ref] for ref in sorted(one.hidden)),
        id=one.pk,
    )
