"""How a working is put into words: dates and counts as a person writes them."""

from datetime import date, datetime
from functools import lru_cache

from peelian.statute import Unit
from peelian.statute.rows import unit_words
from peelian.terms.viewer import LONDON

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (  # not by locale: the law is in English
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=8192)
def day_words(day: date) -> str:
    """`Friday 11 April 2025`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """`23:00 on Tuesday 31 March 2026`, London time."""
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {day_words(local.date())}"


def count_words(number: int, unit: Unit) -> str:
    """`28 calendar days`, `1 month`."""
    return f"{number} {unit_words(unit, number)}"
