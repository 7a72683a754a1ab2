"""What the rules on crime records read of a pair, from what a source wrote."""

from datetime import date

from peelian.matches.models import Pair
from peelian.matches.rows import Found
from peelian.rules.crime_records import Matched


def matched(one: Found | Pair, part: str, category: str, recorded_on: str) -> Matched:
    """A pair as the rules read it; its part and words are those of the sighting that counts."""
    return Matched(part, category, one.band, one.link, one.purpose, one.weight, day_of(recorded_on))


def day_of(text: str) -> date | None:
    """The day that a source wrote: `2019-06-30`, or `30/06/2019` where no month can be meant by its first number."""
    text = text.strip()
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text[:10].split("/"))
            return date(year, month, day) if day > 12 or day == month else None
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
