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
from peelian.people.queries.serving import kinds_and_leaving
from peelian.rules.lookback import OUTSIDE, must_be_from_outside
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Position, Reading
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.many_places import open_to
from peelian.walls.holders import ever_placed, holders
from peelian.walls.queries import bodies_of, users_by_id, users_holding
from peelian.walls.rows import UserRow

CHOSE = "Chose the cohort"
PLACED = "Has or had a place on the matter"
RECORDED = "Recorded the matter"
FROM_HERE = "Comes from this force"
NOT_ELIGIBLE = "Not eligible"  # said alike of everything that a wall keeps, so that it tells nothing
LAW = "Local rule (LES-31): reviewers come to a case afresh"


@dataclass(frozen=True, slots=True)
class Independence:
    """Who may not take which case, and why, for some cases and users."""

    why_not: dict[tuple[int, int], str]  # by keys of case and user

    def may(self, case: CaseState, user: UserRow) -> bool:
        return (case.id, user.id) not in self.why_not

    def refusal(self, case: CaseState, user: UserRow, may_not: str) -> Refusal | None:
        """Why not, for whoever asks to give it to them: `may_not` says what."""
        why = self.why_not.get((case.id, user.id))
        return Refusal(f"{user.name} {may_not}: {why.lower()}.", OUTSIDE if why == FROM_HERE else LAW) if why else None


def reviewers(on: date) -> tuple[UserRow, ...]:
    """Everybody whose roles let them review past matters."""
    return users_holding(Permission.REVIEW_PAST, on)


def panellists(on: date, reading: Reading) -> tuple[UserRow, ...]:
    """Everybody who may sit on a panel that reads reviews of such a look-back."""
    both = {*users_holding(Permission.REVIEW_PAST, on), *users_holding(Permission.SIT, on)}
    inside = from_here(reading, both, on)
    return tuple(sorted((user for user in both if user.id not in inside), key=lambda user: (user.name, user.ref)))


def from_here(reading: Reading, users: Iterable[UserRow], on: date) -> frozenset[int]:
    """Which of these users may not take part because they come from this force; nobody, where that does not matter.

    Somebody comes from outside where an administrator said so, unless the register says that they serve here.
    """
    if not must_be_from_outside(reading):
        return frozenset()
    asked = list(users)
    outside = bodies_of([user.id for user in asked], on)
    people = {user.person_id for user in asked if user.person_id is not None and user.id in outside}
    known = kinds_and_leaving(people, because="whether somebody who reads a look-back serves in this force")
    serves = {key for key, (kind, left_on) in known.items() if kind.serves and (left_on is None or left_on >= on)}
    return frozenset(user.id for user in asked if user.id not in outside or user.person_id in serves)


def must_come_from_outside(viewer: Viewer, cohort: Cohort) -> None:
    """Raises NotAllowed for somebody of this force, where the look-back reads how this force dealt with something."""
    if not must_be_from_outside(Reading(cohort.reading)):
        return
    users = users_by_id([viewer.user_id]).values() if viewer.user_id else ()
    if not users or from_here(Reading(cohort.reading), users, viewer.today):
        raise NotAllowed(
            Refusal("This look-back reads how this force dealt with it. You come from this force.", OUTSIDE)
        )


def independence(by: Viewer, cohort: Cohort, cases: Sequence[CaseState], users: Iterable[UserRow]) -> Independence:
    """For each case and user, why not; nothing for those who may. Two to five statements, three more for each user."""
    keys = [case.matter_id for case in cases]
    placed = ever_placed(RecordKind.MATTER, keys)
    recorded = matters.recorders(by, keys)
    found: dict[tuple[int, int], str] = {}
    users = list(users)
    inside = from_here(Reading(cohort.reading), users, by.today)
    for user in users:
        opened = open_to(user.id, RecordKind.MATTER, keys, by)
        for case in cases:
            if user.id == cohort.leader_id:
                found[case.id, user.id] = CHOSE
            elif user.id in inside:
                found[case.id, user.id] = FROM_HERE
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
