"""What a matter brought with it from the intake item that it came of."""

from peelian.intake import queries as items
from peelian.intake.rows import SeriousRow
from peelian.matters.models import Matter
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer


def came_as_serious(viewer: Viewer, matter_ref: str) -> tuple[SeriousRow, ...]:
    """Why a matter is serious by the record that it came of, and the question of referral that raises. LES-10.

    Raises NotFound, also behind a wall. Two statements.
    """
    held = Matter.objects.visible_to(viewer).filter(ref=matter_ref).first()
    if held is None:
        raise NotFound(f"matter {matter_ref}")
    return items.serious_of(held.intake_item_id)
