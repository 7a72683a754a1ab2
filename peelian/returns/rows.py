"""What returns answer with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from peelian.rules.facts import Duty, DutyState
from peelian.rules.returns import Quarter, ReturnKind


class Show(StrEnum):
    """Which returns a list shows. The value is its key in an address."""

    OWED = "owed"
    LATE = "late"
    DONE = "done"

    @property
    def words(self) -> str:
        return {Show.OWED: "Owed", Show.LATE: "Late", Show.DONE: "Met or ended"}[self]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A return and its duty. `key` addresses it; `about`: of which quarter or report; `next_words`: what comes next.

    `owner_ref` is empty where nobody owns it yet; `owner` then says so.
    """

    key: str
    kind: ReturnKind
    about: str
    duty: Duty
    owner: str
    owner_ref: str
    is_mine: bool
    next_words: str
    asks_viewer: bool = False  # an answer waits for the viewer's approval
    quarter: Quarter | None = None  # where it is of one

    @property
    def title(self) -> str:
        return f"{self.kind.words}: {self.about}"

    @property
    def state(self) -> str:
        return self.duty.state.value

    @property
    def is_open(self) -> bool:
        return self.duty.state.is_live

    @property
    def is_overdue(self) -> bool:
        return self.duty.state is DutyState.OVERDUE

    @property
    def days_left(self) -> int | None:
        return self.duty.days_left

    @property
    def due_on(self) -> date | None:
        return self.duty.due


@dataclass(frozen=True, slots=True)
class FactRow:
    """`said`: labels and values, in order. `stands`: nothing took its place. `may_undo`: the viewer may say that it
    did not happen."""

    ref: str
    words: str
    on: date
    by: str
    recorded_at: datetime
    said: tuple[tuple[str, str], ...]
    reasons: str
    stands: bool
    withdrawn: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answer to a recommendation as last written. `agreed`: None while nobody with the power has said."""

    ref: str
    accepted: bool
    why: str
    words: str
    on: date
    by: str
    agreed: bool | None = None
    agreed_why: str = ""
    agreed_by: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a super-complaint: one recommendation of it, as it names this force. `tied_ref`: of the
    recommendation kept elsewhere whose words these are, where the viewer may read it."""

    title: str
    number: str
    words: str
    bodies: str
    published_on: date
    asked_by: date | None
    tied_ref: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """Complaints recorded here in a quarter, and allegations in them, of the matters that the viewer may see."""

    complaints: int
    allegations: int


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return whole. `facts`: every one, the last first. `acts`: keys of what the viewer may do now, of
    `returns.acts`; `again`: of what stands and may be recorded again; `before`: its details
    by key, as they were recorded. `logged`: of a quarter alone."""

    line: ReturnLine
    facts: tuple[FactRow, ...]
    acts: tuple[str, ...]
    again: tuple[str, ...]
    logged: Logged | None = None
    report: Report | None = None
    answer: AnswerRow | None = None
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
