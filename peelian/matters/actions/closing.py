"""Closing a matter. What the law says about that is known to the clocks, which call this."""

from datetime import date

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter, raised
from peelian.terms.acts import Act
from peelian.terms.known_dates import Precision
from peelian.terms.matters import MatterState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def mark_closed(*, by: Viewer, matter_ref: str, version: int, on: date, reasons: str) -> None:
    """Close a matter on `on`, for the room that has checked what is still owed. Needs RECORD_EVENT.

    Raises NotAllowed for a stale version, NotFound, NotValid without reasons, before it came to attention, or ahead.
    """
    must_hold(by, Permission.RECORD_EVENT)
    matter = held_matter(by, matter_ref, version)
    reasons = must_say(reasons, why="Give the reasons for closing it.", field="reasons")
    if matter.state == MatterState.CLOSED:
        raise NotValid("matter", "This matter is closed already.")
    not_ahead(by, on)
    if matter.came_to_attention_on is not None and on < matter.came_to_attention_on:
        raise NotValid("on", "It cannot close before it came to attention.")
    matter.state, matter.closed_on, matter.closed_precision = MatterState.CLOSED, on, Precision.DAY
    raised(matter, "state", "closed_on", "closed_precision")
    enter(by, matter, Act.ALTERED, "closed a matter", on=on, texts=[(matter.ref, {"reasons": reasons})])
