"""The wall of an intake item. People named in it, or never to see it, are kept out from the start."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.standing import involves_barred, root_wall

UNPUBLISHED = Q(load__isnull=False) & Q(load__published_at__isnull=True)


def item_wall(viewer: Viewer, kept_out: QuerySet[Any]) -> Q:
    """Which items `viewer` may see; `kept_out` holds the people kept out of each."""
    barred = Exists(kept_out.filter(involves_barred(viewer, "person_id"), item=OuterRef("pk")))
    sender = Q(from_person_id__isnull=False) & involves_barred(viewer, "from_person_id")
    wall = root_wall(
        viewer,
        RecordKind.INTAKE_ITEM,
        reads_all=viewer.may(Permission.READ_INTAKE),
        barred=Q(barred) | sender,
    )
    return wall & ~UNPUBLISHED
