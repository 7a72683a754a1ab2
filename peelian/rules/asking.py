"""A question put to one clock on its own: what does it come to from this day? For the law pages and `peelian law due`.

In: a register, a clock's id and a day. Out: the edition that answered, and its answer.
"""

import datetime as moments
from dataclasses import dataclass
from datetime import date
from typing import Any

from peelian.rules.answers import Answer
from peelian.rules.limits import CannotCount, Changed, ends_at, ends_on
from peelian.rules.words import day_words
from peelian.statute import Clock, Register, Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """`answer.value` is a day, a moment, or None: either no clock starts, or the law gives no number of days."""

    clock: Clock
    answer: Answer[Any]
    starts: bool

    @property
    def is_asap(self) -> bool:
        return self.starts and self.clock.unit is Unit.ASAP


def asked(
    law: Register,
    clock_id: str,
    started: date,
    *,
    moment: moments.datetime | None = None,
    agreed: Changed | None = None,
    by_todays_rules: bool = False,
) -> Asked:
    """The edition in force on the day, and what it comes to.

    `moment` is needed by a clock in hours. `by_todays_rules`: where no edition held governs the day, the newest answers
    and the answer says so. Raises UnknownClock, CannotCount, NotShortenable, BeyondTheTable.
    """
    editions = law.editions(clock_id)
    newest = editions[-1]
    clock = next((one for one in editions if one.in_force_on(started)), None)
    replayed = clock is None and by_todays_rules and newest.in_force_from is not None
    if clock is None and not replayed:
        return Asked(newest, Answer(None, newest.law, (_why_none(editions[0], started),), newest.unverified), False)
    clock = clock or newest
    if clock.unit is Unit.HOURS:
        if moment is None:
            raise CannotCount(f"{clock.id} runs in hours: give the hour too")
        found: Answer[Any] = ends_at(clock, moment)
    else:
        found = ends_on(clock, started, law.holidays_for(clock), agreed=agreed)
    return Asked(clock, Answer(found.value, found.law, found.because, found.unverified, replayed), True)


def _why_none(first: Clock, day: date) -> str:
    if first.in_force_from is None:
        return f"{first.law}: proposed, not law. No clock starts."
    return f"The tables hold this clock from {day_words(first.in_force_from)}; on {day_words(day)} no clock starts."
