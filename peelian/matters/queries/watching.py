"""Alerts: who looked at a matter or its people though connected with a person concerned. LES-26."""

from typing import Any

from django.db.models import F, Q, QuerySet

from peelian.matters.models import Alert, Matter
from peelian.matters.rows import AlertNoteRow, AlertRow
from peelian.rules.alerts import AlertGround
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.free import placed_as
from peelian.walls.lists import page_of
from peelian.walls.managed import is_visible
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names, users_by_id

ANSWERS = (Capacity.SUPERVISOR, Capacity.NAMED)


def told_to(viewer: Viewer) -> QuerySet[Any]:
    """The alerts told to a viewer: about matters they may see, and never about their own looks.

    Whoever sees every use of break-glass sees all of them; others, those of matters that they supervise or on which
    they are named. For this room.
    """
    found = Alert.objects.exclude(user_id=viewer.user_id or 0)
    if viewer.is_system:
        return found
    found = found.filter(Q(is_visible(RecordKind.MATTER, viewer, F("matter_id"))))
    if viewer.may(Permission.READ_BREAK_GLASS):
        return found
    return found.filter(matter_id__in=placed_as(viewer, RecordKind.MATTER, ANSWERS))


def alerts(viewer: Viewer, *, number: int = 1, size: int = SIZE) -> Page[AlertRow]:
    """Alerts told to the viewer, the latest first. Needs READ_ALERTS. Five statements."""
    must_hold(viewer, Permission.READ_ALERTS)
    found = page_of(
        told_to(viewer).select_related("acknowledged"),
        sort=Sort("at", descending=True),
        keys={"at": ("at",)},
        row=lambda alert: alert,
        number=number,
        size=size,
    )
    rows = dict(zip((one.pk for one in found.rows), _rows(viewer, found.rows), strict=True))
    return found.of(lambda alert: rows[alert.pk])


def alert(viewer: Viewer, alert_ref: str) -> AlertRow:
    """One alert told to the viewer. Needs READ_ALERTS. Raises NotFound."""
    must_hold(viewer, Permission.READ_ALERTS)
    found = told_to(viewer).filter(ref=alert_ref).select_related("acknowledged").first()
    if found is None:
        raise NotFound(f"alert {alert_ref}")
    return _rows(viewer, [found])[0]


def _rows(viewer: Viewer, listed: Any) -> list[AlertRow]:
    users = users_by_id(one.user_id for one in listed)
    notes = {one.pk: getattr(one, "acknowledged", None) for one in listed}
    names = actor_names({note.recorded_by for note in notes.values() if note})
    seen = Matter.objects.visible_to(viewer).filter(pk__in={one.matter_id for one in listed})
    matters = {pk: (ref, heading) for pk, ref, heading in seen.values_list("pk", "ref", "heading")}
    return [
        AlertRow(
            ref=one.ref,
            who=users[one.user_id].name,
            ground=AlertGround(one.ground),
            matter_ref=matters[one.matter_id][0],
            heading=matters[one.matter_id][1],
            page=one.page,
            kind=RecordKind(one.kind),
            key=one.key,
            was_refused=one.was_refused,
            at=one.at,
            note=AlertNoteRow(note.words, note.at, names[note.recorded_by]) if (note := notes[one.pk]) else None,
        )
        for one in listed
    ]
