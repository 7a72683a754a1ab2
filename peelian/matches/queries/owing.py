"""What followed from judged pairs and waits at intake: who owns each, and by which day it is to be acted on."""

from peelian.intake import queries as intake
from peelian.matches.models import Result
from peelian.matches.results import result_kinds
from peelian.matches.rows import OwedRow
from peelian.matches.wall import seen
from peelian.people import queries as people
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer

MOST = 50


def owed(viewer: Viewer) -> tuple[OwedRow, ...]:
    """Results whose intake item nobody has assessed yet, the first due first, at most fifty. Few statements."""
    if not viewer.may(Permission.READ_MATCHES):
        return ()
    given = Result.objects.filter(judgement__pair__in=seen(viewer).values("pk")).exclude(item_ref="")
    listed = list(given.select_related("judgement__pair").order_by("due_on", "item_ref"))
    waiting = intake.awaiting_among(viewer, [row.item_ref for row in listed]) if listed else {}
    rows = [row for row in listed if row.item_ref in waiting][:MOST]
    names = people.refs_on_record(viewer, {row.judgement.pair.person_id or 0 for row in rows}) if rows else {}
    return tuple(
        OwedRow(
            pair_ref=row.judgement.pair.ref,
            person=names[row.judgement.pair.person_id or 0][1],
            title=result_kinds()[row.result].title,
            item_ref=row.item_ref,
            owner=waiting[row.item_ref],
            due_on=row.due_on,
            is_late=row.due_on < viewer.today,
        )
        for row in rows
    )
