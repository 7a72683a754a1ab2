"""Who holds a place on each of many records, in one statement."""

from collections.abc import Collection, Iterable
from dataclasses import fields

from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.viewer import Viewer
from peelian.walls.models import Place
from peelian.walls.rows import UserRow
from peelian.walls.standing import lasting

AT_ONCE = 500
USER = tuple(f"user__{column.name}" for column in fields(UserRow))  # in the order of the row


def holders(
    viewer: Viewer, kind: RecordKind, record_ids: Iterable[int]
) -> dict[int, dict[Capacity, tuple[UserRow, ...]]]:
    """Who holds which place on each record on the viewer's day, by name; for records that were shown to the viewer.

    Somebody who declared a conflict holds none; somebody who has yet to sign does.
    """
    wanted = sorted(set(record_ids))
    found: dict[int, dict[Capacity, tuple[UserRow, ...]]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        places = Place.objects.filter(
            lasting(viewer),
            kind=kind,
            record_id__in=wanted[start : start + AT_ONCE],
            conflict_at__isnull=True,
            user__is_active=True,
        )
        listed = places.order_by("user__name", "user__ref").values_list("record_id", "capacity", *USER)
        for record_id, key, *user in listed:
            held = found.setdefault(record_id, {})
            capacity = Capacity(key)
            held[capacity] = (*held.get(capacity, ()), UserRow(*user))
    return found


def ever_placed(
    kind: RecordKind, record_ids: Iterable[int], *, but: Collection[Capacity] = ()
) -> dict[int, frozenset[int]]:
    """The users who have, or ever had, a place on each record, or declared a conflict about it; by key of the record.

    For an act that asks who comes to a record afresh. `but`: capacities that do not count.
    """
    wanted = sorted(set(record_ids))
    found: dict[int, set[int]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        places = Place.objects.filter(kind=kind, record_id__in=wanted[start : start + AT_ONCE])
        if but:
            places = places.exclude(capacity__in=list(but))
        for record_id, user_id in places.values_list("record_id", "user_id"):
            found.setdefault(record_id, set()).add(user_id)
    return {record_id: frozenset(users) for record_id, users in found.items()}
