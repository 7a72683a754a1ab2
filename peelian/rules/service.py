"""On which day a letter or notice counts as served. SI 2020/4 reg 9; Interpretation Act 1978 s7.

The ways and their intervals are rows of the tables (`service_way`); a force lays its own over them.
"""

from dataclasses import dataclass
from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.rules.working_days import working_days_after
from peelian.statute import Register, Row, UnknownTable

CONDUCT = "SI 2020/4"  # the instrument whose notices are served as its own regulation 9 says
PUBLISHED = "published"


class UnknownWay(KeyError):
    """No way of service has this key."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of serving, as it stands on a day. `channel`: the way to reach a person that it uses; empty for none."""

    key: str
    words: str
    channel: str
    law: str
    unverified: bool


def ways(law: Register, on: date, *, under_conduct: bool) -> tuple[Way, ...]:
    """The ways by which something may be served on a person on that day, in the order of the table.

    `under_conduct`: it is a notice under the Conduct Regulations, which name the ways; else any other letter.
    """
    rows = law.table("service_way", on=on)
    return tuple(_way(row) for row in rows if row["conduct"] is under_conduct and row.key != PUBLISHED)


def publication(law: Register, on: date) -> tuple[Way, ...]:
    """The way of putting something before the public on that day; none before there was one."""
    return tuple(_way(row) for row in law.table("service_way", on=on) if row.key == PUBLISHED)


@implements("SI 2020/4 reg 9; SI 2025/558 reg 8; Interpretation Act 1978 s7")
def served_on(law: Register, way: str, sent_on: date) -> Answer[date | None]:
    """The day on which something sent on a day counts as served; None where that way could not be used then.

    `way`: the key of a row of `service_way`. Raises UnknownWay, BeyondTheTable.
    """
    try:
        editions = [row for row in law.table("service_way") if row.key == way]
    except UnknownTable:
        editions = []
    if not editions:
        raise UnknownWay(way)
    row = next((one for one in editions if one.in_force_on(sent_on)), None)
    if row is None:
        first = editions[0]
        assert first.in_force_from is not None  # the loader refuses a row without its first day
        why = f"{first['label']}: this way of service could not be used before {day_words(first.in_force_from)}."
        return Answer(None, first.law, (why,), first.unverified)
    count, holidays = int(row["working_days"]), law.england_and_wales
    steps = [f"{row['label']}, on {day_words(sent_on)}."]
    if count:
        value = working_days_after(sent_on, count, holidays)
        days = "1 working day" if count == 1 else f"{count} working days"
        steps.append(f"It counts as served {days} after that day: {day_words(value)}.")
    elif row["rolls"] and not holidays.is_working_day(sent_on):
        value = working_days_after(sent_on, 1, holidays)
        steps.append(f"That is not a working day, so it counts as served on the next: {day_words(value)}.")
    else:
        value = sent_on
        steps.append("It counts as served on that day.")
    return Answer(value, row.law, tuple(steps), row.unverified)


def _way(row: Row) -> Way:
    return Way(row.key, row.title, str(row["channel"]), row.law, row.unverified)
