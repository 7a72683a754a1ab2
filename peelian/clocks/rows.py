"""What leaves this room: duties, events, and the entries of a chronology."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from peelian.rules.facts import DutyState
from peelian.terms.known_dates import KnownDate
from peelian.terms.pages import Page


@dataclass(frozen=True, slots=True)
class EventRow:
    """A dated fact of a matter. `ref` addresses it for a correction. `person`: whom it concerns."""

    ref: str
    key: str
    title: str
    on: KnownDate
    at: datetime | None
    person: str
    note: str
    recorded_at: datetime
    recorded_by: str
    agreed_on: date | None = None
    agreed_words: str = ""
    corrected: bool = False  # a later event stands in its place
    withdrawn: bool = False  # it did not happen


@dataclass(frozen=True, slots=True)
class RecordableEvent:
    """An event that can be recorded on a matter now. `each_person`: it is recorded for one person at a time;
    `has_time`: its clock counts hours; `may_be_ahead`: a day fixed beforehand; `people`: keys and names to choose."""

    key: str
    title: str
    each_person: bool
    has_time: bool
    people: tuple[tuple[str, str], ...]
    may_be_ahead: bool = False
    law: str = ""


NOBODY = "nobody"
SOON = 7  # days from today within which a duty is due soon; a choice of ours, no law


class WorkGroup(StrEnum):
    """How urgent a duty is, in the order of a page. The value is its key in an address."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    PROMPTLY = "promptly"
    WAITING = "waiting"
    QUIET = "quiet"

    @property
    def words(self) -> str:
        return _GROUP_WORDS[self]

    @property
    def place(self) -> int:
        return _PLACES[self]


_GROUP_WORDS = {
    WorkGroup.OVERDUE: "Overdue",
    WorkGroup.SOON: f"Due in the next {SOON} days",
    WorkGroup.LATER: "Due later",
    WorkGroup.PROMPTLY: "As soon as practicable",
    WorkGroup.WAITING: "Waiting on somebody else",
    WorkGroup.QUIET: "Running, with nothing to do yet",
}
_PLACES = {group: number for number, group in enumerate(WorkGroup)}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of one matter on one day.

    `person`: to whom or about whom, as the viewer may know them (empty where not owed to each). `due_on` is None where
    the law sets no number; `due_at` only for clocks counted in hours. `owed_to` are the words of the law. `owner` is
    one user; `owner_is_nobody` where none holds the place, and `owner` then names the unit that must allocate.
    `because`: the working, in words, in order.
    """

    clock: str
    name: str
    matter_ref: str
    matter_heading: str
    person: str
    due_on: date | None
    due_at: datetime | None
    due_words: str
    days_left: int | None  # to `due_on`, negative when past
    state: str  # a value of `rules.facts.DutyState`
    nature: str  # duty, window, earliest, span, period: see `statute.Nature`
    is_open: bool  # still owed, waited for or running
    is_overdue: bool
    waits_on: str  # who outside the force must act; empty where the force owes it
    owed_by: str
    owed_to: str
    provision: str
    unverified: bool
    by_todays_rules: bool
    on_breach: str
    because: tuple[str, ...]
    owner: str
    owner_is_nobody: bool
    is_mine: bool
    owner_ref: str = ""  # of the user; empty for nobody

    @property
    def group(self) -> WorkGroup:
        """Where it stands on a board."""
        if self.is_overdue:
            return WorkGroup.OVERDUE
        if self.waits_on:
            return WorkGroup.WAITING
        if not DutyState(self.state).is_owed:
            return WorkGroup.QUIET
        if self.days_left is None:
            return WorkGroup.PROMPTLY
        return WorkGroup.SOON if self.days_left <= SOON else WorkGroup.LATER


@dataclass(frozen=True, slots=True)
class MatterDuties:
    """What is owed on a matter. `notes`: what the law says of the whole (no clock starts before 1 February 2020, a
    history without dates, by today's rules), each a sentence with its citation."""

    open: tuple[DutyRow, ...]
    done: tuple[DutyRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkFilters:
    """`overdue_only`; `until_on`: due before that day; `clock`: one clock's id; `unit_ref`: matters of one unit;
    `owner_ref`: duties of one user, or NOBODY; `group`: one group of a board."""

    overdue_only: bool = False
    until_on: date | None = None
    clock: str = ""
    unit_ref: str = ""
    owner_ref: str = ""
    group: WorkGroup | None = None


@dataclass(frozen=True, slots=True)
class OwnerCount:
    """How many duties somebody owns, and how many of them are overdue. `ref` is NOBODY for nobody."""

    ref: str
    words: str
    duties: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Board:
    """Work laid out for a page. `found`: the rows of the page in order. `groups`: what stands in each, with nothing
    narrowed but the unit; `owners` and `clocks` likewise, for the choices of a filter: a key and words each."""

    found: Page[DutyRow]
    groups: tuple[tuple[WorkGroup, int], ...]
    owners: tuple[OwnerCount, ...]
    clocks: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        """Duties with nothing narrowed but the unit."""
        return sum(count for _, count in self.groups)


@dataclass(frozen=True, slots=True)
class ChronologyEntry:
    """One thing in a person's life in the force. `kind`: matter, allegation, event, posting, rank, restriction,
    accreditation, record (of a crime or incident), closed (a matter), joined or left. `until`: the end of a span, not
    included. `matter_ref`: the matter to open; `pair_ref`: the record beside the person. `force`: whose matter it is,
    where not this force's. `end_unknown`: it may have ended, nobody knows."""

    on: KnownDate | None
    until: date | None
    kind: str
    title: str
    words: str
    matter_ref: str = ""
    force: str = ""
    end_unknown: bool = False
    pair_ref: str = ""


@dataclass(frozen=True, slots=True)
class Chronology:
    """Dated entries, oldest first, and those whose day nobody knows.

    `matters`: in how many they play a part. `records`: how many records of crimes and incidents
    stand with them, and `unjudged`: of those, how many nobody has judged to be theirs.
    """

    dated: tuple[ChronologyEntry, ...]
    undated: tuple[ChronologyEntry, ...]
    matters: int = 0
    records: int = 0
    unjudged: int = 0

    @property
    def pattern(self) -> int:
        """The pattern count: matters, and records that count beside them (LES-03)."""
        return self.matters + self.records
