"""Units of the force."""

from collections.abc import Iterable
from datetime import date

from peelian.people.models import Unit
from peelian.people.rows import UnitRow
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

COLUMNS = ("pk", "ref", "name", "parent__ref", "parent__name", "from_on", "to_on")  # in the order of the row


def units(viewer: Viewer) -> tuple[UnitRow, ...]:
    """Every unit, by name. Units are no secret: they hold no record of anybody."""
    rows = Unit.objects.order_by("name", "ref").values_list(*COLUMNS)
    return tuple(_row(*row) for row in rows)


def unit(viewer: Viewer, ref: str) -> UnitRow:
    """One unit. Raises NotFound."""
    found = Unit.objects.filter(ref=ref).values_list(*COLUMNS).first()
    if found is None:
        raise NotFound(f"unit {ref}")
    return _row(*found)


def unit_by_id(viewer: Viewer) -> dict[int, UnitRow]:
    """Units by key, for rooms that hold keys; one statement."""
    return {row.id: row for row in units(viewer)}


def _row(
    key: int, ref: str, name: str, parent_ref: str | None, parent: str | None, from_on: date | None, to_on: date | None
) -> UnitRow:
    return UnitRow(key, ref, name, parent_ref or "", parent or "", from_on, to_on)


def keys_within(unit: UnitRow, units: Iterable[UnitRow]) -> set[int]:
    """Keys of the unit and of every unit within it, however deep."""
    parts: dict[str, list[UnitRow]] = {}
    for one in units:
        parts.setdefault(one.parent_ref, []).append(one)
    found, waiting = set(), [unit]
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found.add(one.id)
            waiting.extend(parts.get(one.ref, []))
    return found
