"""A column map read from its TOML text and checked: a map that cannot stand is refused with the reason."""

import codecs
import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from peelian.feeds.dates import form_fault
from peelian.feeds.errors import MapError
from peelian.feeds.fields import FIELDS, Content, Field, Shape
from peelian.feeds.maps.column_map import Column, ColumnMap, FileHints, Order, Unmapped, fold, fold_value

_TOP = {
    "source",
    "title",
    "content",
    "words",
    "key",
    "ignored",
    "skip_totals",
    "file",
    "constants",
    "column",
    "order",
    "placeholders",
    "people",
    "complete",
    "repeats",
}
_COLUMN = {
    "name",
    "also",
    "field",
    "optional",
    "forms",
    "pivot",
    "not_before",
    "not_after",
    "missing",
    "values",
    "unmapped",
    "digits",
    "separator",
    "formula_errors",
}


def parse_map(text: str, name: str) -> ColumnMap:
    """The map in `text`; `name` is its file's name, for errors and for `ColumnMap.name`. Raises MapError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise MapError(name, f"is not TOML: {fault}") from fault
    try:
        return _Parser(name).parse(table, text)
    except (TypeError, ValueError, AttributeError) as fault:
        raise MapError(name, f"holds a value of the wrong type: {fault}") from fault


class _Parser:
    """Checks one table; keeps the map's name for the errors it raises."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, reason: str, column: str = "") -> MapError:
        return MapError(self.name, reason, column=column)

    def parse(self, table: dict[str, Any], text: str) -> ColumnMap:
        self.only(table, _TOP, "the map")
        for needed in ("source", "title", "content", "key", "column"):
            if not table.get(needed):
                raise self.refuse(f"needs `{needed}`")
        content = self.content(table["content"])
        known = FIELDS[content]
        columns = tuple(self.column(row, known) for row in table["column"])
        self.check_columns(columns, known, table.get("constants", {}))
        key = self.key(table["key"], columns)
        places = table.get("placeholders", {})
        self.only(places, {"keys", "patterns"}, "[placeholders]")
        return ColumnMap(
            name=Path(self.name).stem,
            source=str(table["source"]),
            title=str(table["title"]),
            content=content,
            key=key,
            columns=columns,
            words=" ".join(str(table.get("words", "")).split()),
            hints=self.hints(table.get("file", {})),
            ignored=tuple(table.get("ignored", ())),
            constants=self.constants(table.get("constants", {}), known),
            orders=tuple(self.order(row, known) for row in table.get("order", ())),
            skip_totals=bool(table.get("skip_totals", True)),
            placeholder_keys=tuple(places.get("keys", ())),
            placeholder_patterns=tuple(self.pattern(text) for text in places.get("patterns", ())),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            people=str(table.get("people") or table["source"]),
            complete=self.truth(table, "complete", True),
            repeats=self.truth(table, "repeats", False),
            text=text,
        )

    def only(self, table: Mapping[str, Any], allowed: set[str], where: str) -> None:
        if strange := sorted(set(table) - allowed):
            raise self.refuse(f"{where} has `{strange[0]}`, which means nothing here; known: {_list(allowed)}")

    def truth(self, table: Mapping[str, Any], name: str, default: bool) -> bool:
        value = table.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse(f"`{name}` is true or false")
        return value

    def content(self, word: str) -> Content:
        try:
            return Content(word)
        except ValueError:
            raise self.refuse(f"content “{word}” is not one of {_list(Content)}") from None

    def column(self, row: dict[str, Any], known: Mapping[str, Field]) -> Column:
        name = str(row.get("name", ""))
        if not name:
            raise self.refuse("a [[column]] needs `name`")
        self.only(row, _COLUMN, f"column “{name}”")
        field_name = row.get("field", "")
        if field_name not in known:
            raise self.refuse(f"“{field_name}” is not a field of this content; fields: {_list(known)}", name)
        shape = known[field_name].shape
        forms = tuple(row.get("forms", ()))
        pivot = row.get("pivot")
        self.dates(name, shape, forms, pivot)
        errors = row.get("formula_errors", "refuse")
        if errors not in ("refuse", "missing"):
            raise self.refuse("formula_errors is `refuse` or `missing`", name)
        missing = row.get("missing")
        return Column(
            name=name,
            field=field_name,
            also=tuple(row.get("also", ())),
            optional=bool(row.get("optional", False)),
            forms=forms,
            pivot=pivot,
            not_before=self.day(row.get("not_before"), name),
            not_after=self.day(row.get("not_after"), name),
            missing=None if missing is None else tuple(str(word) for word in missing),
            values=self.values(row.get("values", {}), known[field_name], name),
            unmapped=self.unmapped(row.get("unmapped"), shape, name),
            digits=row.get("digits"),
            separator=str(row.get("separator", ";")),
            formula_errors_missing=errors == "missing",
        )

    def dates(self, name: str, shape: Shape, forms: tuple[str, ...], pivot: Any) -> None:
        if forms and shape is not Shape.DATE:
            raise self.refuse("`forms` belongs to a date field", name)
        for form in forms:
            if fault := form_fault(form):
                raise self.refuse(f"date form “{form}”: {fault}", name)
        if any("%y" in form for form in forms) and not (isinstance(pivot, int) and 0 <= pivot <= 99):
            raise self.refuse("a two-digit year needs `pivot`, the last such year (0 to 99) that is 20xx", name)

    def day(self, value: Any, name: str) -> date | None:
        if value is not None and type(value) is not date:
            raise self.refuse("not_before and not_after are TOML dates, such as 2020-02-01", name)
        return value

    def values(self, table: Mapping[str, Any], field: Field, name: str) -> dict[str, str]:
        if field.shape is Shape.FLAG:
            allowed: tuple[str, ...] = ("yes", "no")
        else:
            allowed = field.choices
        for value in table.values():
            if allowed and str(value) not in allowed:
                raise self.refuse(f"“{value}” is not one of {_list(allowed)}", name)
        return {fold_value(raw): str(value) for raw, value in table.items()}

    def unmapped(self, word: str | None, shape: Shape, name: str) -> Unmapped:
        closed = shape in (Shape.FLAG, Shape.CHOICE)
        if word is None:
            return Unmapped.MISSING if closed else Unmapped.KEEP
        if word not in [member.value for member in Unmapped] or (closed and word == Unmapped.KEEP):
            raise self.refuse(f"unmapped “{word}” cannot stand for this field", name)
        return Unmapped(word)

    def check_columns(
        self, columns: tuple[Column, ...], known: Mapping[str, Field], constants: Mapping[str, Any]
    ) -> None:
        names = [fold(name) for column in columns for name in (column.name, *column.also)]
        if twice := [name for name in names if names.count(name) > 1]:
            raise self.refuse(f"the column “{twice[0]}” is named twice")
        fields = [column.field for column in columns] + list(constants)
        for name in fields:
            if name in known and fields.count(name) > 1 and known[name].shape is not Shape.NAMES:
                raise self.refuse(f"two columns fill `{name}`")
        if "full_name" in fields and {"family_name", "given_names"} & set(fields):
            raise self.refuse("`full_name` fills family_name and given_names; map one or the other")
        for name, field in known.items():
            column = next((one for one in columns if one.field == name), None)
            if field.required and (column is None or column.optional):
                raise self.refuse(f"needs a column for `{name}` ({field.words}), not optional")

    def key(self, names: Any, columns: tuple[Column, ...]) -> tuple[str, ...]:
        if not isinstance(names, list):
            raise self.refuse("`key` is a list of column names")
        fields = []
        for name in names:
            column = next((one for one in columns if fold(name) in {fold(n) for n in (one.name, *one.also)}), None)
            if column is None:
                raise self.refuse(f"the key column “{name}” is not among the columns")
            fields.append(column.field)
        return tuple(fields)

    def hints(self, table: Mapping[str, Any]) -> FileHints:
        self.only(table, {"encoding", "delimiter", "sheet", "header_row"}, "[file]")
        encoding = str(table.get("encoding", ""))
        try:
            codecs.lookup(encoding or "utf-8")
        except LookupError:
            raise self.refuse(f"encoding “{encoding}” is not known") from None
        delimiter = str(table.get("delimiter", ""))
        if len(delimiter) > 1:
            raise self.refuse("the delimiter is one character")
        row = table.get("header_row")
        if row is not None and (not isinstance(row, int) or row < 1):
            raise self.refuse("header_row counts from 1")
        return FileHints(encoding, delimiter, str(table.get("sheet", "")), row)

    def constants(self, table: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, str]:
        plain = {Shape.TEXT, Shape.CHOICE, Shape.LONG_TEXT}
        for name, value in table.items():
            if name not in known or known[name].shape not in plain:
                raise self.refuse(f"`{name}` cannot be a constant of this content")
            if known[name].choices and value not in known[name].choices:
                raise self.refuse(f"the constant “{value}” is not one of {_list(known[name].choices)}")
        return {name: str(value) for name, value in table.items()}

    def order(self, row: Mapping[str, Any], known: Mapping[str, Field]) -> Order:
        self.only(row, {"first", "then", "broken"}, "[[order]]")
        first, then = str(row.get("first", "")), str(row.get("then", ""))
        for name in (first, then):
            if name not in known or known[name].shape is not Shape.DATE:
                raise self.refuse(f"[[order]] speaks of date fields; `{name}` is none")
        broken = row.get("broken", "note")
        if broken not in ("note", "refuse"):
            raise self.refuse("[[order]] broken is `note` or `refuse`")
        return Order(first, then, broken == "refuse")

    def pattern(self, text: str) -> str:
        try:
            re.compile(text)
        except re.error as fault:
            raise self.refuse(f"the placeholder pattern “{text}” is not a regular expression: {fault}") from None
        return text


def _list(names: Any) -> str:
    return ", ".join(sorted(str(name) for name in names))
