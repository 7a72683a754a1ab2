"""What goes in and out of this room: drafts of lines of enquiry; lines as pages, tasks and decisions show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from peelian.terms.investigations import LineState, Priority
from peelian.walls.rows import UserRow


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What is to be found out, and why. `allegation`: a number; `person_key`: of somebody on the matter; `source`: a
    document, place or recording. One of the three may say what the line serves; none has to."""

    what: str
    why: str
    owner_ref: str
    due_on: date | None
    priority: Priority = Priority.NORMAL
    allegation: int | None = None
    person_key: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of enquiry. `serves`: the allegation, person and source that it serves, in words. `is_overdue`: open
    after its day. `came_from`: what handed it over; empty for a line added on the matter."""

    matter_ref: str
    number: int
    what: str
    why: str
    serves: tuple[str, ...]
    came_from: str
    priority: Priority
    state: LineState
    owner: UserRow
    due_on: date
    added_on: date
    ended_on: date | None
    result: str
    version: int
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        return self.state is LineState.OPEN


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a line: what differed, in words, and why."""

    differed: tuple[tuple[str, str, str], ...]  # what, before, after
    words: str
    on: date
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line with all its changes, oldest first. `may_change`, `may_end`: by this viewer."""

    row: LineRow
    added_by: str
    changes: tuple[ChangeRow, ...]
    may_change: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a matter: open first, by day. `may_add`: by this viewer, now."""

    ref: str
    heading: str
    rows: tuple[LineRow, ...]
    may_add: bool

    @property
    def open(self) -> tuple[LineRow, ...]:
        return tuple(row for row in self.rows if row.is_open)

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue for row in self.rows)


@dataclass(frozen=True, slots=True)
class MyLine:
    """A line that the viewer owns, on one line of My work."""

    matter_ref: str
    heading: str
    number: int
    what: str
    priority: Priority
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form of a line may choose from. `owners`: who may be given one; `allegations` and `people`: key, words."""

    owners: tuple[UserRow, ...]
    allegations: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


Cited = Mapping[str, object]  # a line as a decision keeps it: number, what, owner, due_on, state, result
