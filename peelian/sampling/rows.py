"""What goes out of this room: what waits for one person, a blind page, two decisions side by side, figures."""

from dataclasses import dataclass, field
from datetime import date

from peelian.decisions.rows import Asking, DecisionRow
from peelian.matters.rows import MatterLine, MatterRow
from peelian.rules.agreement import Agreement


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the viewer. `what`: in words; `page`: the name of the page on which it is done."""

    ref: str
    matter_ref: str
    what: str
    page: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """`blind`: decisions to take again. `differ`: two that differ, to be looked at. `reviews`: of investigations, drawn
    by lot or due by rule within a week."""

    blind: tuple[Task, ...] = ()
    differ: tuple[Task, ...] = ()
    reviews: tuple[Task, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.blind or self.differ or self.reviews)


@dataclass(frozen=True, slots=True)
class ThingThen:
    """An exhibit, by its mark, or a file, by its name, that was there when the first decision was recorded."""

    name: str
    words: str
    sort: str
    on: date


@dataclass(frozen=True, slots=True)
class Blind:
    """What somebody reads who decides again. `known`: other matters of the people concerned that they may see.
    `before`: decisions that had been taken when the first was, without it and without any other at the same step.
    `evidence`: what the matter held when the first was recorded; nothing of what became of it since."""

    ref: str
    due_on: date
    matter: MatterRow
    asking: Asking
    known: tuple[MatterLine, ...]
    before: tuple[DecisionRow, ...]
    evidence: tuple[ThingThen, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two decisions side by side. `may_look`: the viewer says what is made of the difference."""

    ref: str
    matter_ref: str
    step: str
    person: str
    first: str
    second: str
    second_reasons: str
    second_by: str
    second_on: date
    first_row: DecisionRow
    agrees: bool
    was_blind: bool
    looked: str
    looked_by: str
    may_look: bool


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw in figures, of what the viewer may see. `drawn` = `answered` + `waiting` + `missing`; `late`: of those
    waiting. `missing`: nobody independent was found, or who was asked declined. `not_blind`: of those answered, left
    out of the agreement. `differ`, `looked`: answers that differ, and how many of these were looked at."""

    ref: str
    sample: str
    title: str
    month: date
    seed: str
    share: int
    law: str
    on: date
    drawn: int
    answered: int
    waiting: int
    missing: int
    late: int
    not_blind: int
    differ: int
    looked: int
    agreement: Agreement | None
    pairs: tuple[tuple[str, str], ...] = field(repr=False, default=())

    @property
    def share_missing(self) -> float | None:
        """Of those drawn, how many do not count: waiting, missing or not blind."""
        return (self.drawn - self.answered + self.not_blind) / self.drawn if self.drawn else None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An open investigation and its next review. `drawn_by`: by which day, where it was drawn by lot and not yet
    reviewed since. `owner`: in words."""

    matter_ref: str
    heading: str
    since_on: date
    reviewed_on: date | None
    due_on: date
    drawn_by: date | None
    owner: str
    is_mine: bool
    is_overdue: bool

    @property
    def next_on(self) -> date:
        return min(self.due_on, self.drawn_by) if self.drawn_by else self.due_on
