"""Vehicles: whose they are, who else has the same one, and who kept a mark on a day."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from peelian.intake.queries import published
from peelian.people.models import Identifier, Person, Vehicle
from peelian.people.names import folded_identifier
from peelian.people.numbering import newest_first, numbered
from peelian.people.queries.naming import lines
from peelian.people.vehicles import KeeperRow, SharedVehicle, VehicleRow
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

AT_ONCE = 500


def vehicles_of(viewer: Viewer, person_ref: str) -> tuple[VehicleRow, ...]:
    """Vehicles of one person, the newest first. Raises NotFound, also behind a wall."""
    held = _person(viewer, person_ref)
    return tuple(
        VehicleRow(row.mark, row.words, row.source, row.from_on, row.to_on, number)
        for number, row in newest_first(numbered(held, "vehicles"))
    )


def shared_vehicles(viewer: Viewer, person_ref: str) -> tuple[SharedVehicle, ...]:
    """Others, of those that the viewer may see, who have or had the same vehicle at the same time.

    Raises NotFound, also behind a wall.
    """
    held = _person(viewer, person_ref)
    mine = list(held.vehicles.filter(published()))
    theirs = Vehicle.objects.filter(published(), folded__in={row.folded for row in mine}).exclude(person=held)
    seen = Person.objects.visible_to(viewer).filter(pk__in=theirs.values("person_id"))
    meeting = [
        row
        for row in theirs.filter(person_id__in=seen.values("pk")).order_by("folded", "from_on", "person__ref")
        if any(_meet(row, one) for one in mine if one.folded == row.folded)
    ]
    named = lines(viewer, {row.person_id for row in meeting})
    return tuple(SharedVehicle(named[row.person_id], row.mark, row.source) for row in meeting)


def keepers(viewer: Viewer, marks: Iterable[str]) -> tuple[KeeperRow, ...]:
    """Whoever the viewer may see that has or had a vehicle of one of these marks, with the numbers they bear."""
    wanted = sorted({folded for mark in marks if (folded := folded_identifier(mark))})
    found: list[KeeperRow] = []
    for start in range(0, len(wanted), AT_ONCE):
        held: QuerySet[Any] = Vehicle.objects.filter(published(), folded__in=wanted[start : start + AT_ONCE])
        seen = Person.objects.visible_to(viewer).filter(pk__in=held.values("person_id")).values("pk")
        rows = list(held.filter(person_id__in=seen).order_by("folded", "person__ref", "from_on"))
        numbers: dict[int, list[str]] = {}
        known = Identifier.objects.filter(
            published(), person_id__in={row.person_id for row in rows}, to_on__isnull=True
        )
        for key, value in known.order_by("kind", "value").values_list("person_id", "value"):
            numbers.setdefault(key, []).append(value)
        found += [
            KeeperRow(row.folded, tuple(numbers.get(row.person_id, ())), row.from_on, row.to_on, row.person_id)
            for row in rows
        ]
    return tuple(found)


def _person(viewer: Viewer, ref: str) -> Any:
    held = Person.objects.visible_to(viewer).filter(ref=ref).first()
    if held is None:
        raise NotFound(f"person {ref}")
    return held


def _meet(one: Vehicle, other: Vehicle) -> bool:
    """Whether two spans have a day in common; a start or an end that is not known is open."""
    starts = one.to_on is None or other.from_on is None or other.from_on < one.to_on
    return starts and (other.to_on is None or one.from_on is None or one.from_on < other.to_on)
