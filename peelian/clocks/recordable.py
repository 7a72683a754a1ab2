"""Which events a person may record, and on which kinds of matter."""

from peelian import statute
from peelian.terms.matters import MatterKind

CAME = "came_to_attention"  # a fact of the matter itself, given when it is recorded
SHORTENED, EXTENDED = "period_shortened", "period_extended"  # recorded by actions of their own
NOT_BY_HAND = frozenset({CAME, SHORTENED, EXTENDED})


def fits(row: statute.Event, kind: MatterKind) -> bool:
    """Whether an event may be recorded on this kind of matter."""
    return "any" in row.kinds or kind in row.kinds
