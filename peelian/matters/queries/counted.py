"""Who was concerned in which matter of some days: to be counted, and never shown."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q

from peelian.matters.models import Allegation, Matter
from peelian.matters.queries.register import concerned
from peelian.terms.matters import MatterKind, MatterState
from peelian.terms.permissions import Permission
from peelian.terms.viewer import LONDON, Viewer
from peelian.walls.powers import must_hold


@dataclass(frozen=True, slots=True)
class CountedConcern:
    """Somebody concerned in a matter. `in_period`: it came to attention in the period."""

    person_id: int = field(repr=False)
    matter_id: int = field(repr=False)
    in_period: bool
    is_open: bool


def concerned_counted(viewer: Viewer, from_on: date, to_on: date) -> tuple[CountedConcern, ...]:
    """Who is concerned in a matter that the viewer may see, and that came to attention in the period (the end not
    included), or before its end and is open. For figures alone. Needs READ_DISPARITY. One statement."""
    must_hold(viewer, Permission.READ_DISPARITY)
    seen = Matter.objects.visible_to(viewer).values("pk")
    came = Q(matter__came_to_attention_on__gte=from_on) | Q(matter__state=MatterState.OPEN)
    found = concerned().filter(came, matter_id__in=seen, matter__came_to_attention_on__lt=to_on)
    columns = ("person_id", "matter_id", "matter__came_to_attention_on", "matter__state")
    return tuple(
        CountedConcern(person_id, matter_id, on >= from_on, state == MatterState.OPEN)
        for person_id, matter_id, on, state in found.order_by("matter__ref", "person_id").values_list(*columns)
    )


COMPLAINTS = (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3)


def complaints_logged(viewer: Viewer, from_on: date, to_on: date) -> tuple[int, int]:
    """How many complaints were logged here in London days (the end not included), and how many
    allegations they hold, of those that the viewer may see. What came in an outside file was logged elsewhere, and is
    left out. Needs KEEP_RETURNS. Two statements."""
    must_hold(viewer, Permission.KEEP_RETURNS)
    begins, ends = (datetime.combine(day, time.min, LONDON) for day in (from_on, to_on))
    logged = Matter.objects.visible_to(viewer).filter(
        kind__in=COMPLAINTS, load__isnull=True, recorded_at__gte=begins, recorded_at__lt=ends
    )
    return logged.count(), Allegation.objects.filter(matter_id__in=logged.values("pk")).count()
