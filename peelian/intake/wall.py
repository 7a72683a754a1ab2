"""The wall of an intake item. People named in it, or never to see it, are kept out from the start."""

from typing import Any

from django.db.models import Q, QuerySet

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.standing import any_of, involves_barred, kept_in, links_to_barred, root_wall


def unpublished(loads: QuerySet[Any]) -> Q:
    """Records of a load that is not published. A wall names their keys: it never joins a table to the root's own."""
    return Q(load__isnull=False) & Q(load__in=loads.filter(published_at__isnull=True).values("pk"))


def barred_from(viewer: Viewer, kept_out: QuerySet[Any]) -> Q:
    """Items that name `viewer` or someone they are tied to, as sender or as one never to see it."""
    named = any_of("pk", (links.values("item") for links in links_to_barred(viewer, kept_out)))
    return named | (Q(from_person_id__isnull=False) & involves_barred(viewer, "from_person_id"))


def item_kept_in(viewer: Viewer, kept_out: QuerySet[Any], loads: QuerySet[Any]) -> Q:
    """Which items neither an involvement nor a conflict hides from `viewer`; `kept_out` holds who never sees each."""
    return kept_in(viewer, RecordKind.INTAKE_ITEM, barred_from(viewer, kept_out)) & ~unpublished(loads)


def item_wall(viewer: Viewer, kept_out: QuerySet[Any], loads: QuerySet[Any]) -> Q:
    """Which items `viewer` may see."""
    reads = viewer.may(Permission.READ_INTAKE)
    return root_wall(
        viewer,
        RecordKind.INTAKE_ITEM,
        reads_all=reads,
        reads_placed=reads,
        kept_in=item_kept_in(viewer, kept_out, loads),
    )
