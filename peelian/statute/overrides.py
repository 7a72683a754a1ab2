"""A force's own dated changes to a number of days, laid over the product's rows.

The row before is ended, never edited; the new edition cites what it rests on and who checked it. A local rule
alone may shorten what statute gives, never lengthen it.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from peelian.statute.citations import Forms
from peelian.statute.loading import Place, UnsoundLaw, cited, refuse_overlaps
from peelian.statute.rows import Clock, Direction, Force, Row

_KNOWN_OF_WAY = frozenset(
    {"id", "working_days", "rolls", "in_force_from", "law", "checked_by", "checked_on", "note", "source_url"}
)
_LOCAL = frozenset({"local", "practice", "none"})
_KNOWN = frozenset(
    {"id", "length", "repeat", "in_force_from", "law", "checked_by", "checked_on", "saving", "note", "source_url"}
)


def laid_over(file: str, data: Mapping[str, Any], editions: dict[str, list[Clock]], forms: Forms) -> None:
    """Lay the `[[clock]]` rows of one file over `editions`, in place. Raises UnsoundLaw."""
    if unknown := sorted(set(data) - {"meta", "clock", "holiday", "service_way"}):
        raise UnsoundLaw(
            file, "-", unknown[0], "a force's file holds [[clock]], [[service_way]] and [[holiday]] rows only"
        )
    for row in data.get("clock", []):
        place = Place(file, str(row.get("id", "?")), row)
        if unknown := sorted(set(row) - _KNOWN):
            raise place.refuse(unknown[0], "cannot be changed by a force; what can be: length and repeat")
        held = editions.get(place.text("id", needed=True))
        if held is None:
            raise place.refuse("id", "no such clock")
        held[:] = _one(place, held, forms)
        refuse_overlaps(file, held)


def ways_laid_over(file: str, data: Mapping[str, Any], rows: list[Row], forms: Forms) -> None:
    """End the way of service in force before each day of change and add the force's own. Changes `rows`.

    Raises UnsoundLaw for an unknown way, a missing citation, day or checker, and for two rows of one day.
    """
    for given in data.get("service_way", []):
        place = Place(file, str(given.get("id", "?")), given)
        if unknown := sorted(set(given) - _KNOWN_OF_WAY):
            raise place.refuse(unknown[0], "cannot be changed by a force; what can be: working_days and rolls")
        found = [at for at, row in enumerate(rows) if row.key == place.text("id", needed=True)]
        if not found:
            raise place.refuse("id", "no such way of service")
        starts, checked_on, checked_by = place.day("in_force_from"), place.day("checked_on"), place.text("checked_by")
        old = rows[found[-1]]
        if starts is None or old.in_force_from is None or starts < old.in_force_from:
            raise place.refuse("in_force_from", "must be given, and not before the row it changes")
        if checked_on is None or not checked_by:
            raise place.refuse("checked_by", "must say who checked it, and checked_on on which day")
        law = place.text("law")
        changed = {
            "working_days": place.number("working_days") if "working_days" in given else old["working_days"],
            "rolls": place.truth("rolls", bool(old["rolls"])),
        }
        new = replace(
            old,
            law=f"{old.law}; {law}",
            citations=(*old.citations, *cited(place, law, forms)),
            in_force_from=starts,
            in_force_to=None,
            evidence="S",
            seen=True,
            checked_on=checked_on,
            fields=MappingProxyType({**old.fields, **given, **changed}),
        )
        before = [] if starts == old.in_force_from else [replace(old, in_force_to=starts)]
        rows[found[-1] : found[-1] + 1] = [*before, new]
        refuse_overlaps(file, rows)


def _one(place: Place, held: list[Clock], forms: Forms) -> list[Clock]:
    starts, checked_on = place.day("in_force_from"), place.day("checked_on")
    if starts is None:
        raise place.refuse("in_force_from", "must be given: no first day, no load")
    if checked_on is None:
        raise place.refuse("checked_on", "must say on which day it was checked")
    law, checked_by = place.text("law"), place.text("checked_by", needed=True)
    citations = cited(place, law, forms)
    old = held[-1]
    if old.in_force_from is None or starts < old.in_force_from:
        raise place.refuse("in_force_from", f"comes before the row it changes ({old.in_force_from})")
    length = place.number("length")
    if not length:
        raise place.refuse("length", "must be given and above nought")
    if old.length == 0:
        raise place.refuse("length", "the law gives this clock no number; set a local target elsewhere")
    local_only = all(one.instrument in _LOCAL for one in citations)
    longer = length > old.length if old.direction is Direction.AFTER else length < old.length
    if local_only and longer and old.force is Force.STATUTE:
        raise place.refuse("law", "a local rule cannot give more time than the law; cite the provision")
    new = replace(
        old,
        length=length,
        repeat=place.number("repeat") or (length if old.repeat == old.length else old.repeat),
        law=f"{old.law}; {law}",
        citations=(*old.citations, *citations),
        in_force_from=starts,
        in_force_to=None,
        saving=place.text("saving"),
        note=place.text("note") or old.note,
        source_url=place.text("source_url") or old.source_url,
        evidence="S",
        seen=True,
        checked_on=checked_on,
        checked_by=checked_by,
        local=True,
    )
    before = [] if starts == old.in_force_from else [replace(old, in_force_to=starts)]
    return [*held[:-1], *before, new]
