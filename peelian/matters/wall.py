"""The wall of a matter. Whatever part a person plays in it, they and those tied to them are kept out alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.intake.wall import UNPUBLISHED
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.standing import involves_barred, root_wall


def matter_wall(viewer: Viewer, involvements: QuerySet[Any]) -> Q:
    """Which matters `viewer` may see; `involvements` links people to them."""
    barred = Q(Exists(involvements.filter(involves_barred(viewer, "person_id"), matter=OuterRef("pk"))))
    wall = root_wall(viewer, RecordKind.MATTER, reads_all=viewer.may(Permission.READ_MATTERS), barred=barred)
    return wall & ~UNPUBLISHED
