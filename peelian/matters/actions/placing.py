"""Who works on a matter and who may see it: places, signatures, conflicts, sensitivity, broken glass."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter, raised
from peelian.matters.models import Matter, SetAside
from peelian.matters.queries import conflicting as conflicts
from peelian.rules.conflicts import IMPARTIAL, INDEPENDENT, LOCAL
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls import queries as users
from peelian.walls.powers import must_hold, must_say
from peelian.walls.rows import UserRow

KIND = RecordKind.MATTER


@transaction.atomic
def allocate(*, by: Viewer, matter_ref: str, user_ref: str, capacity: Capacity, on: date, set_aside: str = "") -> None:
    """Give a user a place on a matter; they see names only until they sign. Needs ALLOCATE (RESTRICT for `named`).

    Somebody not eligible as investigator, appropriate authority or panel member is refused (CI-1 to CI-6), unless
    `set_aside` gives reasons to set local rules aside. That needs DETERMINE and no other power, is never for oneself,
    and only for grounds that `by` may be told. Raises NotAllowed, also for somebody involved, tied or conflicted,
    whom nothing lets in; NotValid, NotFound.
    """
    if set_aside.strip():
        must_hold(by, Permission.DETERMINE)
    else:
        must_hold(by, Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
    matter = held_matter(by, matter_ref, None)
    user = users.user_by_ref(user_ref)
    because = _set_aside(by, matter, user, capacity, on, set_aside.strip()) if set_aside.strip() else ""
    if not because:
        _must_be_eligible(by, matter, user, capacity, on)
    walls.give_place(
        by=by,
        kind=KIND,
        record_id=matter.pk,
        record_ref=matter.ref,
        user_id=user.id,
        capacity=capacity,
        on=on,
        because=because,
    )
    raised(matter)


def _must_be_eligible(by: Viewer, matter: Any, user: UserRow, capacity: Capacity, on: date) -> None:
    """Raises NotAllowed with the first ground that `by` may be told. The walls' own grounds the walls refuse."""
    if capacity not in INDEPENDENT:
        return
    asked = conflicts.found(by, matter, [user], capacity, on)
    grounds = [one for one in asked.exclusions[user.id] if not one.ground.is_wall]
    if grounds:
        known = [one for one in conflicts.known_to(by, asked)[user.id] if not one.ground.is_wall]
        said = conflicts.told(grounds, known)
        raise NotAllowed(Refusal(f"{user.name}: {' '.join(one.reason for one in said)}", said[0].law))


def _set_aside(by: Viewer, matter: Any, user: UserRow, capacity: Capacity, on: date, reasons: str) -> str:
    """Keep the reasons, and give what stands in the journal in the place of a power."""
    reasons = sound("reasons", reasons, most=2000, needed="Say why it is set aside.")
    if user.id == by.user_id:
        raise NotAllowed(Refusal("Nobody sets a conflict of interest of their own aside.", IMPARTIAL))
    asked = conflicts.found(by, matter, [user], capacity, on)
    grounds = asked.exclusions[user.id]
    if not grounds:
        raise NotValid("reasons", f"{user.name} is eligible: nothing has to be set aside.")
    known = conflicts.known_to(by, asked)[user.id]
    if len(known) < len(grounds) or not all(one.ground.may_be_set_aside for one in grounds):
        reason = f"{user.name}: this cannot be set aside. Choose somebody else, or ask another force."
        raise NotAllowed(Refusal(reason, IMPARTIAL))
    SetAside.objects.create(
        matter=matter,
        user_id=user.id,
        capacity=capacity,
        grounds=sorted({one.ground.value for one in grounds}),
        reasons=reasons,
        on=on,
        recorded_by=by.actor,
    )
    summary = f"set a local rule aside to give {user.ref} the place of {capacity.words.lower()}"
    enter(by, matter, Act.GRANTED, summary, on=on, texts=[(matter.ref, {"reasons": reasons})], decision=LOCAL)
    return "a local rule was set aside with reasons"


@transaction.atomic
def end_place(*, by: Viewer, matter_ref: str, user_ref: str, capacity: Capacity, reason: str, on: date) -> None:
    """End a user's place on a matter: `on` is the first day without it. Powers as `allocate`. Raises NotFound."""
    must_hold(by, Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
    matter = held_matter(by, matter_ref, None)
    user = users.user_by_ref(user_ref)
    walls.end_place(
        by=by,
        kind=KIND,
        record_id=matter.pk,
        record_ref=matter.ref,
        user_id=user.id,
        capacity=capacity,
        on=on,
        reason=reason,
    )
    raised(matter)


@transaction.atomic
def sign(*, by: Viewer, matter_ref: str, on: date) -> None:
    """Sign that one has no conflict, for one's places on the matter. Raises NotFound where there is nothing to sign."""
    matter = _open_to(by, matter_ref)
    walls.sign_no_conflict(by=by, kind=KIND, record_id=matter.pk, record_ref=matter.ref, on=on)


@transaction.atomic
def declare_conflict(*, by: Viewer, matter_ref: str, reason: str, on: date) -> None:
    """Declare a conflict: one's places end and the matter is closed to one for good. Raises NotFound, NotValid."""
    matter = _open_to(by, matter_ref)
    walls.declare_conflict(by=by, kind=KIND, record_id=matter.pk, record_ref=matter.ref, reason=reason, on=on)


@transaction.atomic
def make_sensitive(*, by: Viewer, matter_ref: str, version: int, reason: str, on: date) -> None:
    """Open the matter only to those with a place on it; whoever does this keeps one. Needs RESTRICT.

    Raises NotAllowed for a stale version, NotFound, NotValid without a reason or where it is sensitive already.
    """
    must_hold(by, Permission.RESTRICT)
    matter = held_matter(by, matter_ref, version)
    if matter.sensitive_on is not None:
        raise NotValid("matter", "This matter is sensitive already.")
    reason = sound("reason", must_say(reason, why="Say why it is sensitive."), most=300)
    matter.sensitive_on, matter.sensitive_reason = on, reason
    raised(matter, "sensitive_on", "sensitive_reason")
    enter(by, matter, Act.ALTERED, "made a matter sensitive", on=on, texts=[(matter.ref, {"reason": reason})])
    if by.user_id is not None and not users.holds_place(by, KIND, matter.pk):
        walls.give_place(
            by=by,
            kind=KIND,
            record_id=matter.pk,
            record_ref=matter.ref,
            user_id=by.user_id,
            capacity=Capacity.NAMED,
            on=on,
            because="made the matter sensitive",
        )
        walls.sign_no_conflict(by=by, kind=KIND, record_id=matter.pk, record_ref=matter.ref, on=on)


@transaction.atomic
def open_again(*, by: Viewer, matter_ref: str, version: int, reason: str, on: date) -> None:
    """End the sensitivity of a matter. Needs RESTRICT. Raises as `make_sensitive`."""
    must_hold(by, Permission.RESTRICT)
    matter = held_matter(by, matter_ref, version)
    if matter.sensitive_on is None:
        raise NotValid("matter", "This matter is not sensitive.")
    reason = must_say(reason, why="Say why it is no longer sensitive.")
    matter.sensitive_on, matter.sensitive_reason = None, ""
    raised(matter, "sensitive_on", "sensitive_reason")
    enter(by, matter, Act.ALTERED, "ended a matter's sensitivity", on=on, texts=[(matter.ref, {"reason": reason})])


@transaction.atomic
def break_glass(*, by: Viewer, matter_ref: str, reason: str) -> str:
    """Open a walled matter for some hours, for a reason that others read at once; returns the opening's reference.

    Needs BREAK_GLASS. Raises NotFound alike for no such matter and for one in which the viewer is involved.
    """
    return walls.break_glass(by=by, kind=KIND, record_ref=matter_ref, reason=reason)


def _open_to(by: Viewer, matter_ref: str) -> Any:
    matter = Matter.objects.open_to(by).filter(ref=matter_ref).first()
    if matter is None:
        raise NotFound(f"matter {matter_ref}")
    return matter
