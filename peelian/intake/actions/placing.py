"""Who may see an item: signatures, conflicts, sensitivity, broken glass; each by the item's reference."""

from datetime import date

from django.db import transaction

from peelian.intake.actions.owning import KIND, name_on
from peelian.intake.models import Item
from peelian.journal import actions as journal
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def sign(*, by: Viewer, item_ref: str, on: date) -> None:
    """Sign that one has no conflict, for one's places on the item. Raises NotFound where there is nothing to sign."""
    item = _open_to(by, item_ref)
    walls.sign_no_conflict(by=by, kind=KIND, record_id=item.pk, record_ref=item.ref, on=on)


@transaction.atomic
def declare_conflict(*, by: Viewer, item_ref: str, reason: str, on: date) -> None:
    """Declare a conflict: the item is closed to one for good. Raises NotFound, NotValid without a reason."""
    item = _open_to(by, item_ref)
    walls.declare_conflict(by=by, kind=KIND, record_id=item.pk, record_ref=item.ref, reason=reason, on=on)


@transaction.atomic
def make_sensitive(*, by: Viewer, item_ref: str, reason: str, on: date) -> None:
    """Open an item only to those named on it: its owner and whoever does this, once each has signed. Needs RESTRICT.

    Raises NotFound, NotValid without a reason or where it is sensitive already.
    """
    must_hold(by, Permission.RESTRICT)
    reason = must_say(reason, why="Say why it is sensitive.")
    item = Item.objects.visible_to(by).filter(ref=item_ref).first()
    if item is None:
        raise NotFound(item_ref)
    if item.sensitive_on is not None:
        raise NotValid("item", "This item is sensitive already.")
    item.sensitive_on = on
    item.save(update_fields=["sensitive_on"])
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary="made sensitive: open only to those named",
        on=on,
        texts=[(item.ref, {"reason": reason})],
    )
    for user_id in dict.fromkeys((item.owner_id, by.user_id)):
        if user_id is not None:
            name_on(by, item, user_id, on)


@transaction.atomic
def break_glass(*, by: Viewer, item_ref: str, reason: str) -> str:
    """Open a walled item for some hours, for a reason that others read at once; returns the opening's reference.

    Needs BREAK_GLASS. Raises NotFound alike for no such item and for one in which the viewer is involved.
    """
    return walls.break_glass(by=by, kind=KIND, record_ref=item_ref, reason=reason)


def _open_to(by: Viewer, item_ref: str) -> Item:
    item = Item.objects.open_to(by).filter(ref=item_ref).first()
    if not isinstance(item, Item):
        raise NotFound(item_ref)
    return item
