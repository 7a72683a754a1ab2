"""The chief officer's delegate, who stands in where the head of professional standards is concerned."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.heads import is_named, name_delegate
from peelian.walls.actions.places import end_place
from peelian.walls.actions.users import user_row
from peelian.walls.models import Delegation, RoleGrant, StandIn
from peelian.walls.powers import LAW, must_hold, must_say
from peelian.walls.roles import HEAD
from peelian.walls.standing import lasting


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
        name_delegate(by, user.pk, RecordKind(record.kind), record.record_id, record.record_ref, on)


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
        if is_named(user.pk, kind, record.record_id):
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
