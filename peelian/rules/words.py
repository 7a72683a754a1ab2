"""How a working is put into words: dates and counts as a person writes them."""

from datetime import date, datetime
from functools import lru_cache

from peelian.statute import Unit
from peelian.statute.rows import unit_words
from peelian.terms.known_dates import date_words
from peelian.terms.viewer import LONDON

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=8192)
def day_words(day: date) -> str:
    """`Friday 11 April 2025`."""
    return f"{_WEEKDAYS[day.weekday()]} {date_words(day)}"


def moment_words(moment: datetime) -> str:
    """`23:00 on Tuesday 31 March 2026`, London time."""
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {day_words(local.date())}"


def count_words(number: int, unit: Unit) -> str:
    """`28 calendar days`, `1 month`."""
    return f"{number} {unit_words(unit, number)}"
