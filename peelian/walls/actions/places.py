"""Places on a record: given, signed for, ended; and conflicts declared. SI 2020/4 reg 15, SI 2020/2 reg 12, CI-5."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.managed import open_keys, visible_keys
from peelian.walls.models import Place, User
from peelian.walls.powers import must_hold, must_say
from peelian.walls.queries import viewer_for

IMPARTIAL = "SI 2020/4 reg 15; SI 2020/2 reg 12"
SIGNATURE = "Local rule CI-5 (conflict rules)"
READS = {
    RecordKind.MATTER: (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS),
    RecordKind.INTAKE_ITEM: (Permission.READ_INTAKE,),
    RecordKind.PERSON: (Permission.READ_PEOPLE,),
}


@transaction.atomic
def give_place(
    *,
    by: Viewer,
    kind: RecordKind,
    record_id: int,
    record_ref: str,
    user_id: int,
    capacity: Capacity,
    on: date,
    because: str = "",
) -> None:
    """Give a user a place on a record; they sign that they have no conflict before they see more than names.

    Needs ALLOCATE (RESTRICT for the capacity `named`) and a record that `by` can see. `because`: the act of the caller
    that this is part of, whose power the caller has checked; then no further power is asked. Give places after the
    involvements are written. Raises NotAllowed where the user is involved, tied or conflicted, NotValid where they
    cannot hold the place or already do, NotFound for a record `by` cannot see.
    """
    if not because:
        must_hold(by, Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
        _must_see(by, kind, record_id, record_ref)
    user = holder(by, kind, record_id, user_id)
    try:
        with transaction.atomic():
            Place.objects.create(
                kind=kind, record_id=record_id, user=user, capacity=capacity, from_on=on, given_by=by.actor
            )
    except IntegrityError as error:
        raise NotValid("user", f"{user.name} already has this place.") from error
    summary = f"gave {user.ref} the place of {capacity.words.lower()}"
    journal.record(
        by=by, act=Act.GRANTED, kind=kind, key=record_ref, summary=summary, decision=IMPARTIAL, reason=because, on=on
    )


def holder(by: Viewer, kind: RecordKind, record_id: int, user_id: int) -> User:
    """The user, if they may hold a place on the record at the moment of `by`. Raises NotValid, NotAllowed."""
    try:
        viewer = viewer_for(user_id, at=by.at)
    except NotFound as error:
        raise NotValid("user", "Choose an active user.") from error
    if not any(viewer.may(permission) for permission in READS.get(kind, ())):
        raise NotValid("user", f"{viewer.name} holds no role that reads a record of this kind.")
    if not open_keys(kind, viewer).filter(pk=record_id).exists():
        reason = f"{viewer.name} is involved in this record, tied to someone who is, or has declared a conflict."
        raise NotAllowed(Refusal(reason, IMPARTIAL))
    return User.objects.get(pk=user_id)


@transaction.atomic
def end_place(
    *,
    by: Viewer,
    kind: RecordKind,
    record_id: int,
    record_ref: str,
    user_id: int,
    capacity: Capacity,
    on: date,
    reason: str,
    because: str = "",
) -> None:
    """End a place: `on` is the first day without it. Powers and `because` as for `give_place`.

    Raises NotFound where there is no such open place, NotValid without a reason.
    """
    if not because:
        must_hold(by, Permission.RESTRICT if capacity is Capacity.NAMED else Permission.ALLOCATE)
        _must_see(by, kind, record_id, record_ref)
    reason = must_say(reason, why="Say why this place ends.")
    place = Place.objects.filter(
        kind=kind, record_id=record_id, user_id=user_id, capacity=capacity, to_on__isnull=True
    ).select_related("user")
    if (row := place.first()) is None:
        raise NotFound("no such place")
    row.to_on = max(on, row.from_on)
    row.save(update_fields=["to_on"])
    journal.record(
        by=by,
        act=Act.WITHDRAWN,
        kind=kind,
        key=record_ref,
        summary=f"ended the place of {capacity.words.lower()} of {row.user.ref}",
        on=on,
        texts=[(record_ref, {"reason": reason})],
    )


@transaction.atomic
def sign_no_conflict(*, by: Viewer, kind: RecordKind, record_id: int, record_ref: str, on: date) -> None:
    """Sign that one has no conflict, for every place one has on the record.

    Raises NotFound where there is nothing to sign (or a wall hides the record from the signer whatever they sign).
    """
    waiting = _own_open_places(by, kind, record_id).filter(signed_at__isnull=True, conflict_at__isnull=True)
    if not open_keys(kind, by).filter(pk=record_id).exists() or not waiting.update(signed_at=by.at):
        raise NotFound(record_ref)
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=kind,
        key=record_ref,
        summary="signed that they have no conflict",
        decision=f"{IMPARTIAL}; {SIGNATURE}",
        on=on,
    )


@transaction.atomic
def declare_conflict(*, by: Viewer, kind: RecordKind, record_id: int, record_ref: str, reason: str, on: date) -> None:
    """Declare a conflict: the viewer's places end and the record is closed to them from this moment, for good.

    By whoever has a place on the record or can see it. Raises NotFound otherwise, NotValid without a reason.
    """
    reason = must_say(reason, why="Say what the conflict is.")
    own = list(_own_open_places(by, kind, record_id))
    if not open_keys(kind, by).filter(pk=record_id).exists():
        raise NotFound(record_ref)
    if not own:
        _must_see(by, kind, record_id, record_ref)
        if by.user_id is None:
            raise NotFound("the system has no conflicts")
        own = [
            Place(
                kind=kind,
                record_id=record_id,
                user_id=by.user_id,
                capacity=Capacity.NAMED,
                from_on=on,
                given_by=by.actor,
            )
        ]
    for place in own:
        place.conflict_at, place.conflict_reason, place.to_on = by.at, reason, max(on, place.from_on)
        place.save()
    journal.record(
        by=by,
        act=Act.WITHDRAWN,
        kind=kind,
        key=record_ref,
        summary="declared a conflict",
        decision=IMPARTIAL,
        on=on,
        texts=[(record_ref, {"reason": reason})],
    )


@transaction.atomic
def require_new_signatures(*, by: Viewer, kind: RecordKind, record_id: int, record_ref: str, reason: str) -> int:
    """Ask everyone placed on the record to sign again, as when a subject is added (CI-5); returns how many signatures.

    Part of the caller's act, whose power the caller has checked. `reason` holds no personal text.
    """
    places = Place.objects.filter(kind=kind, record_id=record_id, to_on__isnull=True, conflict_at__isnull=True)
    number = places.filter(signed_at__isnull=False).update(signed_at=None)
    if number:
        journal.record(
            by=by,
            act=Act.ALTERED,
            kind=kind,
            key=record_ref,
            summary=f"asked for {number} new signatures of no conflict",
            reason=reason,
            decision=SIGNATURE,
        )
    return number


def _own_open_places(by: Viewer, kind: RecordKind, record_id: int) -> QuerySet[Place]:
    return Place.objects.filter(kind=kind, record_id=record_id, user_id=by.user_id or 0, to_on__isnull=True)


def _must_see(by: Viewer, kind: RecordKind, record_id: int, record_ref: str) -> None:
    if not visible_keys(kind, by).filter(pk=record_id).exists():
        raise NotFound(record_ref)
