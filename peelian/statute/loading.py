"""From TOML to rows, refusing whatever is not sound.

In: parsed tables. Out: frozen rows. Raises `UnsoundLaw`, which names the file, the row, the field and the reason.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from peelian.statute.citations import Forms, UnknownInstrument
from peelian.statute.rows import (
    Citation,
    Clock,
    CountFrom,
    Direction,
    Force,
    Instrument,
    Row,
    SchemeEdition,
    Status,
    Unit,
)
from peelian.terms.people import PersonKind

Table = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)

KEYS: dict[str, tuple[str, ...]] = {
    "panel": ("forum", "officer", "period"),
    "referral_hint": ("subcategory", "criterion"),
}
NOT_ROWS = frozenset({"meta", "clock", "test_vector", "england_and_wales_bank_holidays"})


class UnsoundLaw(ValueError):
    """A row that may not be loaded. Whoever keeps the tables can act on what it says."""

    is_for_people = True

    def __init__(self, file: str, row: str, field: str, reason: str) -> None:
        super().__init__(f"{file}, row {row}, {field}: {reason}")
        self.file = file
        self.row = row
        self.field = field
        self.reason = reason


def read(path: Path) -> dict[str, Any]:
    """One TOML file. Raises UnsoundLaw where it is not TOML or not UTF-8."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise UnsoundLaw(path.name, "-", "-", f"is not a TOML file: {broken}") from broken


class Place:
    """Where a value stands, so that a refusal can say so, with typed reading of its fields."""

    def __init__(self, file: str, key: str, row: Table) -> None:
        self.file = file
        self.key = key
        self.row = row

    def refuse(self, field: str, reason: str) -> UnsoundLaw:
        return UnsoundLaw(self.file, self.key, field, reason)

    def text(self, field: str, *, needed: bool = False) -> str:
        value = self.row.get(field, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self.refuse(field, "must be given" if value == "" else "must be text")
        return value

    def day(self, field: str) -> date | None:
        value = self.row.get(field)
        if value is not None and type(value) is not date:
            raise self.refuse(field, f"must be a date, not {value!r}")
        return value

    def number(self, field: str) -> int | None:
        value = self.row.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse(field, f"must be a whole number, not {value!r}")
        return value

    def truth(self, field: str, default: bool = False) -> bool:
        value = self.row.get(field, default)
        if not isinstance(value, bool):
            raise self.refuse(field, f"must be true or false, not {value!r}")
        return value

    def one_of(self, kind: type[E], field: str, default: E | None = None) -> E:
        value = self.row.get(field, default)
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise self.refuse(field, f"unknown {field} {value!r}; known: {known}") from None

    def words(self, field: str) -> tuple[str, ...]:
        value = self.row.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(field, "must be a list of texts")
        return tuple(value)


def instruments(file: str, data: Table) -> dict[str, Instrument]:
    """The instruments by key. Refuses a double key, a form claimed twice and a missing first day."""
    found: dict[str, Instrument] = {}
    claimed: dict[str, str] = {}
    for row in data.get("instrument", []):
        place = Place(file, str(row.get("key", "?")), row)
        one = Instrument(
            key=place.text("key", needed=True),
            title=place.text("title", needed=True),
            kind=place.text("kind", needed=True),
            in_force_from=place.day("in_force_from"),
            url=place.text("url"),
            forms=place.words("forms"),
            provisions=place.words("provisions"),
            reaches=_workers(place),
            seen=place.truth("seen"),
        )
        if one.key in found:
            raise place.refuse("key", "is used twice")
        if one.in_force_from is None and one.kind != "bill":
            raise place.refuse("in_force_from", "must be given")
        for form in one.forms:
            if form in claimed:
                raise place.refuse("forms", f"{form!r} already stands for {claimed[form]}")
            claimed[form] = one.key
        found[one.key] = one
    return found


def _workers(place: Place) -> tuple[PersonKind, ...]:
    given = place.words("reaches")
    serve = [one.value for one in PersonKind if one.serves]
    if unknown := [one for one in given if one not in serve]:
        raise place.refuse("reaches", f"unknown kind of worker {unknown[0]!r}; known: {', '.join(serve)}")
    return tuple(PersonKind(one) for one in given)


def forms_of(held: Mapping[str, Instrument]) -> Forms:
    return Forms({form: one.key for one in held.values() for form in one.forms})


def cited(place: Place, law: str, forms: Forms) -> tuple[Citation, ...]:
    """The citations of a row. Refuses none and unknown ones."""
    if not law.strip():
        raise place.refuse("law", "must be given: no law, no load")
    try:
        return forms.read(law)
    except UnknownInstrument as unknown:
        raise place.refuse("law", str(unknown)) from None


def clock(file: str, row: Table, forms: Forms) -> Clock:
    """One clock row. It carries its own law, and its own first day unless it is only proposed."""
    place = Place(file, str(row.get("id", "?")), row)
    law = place.text("law")
    status = place.one_of(Status, "status")
    unit = place.one_of(Unit, "unit")
    length = place.number("length")
    if length is None or (length == 0 and unit is not Unit.ASAP):
        raise place.refuse("length", "must be given and above nought")
    starts = place.day("in_force_from")
    if starts is None and status is not Status.PROPOSED:
        raise place.refuse("in_force_from", "must be given: no first day, no load")
    direction = place.one_of(Direction, "direction", Direction.AFTER)
    count_from = place.one_of(CountFrom, "count_from")
    if count_from is CountFrom.NONE and unit is not Unit.ASAP and direction is Direction.AFTER:
        raise place.refuse("count_from", "a number after the trigger needs a day to count from")
    return Clock(
        id=place.text("id", needed=True),
        track=place.text("track", needed=True),
        name=place.text("name", needed=True),
        status=status,
        trigger=place.text("trigger", needed=True),
        length=length,
        unit=unit,
        count_from=count_from,
        direction=direction,
        repeat=place.number("repeat"),
        repeat_unit=place.one_of(Unit, "repeat_unit") if "repeat_unit" in row else None,
        actor=place.text("actor", needed=True),
        owed_to=place.text("owed_to", needed=True),
        law=law,
        citations=cited(place, law, forms),
        force=place.one_of(Force, "force"),
        on_breach=place.text("on_breach"),
        extendable=place.text("extendable"),
        evidence=place.text("evidence", needed=True),
        seen=place.truth("seen"),
        note=place.text("note"),
        source_url=place.text("source_url"),
        support_url=place.text("support_url"),
        checked_on=place.day("checked_on"),
        checked_by=place.text("checked_by"),
        in_force_from=starts,
        in_force_to=place.day("in_force_to"),
        saving=place.text("saving"),
    )


def other_rows(file: str, data: Table, forms: Forms) -> dict[str, tuple[Row, ...]]:
    """Every section of a table that is not clocks, by section name."""
    meta = data.get("meta", {})
    found: dict[str, tuple[Row, ...]] = {}
    for section, content in data.items():
        if section in NOT_ROWS:
            continue
        rows = content if isinstance(content, list) else [content]
        found[section] = tuple(_row(file, section, row, meta, forms) for row in rows)
        refuse_overlaps(file, found[section])
    return found


def _row(file: str, section: str, row: Table, meta: Table, forms: Forms) -> Row:
    names = KEYS.get(section) or next(((n,) for n in ("id", "code", "key", "n") if n in row), ())
    key = " / ".join(str(row[name]) for name in names if name in row) or section
    place = Place(file, f"{section} {key}", row)
    law = place.text("law") or str(meta.get("law", ""))
    starts = place.day("in_force_from") or place.day("valid_from") or place.day("allowed_from")
    inherited_start = meta.get("in_force_from")
    if starts is None and inherited_start is None and row.get("status") != Status.PROPOSED:
        raise place.refuse("in_force_from", "must be given, here or in [meta]")
    last = place.day("allowed_to") or place.day("valid_to")  # these two name the last day, included
    ends = place.day("in_force_to") or (last + timedelta(days=1) if last else None)
    return Row(
        table=file.removesuffix(".toml"),
        section=section,
        key=key,
        law=law,
        citations=cited(place, law, forms),
        in_force_from=starts or inherited_start,
        in_force_to=ends,
        saving=place.text("saving"),
        evidence=place.text("evidence") or str(meta.get("evidence", "K")),
        seen=place.truth("seen"),
        source_url=place.text("source_url"),
        checked_on=place.day("checked_on"),
        inherited="law" not in row or starts is None,
        fields=MappingProxyType(dict(row)),
    )


def refuse_overlaps(file: str, rows: Iterable[Row | Clock]) -> None:
    """Two rows of one key may not both be in force on any day."""
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        key = row.id if isinstance(row, Clock) else row.key
        span = (row.in_force_from or date.min, row.in_force_to or date.max)
        if span[0] >= span[1]:
            raise UnsoundLaw(file, key, "in_force_to", "must come after in_force_from")
        for other in spans.setdefault(key, []):
            if span[0] < other[1] and other[0] < span[1]:
                reason = f"two rows for one day: one from {other[0]}, another from {span[0]}"
                raise UnsoundLaw(file, key, "in_force_from", reason)
        spans[key].append(span)


def scheme_editions(file: str, data: Table, forms: Forms) -> tuple[SchemeEdition, ...]:
    """The editions of the conduct and complaints scheme, in order of their first day."""
    found = []
    for row in data.get("edition", []):
        place = Place(file, str(row.get("key", "?")), row)
        starts, law = place.day("in_force_from"), place.text("law")
        cited(place, law, forms)
        if starts is None:
            raise place.refuse("in_force_from", "must be given")
        found.append(
            SchemeEdition(
                key=place.text("key", needed=True),
                title=place.text("title", needed=True),
                in_force_from=starts,
                in_force_to=place.day("in_force_to"),
                law=law,
                turns_on=place.text("turns_on", needed=True),
                saving=place.text("saving"),
                seen=place.truth("seen"),
                held=place.truth("held"),
            )
        )
    return tuple(sorted(found, key=lambda one: one.in_force_from))
