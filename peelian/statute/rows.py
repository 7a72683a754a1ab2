"""The shapes of a row of law. All frozen; dates are days in London; spans exclude their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from peelian.terms.matters import Capacity, Part
from peelian.terms.people import PersonKind

_TITLES = (
    *("label", "title", "test", "rule", "text", "summary", "composition", "question", "definition"),
    *("kind", "how", "missing"),
)


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"
    ASAP = "asap"

    @property
    def words(self) -> str:
        return "as soon as practicable" if self is Unit.ASAP else self.value.replace("_", " ")


class CountFrom(StrEnum):
    """Which day is day 1."""

    FIRST_WORKING_DAY_AFTER = "first_working_day_after"
    DAY_AFTER = "day_after"
    TRIGGER_DAY = "trigger_day"
    NONE = "none"

    @property
    def words(self) -> str:
        return {
            CountFrom.FIRST_WORKING_DAY_AFTER: "the first working day after the trigger is day 1",
            CountFrom.DAY_AFTER: "the day after the trigger is day 1",
            CountFrom.TRIGGER_DAY: "the trigger day itself is day 1",
            CountFrom.NONE: "no day is counted from",
        }[self]


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


class Force(StrEnum):
    STATUTE = "statute"
    GUIDANCE = "guidance"
    PRACTICE = "practice"


class Status(StrEnum):
    LIVE = "live"
    SUPERSEDED = "superseded"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision of one instrument: `Citation("SI 2020/2", "reg 34(2)(a)(i)")`. `provision` may be empty."""

    instrument: str
    provision: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument that rows may cite. `in_force_from` is None for a bill. `reaches`: the kinds of worker to whom it
    applies; empty where it applies to all."""

    key: str
    title: str
    kind: str
    in_force_from: date | None
    url: str
    forms: tuple[str, ...]
    provisions: tuple[str, ...]
    reaches: tuple[PersonKind, ...]
    seen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """One edition of a time limit, as `clocks.toml` writes it. Compared by identity: one row, one object.

    `in_force_from` is None only where `status` is proposed. `in_force_to` is not included. `saving` says which
    matters stay under the text before. `local` marks an edition made by a force's own override.
    """

    id: str
    track: str
    name: str
    status: Status
    trigger: str
    length: int
    unit: Unit
    count_from: CountFrom
    direction: Direction
    repeat: int | None
    repeat_unit: Unit | None
    actor: str
    owed_to: str
    law: str
    citations: tuple[Citation, ...]
    force: Force
    on_breach: str
    extendable: str
    evidence: str
    seen: bool
    note: str
    source_url: str
    support_url: str
    checked_on: date | None
    checked_by: str
    in_force_from: date | None
    in_force_to: date | None
    saving: str
    local: bool = False

    @property
    def unverified(self) -> bool:
        """True where nobody has yet read the number in the text of the law."""
        return not self.seen

    @property
    def length_words(self) -> str:
        """`28 calendar days`, `5 working days before`, `12 months, then every 6 months`, `as soon as practicable`."""
        if self.unit is Unit.ASAP:
            return self.unit.words
        words = f"{self.length} {unit_words(self.unit, self.length)}"
        if self.direction is Direction.BEFORE:
            words += " before"
        if self.repeat:
            words += f", then every {self.repeat} {unit_words(self.repeat_unit or self.unit, self.repeat)}"
        return words

    def in_force_on(self, day: date) -> bool:
        if self.in_force_from is None or day < self.in_force_from:
            return False
        return self.in_force_to is None or day < self.in_force_to


def unit_words(unit: Unit, count: int) -> str:
    """The unit for this count: one is singular."""
    return unit.words[:-1] if count == 1 else unit.words


@dataclass(frozen=True, slots=True)
class Row:
    """A row of any other table: a kind, a standard, an outcome, a category.

    `fields` holds every field as the table writes it; `row["label"]` reads one. `inherited` says that law or first
    day come from the table's `[meta]`.
    """

    table: str
    section: str
    key: str
    law: str
    citations: tuple[Citation, ...]
    in_force_from: date | None
    in_force_to: date | None
    saving: str
    evidence: str
    seen: bool
    source_url: str
    checked_on: date | None
    inherited: bool
    fields: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.fields.get(name, default)

    @property
    def unverified(self) -> bool:
        return not self.seen

    @property
    def title(self) -> str:
        """The best words of the row for a person."""
        for name in _TITLES:
            if name in self.fields:
                return str(self.fields[name])
        return self.key

    def in_force_on(self, day: date) -> bool:
        if self.in_force_from is not None and day < self.in_force_from:
            return False
        return self.in_force_to is None or day < self.in_force_to


class Nature(StrEnum):
    """What the end of a clock means."""

    DUTY = "duty"  # somebody must act by then
    WINDOW = "window"  # somebody outside may act until then
    EARLIEST = "earliest"  # nothing may happen before then
    SPAN = "span"  # something lasts until then
    PERIOD = "period"  # a report is owed as soon as practicable after then


class Runs(StrEnum):
    """Which of several starting events a clock runs from."""

    FIRST = "first"
    EACH = "each"
    LATEST = "latest"  # the one recorded last: a date fixed again replaces the one before
    CHAIN = "chain"  # each event closes the run before it and opens the next


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of dated fact. `kinds`: keys of matter kinds, or `any`, or `force` for the force as a whole."""

    key: str
    words: str
    law: str
    kinds: tuple[str, ...]
    needs_person: bool
    needs_moment: bool
    may_be_ahead: bool  # a day that is fixed beforehand, such as the first day of a hearing
    decided: bool = False  # only a decision records it


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What a clock rests on where its law does not reach whoever is concerned: `workers`, kinds of person."""

    workers: tuple[PersonKind, ...]
    law: str
    says: str


@dataclass(frozen=True, slots=True)
class ClockEvents:
    """How events drive one clock.

    `capacity`: the place inside the force that owes it or watches it. `waits_on`: empty where the force owes
    it, else who outside does. `needs`: one of these must have happened too. `not_if`: ruled
    out once one of these is recorded. `unless_before`: the clock does not
    start where this event came before the first day of its law. `follows`: the clock whose periods it carries on.
    `released_by`: after one of these for a person nothing more is owed to that person, until one of `owed_again_by`.
    `starts_for_all`: a start recorded for one person (an officer's hearing) starts it for everyone it is owed to.
    `scheme`: whether it belongs to the 2020 scheme, which governs by the day a matter came to attention.
    `raised_to`: keys of the roles to whose work it is raised once it is overdue. `otherwise`: what is cited where
    everybody concerned is somebody whom the clock's law does not reach.
    """

    clock: str
    starts: tuple[str, ...]
    met_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    released_by: tuple[str, ...]
    owed_again_by: tuple[str, ...]
    reset_by: tuple[str, ...]
    needs: tuple[str, ...]
    not_if: tuple[str, ...]
    unless_before: str
    per_person: bool
    starts_for_all: bool
    owed_parts: tuple[Part, ...]
    nature: Nature
    runs: Runs
    capacity: Capacity
    waits_on: str
    kinds: tuple[str, ...]
    stops_when_closed: bool
    follows: str
    scheme: bool
    raised_to: tuple[str, ...] = ()
    otherwise: Otherwise | None = None


@dataclass(frozen=True, slots=True)
class SchemeEdition:
    """An edition of the conduct and complaints scheme. `held`: whether these tables hold its clocks."""

    key: str
    title: str
    in_force_from: date
    in_force_to: date | None
    law: str
    turns_on: str
    saving: str
    seen: bool
    held: bool
