"""Who works on a matter and who may see it: places, signatures, conflicts, sensitivity, broken glass."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter, raised, sound
from peelian.matters.models import Matter
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls import queries as users
from peelian.walls.powers import must_hold, must_say

KIND = RecordKind.MATTER


@transaction.atomic
def allocate(*, by: Viewer, matter_ref: str, user_ref: str, capacity: Capacity, on: date) -> None:
    """Give a user a place on a matter; they see names only until they sign. Needs ALLOCATE (RESTRICT for `named`).

    Raises NotAllowed for somebody involved or conflicted, NotValid, NotFound.
    """
    must_hold(by, Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
    matter = held_matter(by, matter_ref, None)
    user = users.user_by_ref(user_ref)
    walls.give_place(
        by=by, kind=KIND, record_id=matter.pk, record_ref=matter.ref, user_id=user.id, capacity=capacity, on=on
    )
    raised(matter)


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
