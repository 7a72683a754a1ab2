"""What the rules on crime records read of a pair, from what a source wrote."""

from datetime import date

from peelian.matches.models import Pair
from peelian.matches.rows import Found
from peelian.rules.crime_records import Matched


def matched(one: Found | Pair, part: str, category: str, recorded_on: str) -> Matched:
    """A pair as the rules read it; its part and words are those of the sighting that counts."""
    return Matched(part, category, one.band, one.link, one.purpose, one.weight, day_of(recorded_on))


def day_of(text: str) -> date | None:
    """The day that a source wrote, where it is one."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
