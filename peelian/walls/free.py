"""What stands between users and a place on a record, and how much they have in hand; each in one statement.

For acts and proposals about many users at once. What `ties_among` gives is compared with, and never shown.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.models import Place, Tie
from peelian.walls.standing import lasting


def ties_among(person_ids: Iterable[int], other_ids: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Which of the others each of the people is tied to on a day, by key."""
    lasts = Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gt=on))
    rows = Tie.objects.filter(lasts, person_id__in=sorted(set(person_ids)), other_id__in=sorted(set(other_ids)))
    found: dict[int, set[int]] = {}
    for person_id, other_id in rows.values_list("person_id", "other_id"):
        found.setdefault(person_id, set()).add(other_id)
    return {key: frozenset(others) for key, others in found.items()}


def in_hand(viewer: Viewer, kind: RecordKind, user_ids: Iterable[int], among: QuerySet[Any]) -> dict[int, int]:
    """On how many records each user has a place today, of those `among` that the viewer may see, by key of the user."""
    places = Place.objects.filter(
        lasting(viewer),
        Q(is_visible(kind, viewer, F("record_id"))) if not viewer.is_system else Q(),
        kind=kind,
        user_id__in=sorted(set(user_ids)),
        conflict_at__isnull=True,
        record_id__in=among,
    )
    return dict(places.values_list("user_id").annotate(number=Count("record_id", distinct=True)).order_by())


def placed_as(viewer: Viewer, kind: RecordKind, capacities: Iterable[Capacity]) -> QuerySet[Any]:
    """Keys of the records on which the viewer has and signed for a place of one of these capacities; a subquery."""
    return Place.objects.filter(
        lasting(viewer),
        user_id=viewer.user_id or 0,
        kind=kind,
        capacity__in=list(capacities),
        signed_at__isnull=False,
        conflict_at__isnull=True,
    ).values("record_id")
