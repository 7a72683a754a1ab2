"""What goes into this room from a run, and what goes out of it: runs, a queue, one pair side by side, what is left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peelian.matches.compared import Side, Step
from peelian.rules.projecting import Projected
from peelian.rules.recall import Counts, Reached
from peelian.terms.matches import PairState, Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """One pair as a run found it. See docs/reference/wash.md for each column; `marks`: numbers that one person bears.

    `serious`: the record is about a sexual offence. `same_day`: and nobody has resolved it. `steps`: by which the
    weight adds up, in words and bits; empty where a file has none. `lent`: what other records say is in it.
    """

    person_id: str
    source: str
    record_id: str
    weight: float
    band: str
    link: str = "person"
    purpose: str = "integrity"
    unsure: str = ""
    words_for: tuple[str, ...] = ()
    words_against: tuple[str, ...] = ()
    associate_of: str = ""
    relation: str = ""
    part: str = ""
    category: str = ""
    recorded_on: str = ""
    resolved_on: str = ""
    serious: bool = False
    same_day: bool = False
    sides: tuple[tuple[str, str, str], ...] = ()
    marks: tuple[str, ...] = ()
    steps: tuple[tuple[str, float], ...] = ()
    lent: bool = False

    @property
    def of_workforce(self) -> str:
        """Who it is about in the workforce: the person, or whose associate they are."""
        return self.associate_of or self.person_id

    @property
    def stake(self) -> int:
        return 2 if self.same_day else 1 if self.serious else 0


@dataclass(frozen=True, slots=True)
class BasisRow:
    """What allows a wash of one source, or of the workforce: purpose, lawful basis, impact assessment, approver, last
    day; empty where it is not recorded. `state`: washed, refused or missing. `has_ended`: its last day is past."""

    title: str
    state: str
    reason: str
    purpose: str
    lawful_basis: str
    impact_assessment: str
    approved_by: str
    expires_on: str
    protected: str
    has_ended: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run taken in. `account`: the proof of coverage. `unknown`: pairs of people not known in the register.

    `bases`: what allows each part of it, refused and missing sources first. `taken`: how many of the pairs that it
    brings otherwise were taken in; `is_whole`: all of them; `is_passed`: another run took the place of what is left.
    `kept_away`: pairs found again that were judged to be somebody else and disposed of.
    """

    ref: str
    workforce: str
    on: date
    found: int
    new: int
    changed: int
    gone: int
    unknown: int
    account: Mapping[str, Any]
    bases: tuple[BasisRow, ...]
    kept_away: int
    taken: int
    is_whole: bool
    is_passed: bool

    @property
    def brings(self) -> int:
        """Pairs that are new, changed or found no more."""
        return self.new + self.changed + self.gone


@dataclass(frozen=True, slots=True)
class Left:
    """How many of the pairs that the viewer may see stand how; those found no more are left out."""

    by_state: Mapping[PairState, int]

    @property
    def waiting(self) -> int:
        return self.by_state.get(PairState.WAITING, 0)

    @property
    def unjudged(self) -> int:
        """Those that wait, and those that a rule put away."""
        return self.waiting + self.by_state.get(PairState.RULED_OUT, 0)

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def seconds(self) -> int:
        return self.by_state.get(PairState.SECOND, 0)

    @property
    def judged(self) -> int:
        return self.total - self.waiting - self.seconds


@dataclass(frozen=True, slots=True)
class Grade:
    """Of one grade: pairs left when the sample was drawn, drawn, of those decided, and of those hits."""

    name: str
    left: int
    drawn: int
    decided: int
    hits: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The last sample, over the pairs that the viewer may see, and what recall it lets them claim."""

    ref: str
    on: date
    by_name: str
    share: int
    seed: str
    counts: Counts
    reached: Reached
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """What hits led to: each result of the fixed list with how many, and how many have none yet."""

    by_result: tuple[tuple[str, int], ...]
    without: int

    @property
    def total(self) -> int:
        return self.without + sum(how_many for _, how_many in self.by_result)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What hits led to: how many pairs, and how many people as a share of those washed, projected to the whole."""

    title: str
    pairs: int
    people: Projected


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run. `people`: everybody with a hit, once. `in_several`: how many more the rows come to."""

    on: date
    workforce: str
    washed: int
    not_washed: int
    rows: tuple[FigureRow, ...]
    whole: int
    people: Projected
    in_several: int
    waiting: int

    @property
    def pairs(self) -> int:
        return sum(row.pairs for row in self.rows)


@dataclass(frozen=True, slots=True)
class OwedRow:
    """What followed from a judged pair and waits at intake. `owner`: "" where nobody owns it yet."""

    pair_ref: str
    person: str
    title: str
    item_ref: str
    owner: str
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of never the same. `asked`: who asked to lift it and why; `lifted`: what both said who lifted it."""

    pair_ref: str
    person: str
    record_key: str
    mark: str
    reasons: str
    on: date
    by_name: str
    asked: str
    lifted: str
    may_ask: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair in a list. `person`: name in the register. `source`: its name. `what`: the kind of record and the part
    in it."""

    ref: str
    person: str
    person_ref: str
    source: str
    record_key: str
    what: str
    weight: float
    band: str
    state: PairState
    stake: int
    link: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How a run saw the pair, when that changed."""

    on: date
    weight: float
    band: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    title: str
    reasons: str
    on: date
    due_on: date
    item_ref: str
    by_name: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement. `second`: what the second person said, where one was asked and answered."""

    verdict: Verdict
    reasons: str
    on: date
    by_name: str
    band: str
    weight: float
    needs_second: bool
    second_agreed: bool | None
    second_reasons: str
    second_by_name: str
    result: ResultRow | None


@dataclass(frozen=True, slots=True)
class EndedPair:
    """A pair as retention needs it. `open_because`: why it is in use still, empty where it is not. `ended`: the day it
    ended, None while it is open. `facts`: which rows of the table fit, see `queries.ending`. `item_refs`: intake items
    that came of it. `has_rule`: a rule of never the same rests on it and stands."""

    id: int = field(repr=False)
    ref: str
    heading: str
    state: str
    open_because: str
    ended: date | None
    facts: frozenset[str]
    person_id: int = field(repr=False)
    item_refs: tuple[str, ...]
    has_rule: bool


@dataclass(frozen=True, slots=True)
class EndedSource:
    """A source that may no longer be washed. `pairs`: those of it that the viewer may see and that stand whole."""

    workforce: str
    source: str
    title: str
    ended: date
    pairs: int


@dataclass(frozen=True, slots=True)
class Before:
    """A pair of the same two that was disposed of, and found again by a later run. `state`: how it stood."""

    ref: str
    state: PairState
    disposed_on: date


@dataclass(frozen=True, slots=True)
class PairDetail:
    """One pair whole. `may_answer`: the viewer may be the second person. `choices`: results that it may still lead to.

    `marks`: numbers of the record by which somebody else may be ruled out for good; `ruled_by`: the rule that did so.
    `disposed_on`: its words went that day. `before`: what was disposed of before it was found again. `steps`: how the
    weight adds up, empty where the run did not say; `lent`: what other records say of the person is in it.
    """

    row: PairRow
    person_key: str
    sides: tuple[Side, ...]
    steps: tuple[Step, ...]
    lent: bool
    words_for: tuple[str, ...]
    words_against: tuple[str, ...]
    unsure: str
    category: str
    part: str
    recorded_on: str
    resolved_on: str
    relation: str
    is_gone: bool
    seen: tuple[Seen, ...]
    judgements: tuple[JudgementRow, ...]
    may_judge: bool
    may_answer: bool
    choices: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    ruled_by: str
    raised_item: str
    disposed_on: date | None
    before: Before | None
    weighs_otherwise: bool


@dataclass(frozen=True, slots=True)
class HitRow:
    """A record judged to be about somebody who works here, or about an associate of theirs. `result`: a key of
    washing.toml, empty while nothing was said of what follows."""

    ref: str
    person_id: int = field(repr=False)
    source: str
    record_key: str
    category: str
    part: str
    relation: str
    is_associate: bool
    is_serious: bool
    result: str
    judged_on: date
    reasons: str
