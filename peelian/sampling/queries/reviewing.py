"""The open investigations with their next review by a supervisor, and who may review one."""

from datetime import timedelta
from typing import Any

from peelian.clocks.law import law
from peelian.clocks.owners import owners_of
from peelian.decisions import queries as decisions
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.rules.sampling import samples
from peelian.sampling.models import Drawn
from peelian.sampling.rows import ReviewRow
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.actions.many_places import open_to
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_by_id, users_holding
from peelian.walls.rows import UserRow

MATTER = RecordKind.MATTER


def reviews(viewer: Viewer) -> tuple[ReviewRow, ...]:
    """The open investigations that the viewer may see, with who reviews each and by when; the first due first.

    A review is due so many days after the last one or the appointment, by the row of the sample, and sooner where the
    lot fell on it. Needs COUNTERSIGN.
    """
    must_hold(viewer, Permission.COUNTERSIGN)
    rule = next(one for one in samples(law()).values() if not one.of_decisions)
    found = decisions.investigated(viewer)
    parts = matters.parts_by_id(viewer, [one.matter_id for one in found])
    owners = owners_of(viewer, list(parts.values()), people.unit_by_id(viewer))
    drawn: dict[int, Any] = {}
    rows = Drawn.objects.filter(matter_id__in=list(parts), decision_ref="").select_related("draw")
    for given in rows.order_by("due_on", "pk"):
        drawn[given.matter_id] = given
    users = users_by_id({given.owner_id for given in drawn.values() if given.owner_id})
    listed = []
    for one in found:
        lot = drawn.get(one.matter_id)
        if lot and one.reviewed_at and one.reviewed_at >= lot.draw.recorded_at:
            lot = None
        owner = owners.of(parts[one.matter_id], Capacity.SUPERVISOR)
        is_mine = owner.user_id == viewer.user_id
        words = owner.words
        if lot and lot.owner_id:
            is_mine, words = lot.owner_id == viewer.user_id, users[lot.owner_id].name
        due_on = (one.reviewed_on or one.since_on) + timedelta(days=rule.every_days)
        drawn_by = lot.due_on if lot else None
        overdue = min(due_on, drawn_by or due_on) < viewer.today
        listed.append(
            ReviewRow(
                *(one.matter_ref, one.heading, one.since_on, one.reviewed_on, due_on, drawn_by),
                *(words, is_mine, overdue),
            )
        )
    return tuple(sorted(listed, key=lambda row: (row.next_on, row.matter_ref)))


def supervisors_of(everything: Viewer, matter_id: int) -> tuple[UserRow, ...]:
    """Who may review an investigation: its one owner as a supervisor, else all who may supervise and see it."""
    matter = matters.parts_by_id(everything, [matter_id])[matter_id]
    owner = owners_of(everything, [matter], people.unit_by_id(everything)).of(matter, Capacity.SUPERVISOR)
    able = [
        user
        for user in users_holding(Permission.COUNTERSIGN, everything.today)
        if user.id in {one.id for one in users_holding(Permission.INVESTIGATE, everything.today)}
        and matter_id in open_to(user.id, MATTER, [matter_id], everything)
    ]
    return tuple(user for user in able if user.id == owner.user_id) or tuple(able)
