"""Who was in post in some days, with what they said of themselves: to be counted, and never shown."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from peelian.intake.queries import published
from peelian.people.models import Person
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

SERVING = [kind for kind in PersonKind if kind.serves]


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """Somebody in post. `joined_on`: the first day it may have been, where it is known to a month or a year."""

    id: int = field(repr=False)
    sex: str = field(repr=False)
    ethnicity: str = field(repr=False)
    joined_on: date | None = field(repr=False)


def in_post_counted(viewer: Viewer, from_on: date, to_on: date) -> tuple[CountedPerson, ...]:
    """Everybody whom the viewer may see and who was in post on a day of the period (the end not included); by key.

    For figures alone: no row of it leaves a room that counts. Needs READ_DISPARITY. One statement.
    """
    must_hold(viewer, Permission.READ_DISPARITY)
    came = Q(joined_on__isnull=True) | Q(joined_on__lt=to_on)
    stayed = Q(left_on__isnull=True) | Q(left_on__gt=from_on)
    found = Person.objects.visible_to(viewer).filter(
        came, stayed, published(), kind__in=SERVING, registered_on__isnull=False
    )
    columns = ("pk", "sex", "ethnicity", "joined_on")
    return tuple(CountedPerson(*row) for row in found.order_by("ref").values_list(*columns))
