"""Letters that wait for the viewer, whatever their matter."""

from django.db.models import F, Q, QuerySet

from peelian.matters.queries import parts_by_id
from peelian.publish.models import Letter, LetterMove
from peelian.publish.queries.lines import lines_of
from peelian.publish.rows import Waiting
from peelian.publish.states import WRITING, LetterState
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible

MOST = 100


def waiting(viewer: Viewer) -> Waiting:
    """What the viewer may approve, what they are writing, and what they wrote that was issued and is not served yet.

    Only letters of matters that the viewer may see; oldest first, at most 100 of each. A fixed number of statements.
    """
    seen = Letter.objects.filter(is_visible(RecordKind.MATTER, viewer, F("matter_id")))
    if viewer.is_system:
        seen = Letter.objects.all()
    to_approve: QuerySet[Letter] = Letter.objects.none()
    if viewer.may(Permission.APPROVE_LETTERS):
        wrote = LetterMove.objects.filter(by=viewer.actor, move__in=WRITING).values("letter_id")
        to_approve = seen.filter(state=LetterState.SUBMITTED).exclude(pk__in=wrote)
    mine = seen.filter(written_by=viewer.actor)
    writing = mine.filter(state__in=(LetterState.DRAFT, LetterState.SENT_BACK, LetterState.SUBMITTED))
    to_serve = seen.filter(Q(written_by=viewer.actor), state=LetterState.ISSUED)
    groups = [
        list(found.select_related("issued", "served").order_by("written_at", "ref")[:MOST])
        for found in (to_approve, writing, to_serve)
    ]
    matters = parts_by_id(viewer, {letter.matter_id for group in groups for letter in group})
    approve, written, serve = (lines_of(viewer, group, matters) for group in groups)
    return Waiting(to_approve=approve, writing=written, to_serve=serve)
