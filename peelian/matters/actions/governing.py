"""What governs a matter: its kind, changed by a decision, with what it was kept; and a closed matter opened again."""

from datetime import date

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter, raised
from peelian.matters.models import KindChange
from peelian.terms.acts import Act
from peelian.terms.matters import MatterKind, MatterState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

DECIDERS = (Permission.ASSESS_CONDUCT, Permission.INVESTIGATE, Permission.DETERMINE, Permission.COUNTERSIGN)


@transaction.atomic
def change_kind(*, by: Viewer, matter_ref: str, now: MatterKind, ground: str, law: str, reasons: str, on: date) -> None:
    """Change what governs a matter, for the room that took the decision it follows from. Needs a power that decides.

    `ground`: that decision in words. What it was before stays to be read; its steps and clocks are those of the new
    kind from now on. Raises NotFound, NotValid for the kind that it has, or a history.
    """
    must_hold(by, *DECIDERS)
    matter = held_matter(by, matter_ref, None)
    was = MatterKind(matter.kind)
    if now in (was, MatterKind.HISTORY):
        raise NotValid("kind", "Choose another kind of matter than the one it is.")
    KindChange.objects.create(
        matter=matter,
        was=was,
        now=now,
        ground=ground,
        law=law,
        reasons=must_say(reasons, why="Say why the kind changes.", field="reasons"),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    matter.kind = now
    raised(matter, "kind")
    summary = f"changed what governs it: {was.words} to {now.words}"
    enter(by, matter, Act.ALTERED, summary, on=on, texts=[(matter.ref, {"reasons": reasons})], decision=law)


@transaction.atomic
def reopen(*, by: Viewer, matter_ref: str, reasons: str, on: date) -> None:
    """Open a closed matter again, for the room that took the decision it follows from. Needs a power that decides.

    Raises NotFound, NotValid for a matter that is not closed.
    """
    must_hold(by, *DECIDERS)
    matter = held_matter(by, matter_ref, None)
    if matter.state != MatterState.CLOSED:
        raise NotValid("matter", "This matter is not closed.")
    matter.state, matter.closed_on, matter.closed_precision = MatterState.OPEN, None, ""
    raised(matter, "state", "closed_on", "closed_precision")
    enter(by, matter, Act.ALTERED, "opened a closed matter again", on=on, texts=[(matter.ref, {"reasons": reasons})])
