"""Where a head of professional standards is concerned: the record is sensitive and the delegate stands in, at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.actions.places import give_place, holder
from peelian.walls.managed import guarded_models
from peelian.walls.models import Place, RoleGrant, StandIn, User
from peelian.walls.queries import delegate_user_ids, head_person_ids
from peelian.walls.roles import HEAD

STANDS_IN = "stands in where the head of professional standards is concerned"
CONCERNED = "The head of professional standards is concerned."


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
    _stand_in(by, kind, record_id, record_ref, on)
    return True


def take_as_head(by: Viewer, user: User, on: date) -> None:
    """What follows for the walls once a user is a head of professional standards and known to be a certain person.

    Every open record in which that person is concerned becomes sensitive with the delegate named on it, as it would
    have been had they been a head when it was linked to them. Part of the caller's act; safe to run twice. Nothing
    where the user is no head from `on`, may not sign in, or is nobody in the register.
    """
    holds = RoleGrant.objects.filter(user=user, role=HEAD, to_on__isnull=True).exists()
    if user.person_id is None or not user.is_active or not holds:
        return
    for kind, model in guarded_models().items():
        concerning = getattr(model, "concerning", None)  # a root of which nobody is part has none
        for record in concerning(user.person_id) if concerning else ():
            _stand_in(by, kind, record.pk, record.ref, on)
            if record.sensitive_on is None:
                _close(by, kind, record, by.today)


def name_delegate(by: Viewer, user_id: int, kind: RecordKind, record_id: int, record_ref: str, on: date) -> None:
    """Name a delegate on a record, unless they are already or their own wall keeps them out of it."""
    if is_named(user_id, kind, record_id):
        return
    _name(by, user_id, kind, record_id, record_ref, on, STANDS_IN)


def is_named(user_id: int, kind: RecordKind, record_id: int) -> bool:
    """Whether the user has an open place as one named on the record."""
    return Place.objects.filter(
        kind=kind, record_id=record_id, user_id=user_id, capacity=Capacity.NAMED, to_on__isnull=True
    ).exists()


def _stand_in(by: Viewer, kind: RecordKind, record_id: int, record_ref: str, on: date) -> None:
    StandIn.objects.get_or_create(kind=kind, record_id=record_id, defaults={"record_ref": record_ref, "since_on": on})
    for user_id in sorted(delegate_user_ids(on)):
        name_delegate(by, user_id, kind, record_id, record_ref, on)


def _close(by: Viewer, kind: RecordKind, record: Any, on: date) -> None:
    """Open the record only to those with a place on it and to those who answer for it."""
    answering = record.become_sensitive(on, CONCERNED)
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=kind,
        key=record.ref,
        summary="made sensitive: a head of professional standards is concerned",
        on=on,
    )
    placed = set(
        Place.objects.filter(kind=kind, record_id=record.pk, to_on__isnull=True).values_list("user_id", flat=True)
    )
    for user_id in answering:
        if user_id not in placed:
            _name(by, user_id, kind, record.pk, record.ref, on, "answers for a record that became sensitive")


def _name(by: Viewer, user_id: int, kind: RecordKind, record_id: int, record_ref: str, on: date, because: str) -> None:
    try:
        holder(by, kind, record_id, user_id)
    except (NotAllowed, NotValid):
        return  # involved or without a reading role: their own wall comes first
    give_place(
        by=by,
        kind=kind,
        record_id=record_id,
        record_ref=record_ref,
        user_id=user_id,
        capacity=Capacity.NAMED,
        on=on,
        because=because,
    )
