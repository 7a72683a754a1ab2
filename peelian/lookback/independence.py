"""Who comes to a case afresh. Never anybody with a part in the matter, or ever a place on it, or tied to one who has.

SI 2020/4 reg 15 and SI 2020/2 reg 12 ask as much of an investigator; here it is a local rule (LES-31).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from peelian.lookback.models import Allocation, Cohort, Review, Seat
from peelian.lookback.states import CaseState, seen_cases
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Position
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.many_places import open_to
from peelian.walls.holders import ever_placed, holders
from peelian.walls.queries import users_holding
from peelian.walls.rows import UserRow

CHOSE = "Chose the cohort"
PLACED = "Has or had a place on the matter"
RECORDED = "Recorded the matter"
NOT_ELIGIBLE = "Not eligible"  # said alike of everything that a wall keeps, so that it tells nothing
LAW = "Local rule (LES-31): reviewers come to a case afresh"


@dataclass(frozen=True, slots=True)
class Independence:
    """Who may not take which case, and why, for some cases and users."""

    why_not: dict[tuple[int, int], str]  # by keys of case and user

    def may(self, case: CaseState, user: UserRow) -> bool:
        return (case.id, user.id) not in self.why_not


def reviewers(on: date) -> tuple[UserRow, ...]:
    """Everybody whose roles let them review past matters."""
    return users_holding(Permission.REVIEW_PAST, on)


def panellists(on: date) -> tuple[UserRow, ...]:
    """Everybody who may sit on a panel that reads reviews."""
    both = {*users_holding(Permission.REVIEW_PAST, on), *users_holding(Permission.SIT, on)}
    return tuple(sorted(both, key=lambda user: (user.name, user.ref)))


def independence(by: Viewer, cohort: Cohort, cases: Sequence[CaseState], users: Iterable[UserRow]) -> Independence:
    """For each case and user, why not; nothing for those who may. Three statements, and three more for each user."""
    keys = [case.matter_id for case in cases]
    placed = ever_placed(RecordKind.MATTER, keys)
    recorded = matters.recorders(by, keys)
    found: dict[tuple[int, int], str] = {}
    for user in users:
        opened = open_to(user.id, RecordKind.MATTER, keys, by)
        for case in cases:
            if user.id == cohort.leader_id:
                found[case.id, user.id] = CHOSE
            elif user.id in placed.get(case.matter_id, ()):
                found[case.id, user.id] = PLACED
            elif recorded.get(case.matter_id) == f"user:{user.ref}":
                found[case.id, user.id] = RECORDED
            elif case.matter_id not in opened:
                found[case.id, user.id] = NOT_ELIGIBLE
    return Independence(found)


def stands_apart(viewer: Viewer, matter_ids: Iterable[int]) -> frozenset[int]:
    """Which of these matters the viewer worked on, so that somebody else must lead and read their look-back.

    Being named on a sensitive matter is not working on it: nobody could lead on one otherwise.
    """
    keys = list(matter_ids)
    placed = ever_placed(RecordKind.MATTER, keys, but=(Capacity.REVIEWER, Capacity.NAMED))
    return frozenset(key for key in keys if viewer.user_id in placed.get(key, ()))


def must_come_afresh(viewer: Viewer, case: CaseState) -> None:
    """Raises NotAllowed for somebody who worked on the matter."""
    if stands_apart(viewer, [case.matter_id]):
        raise NotAllowed(Refusal("You have or had a place on this matter. Somebody else must do this.", LAW))


def panel_readers(viewer: Viewer, case: CaseState) -> tuple[UserRow, ...]:
    """Who of the panel may read a case: a seat, a reviewer's place on the matter, and no review of it in any cohort."""
    seats = set(Seat.objects.filter(cohort_id=case.cohort_id, to_on__isnull=True).values_list("user_id", flat=True))
    wrote = set(Allocation.objects.filter(case__matter_id=case.matter_id).values_list("user_id", flat=True))
    placed = holders(viewer, RecordKind.MATTER, [case.matter_id]).get(case.matter_id, {})
    return tuple(user for user in placed.get(Capacity.REVIEWER, ()) if user.id in seats - wrote)


def in_hand(viewer: Viewer) -> dict[int, int]:
    """How many reviews each user was given and has not locked, of all cases that the viewer may see."""
    written = Review.objects.filter(case=OuterRef("case"), position=OuterRef("position"))
    waiting = Allocation.objects.filter(~Exists(written), ended_on__isnull=True, case__in=seen_cases(viewer))
    return dict(waiting.values_list("user_id").annotate(number=Count("pk")).order_by())


def free_positions(case: CaseState) -> tuple[Position, ...]:
    """First and second positions that nobody holds and no locked review fills."""
    return tuple(one for one in (Position.FIRST, Position.SECOND) if one not in case.held and not case.locked(one))
