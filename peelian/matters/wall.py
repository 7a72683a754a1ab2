"""The wall of a matter. Whatever part a person plays in it, they and those tied to them are kept out alike.

Someone who must never see an intake item never sees the matter that came of it either.
"""

from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake.queries import items_kept_from, unpublished
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.standing import any_of, kept_in, links_to_barred, root_wall


def matter_kept_in(viewer: Viewer, involvements: QuerySet[Any]) -> Q:
    """Which matters neither an involvement nor a conflict hides from `viewer`; `involvements` links people to them."""
    involved = any_of("pk", (links.values("matter") for links in links_to_barred(viewer, involvements)))
    came_of = Q(intake_item_id__isnull=False) & any_of("intake_item_id", items_kept_from(viewer))
    return kept_in(viewer, RecordKind.MATTER, involved | came_of) & ~unpublished()


def matter_wall(viewer: Viewer, involvements: QuerySet[Any]) -> Q:
    """Which matters `viewer` may see."""
    return root_wall(
        viewer,
        RecordKind.MATTER,
        reads_all=viewer.may(Permission.READ_MATTERS),
        reads_placed=viewer.may(Permission.READ_PLACED_MATTERS),
        kept_in=matter_kept_in(viewer, involvements),
    )
