"""The chief officer's delegate, who stands in where the head of professional standards is concerned."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.places import end_place, give_place, holder
from peelian.walls.actions.users import user_row
from peelian.walls.models import Delegation, Place, RoleGrant, StandIn
from peelian.walls.powers import LAW, must_hold, must_say
from peelian.walls.queries import delegate_user_ids, head_person_ids
from peelian.walls.roles import HEAD
from peelian.walls.standing import lasting

STANDS_IN = "stands in where the head of professional standards is concerned"


@transaction.atomic
def appoint_delegate(*, by: Viewer, user_ref: str, reason: str, on: date) -> None:
    """Appoint a delegate from `on`, and name them on every record in which the head is concerned.

    Needs DELEGATE. Raises NotAllowed for the head themselves or the person who appoints, NotValid for one who is the
    delegate already or whose roles read no matters, NotFound.
    """
    must_hold(by, Permission.DELEGATE)
    reason = must_say(reason, why="Say why this delegate is appointed.")
    user = user_row(user_ref)
    if RoleGrant.objects.filter(lasting(by), user=user, role=HEAD).exists():
        raise NotAllowed(Refusal("The head of professional standards cannot stand in for themselves.", LAW))
    if Delegation.objects.filter(user=user, to_on__isnull=True).exists():
        raise NotValid("user", f"{user.name} is already the delegate.")
    Delegation.objects.create(user=user, appointed_by=by.actor, reason=reason, from_on=on)
    journal.record(
        by=by,
        act=Act.GRANTED,
        kind=RecordKind.USER,
        key=user.ref,
        summary="appointed the delegate who stands in for the head of professional standards",
        on=on,
        texts=[(user.ref, {"reason": reason})],
    )
    for record in StandIn.objects.order_by("record_ref"):
        _name(by, user.pk, RecordKind(record.kind), record.record_id, record.record_ref, on)


@transaction.atomic
def end_delegate(*, by: Viewer, user_ref: str, reason: str, on: date) -> None:
    """End a delegation, and the places it gave. Needs DELEGATE. Raises NotFound where there is none."""
    must_hold(by, Permission.DELEGATE)
    reason = must_say(reason, why="Say why this delegation ends.")
    user = user_row(user_ref)
    delegation = Delegation.objects.filter(user=user, to_on__isnull=True).first()
    if delegation is None:
        raise NotFound(f"{user.username} is not the delegate")
    delegation.to_on = max(on, delegation.from_on)
    delegation.save(update_fields=["to_on"])
    journal.record(
        by=by,
        act=Act.WITHDRAWN,
        kind=RecordKind.USER,
        key=user.ref,
        summary="ended a delegation",
        on=on,
        texts=[(user.ref, {"reason": reason})],
    )
    for record in StandIn.objects.order_by("record_ref"):
        kind = RecordKind(record.kind)
        if _named(user.pk, kind, record.record_id):
            end_place(
                by=by,
                kind=kind,
                record_id=record.record_id,
                record_ref=record.record_ref,
                user_id=user.pk,
                capacity=Capacity.NAMED,
                on=on,
                reason="The delegation ended.",
                because="end of a delegation",
            )


@transaction.atomic
def stand_in_for_head(
    *, by: Viewer, kind: RecordKind, record_id: int, record_ref: str, person_ids: Iterable[int], on: date
) -> bool:
    """Whether a head of professional standards is among `person_ids`; if so the delegate is named on the record.

    Part of the caller's act, which makes the record sensitive when this says True. A delegate who is involved
    themselves is not named. One appointed later is named then.
    """
    if not head_person_ids(on) & frozenset(person_ids):
        return False
    StandIn.objects.get_or_create(kind=kind, record_id=record_id, defaults={"record_ref": record_ref, "since_on": on})
    for user_id in sorted(delegate_user_ids(on)):
        _name(by, user_id, kind, record_id, record_ref, on)
    return True


def _name(by: Viewer, user_id: int, kind: RecordKind, record_id: int, record_ref: str, on: date) -> None:
    if _named(user_id, kind, record_id):
        return
    try:
        holder(by, kind, record_id, user_id)
    except (NotAllowed, NotValid):
        return  # involved or without a reading role: the delegate's own wall comes first
    give_place(
        by=by,
        kind=kind,
        record_id=record_id,
        record_ref=record_ref,
        user_id=user_id,
        capacity=Capacity.NAMED,
        on=on,
        because=STANDS_IN,
    )


def _named(user_id: int, kind: RecordKind, record_id: int) -> bool:
    return Place.objects.filter(
        kind=kind, record_id=record_id, user_id=user_id, capacity=Capacity.NAMED, to_on__isnull=True
    ).exists()
