"""Units of the force."""

from collections.abc import Iterable
from typing import Any

from peelian.people.models import Unit
from peelian.people.rows import UnitRow
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer


def units(viewer: Viewer) -> tuple[UnitRow, ...]:
    """Every unit, by name. Units are no secret: they hold no record of anybody."""
    rows = Unit.objects.select_related("parent").order_by("name", "ref")
    return tuple(_row(unit) for unit in rows)


def unit(viewer: Viewer, ref: str) -> UnitRow:
    """One unit. Raises NotFound."""
    found = Unit.objects.select_related("parent").filter(ref=ref).first()
    if found is None:
        raise NotFound(f"unit {ref}")
    return _row(found)


def unit_by_id(viewer: Viewer) -> dict[int, UnitRow]:
    """Units by key, for rooms that hold keys; one statement."""
    return {row.id: row for row in units(viewer)}


def _row(unit: Any) -> UnitRow:
    return UnitRow(
        id=unit.pk,
        ref=unit.ref,
        name=unit.name,
        parent_ref=unit.parent.ref if unit.parent else "",
        parent=unit.parent.name if unit.parent else "",
        from_on=unit.from_on,
        to_on=unit.to_on,
    )


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
