"""What calibration answers with."""

from dataclasses import dataclass
from datetime import date

from peelian.rules.calibration import Drift, Example


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A test case before anybody answered it. `key` names it in a form."""

    key: str
    title: str
    facts: str


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A test case that waits for the viewer's answer. Nothing of anybody else's."""

    ref: str
    title: str
    facts: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ToResolve:
    """A difference that its owner has to discuss and resolve."""

    ref: str
    title: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits for the viewer."""

    to_answer: tuple[ToAnswer, ...] = ()
    to_resolve: tuple[ToResolve, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.to_answer or self.to_resolve)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list. `state`: waiting, agreed, differs or resolved, in words."""

    ref: str
    title: str
    on: date
    due_on: date
    asked: int
    answered: int
    state: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    name: str
    option: str
    standards: tuple[str, ...]
    codes: tuple[str, ...]
    reasons: str
    on: date


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as its owner, or somebody whose answer is locked, sees it. `missing`: names of those who have not
    answered. `resolved`: what it came to, empty while it is open. `may_resolve`: it is the viewer's to resolve."""

    ref: str
    line: RoundLine
    owner: str
    case: Example
    says: str
    standards: tuple[str, ...]
    codes: tuple[str, ...]
    answers: tuple[AnswerRow, ...]
    missing: tuple[str, ...]
    differs: bool
    discuss_by: date | None
    resolved: str
    reasons: str
    follows: str
    resolved_on: date | None
    may_resolve: bool


@dataclass(frozen=True, slots=True)
class DriftReport:
    """Agreement by month and of all; the differences that wait, and how many of them are past their day."""

    rows: tuple[Drift, ...]
    differences: int
    open: int
    overdue: int
