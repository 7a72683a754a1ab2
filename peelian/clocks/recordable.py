"""Which events a person may record, and on which kinds of matter."""

from functools import cache

from peelian import statute
from peelian.statute import Per
from peelian.terms.matters import MatterKind

CAME = "came_to_attention"  # a fact of the matter itself, given when it is recorded
SHORTENED, EXTENDED = "period_shortened", "period_extended"  # recorded by actions of their own
OPENS = "handling_started"  # opening a matter records it too
OPENING = frozenset({OPENS, "complaint_received", "complaint_recorded", "assessment_reached_assessor"})  # likewise
NOT_BY_HAND = frozenset({CAME, SHORTENED, EXTENDED})


def fits(row: statute.Event, kind: MatterKind) -> bool:
    """Whether an event may be recorded on this kind of matter."""
    return "any" in row.kinds or kind in row.kinds


@cache
def follows_a_decision() -> frozenset[str]:
    """Events that only a decision records: one under the joint view, one taken through the record of proceedings, or
    one that says who is an interested person, since turning somebody down takes a second signature.

    Nobody writes them down by hand; what happened before Peelian was kept has a door of its own.
    """
    decided, by_others = set[str](), {OPENS}
    for step in statute.product().steps.values():
        is_decided = step.joint_view or step.through or step.per is Per.INTERESTED
        found = decided if is_decided else by_others
        found.update(key for option in step.options for key in (*option.events, *option.events_again))
    alone = {event.key for event in statute.product().events.values() if event.decided}
    return frozenset((decided - by_others) | alone)
