"""Where cases stand, read for many at once: five statements, whatever their number.

The cases given are those that the viewer may see: `seen_cases` is the wall of this room, and stands on that of matters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from peelian.lookback.models import Allocation, Case, Decision, Note, Review
from peelian.rules.lookback import CaseFacts, stage
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.lookback import Position, ReviewCategory, Stage
from peelian.terms.matters import MatterKind
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_open, is_visible

AT_ONCE = 500
Round = int


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a position today."""

    user_id: int
    given_on: date
    allocation_id: int


@dataclass(frozen=True, slots=True)
class CaseState:
    """One case and where it stands. `noted`: users of the panel who wrote in the present round."""

    id: int
    cohort_id: int
    matter_id: int
    matter_ref: str
    kind: MatterKind
    came: KnownDate | None
    held: dict[Position, Held]
    facts: CaseFacts
    noted: frozenset[int]
    decision: tuple[ReviewCategory, date, str] | None
    stage: Stage = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stage", stage(self.facts))

    @property
    def category(self) -> ReviewCategory | None:
        return self.decision[0] if self.decision else None

    @property
    def decided_on(self) -> date | None:
        return self.decision[1] if self.decision else None

    def locked(self, position: Position) -> bool:
        """Whether the review of a position is in; a third reviewer's is not while a case that came back waits."""
        if position is Position.THIRD:
            return bool(self.facts.round) and self.stage not in (Stage.WITH_THIRD, Stage.TO_THIRD)
        return (position, 0) in self.facts.locked

    def is_late(self, target_on: date, today: date) -> bool:
        """Not decided after the target day."""
        return self.decision is None and today > target_on


def seen_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases whose matter the viewer may see."""
    return Case.objects.filter(is_visible(RecordKind.MATTER, viewer, F("matter_id")))


def open_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases of which the viewer may be told that they are theirs to sign for: neither involved nor conflicted."""
    return Case.objects.filter(is_open(RecordKind.MATTER, viewer, F("matter_id")))


def states_of(cases: Sequence[Case]) -> tuple[CaseState, ...]:
    """The states of cases that were narrowed to a viewer, in their order."""
    if not cases:
        return ()
    theirs = _within(cases)
    held = _gathered(
        Allocation.objects.filter(theirs, ended_on__isnull=True),
        ("position", "user_id", "given_on", "pk"),
        lambda position, user_id, given_on, pk: (Position(position), Held(user_id, given_on, pk)),
    )
    locked = _gathered(
        Review.objects.filter(theirs),
        ("position", "round", "category"),
        lambda position, number, category: ((Position(position), number), ReviewCategory(category)),
    )
    notes = _gathered(Note.objects.filter(theirs), ("round", "agrees", "user_id"), lambda *row: row)
    decided = _gathered(
        Decision.objects.filter(theirs),
        ("category", "decided_on", "intake_ref"),
        lambda category, on, ref: (ReviewCategory(category), on, ref),
    )
    return tuple(
        _state(
            case,
            dict(held.get(case.pk, ())),
            dict(locked.get(case.pk, ())),
            notes.get(case.pk, []),
            decided.get(case.pk, []),
        )
        for case in cases
    )


def _state(case: Case, held: Any, locked: Any, notes: list[Any], decided: list[Any]) -> CaseState:
    facts = CaseFacts(
        frozenset(held), locked, tuple((number, agrees) for number, agrees, _ in notes), decided=bool(decided)
    )
    came = KnownDate(case.came_on, Precision(case.came_precision or Precision.DAY)) if case.came_on else None
    return CaseState(
        id=case.pk,
        cohort_id=case.cohort_id,
        matter_id=case.matter_id,
        matter_ref=case.matter_ref,
        kind=MatterKind(case.kind),
        came=came,
        held=held,
        facts=facts,
        noted=frozenset(user_id for number, _, user_id in notes if number == facts.round),
        decision=decided[0] if decided else None,
    )


def _within(cases: Sequence[Case]) -> Q:
    """Rows of these cases, and where they are many, rows of their whole cohorts: the rest is passed over."""
    if len(cases) <= AT_ONCE:
        return Q(case_id__in=[case.pk for case in cases])
    return Q(case__cohort_id__in={case.cohort_id for case in cases})


def _gathered(rows: Any, columns: tuple[str, ...], made: Callable[..., Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for case_id, *row in rows.order_by("pk").values_list("case_id", *columns):
        found.setdefault(case_id, []).append(made(*row))
    return found
