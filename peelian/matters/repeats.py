"""What leaves this room of what governed a matter before, and of earlier matters that are to be read together."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peelian.people.rows import PersonLine
from peelian.terms.matters import MatterKind
from peelian.terms.pages import Page


@dataclass(frozen=True, slots=True)
class KindChangeRow:
    """That what governs a matter changed, by which decision."""

    was: MatterKind
    now: MatterKind
    ground: str
    law: str
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class JointReviewRow:
    """That an earlier matter is to be read together with one that came later, `because`. LES-07.

    `owner`: empty while nobody may see both. `reopens`: None while nobody has answered.
    """

    ref: str
    matter_ref: str
    heading: str
    because_ref: str
    because: str
    owner: str
    due_on: date
    on: date
    is_late: bool
    reopens: bool | None
    reasons: str
    answered_on: date | None
    by: str


class Band(StrEnum):
    """How many matters there are about one person, as the report of October 2022 counted them (LES-18)."""

    TWO = "two"
    SOME = "three-to-five"
    MANY = "six-or-more"

    @property
    def words(self) -> str:
        return {Band.TWO: "Two", Band.SOME: "Three to five", Band.MANY: "Six or more"}[self]

    def holds(self, number: int) -> bool:
        first, last = {Band.TWO: (2, 2), Band.SOME: (3, 5), Band.MANY: (6, None)}[self]
        return number >= first and (last is None or number <= last)


@dataclass(frozen=True, slots=True)
class RepeatedFilters:
    """`band`: None for all. `with_open`: only people about whom a matter is open."""

    band: Band | None = None
    with_open: bool = False


@dataclass(frozen=True, slots=True)
class RepeatedPerson:
    """Somebody about whom the viewer may see more than one matter or record. `latest_on`: when the last matter came to
    attention. `records`: of crimes and domestic incidents that stand with them (LES-02, LES-03)."""

    person: PersonLine
    matters: int
    open: int
    latest_on: date | None
    records: int = 0

    @property
    def pattern(self) -> int:
        """The pattern count."""
        return self.matters + self.records


@dataclass(frozen=True, slots=True)
class RepeatedPage:
    """A page of the register. `bands`: how many people there are of each, whichever is chosen."""

    found: Page[RepeatedPerson]
    bands: tuple[tuple[Band, int], ...]
