"""Which pairs somebody may see. Every query and every act of this room asks here.

A pair is about somebody who works here, and is seen by those who may see that person's page: never by the person, nor
by whoever is tied to them. A pair of somebody whom the register does not know is seen by nobody.
"""

from typing import Any

from django.db.models import QuerySet

from peelian.matches.models import Pair
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.managed import visible_keys


def seen(viewer: Viewer) -> QuerySet[Any]:
    """The pairs that `viewer` may see."""
    pairs: QuerySet[Any] = Pair.objects.filter(person_id__isnull=False)
    if viewer.is_system:
        return pairs
    if not viewer.may(Permission.READ_MATCHES):
        return pairs.none()
    return pairs.filter(person_id__in=visible_keys(RecordKind.PERSON, viewer))


def pair_of(viewer: Viewer, ref: str) -> Pair:
    """One pair. Raises NotFound where there is none, or it is hidden."""
    found: Pair | None = seen(viewer).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
