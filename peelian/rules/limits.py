"""When a limit ends: the four ways of counting, hours, months and years, before-limits, shortening, extending.

A limit ends at the end of the day given, London time (`clocks.toml`, end_of_day).
"""

import calendar
import datetime as moments
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import count_words, day_words, moment_words
from peelian.statute import Clock, CountFrom, Direction, Holidays, Nature, Unit
from peelian.statute.citations import provisions
from peelian.terms.viewer import LONDON

_PARTS_4_AND_5 = range(22, 64)  # SI 2020/4: Part 4 opens with reg 22, Part 5 is regs 48 to 63
SHORTENING_LAW = "SI 2020/4 regs 22, 48"


class CannotCount(ValueError):
    """The facts given cannot start this clock: an hours clock without a moment, or a moment without a zone."""


class NotShortenable(ValueError):
    """No agreement can shorten this period, or the day agreed would lengthen it."""


class NotExtendable(ValueError):
    """Nobody has power to extend this period, or the day given would shorten it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A day put in place of the computed one: to when, who agreed or decided, and on which day if that is known."""

    until: date
    who: str
    on: date | None = None

    @property
    def words(self) -> str:
        return f"{self.who} on {day_words(self.on)}" if self.on else self.who


@implements("SI 2020/4 reg 2(1); SI 2020/2 reg 1(2)")
def ends_on(
    clock: Clock,
    started: date,
    holidays: Holidays,
    *,
    agreed: Changed | None = None,
    extended: Changed | None = None,
) -> Answer[date | None]:
    """The last day of a limit that `started` on a day; None where the law gives no number of days.

    `holidays`: see `Register.holidays_for(clock)`. `agreed`: a shortening by agreement, only in Parts 4 and 5 of
    SI 2020/4. `extended`: only where the clock names someone who may. Raises BeyondTheTable; CannotCount for an
    hours clock (see `ends_at`); NotShortenable; NotExtendable.
    """
    if clock.unit is Unit.ASAP:
        why = "The law gives no number of days: as soon as practicable."
        return Answer(None, clock.law, (f"{clock.trigger}: {day_words(started)}.", why), clock.unverified)
    if clock.unit is Unit.HOURS:
        raise CannotCount(f"{clock.id} runs in hours: give the moment it started")
    ends = last_day(clock, started, holidays)
    steps = [f"{clock.trigger}: {day_words(started)}.", *_working(clock, started, ends, holidays)]
    if agreed is not None:
        _refuse_shortening(clock, ends, agreed)
        ends = agreed.until
        steps.append(f"Shortened by agreement of {agreed.words} to {day_words(ends)} ({SHORTENING_LAW}).")
    if extended is not None:
        _refuse_extension(clock, ends, extended)
        ends = extended.until
        steps.append(f"Extended by {extended.words} to {day_words(ends)}.")
    if clock.local:
        steps.append(f"The number is the force's own, checked by {clock.checked_by}.")
    return Answer(ends, clock.law, tuple(steps), clock.unverified)


@implements("UK GDPR art 33; DPA 2018 s67(1)")
def ends_at(clock: Clock, started: moments.datetime) -> Answer[moments.datetime]:
    """The moment an hours limit ends: elapsed hours, so a clock change moves the hour shown, not the length.

    `started` must carry a time zone; the answer is in London time. Raises CannotCount.
    """
    if clock.unit is not Unit.HOURS:
        raise CannotCount(f"{clock.id} does not run in hours")
    if started.tzinfo is None:
        raise CannotCount("a moment must carry a time zone")
    ends = (started.astimezone(moments.UTC) + timedelta(hours=clock.length)).astimezone(LONDON)
    steps = [
        f"{clock.trigger}: {moment_words(started)}.",
        f"{clock.length} hours as they elapse end at {moment_words(ends)}.",
    ]
    if ends.utcoffset() != started.astimezone(LONDON).utcoffset():
        steps.append("The clocks change in between, which moves the hour shown and not the length.")
    return Answer(ends, clock.law, tuple(steps), clock.unverified)


def last_day(clock: Clock, started: date, holidays: Holidays) -> date:
    """The bare count, without the working: what `ends_on` and `duties` share. Raises BeyondTheTable."""
    return counted(clock, started, clock.length, clock.unit, holidays)


def counted(clock: Clock, started: date, length: int, unit: Unit, holidays: Holidays) -> date:
    """`length` of `unit` counted as this clock counts. Not for hours, nor where there is no number."""
    if clock.direction is Direction.BEFORE:
        if unit is Unit.WORKING_DAYS:
            return holidays.nth_before(started, length)
        if unit is Unit.CALENDAR_DAYS:
            return started - timedelta(days=length)
        return add_months(started, -_months(length, unit))
    with_trigger = clock.count_from is CountFrom.TRIGGER_DAY
    if unit is Unit.WORKING_DAYS:
        count = holidays.nth_from if with_trigger else holidays.nth_after
        return count(started, length)
    if unit is Unit.CALENDAR_DAYS:
        first = started if with_trigger else started + timedelta(days=1)
        if clock.count_from is CountFrom.FIRST_WORKING_DAY_AFTER:
            first = holidays.nth_after(started, 1)
        return first + timedelta(days=length - 1)
    months = _months(length, unit)
    if clock.count_from is CountFrom.FIRST_WORKING_DAY_AFTER:
        return period_end(holidays.nth_after(started, 1), months)
    return period_end(started, months) if with_trigger else add_months(started, months)


def period_end(first: date, months: int) -> date:
    """The last day of a period of months whose first day is `first`.

    The day before the matching date; where there is no matching date, the last day of that month.
    """
    matching = add_months(first, months)
    return matching - timedelta(days=1) if matching.day == first.day else matching


def add_months(day: date, months: int) -> date:
    """The matching date so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _months(length: int, unit: Unit) -> int:
    return length * 12 if unit is Unit.YEARS else length


def _working(clock: Clock, started: date, ends: date, holidays: Holidays) -> tuple[str, ...]:
    """The count in words."""
    length = count_words(clock.length, clock.unit)
    if clock.direction is Direction.BEFORE:
        first = f"{length} before that day, which does not count itself, leave {day_words(ends)} as the latest day."
        return (first, *_left_out(clock, ends - timedelta(days=1), started - timedelta(days=1), holidays))
    if clock.count_from is CountFrom.TRIGGER_DAY:
        how = "That day is day 1"
        if clock.unit is Unit.WORKING_DAYS and not holidays.is_working_day(started):
            how = f"That day is not a working day, so day 1 is {day_words(holidays.nth_from(started, 1))}"
    elif clock.count_from is CountFrom.FIRST_WORKING_DAY_AFTER:
        how = f"Day 1 is the first working day after, {day_words(holidays.nth_after(started, 1))}"
    else:
        how = f"Day 1 is the day after, {day_words(started + timedelta(days=1))}"
    return (
        f"{how}; {length} {'ends' if clock.length == 1 else 'end'} on {day_words(ends)}.",
        *_left_out(clock, started - timedelta(days=1), ends, holidays),
    )


def _left_out(clock: Clock, after: date, until: date, holidays: Holidays) -> tuple[str, ...]:
    if clock.unit is not Unit.WORKING_DAYS:
        return ()
    closed = holidays.closed_between(after, until)
    if not closed:
        return (f"Weekends are left out; no bank holiday in {holidays.words} falls between.",)
    days = ", ".join(day_words(day) for day in closed)
    return (f"Weekends are left out, and the bank holidays in {holidays.words}: {days}.",)


def in_parts_4_and_5(clock: Clock) -> bool:
    """Whether the period stands in Part 4 or Part 5 of SI 2020/4."""
    for citation in clock.citations:
        if citation.instrument == "SI 2020/4":
            for provision in provisions(citation):
                kind, _, number = provision.rpartition(" ")
                if kind == "reg" and number.isdigit() and int(number) in _PARTS_4_AND_5:
                    return True
    return False


@implements(SHORTENING_LAW)
def may_shorten(clock: Clock, nature: Nature) -> Answer[bool]:
    """Whether the parties and the chair may agree to shorten this period.

    Parts 4 and 5 of SI 2020/4 only. Not what lasts for its own sake (a warning, a publication), nor notice owed
    before a day to people who are no party: see the decision record on shortening.
    """
    if not in_parts_4_and_5(clock):
        return Answer(False, SHORTENING_LAW, (f"{clock.id} is not a period in Part 4 or 5 of SI 2020/4.",))
    if nature is Nature.SPAN or clock.direction is Direction.BEFORE or clock.unit is Unit.ASAP:
        why = f"{clock.id} is not a period within which a party must act."
        return Answer(False, SHORTENING_LAW, (why,))
    why = "A period in Parts 4 and 5 may be shortened by agreement of the parties and the chair, in writing."
    return Answer(True, SHORTENING_LAW, (why,))


def _refuse_shortening(clock: Clock, ends: date, agreed: Changed) -> None:
    if not in_parts_4_and_5(clock) or clock.direction is Direction.BEFORE:
        raise NotShortenable(f"{clock.id}: only a period in Parts 4 and 5 of SI 2020/4 may be shortened")
    if agreed.until > ends:
        raise NotShortenable(
            f"{clock.id}: an agreement cannot lengthen; {day_words(agreed.until)} is after {day_words(ends)}"
        )


def _refuse_extension(clock: Clock, ends: date, extended: Changed) -> None:
    if not clock.extendable:
        raise NotExtendable(f"{clock.id}: the law names nobody who may extend it")
    if extended.until < ends:
        raise NotExtendable(f"{clock.id}: {day_words(extended.until)} is before {day_words(ends)}")
