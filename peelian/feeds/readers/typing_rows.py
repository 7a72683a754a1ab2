"""A record of text cells made into an accepted or a refused row."""

import hashlib
from dataclasses import dataclass

from peelian.feeds.cells import Memory, Odd, is_totals, reader_of
from peelian.feeds.fields import FIELDS
from peelian.feeds.maps.column_map import ColumnMap
from peelian.feeds.readers.headers import Header
from peelian.feeds.readers.records import Record
from peelian.feeds.rows import AcceptedRow, Note, Reason, RefusedRow, Value
from peelian.terms.known_dates import KnownDate

KEY_LENGTH = 250


@dataclass(frozen=True, slots=True)
class _Step:
    index: int
    field: str
    column: str
    memory: Memory


class RowTyper:
    """Makes rows of one file's records by its map. Holds no row; remembers distinct cells within bounds."""

    def __init__(self, column_map: ColumnMap, header: Header) -> None:
        self.map = column_map
        self.width = len(header.names)
        known = FIELDS[column_map.content]
        self.steps = sorted(
            (
                _Step(
                    header.places[column.name],
                    column.field,
                    column.name,
                    reader_of(
                        column,
                        known[column.field],
                        key=column.field in column_map.key,
                        skip_totals=column_map.skip_totals,
                    ),
                )
                for column in column_map.columns
                if column.name in header.places
            ),
            key=lambda step: (step.field, step.column),  # so that the digest does not hang on the order of columns
        )
        self._plan = [(step.index, step.field, step.column, step.memory) for step in self.steps]
        self._constants = dict(column_map.constants)
        self._prefix = [f"{name}={value}" for name, value in sorted(column_map.constants.items())]
        self._required = tuple(
            (field.name, column.name)
            for field in known.values()
            if field.required and (column := column_map.column_of(field.name)) is not None
        )
        self._orders = column_map.orders

    def row(self, number: int, cells: Record) -> AcceptedRow | RefusedRow:
        """The row that `cells` make. Never raises for what a cell holds."""
        if not isinstance(cells, list):
            return RefusedRow(number, (cells.text,), "", cells.reason, Reason.BROKEN_QUOTES)
        if len(cells) != self.width and (refused := self._fit(number, cells)):
            return refused
        fields: dict[str, Value] = self._constants.copy()
        texts = self._prefix.copy()
        missing: dict[str, str] = {}
        notes: list[Note] = []
        for index, name, column, memory in self._plan:
            value, text, odd = memory[cells[index]]
            if odd is not None:
                if odd.refused is not None:
                    return RefusedRow(number, tuple(cells), column, odd.refused[1], odd.refused[0])
                self._odd(odd, name, fields, missing, notes)
            if text:
                texts.append(text)
                if value is not None:
                    if name in fields and isinstance(value, tuple):
                        value = (*self._names(fields[name]), *value)
                    fields[name] = value
        for name, column in self._required:
            if name not in fields:
                return self._without(number, cells, name, column)
        if self._orders and (refused := self._in_order(number, cells, fields, notes)):
            return refused
        key = self._key(fields)
        if len(key) > KEY_LENGTH:
            reason = f"the key has {len(key)} characters; at most {KEY_LENGTH} fit"
            return RefusedRow(number, tuple(cells), "", reason, Reason.TOO_LONG)
        digest = hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
        return AcceptedRow(number, key, digest, fields, tuple(cells), missing, tuple(notes))

    def _fit(self, number: int, cells: list[str]) -> RefusedRow | None:
        """Cells beyond the header that are all empty are let go; anything else is set aside."""
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            return None
        reason = f"the row has {len(cells)} cells where the header has {self.width}"
        return RefusedRow(number, tuple(cells), "", reason, Reason.WRONG_CELLS)

    def _odd(self, odd: Odd, name: str, fields: dict[str, Value], missing: dict[str, str], notes: list[Note]) -> None:
        if odd.missing:
            missing[name] = odd.missing
        if odd.note is not None:
            notes.append(odd.note)
        for part, text in odd.spread:
            fields[part] = text

    def _names(self, value: Value) -> tuple[str, ...]:
        return value if isinstance(value, tuple) else ()

    def _without(self, number: int, cells: list[str], name: str, column: str) -> RefusedRow:
        if self.map.skip_totals and any(is_totals(cell) for cell in cells):
            reason = "a totals row, not a record"
            return RefusedRow(number, tuple(cells), column, reason, Reason.TOTALS_ROW)
        code = Reason.NO_KEY if name in self.map.key else Reason.REQUIRED_MISSING
        reason = f"the {self.map.field_words(name)} is missing"
        return RefusedRow(number, tuple(cells), column, reason, code)

    def _in_order(
        self, number: int, cells: list[str], fields: dict[str, Value], notes: list[Note]
    ) -> RefusedRow | None:
        for order in self._orders:
            first, then = fields.get(order.first), fields.get(order.then)
            if not isinstance(first, KnownDate) or not isinstance(then, KnownDate):
                continue
            if first.earliest <= then.latest:
                continue
            column = self.map.column_of(order.first)
            name = column.name if column else order.first
            words = f"{self.map.field_words(order.first)} ({first.words}) is after "
            words += f"{self.map.field_words(order.then)} ({then.words})"
            if order.refuse:
                return RefusedRow(number, tuple(cells), name, words, Reason.DATES_OUT_OF_ORDER)
            notes.append(Note(name, "dates_out_of_order", words))
        return None

    def _key(self, fields: dict[str, Value]) -> str:
        if len(self.map.key) == 1:
            return _key_part(fields.get(self.map.key[0]))
        return "|".join(_key_part(fields.get(name)) for name in self.map.key)


def _key_part(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("|", "\\|") if "|" in value or "\\" in value else value
    return value.words if isinstance(value, KnownDate) else str(value)
