"""Matters as lines of a list: five statements for up to some hundreds of matters."""

from collections.abc import Iterable, Sequence
from typing import Any

from peelian.intake.queries import published
from peelian.matters.coding import titles
from peelian.matters.models import Allegation, Involvement, Matter
from peelian.matters.rows import MatterLine
from peelian.people import queries as people
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.viewer import Viewer

OFFICERS = 5  # named on one line; a line of more says so


def lines_of(viewer: Viewer, listed: Sequence[Any]) -> tuple[MatterLine, ...]:
    """Lines for matters already narrowed to the viewer, in their order."""
    keys = [matter.pk for matter in listed]
    involved = list(
        Involvement.objects.filter(published(), matter_id__in=keys, part=Part.OFFICER_CONCERNED).values_list(
            "matter_id", "person_id", "description"
        )
    )
    names = people.names_on_record(viewer, [person_id for _, person_id, _ in involved if person_id])
    officers: dict[int, list[str]] = {}
    for matter_id, person_id, description in involved:
        officers.setdefault(matter_id, []).append(names[person_id] if person_id else description)
    coded: dict[int, list[tuple[str, str]]] = {}
    for matter_id, category, words in Allegation.objects.filter(published(), matter_id__in=keys).values_list(
        "matter_id", "category", "category_words"
    ):
        coded.setdefault(matter_id, []).append((category, words))
    units = people.unit_by_id(viewer) if any(matter.unit_id for matter in listed) else {}
    return tuple(
        _line(
            matter,
            officers=_named(officers.get(matter.pk, [])),
            coded=coded.get(matter.pk, []),
            unit=units.get(matter.unit_id) if matter.unit_id else None,
        )
        for matter in listed
    )


def lines_by_id(viewer: Viewer, matter_ids: Iterable[int]) -> dict[int, MatterLine]:
    """Lines of those of the matters that the viewer may see, by key."""
    listed = list(Matter.objects.visible_to(viewer).filter(pk__in=set(matter_ids)))
    return {line.id: line for line in lines_of(viewer, listed)}


def lines_by_ref(viewer: Viewer, refs: Iterable[str]) -> dict[str, MatterLine]:
    """Those of these matters that the viewer may see, by reference."""
    rows = Matter.objects.visible_to(viewer).filter(ref__in=set(refs))
    return {line.ref: line for line in lines_of(viewer, list(rows))}


def came_of(viewer: Viewer, item_ids: Iterable[int]) -> dict[int, MatterLine]:
    """The matter that came of each intake item, of those that the viewer may see, by the item's key."""
    listed = list(Matter.objects.visible_to(viewer).filter(intake_item_id__in=set(item_ids)).order_by("ref"))
    lines = lines_of(viewer, listed)
    return {matter.intake_item_id: line for matter, line in zip(listed, lines, strict=True)}


def known(on: Any, precision: str) -> KnownDate | None:
    """A stored date with its precision, or None."""
    return KnownDate(on, Precision(precision or Precision.DAY)) if on else None


def _named(names: list[str]) -> tuple[str, ...]:
    ordered = sorted(names)
    if len(ordered) <= OFFICERS:
        return tuple(ordered)
    return (*ordered[: OFFICERS - 1], f"and {len(ordered) - OFFICERS + 1} more")


def _line(matter: Any, *, officers: tuple[str, ...], coded: list[tuple[str, str]], unit: Any) -> MatterLine:
    return MatterLine(
        id=matter.pk,
        ref=matter.ref,
        kind=MatterKind(matter.kind),
        state=MatterState(matter.state),
        heading=matter.heading,
        force=matter.force,
        came_to_attention=known(matter.came_to_attention_on, matter.came_to_attention_precision),
        closed=known(matter.closed_on, matter.closed_precision),
        unit=unit.name if unit else "",
        unit_ref=unit.ref if unit else "",
        is_sensitive=matter.sensitive_on is not None,
        source_key=matter.source_key,
        officers=officers,
        categories=tuple(sorted({titles().get(code, code) or words for code, words in coded} - {""})),
        allegations=len(coded),
    )
