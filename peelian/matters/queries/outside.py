"""Requests to other forces for somebody to take a place that nobody here may have."""

from collections.abc import Iterable
from typing import Any

from peelian.matters.models import Matter, OutsideRequest
from peelian.matters.rows import OutsideAnswerRow, OutsideRow
from peelian.rules.outside import OutsideGround
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names, users_by_id


def outside_on(held: Any) -> tuple[OutsideRow, ...]:
    """Requests about a matter that was shown to its viewer, the latest first."""
    rows = OutsideRequest.objects.filter(matter=held).select_related("answer").order_by("-on", "ref")
    return _rows(rows, {held.pk: held})


def outside_request(viewer: Viewer, matter_ref: str, request_ref: str) -> OutsideRow:
    """One request about a matter. Raises NotFound."""
    held = Matter.objects.visible_to(viewer).filter(ref=matter_ref).first()
    for row in outside_on(held) if held else ():
        if row.ref == request_ref:
            return row
    raise NotFound(f"request {request_ref}")


def my_outside_requests(viewer: Viewer) -> tuple[OutsideRow, ...]:
    """Requests that the viewer follows up, that await an answer and whose matter they may see; the first due first."""
    mine = list(OutsideRequest.objects.filter(owner_id=viewer.user_id or 0, answer__isnull=True))
    if not mine:
        return ()  # nearly always, and My work asks each time
    seen = {one.pk: one for one in Matter.objects.visible_to(viewer).filter(pk__in={row.matter_id for row in mine})}
    return _rows(sorted((row for row in mine if row.matter_id in seen), key=lambda row: (row.due_on, row.ref)), seen)


def _rows(requests: Iterable[Any], matters: dict[int, Any]) -> tuple[OutsideRow, ...]:
    listed = list(requests)
    if not listed:
        return ()
    answers = {one.pk: getattr(one, "answer", None) for one in listed}
    names = actor_names({one.recorded_by for one in (*listed, *answers.values()) if one})
    owners = users_by_id(one.owner_id for one in listed)
    found = []
    for one in listed:
        matter, answer = matters[one.matter_id], answers[one.pk]
        found.append(
            OutsideRow(
                ref=one.ref,
                matter_ref=matter.ref,
                heading=matter.heading,
                capacity=Capacity(one.capacity),
                ground=OutsideGround(one.ground),
                force=one.force,
                reasons=one.reasons,
                owner=owners[one.owner_id].name,
                due_on=one.due_on,
                on=one.on,
                by=names[one.recorded_by],
                answer=OutsideAnswerRow(answer.agreed, answer.words, answer.on, names[answer.recorded_by])
                if answer
                else None,
            )
        )
    return tuple(found)
