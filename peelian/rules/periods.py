"""Timeliness reports: a first period of twelve months, then periods of six, for as long as the investigation is open.

A report is owed as soon as practicable after a period ends (SI 2020/2 reg 13, SI 2020/4 reg 19). Each report meets
the earliest period that had ended by its day and was not yet met; where none had, the period it falls in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.rules.facts import Duty, DutyState, EventFact
from peelian.rules.limits import period_end
from peelian.rules.runs import duty, not_started
from peelian.rules.words import count_words, day_words
from peelian.statute import Clock, ClockEvents, Register
from peelian.terms.known_dates import KnownDate


@dataclass(frozen=True, slots=True)
class Period:
    """One relevant period, both days included."""

    clock: Clock
    first: date
    last: date


def period_duties(
    law: Register,
    drive: ClockEvents,
    *,
    on: date,
    anchor: KnownDate,
    reports: Sequence[EventFact],
    opened: Sequence[KnownDate],
    ended: KnownDate | None,
    closed_on: date | None,
    by_todays_rules: bool,
) -> list[Duty]:
    """The duties of one clock of the pair: the first period, or (where the drive follows another) the later ones.

    `anchor`: the day the matter came to attention. `opened`, `ended`: when an investigation started and ended.
    """
    first_id, later_id = _pair(law, drive)
    clock = law.editions_of[drive.clock][-1]
    start = EventFact(drive.starts[0], anchor)
    if not anchor.is_exact:
        if drive.follows:
            return []
        why = f"{clock.trigger}: {anchor.words}. Without the day no period can be told."
        return [
            duty(
                clock,
                drive,
                state=DutyState.NO_DATE,
                due=None,
                due_at=None,
                due_words="the starting day is not known",
                on=on,
                person=None,
                because=(why,),
                started_on=anchor,
                by_todays_rules=by_todays_rules,
            )
        ]
    ends = [day for day in (ended.earliest if ended else None, closed_on) if day is not None and day <= on]
    stopped = min(ends) if ends else None
    first = law.editions_of[first_id][-1 if by_todays_rules else 0]
    if not by_todays_rules and (first.in_force_from is None or anchor.earliest < first.in_force_from):
        return [] if drive.follows else [not_started(clock, drive, start, (), clock.law)]
    begun = min(day.earliest for day in opened)
    found = periods(law, first_id, later_id, anchor.earliest, min(on, stopped or on))
    met = _reported(found, sorted(report.on.earliest for report in reports))
    mine = found[1:] if drive.follows else found[:1]
    return [
        _one(drive, period, met.get(period.first), on, stopped, by_todays_rules)
        for period in mine
        if begun <= period.last
    ]


def periods(law: Register, first_id: str, later_id: str, anchor: date, until: date) -> list[Period]:
    """The relevant periods that have begun by `until`, oldest first."""
    clock = _in_force(law, first_id, anchor)
    found = [Period(clock, anchor, period_end(anchor, clock.length))]
    while (begins := found[-1].last + timedelta(days=1)) <= until:
        clock = _in_force(law, later_id, begins)
        found.append(Period(clock, begins, period_end(begins, clock.length)))
    return found


def _in_force(law: Register, clock_id: str, day: date) -> Clock:
    held = law.editions_of[clock_id]
    return next((one for one in held if one.in_force_on(day)), held[-1])


def _pair(law: Register, drive: ClockEvents) -> tuple[str, str]:
    if drive.follows:
        return drive.follows, drive.clock
    later = next(one.clock for one in law.drives.values() if one.follows == drive.clock)
    return drive.clock, later


def _reported(found: list[Period], reports: list[date]) -> dict[date, date]:
    """From the first day of a period to the day its report was sent."""
    met: dict[date, date] = {}
    for report in reports:
        waiting = [one for one in found if one.first not in met and one.first <= report]
        over = next((one for one in waiting if one.last < report), None)
        if chosen := over or (waiting[-1] if waiting else None):
            met[chosen.first] = report
    return met


def _one(
    drive: ClockEvents, period: Period, met: date | None, on: date, stopped: date | None, by_todays_rules: bool
) -> Duty:
    clock = period.clock
    length = count_words(clock.length, clock.unit)
    because = [
        f"The period of {length} begins with {day_words(period.first)} and ends on {day_words(period.last)}.",
        "The report is owed as soon as practicable after the period ends.",
    ]
    if met is not None:
        state = DutyState.MET
        because.append(f"Reported on {day_words(met)}.")
    elif stopped is not None and stopped <= period.last:
        state = DutyState.STOPPED
        because.append(f"The investigation was over by {day_words(stopped)}, so no report is owed for this period.")
    elif on > period.last:
        state = DutyState.OVERDUE
    else:
        state = DutyState.OPEN
    return duty(
        clock,
        drive,
        state=state,
        due=period.last,
        due_at=None,
        due_words=day_words(period.last),
        on=on,
        person=None,
        because=tuple(because),
        started_on=KnownDate(period.first),
        met_on=None if met is None else KnownDate(met),
        by_todays_rules=by_todays_rules,
    )
