"""Which pairs somebody may see. Every query and every act of this room asks here.

A pair is about somebody who works here, and is seen by those who may see that person's page: never by the person, nor
by whoever is tied to them. A pair of somebody whom the register does not know is seen by nobody. One of which an intake
item came that is closed to somebody is closed to them too: it would tell of the item.
"""

from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake.queries import closed_to
from peelian.matches.models import Pair, Raised, Result
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.managed import visible_keys
from peelian.walls.prepared import prepared


def seen(viewer: Viewer) -> QuerySet[Any]:
    """The pairs that `viewer` may see."""
    return seen_with(viewer, Permission.READ_MATCHES)


def seen_with(viewer: Viewer, *powers: Permission) -> QuerySet[Any]:
    """The pairs that `viewer` may see who holds one of `powers`; none for anybody else, and then no statement."""
    pairs: QuerySet[Any] = Pair.objects.filter(person_id__isnull=False)
    if viewer.is_system:
        return pairs
    if not any(viewer.may(power) for power in powers):
        return pairs.none()
    return pairs.filter(prepared(Pair, wall, viewer))


def wall(viewer: Viewer) -> Q:
    """Pairs of people whom `viewer` may see, but those of which an item came that is closed to them.

    Written once for a viewer, since one page asks it in several queries: `walls.prepared`.
    """
    raised, results = Raised.objects.values("item_ref"), Result.objects.exclude(item_ref="").values("item_ref")
    closed = (
        Raised.objects.filter(item_ref__in=closed_to(viewer, raised)).values("pair"),
        Result.objects.filter(item_ref__in=closed_to(viewer, results)).values("judgement__pair"),
    )
    known = Q(person_id__in=visible_keys(RecordKind.PERSON, viewer))
    return known & ~Q(pk__in=closed[0]) & ~Q(pk__in=closed[1])


def pair_of(viewer: Viewer, ref: str) -> Pair:
    """One pair. Raises NotFound where there is none, or it is hidden."""
    found: Pair | None = seen(viewer).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
