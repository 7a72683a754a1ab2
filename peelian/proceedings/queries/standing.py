"""What other rooms ask of proceedings: whether the panel that is recorded may sit, and what may be published."""

from typing import Any

from peelian.clocks.law import law
from peelian.proceedings import facts
from peelian.proceedings.models import Direction
from peelian.proceedings.rows import FIELDS, DirectionRow, FieldDirection
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer


def panel_refusal(viewer: Viewer, matter_ref: str, person_key: str, *, step: str = "panel_named") -> Refusal | None:
    """Why the panel of the proceedings about a person may not be told or sit today; None where it may.

    Nothing recorded is a refusal too, by the law of the `step` that rests on it. Raises NotFound.
    """
    one = facts.last_about(viewer, matter_ref, person_key)
    if one is None:
        return Refusal(facts.NO_PANEL, law().steps[step].law)
    against = facts.panel(viewer, one, viewer.today).against
    if not against:
        return None
    said = " ".join(refusal.reason for refusal in against)
    laws = "; ".join(dict.fromkeys(refusal.law for refusal in against if refusal.law))
    return Refusal(f"The panel that is recorded cannot sit. {said}", laws)


def directed(viewer: Viewer, matter_ref: str, person_key: str) -> DirectionRow | None:
    """What the chair of the proceedings about a person directed last, empty while they have directed nothing.

    None where no proceedings are recorded of which something is published. Raises NotFound.
    """
    one = facts.last_about(viewer, matter_ref, person_key)
    if one is None or not one.forum.get("is_public"):
        return None
    rows = directions_of(one.row.pk)
    return direction_row(rows[-1]) if rows else DirectionRow()


def directions_of(proceeding_id: int) -> list[Any]:
    """Oldest first, with their chair. One statement."""
    rows = Direction.objects.filter(proceeding_id=proceeding_id).select_related("chair")
    return list(rows.order_by("recorded_at", "pk"))


def direction_row(row: Any) -> DirectionRow:
    return DirectionRow(
        fields=tuple(FieldDirection(key, getattr(row, key), getattr(row, f"{key}_reason")) for key in FIELDS),
        chair=row.chair.name,
        on=row.on,
    )
