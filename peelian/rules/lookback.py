"""Where a case of a look-back stands, what it comes to, who reviews what, and whether the results add up.

A lesson, not a provision: 1,131 closed cases were looked at again, and four in five needed more work
(LES-31, reassessment of 2023). Local rules: two independent reviews, a third where they differ, a panel of two.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from peelian.terms.lookback import Position, Reading, ReviewCategory, Stage

LAW = "Local rule (LES-31): two independent reviews of each case, and a panel that reads all"
OUTSIDE = "Local rule (LES-33): how a force dealt with something is decided by another force or the IOPC"
PANEL = 2  # members who must agree
CHECK = "Check LB-1, every case is in exactly one part"
PARTS = tuple(ReviewCategory)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`held`: positions that have a reviewer today. `locked`: categories of locked reviews by position and round.

    `notes`: of the panel, each the round that it is about and whether it agrees. A round ends with each review of the
    third reviewer; round 0 is that of the first two. `decided`: the panel agreed.
    """

    held: frozenset[Position]
    locked: Mapping[tuple[Position, int], ReviewCategory]
    notes: Sequence[tuple[int, bool]] = ()
    decided: bool = False

    @property
    def round(self) -> int:
        """How many times a third reviewer has resolved it."""
        return sum(position is Position.THIRD for position, _ in self.locked)

    @property
    def both_locked(self) -> bool:
        return (Position.FIRST, 0) in self.locked and (Position.SECOND, 0) in self.locked


def stage(facts: CaseFacts) -> Stage:
    """Where the case stands. Local rule, LES-31."""
    if facts.decided:
        return Stage.DECIDED
    if not facts.both_locked:
        done = {position for position, _ in facts.locked}
        waiting = {Position.FIRST, Position.SECOND} - done - facts.held
        return Stage.TO_ALLOCATE if waiting else Stage.UNDER_REVIEW
    if proposed(facts) is None or _was_sent_back(facts):
        return Stage.WITH_THIRD if Position.THIRD in facts.held else Stage.TO_THIRD
    return Stage.WITH_PANEL


def proposed(facts: CaseFacts) -> ReviewCategory | None:
    """What goes to the panel: the last word of the third reviewer, else what both said; None while neither is there."""
    if facts.round:
        return facts.locked[Position.THIRD, facts.round]
    if not facts.both_locked:
        return None
    first, second = facts.locked[Position.FIRST, 0], facts.locked[Position.SECOND, 0]
    return first if first is second else None


def must_be_from_outside(reading: Reading) -> bool:
    """Whether whoever reviews, and whoever sits on the panel, comes from outside this force. Local rule, LES-33."""
    return reading is Reading.HANDLING


def panel_agrees(facts: CaseFacts) -> bool:
    """Whether two members agree with what is proposed now. Local rule, LES-31."""
    return sum(agrees for number, agrees in facts.notes if number == facts.round) >= PANEL


def _was_sent_back(facts: CaseFacts) -> bool:
    return any(number == facts.round and not agrees for number, agrees in facts.notes)


@dataclass(frozen=True, slots=True)
class Partition:
    """`total`: cases of the cohort, counted on their own. `parts`: decided cases by category. `undecided`: the rest."""

    total: int
    parts: Mapping[ReviewCategory, int]
    undecided: int

    @property
    def decided(self) -> int:
        return sum(self.parts.values())

    @property
    def reconciles(self) -> bool:
        return self.total == self.decided + self.undecided and min(self.undecided, *self.parts.values()) >= 0

    @property
    def words(self) -> str:
        """The sum in words, such as `1,131 = 246 + 689 + 196 + 0`, with `is not` where it fails."""
        sign = "=" if self.reconciles else "is not"
        figures = [*(self.parts[category] for category in PARTS), self.undecided]
        return f"{self.total:,} {sign} {' + '.join(f'{figure:,}' for figure in figures)}"

    def share(self, category: ReviewCategory) -> float | None:
        """Of all cases, decided or not; None where there are none."""
        return self.parts[category] / self.total if self.total else None


def partition(total: int, decided: Iterable[ReviewCategory], undecided: int) -> Partition:
    """The results of a cohort. `decided`: the category of each decision; `undecided`: cases counted without one."""
    parts = dict.fromkeys(PARTS, 0)
    for category in decided:
        parts[category] += 1
    return Partition(total, parts, undecided)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`given`: reviewers by case, in order of position. `short`: cases for which too few independent ones are there."""

    given: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]


def evenly(wanted: Mapping[str, int], able: Mapping[str, Collection[str]], load: Mapping[str, int]) -> Proposal:
    """Share cases out so that loads stay even. `wanted`: reviewers still wanted by case; `able`: who may, by case.

    `load`: cases each reviewer has in hand. Cases with the fewest to choose from go first; of those who may, the one
    with least in hand is chosen; ties by key, so that the same question has the same answer.
    """
    held = dict(load)
    given, short = {}, []
    for case in sorted(wanted, key=lambda one: (len(able[one]), one)):
        chosen = sorted(able[case], key=lambda one: (held.get(one, 0), one))[: wanted[case]]
        for reviewer in chosen:
            held[reviewer] = held.get(reviewer, 0) + 1
        given[case] = tuple(chosen)
        if len(chosen) < wanted[case]:
            short.append(case)
    return Proposal(given, tuple(sorted(short)))
