"""What goes out of this room of withdrawals, declarations, convictions and independent readings."""

from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.matters.rows import MatterLine
from peelian.people.rows import PersonLine
from peelian.rules.disclosure import Ground
from peelian.statute import Row
from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import Refusal


@dataclass(frozen=True, slots=True)
class StepRow:
    """One act of a withdrawal that was done. `withheld`: what was kept back from the person, and why.

    `grounds`: of the harm test, each with its law.
    """

    row: Row
    on: date
    by: str
    words: str
    withheld: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowRow:
    """The time for the reply or the appeal. `until`: its last day; `because`: how it was counted."""

    clock: str
    what: str
    until: date | None
    is_over: bool
    because: tuple[str, ...]
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class NextRow:
    """An act that could come next, and why this viewer cannot do it today where they cannot."""

    row: Row
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """What followed a refusal, and what can come next. `opened`: the application in which it is decided afresh."""

    steps: tuple[StepRow, ...]
    nexts: tuple[NextRow, ...]
    opened: str


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """One withdrawal, whole. `warnings`: that the Regulations did not govern, or do not govern this person."""

    ref: str
    person: PersonLine
    clearance_ref: str
    level: str
    application_ref: str
    on: date
    steps: tuple[StepRow, ...]
    windows: tuple[WindowRow, ...]
    warnings: tuple[Row, ...]
    nexts: tuple[NextRow, ...]
    has_ended: bool

    @property
    def stage(self) -> str:
        return self.steps[-1].row.title


@dataclass(frozen=True, slots=True)
class AnswerRow:
    outcome: str
    words: str
    review_on: date | None
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """A declaration with what was decided on it, the last first. `late_days`: between when it arose and was said.

    `outcomes`: what can be decided on one of this kind, key and words. `clock`: the limit within which it had to be
    told, in words; empty where none governed.
    """

    ref: str
    person: PersonLine
    kind: str
    label: str
    about: str
    words: str
    by_self: bool
    arose_on: date
    on: date
    late_days: int
    law: str
    unverified: bool
    answers: tuple[AnswerRow, ...]
    outcomes: tuple[tuple[str, str], ...]
    clock: str = ""
    clock_words: str = ""

    @property
    def stands(self) -> str:
        return self.answers[0].outcome if self.answers else "Not decided yet"


@dataclass(frozen=True, slots=True)
class ConvictionRow:
    """A conviction or caution. Category and whether it was committed while serving are two fields."""

    ref: str
    person: PersonLine
    category: str
    disposal: str
    while_serving: bool
    committed: KnownDate | None
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Simulation:
    """Who a rule would affect; nothing is changed. `by_category`: words, convictions, of them while serving.

    People who left are left out. `convictions` and `people` are counted apart: somebody may have more than one.
    `example`: parts of a review as it was published; `not_added`: why they are not added up.
    """

    rule: Row
    rules: tuple[Row, ...]
    held: int
    holders: int
    convictions: int
    people: int
    by_category: tuple[tuple[str, int, int], ...]
    rows: tuple[ConvictionRow, ...]
    example: tuple[Row, ...] = ()
    not_added: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What somebody was asked to read for those who decide on an application. `deciders`: their names."""

    ref: str
    application_ref: str
    person: PersonLine
    deciders: tuple[str, ...]
    asked_at: datetime
    answered_on: date | None
    shared: bool
    matters: tuple[MatterLine, ...]
    id: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What somebody answered about themselves. `yes`: the questions answered yes; `no`: how many were answered no."""

    on: date
    yes: tuple[str, ...]
    no: int
    words: str


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What somebody declared themselves. `decided`: of a business interest, what was decided; of the rest nothing.

    `may_appeal`: it is a decision from which an appeal lies to the chief officer, and none was made.
    """

    ref: str
    label: str
    about: str
    words: str
    arose_on: date
    on: date
    decided: str
    may_appeal: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """All that somebody declared of themselves. `is_known`: whether the account is that of somebody in the register."""

    is_known: bool
    declarations: tuple[OwnRow, ...]
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Where the clearance of somebody stands, as their manager sees it. `work`: their post; `enough`: for it, today.

    `stands`: in words; `review_due`: of the annual review, `reviewed_on`: the last one. `stated_on`: their last annual
    statement. `told`: what the manager must know of a control, in the words made for managers, and when the control is
    looked at again. `clearance_ref`: what an annual review is recorded on; empty where none is in force.
    """

    ref: str = field(repr=False)
    name: str
    rank: str
    unit: str
    work: str
    enough: bool
    stands: str
    level: str
    expires_on: date | None
    review_due: date | None
    review_is_late: bool
    stated_on: date | None
    told: tuple[tuple[str, date], ...]
    review_is_near: bool = False
    reviewed_on: date | None = None
    clearance_ref: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Staff:
    """Those whom somebody manages today. `is_known`: whether the account is that of somebody in the register."""

    is_known: bool
    rows: tuple[StaffRow, ...]

    @property
    def not_cleared(self) -> int:
        return sum(not one.enough for one in self.rows)

    @property
    def late(self) -> int:
        return sum(one.review_is_late for one in self.rows)

    @property
    def near(self) -> int:
        """How many annual reviews fall due within a month and are not overdue."""
        return sum(one.review_is_near and not one.review_is_late for one in self.rows)
