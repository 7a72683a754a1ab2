"""What recommendations answer with."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from peelian.rules.recommendations import Standing


@dataclass(frozen=True, slots=True)
class Published:
    """A recommendation as anybody may read it: no name of anybody who works here. `first_due_on`: the day it had first,
    where it was moved since. `done`: what accepted evidence says."""

    source: str
    number: str
    words: str
    owner: str
    due_on: date
    first_due_on: date | None
    standing: Standing
    done: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """What one report asked. `counts`: how many stand where, in the order of `Standing`."""

    source: str
    items: tuple[Published, ...]

    @property
    def counts(self) -> tuple[tuple[Standing, int], ...]:
        held = Counter(one.standing for one in self.items)
        return tuple((standing, held[standing]) for standing in Standing if held[standing])


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    ref: str
    source: str
    number: str
    words: str
    owner: str
    holder: str
    due_on: date
    standing: Standing
    is_published: bool


@dataclass(frozen=True, slots=True)
class ChargeRow:
    owner: str
    holder: str
    due_on: date
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """`accepted`: None while nobody answered. `may_answer`: the viewer is a second person who may."""

    ref: str
    what: str
    where: str
    says: str
    completes: bool
    on: date
    by: str
    accepted: bool | None
    reasons: str
    answered_on: date | None
    answered_by: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One whole: its line, its owners and days with the last one first, its evidence with the last first."""

    line: RecommendationLine
    charges: tuple[ChargeRow, ...]
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """What the viewer owns and is not met; how much evidence of others waits for a second person."""

    owned: tuple[RecommendationLine, ...] = ()
    to_answer: tuple[RecommendationLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.owned or self.to_answer)
