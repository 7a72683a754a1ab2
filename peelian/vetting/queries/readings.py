"""Independent readings that wait for somebody: what those who decide on an application may not see."""

from django.db.models import Q

from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.kept_rows import ReadingRow
from peelian.vetting.models import Reading
from peelian.walls.queries import users_by_id

MOST = 100


def readings(viewer: Viewer) -> tuple[ReadingRow, ...]:
    """The readings asked of the viewer, unanswered first, and those nobody was found for that the viewer can do.

    At most 100. One that the viewer cannot see whole is left out: the application, and all that is hidden from those
    who decide. One statement for whoever has none.
    """
    asked = Q(reader_id=viewer.user_id or 0)
    if viewer.may(Permission.COUNTERSIGN) and viewer.may(Permission.READ_VETTING):
        asked |= Q(reader_id__isnull=True, answer__isnull=True)
    rows = list(Reading.objects.filter(asked).select_related("answer").order_by("-asked_at", "ref")[:MOST])
    rows = [one for one in rows if viewer.user_id not in one.decider_ids]
    if not rows:
        return ()
    keys = [one.application_id for one in rows]
    applications = {one.pk: one for one in facts.seen(viewer).filter(pk__in=keys)}
    seen = matters.lines_by_ref(viewer, {ref for one in rows for ref in one.hidden})
    lines = people.lines(viewer, {one.person_id for one in applications.values()})
    names = {key: user.name for key, user in users_by_id({key for one in rows for key in one.decider_ids}).items()}
    found = [
        ReadingRow(
            ref=one.ref,
            application_ref=applications[one.application_id].ref,
            person=lines[applications[one.application_id].person_id],
            deciders=tuple(sorted(names.get(key, "") for key in one.decider_ids)),
            asked_at=one.asked_at,
            answered_on=answer.on if (answer := getattr(one, "answer", None)) else None,
            shared=bool(answer and answer.shares),
            matters=tuple(seen[ref] for ref in one.hidden),
            id=one.pk,
        )
        for one in rows
        if one.application_id in applications and set(one.hidden) <= set(seen)
    ]
    return tuple(sorted(found, key=lambda one: (one.answered_on is not None, one.asked_at, one.ref)))


def reading(viewer: Viewer, reading_ref: str) -> ReadingRow:
    """One reading asked of the viewer. Raises NotFound for anybody else's, and where the viewer sees too little."""
    for row in readings(viewer):
        if row.ref == reading_ref:
            return row
    raise NotFound(f"reading {reading_ref}")
