"""One run of one clock: its day, its state and its working."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from peelian.rules.facts import Duty, DutyState, EventFact, MatterFacts, PersonOwed
from peelian.rules.limits import (
    Changed,
    NotExtendable,
    NotShortenable,
    ends_at,
    ends_on,
)
from peelian.rules.words import day_words, moment_words
from peelian.statute import BeyondTheTable, Clock, ClockEvents, Holidays, Nature, Register, Unit
from peelian.terms.known_dates import KnownDate


@dataclass(frozen=True, slots=True)
class Run:
    """A start, and what has happened since. `before`: days of the event that saves a matter from the new text."""

    drive: ClockEvents
    start: EventFact
    person: PersonOwed | None
    met: KnownDate | None
    ended: KnownDate | None
    changes: tuple[EventFact, ...]
    before: tuple[KnownDate, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """When a run ends: a day, a moment, neither (`as soon as practicable`), or a reason why it cannot be told."""

    due: date | None
    at: datetime | None
    words: str
    because: tuple[str, ...]
    told: bool = True


def run_duty(law: Register, run: Run, facts: MatterFacts, on: date, at: datetime | None) -> Duty:
    """The duty of a run as it stands on a day."""
    clock = _edition(law, run, by_todays_rules=facts.by_todays_rules)
    if isinstance(clock, str):
        newest = law.editions_of[run.drive.clock][-1]
        return not_started(newest, run.drive, run.start, (clock,), newest.law, run.person)
    day = _day(law, clock, run)
    state, more = _state(run, day, facts, on, at)
    return duty(
        clock,
        run.drive,
        state=state,
        due=day.due,
        due_at=day.at,
        due_words=day.words,
        on=on,
        person=run.person,
        because=day.because + more,
        started_on=run.start.on,
        met_on=run.met,
        by_todays_rules=facts.by_todays_rules,
    )


def duty(
    clock: Clock,
    drive: ClockEvents,
    *,
    state: DutyState,
    due: date | None,
    due_at: datetime | None,
    due_words: str,
    on: date | None,
    person: PersonOwed | None,
    because: tuple[str, ...],
    started_on: KnownDate | None,
    met_on: KnownDate | None = None,
    by_todays_rules: bool = False,
    law: str = "",
) -> Duty:
    """A duty with everything that comes from the clock's own row."""
    if by_todays_rules:
        because = ("Older events replayed by today's rules, which did not govern them.", *because)
    return Duty(
        clock_id=clock.id,
        name=clock.name,
        track=clock.track,
        state=state,
        nature=drive.nature,
        due=due,
        due_at=due_at,
        due_words=due_words,
        days_left=None if due is None or on is None else (due - on).days,
        owed_by=clock.actor,
        capacity=drive.capacity,
        waits_on=drive.waits_on,
        owed_to=clock.owed_to if person is None else person.part.words.lower(),
        person_key="" if person is None else person.key,
        law=law or clock.law,
        unverified=clock.unverified,
        because=because,
        started_on=started_on,
        met_on=met_on,
        by_todays_rules=by_todays_rules,
        local=clock.local,
        on_breach=clock.on_breach,
    )


def not_started(
    clock: Clock,
    drive: ClockEvents,
    start: EventFact,
    because: tuple[str, ...],
    law: str,
    person: PersonOwed | None = None,
) -> Duty:
    """A clock that no law held in the tables starts."""
    return duty(
        clock,
        drive,
        state=DutyState.NOT_STARTED,
        due=None,
        due_at=None,
        due_words="no clock starts",
        on=None,
        person=person,
        because=(*because, "No clock starts."),
        started_on=start.on,
        law=law,
    )


def _edition(law: Register, run: Run, *, by_todays_rules: bool) -> Clock | str:
    """The edition of the clock that governs the run, or why none does."""
    held = law.editions_of[run.drive.clock]
    began = run.start.on.earliest
    first = held[0].in_force_from
    if first is None:
        return f"{held[0].law}: proposed, not law."
    if by_todays_rules:
        return held[-1]
    found = next((one for one in held if one.in_force_on(began)), None)
    if found is None:
        return f"It started on {day_words(began)}; the tables hold this clock from {day_words(first)}."
    if any(day.latest < first for day in run.before):
        return held[0].saving
    return found


def _day(law: Register, clock: Clock, run: Run) -> _Day:
    start = run.start.on
    if clock.unit is Unit.ASAP:
        began = f"{clock.trigger}: {start.words}."
        why = "The law gives no number of days: as soon as practicable."
        return _Day(None, None, clock.unit.words, (began, why))
    if not start.is_exact:
        why = f"{clock.trigger}: {start.words}. Without the day no last day can be told."
        return _Day(None, None, "the starting day is not known", (why,), told=False)
    if clock.unit is Unit.HOURS:
        if run.start.at is None:
            why = f"{clock.trigger}: {start.words}. Without the hour no moment can be told."
            return _Day(None, None, "the starting hour is not known", (why,), told=False)
        moment = ends_at(clock, run.start.at)
        return _Day(moment.value.date(), moment.value, moment_words(moment.value), moment.because)
    holidays, began_on = law.holidays_for(clock), start.earliest
    if not run.changes:
        return _plain(clock, began_on, holidays)
    agreed, extended = _changes(run)
    notes: tuple[str, ...] = ()
    try:
        try:
            answer = ends_on(clock, began_on, holidays, agreed=agreed, extended=extended)
        except (NotShortenable, NotExtendable) as refused:
            answer = ends_on(clock, began_on, holidays)
            notes = (f"A change of the period is recorded but cannot count. {refused}.",)
    except BeyondTheTable as beyond:
        return _Day(None, None, "outside the table of bank holidays", (f"{beyond}.",), told=False)
    assert answer.value is not None  # asap was answered above
    return _Day(answer.value, None, day_words(answer.value), answer.because + notes)


@lru_cache(maxsize=16_384)
def _plain(clock: Clock, began_on: date, holidays: Holidays) -> _Day:
    """A day without any change by agreement: the same for every matter on which this clock starts that day."""
    try:
        answer = ends_on(clock, began_on, holidays)
    except BeyondTheTable as beyond:
        return _Day(None, None, "outside the table of bank holidays", (f"{beyond}.",), told=False)
    assert answer.value is not None  # asap was answered by the caller
    return _Day(answer.value, None, day_words(answer.value), answer.because)


def _changes(run: Run) -> tuple[Changed | None, Changed | None]:
    """The last shortening and the last extension recorded."""
    found: dict[str, Changed] = {}
    for event in run.changes:
        if event.until is not None:
            found[event.key] = Changed(event.until, event.who or "somebody not recorded", event.on.earliest)
    return found.get("period_shortened"), found.get("period_extended")


def _state(run: Run, day: _Day, facts: MatterFacts, on: date, at: datetime | None) -> tuple[DutyState, tuple[str, ...]]:
    if run.met is not None and run.drive.nature is not Nature.SPAN:
        return _met(run.met, run.drive.nature, day)
    if (stopped := _stopped(run, facts, on)) is not None:
        when, why = stopped
        late = day.due is not None and day.due < when
        return DutyState.STOPPED, (why, f"It was overdue since {day.words}." if late else "Nothing is owed now.")
    if not day.told:
        return DutyState.NO_DATE, ()
    return _running(run, day, on, at)


def _met(met: KnownDate, nature: Nature, day: _Day) -> tuple[DutyState, tuple[str, ...]]:
    if day.due is None:
        return DutyState.MET, (f"Done {_when(met)}.",)
    if nature is Nature.EARLIEST:
        if met.latest < day.due:
            return DutyState.TOO_EARLY, (f"Done {_when(met)}, before the first day allowed.",)
        return DutyState.MET, (f"Done {_when(met)}.",)
    if met.latest <= day.due:
        return DutyState.MET, (f"Done {_when(met)}, in time.",)
    if met.earliest > day.due:
        return DutyState.MET_LATE, (f"Done {_when(met)}, after {day.words}.",)
    return DutyState.MET, (f"Done {_when(met)}: whether in time is not known.",)


def _when(known: KnownDate) -> str:
    return f"on {day_words(known.earliest)}" if known.is_exact else f"in {known.words}"


def _stopped(run: Run, facts: MatterFacts, on: date) -> tuple[date, str] | None:
    if run.ended is not None and run.ended.earliest <= on:
        return run.ended.earliest, f"What it hung on ended {_when(run.ended)}."
    closed = facts.closed_on
    if run.drive.stops_when_closed and closed is not None and closed <= on:
        return closed, f"The matter was closed on {day_words(closed)}."
    return None


def _running(run: Run, day: _Day, on: date, at: datetime | None) -> tuple[DutyState, tuple[str, ...]]:
    nature = run.drive.nature
    if day.due is None:
        age = (on - run.start.on.earliest).days
        since = "1 day has" if age == 1 else f"{age} days have"
        return (DutyState.WAITING if run.drive.waits_on else DutyState.OPEN), (f"{since} passed since it started.",)
    past = on > day.due
    if day.at is not None and at is not None:
        past = at > day.at
    if nature is Nature.SPAN:
        return (DutyState.ENDED if past else DutyState.RUNNING), ()
    if nature is Nature.WINDOW:
        return (DutyState.ENDED if past else DutyState.WAITING), ()
    if nature is Nature.EARLIEST:
        return (DutyState.ENDED if on >= day.due else DutyState.WAITING), ("Nothing may happen before that day.",)
    if past:
        return DutyState.OVERDUE, ()
    return (DutyState.WAITING if run.drive.waits_on else DutyState.OPEN), ()
