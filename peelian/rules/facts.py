"""The frozen facts that rules work on. Dates are the days things happened, never when they were typed in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from peelian.statute import Nature
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, Part
from peelian.terms.people import PersonKind


@dataclass(frozen=True, slots=True)
class EventFact:
    """One dated fact, recorded: `key` is a key of `events.toml`.

    `at`: the moment, where the hour counts. `person_key`: for whom it was done, where it is owed to each.
    `clock_id`, `until`, `who`: for `period_shortened` and `period_extended` alone: which clock, to which day, and
    who agreed or decided.
    """

    key: str
    on: KnownDate
    at: datetime | None = None
    person_key: str = ""
    clock_id: str = ""
    until: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class PersonOwed:
    """Somebody on the matter to whom, or about whom, things are owed. `key` is opaque; `kind` None: not known."""

    key: str
    part: Part
    kind: PersonKind | None = None


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What rules may know of a matter. `kind` is None for the force as a whole (its own returns and bulletins).

    `events`: in the order they were recorded. `earlier`: when an earlier matter about the same thing, still being
    handled, came to attention. `by_todays_rules`: replay older events under today's law, labelled so.
    """

    kind: MatterKind | None
    came_to_attention: KnownDate | None
    closed_on: date | None = None
    events: tuple[EventFact, ...] = ()
    people_owed: tuple[PersonOwed, ...] = ()
    earlier: KnownDate | None = None
    by_todays_rules: bool = False


class DutyState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met late"
    TOO_EARLY = "too early"  # done before the first day the law allows
    WAITING = "waiting"  # on somebody outside, or for a day to come
    RUNNING = "running"  # something that lasts, such as a warning
    ENDED = "ended"  # the window or the span is over
    STOPPED = "stopped"  # the matter closed, or what it hung on ended
    NOT_STARTED = "not started"  # no law held in the tables starts it
    NO_DATE = "no date"  # it runs, but the facts or the tables do not give a day

    @property
    def words(self) -> str:
        return self.value.capitalize()

    @property
    def is_owed(self) -> bool:
        """Somebody inside the force still has something to do."""
        return self in _OWED

    @property
    def is_live(self) -> bool:
        """Still to be watched: owed, waited for, or running."""
        return self in _LIVE


_OWED = frozenset({DutyState.OPEN, DutyState.OVERDUE, DutyState.NO_DATE})
_LIVE = _OWED | {DutyState.WAITING, DutyState.RUNNING}


@dataclass(frozen=True, slots=True)
class Duty:
    """One run of one clock on one matter, for one person where it is owed to each.

    `due`: the last day, London; None where the law gives no number or the facts no day. `due_at`: the moment, for
    a clock in hours. `due_words`: for a person. `days_left`: to `due`, negative when past. `capacity`: the place
    inside the force that owes it, or watches it where `waits_on` names an outsider. `because`: the working.
    """

    clock_id: str
    name: str
    track: str
    state: DutyState
    nature: Nature
    due: date | None
    due_at: datetime | None
    due_words: str
    days_left: int | None
    owed_by: str
    capacity: Capacity
    waits_on: str
    owed_to: str
    person_key: str
    law: str
    unverified: bool
    because: tuple[str, ...]
    started_on: KnownDate | None = None
    met_on: KnownDate | None = None
    by_todays_rules: bool = False
    local: bool = False
    on_breach: str = field(default="", repr=False)
