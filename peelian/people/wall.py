"""The wall of a person's page.

Nobody sees the page about themselves, or about someone they are tied to. A person known only through a record (a
complainant, an unnamed subject) is seen by those who may see one of those records, so that a list of people never
tells of a matter behind a wall.
"""

from django.db.models import Q

from peelian.intake.queries import unpublished
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.standing import by_tether, involves_barred, kept_in, opened_by_glass

KNOWN_THROUGH = (RecordKind.MATTER, RecordKind.INTAKE_ITEM)


def person_kept_in(viewer: Viewer) -> Q:
    """Everyone but the viewer, those they are tied to, and those about whom they declared a conflict."""
    return kept_in(viewer, RecordKind.PERSON, involves_barred(viewer, "pk")) & ~unpublished()


def person_wall(viewer: Viewer) -> Q:
    """Which people `viewer` may see."""
    if not viewer.may(Permission.READ_PEOPLE):
        return Q(pk__in=[])
    known = Q(registered_on__isnull=False) | by_tether(viewer, KNOWN_THROUGH)
    return person_kept_in(viewer) & (known | Q(pk__in=opened_by_glass(viewer, RecordKind.PERSON)))
