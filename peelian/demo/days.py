"""Working days, and the moments within them at which people act."""

from datetime import date, datetime, time, timedelta

from peelian import statute
from peelian.terms.viewer import LONDON

OPENS = 8 * 60 + 30
CLOSES = 17 * 60 + 30


def is_working(day: date) -> bool:
    """Monday to Friday and no bank holiday of England and Wales, as far as the table reaches."""
    table = statute.product().england_and_wales
    if table.reaches_from <= day < table.reaches_to:
        return table.is_working_day(day)
    return day.weekday() < 5


def working_day(day: date) -> date:
    """The day, or the first working day after it."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """The last working day before the day."""
    day -= timedelta(days=1)
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def moment(day: date, minute: int) -> datetime:
    """A minute of a day in London, counted from midnight."""
    return datetime.combine(day, time(minute // 60, minute % 60), LONDON)
