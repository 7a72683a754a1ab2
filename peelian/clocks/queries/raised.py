"""What is raised to somebody who answers for more than their own work: overdue under a rule that says to whom."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from peelian.clocks.law import law
from peelian.clocks.models import Event
from peelian.clocks.owners import SUPERVISOR
from peelian.clocks.queries.duties import by_due, open_rows
from peelian.clocks.recordable import CAME
from peelian.clocks.rows import DutyRow
from peelian.intake.queries import published
from peelian.matters.queries.parts import MatterParts, parts_unanswered
from peelian.people import queries as people
from peelian.statute import ClockEvents
from peelian.terms.viewer import Viewer


def raised(viewer: Viewer) -> tuple[DutyRow, ...]:
    """What is overdue on matters that the viewer may see and is raised to a role of theirs, by due day. LES-05, LES-11.

    To a supervisor, on matters of their unit and of the units within it alone. Nothing is stored: what was done, or is
    owed no more, is raised no more. A fixed number of statements; none for somebody to whom nothing is raised.
    """
    drives = {one.clock: one for one in law().drives.values() if viewer.roles.intersection(one.raised_to)}
    if not drives:
        return ()
    found = {one.ref: one for drive in drives.values() for one in _unanswered(viewer, drive)}
    if not found:
        return ()
    units = _own_units(viewer)
    rows = open_rows(viewer, tuple(found.values()), viewer.today)
    overdue = (row for row in rows if row.is_overdue and row.clock in drives)
    return tuple(
        sorted(
            (row for row in overdue if _is_theirs(viewer, drives[row.clock], found[row.matter_ref], units)), key=by_due
        )
    )


def _unanswered(viewer: Viewer, drive: ClockEvents) -> tuple[MatterParts, ...]:
    """The matters on which a clock may be overdue; on some it is not."""
    of_each_start = [key for key in drive.starts if key != CAME]
    return parts_unanswered(
        viewer,
        drive.kinds if CAME in drive.starts else (),
        started=_keys(of_each_start),
        answered=_keys((*drive.met_by, *drive.ended_by)),
        counts=_keys(),
    )


def _keys(events: Iterable[str] | None = None) -> QuerySet[Any]:
    """Keys of the matters with an event of one of these kinds that stands, or with any; a subquery."""
    standing = Event.objects.filter(published(), withdrawn=False, corrected_by__isnull=True)
    return (standing if events is None else standing.filter(key__in=list(events))).values("matter_id")


def _own_units(viewer: Viewer) -> set[int]:
    units = people.units(viewer)
    own = next((unit for unit in units if unit.id == viewer.unit_id), None)
    return people.keys_within(own, units) if own else set()


def _is_theirs(viewer: Viewer, drive: ClockEvents, matter: MatterParts, units: set[int]) -> bool:
    return bool(viewer.roles.intersection(drive.raised_to) - {SUPERVISOR}) or matter.unit_id in units
