"""Break-glass: a named role opens a walled record for four hours, with a reason that others see at once."""

from datetime import timedelta

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.managed import open_keys, visible_keys
from peelian.walls.models import BrokenGlass
from peelian.walls.powers import must_hold, must_say

HOURS = 4


@transaction.atomic
def break_glass(*, by: Viewer, kind: RecordKind, record_ref: str, reason: str) -> str:
    """Open a walled record, known by its reference, to the viewer for four hours; returns the opening's reference.

    Needs BREAK_GLASS. Raises NotValid without a reason or where the viewer can see the record anyway; NotFound alike
    for no such record and for one in which they are involved or about which they declared a conflict, so that asking
    tells them nothing.
    """
    must_hold(by, Permission.BREAK_GLASS)
    reason = must_say(reason, why="Say why you must open this record. Others will read it at once.")
    record_id = open_keys(kind, by).filter(ref=record_ref).values_list("pk", flat=True).first()
    if by.user_id is None or record_id is None:
        raise NotFound(record_ref)
    if visible_keys(kind, by).filter(pk=record_id).exists():
        raise NotValid("ref", "You can see this record without breaking the glass.")
    opening = BrokenGlass.objects.create(
        ref=new_reference("PG"),
        user_id=by.user_id,
        kind=kind,
        record_id=record_id,
        record_ref=record_ref,
        reason=reason,
        at=by.at,
        until=by.at + timedelta(hours=HOURS),
    )
    journal.record(
        by=by,
        act=Act.GRANTED,
        kind=kind,
        key=record_ref,
        summary=f"broke the glass for {HOURS} hours ({opening.ref})",
        on=by.today,
        texts=[(record_ref, {"reason": reason})],
    )
    return opening.ref
