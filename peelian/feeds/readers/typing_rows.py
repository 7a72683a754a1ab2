"""A record of text cells made into an accepted or a refused row."""

import hashlib
from collections.abc import Callable
from operator import getitem, itemgetter

from peelian.feeds.cells import Found, is_totals, reader_of
from peelian.feeds.fields import FIELDS
from peelian.feeds.maps.column_map import ColumnMap, Order
from peelian.feeds.readers.headers import Header
from peelian.feeds.readers.records import Record
from peelian.feeds.rows import AcceptedRow, Note, Reason, RefusedRow, Value
from peelian.terms.known_dates import KnownDate

KEY_LENGTH = 250

_TEXT = itemgetter(1)
_ODD = itemgetter(2)
_NONE_MISSING: dict[str, str] = {}  # shared by the rows that lack nothing but empty cells; never written to


def _picker(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the cells at `places` out of a record, in that order."""
    if len(places) > 1:
        return itemgetter(*places)
    place = places[0]
    return lambda cells: (cells[place],)


class RowTyper:
    """Makes rows of one file's records by its map. Holds no row; remembers distinct cells within bounds."""

    def __init__(self, column_map: ColumnMap, header: Header) -> None:
        self.map = column_map
        self.width = len(header.names)
        known = FIELDS[column_map.content]
        present = [column for column in column_map.columns if column.name in header.places]
        present.sort(key=lambda column: (column.field, column.name))  # the digest must not hang on column order
        self._fields = [column.field for column in present]
        self._columns = [column.name for column in present]
        self._places = [header.places[column.name] for column in present]
        self._pick = _picker(self._places)
        self._memories = [
            reader_of(
                column,
                known[column.field],
                key=column.field in column_map.key,
                skip_totals=column_map.skip_totals,
            )
            for column in present
        ]
        self._constants: dict[str, Value] = dict(column_map.constants.items())
        self._prefix = "".join(f"{name}={value}\x1f" for name, value in sorted(column_map.constants.items()))
        self._gathers = {name for name in self._fields if self._fields.count(name) > 1}
        self._required = tuple(
            (field.name, column.name)
            for field in known.values()
            if field.required and (column := column_map.column_of(field.name)) is not None
        )
        self._orders = [(order.first, order.then, order) for order in column_map.orders]

    def row(self, number: int, cells: Record) -> AcceptedRow | RefusedRow:
        """The row that `cells` make. Never raises for what a cell holds."""
        if not isinstance(cells, list):
            return RefusedRow(number, (cells.text,), "", cells.reason, Reason.BROKEN_QUOTES)
        if len(cells) != self.width and (refused := self._fit(number, cells)):
            return refused
        found = list(map(getitem, self._memories, self._pick(cells)))
        fields = self._constants.copy()
        for name, cell in zip(self._fields, found, strict=True):
            if cell[0] is not None:
                fields[name] = cell[0]
        missing: dict[str, str] = _NONE_MISSING
        notes: list[Note] = []
        if self._gathers or any(map(_ODD, found)):
            if any(cell[2] is not None and cell[2].refused is not None for cell in found):
                return self._refused(number, cells, found)
            missing = self._look_closer(found, fields, notes)
        for name, column in self._required:
            if name not in fields:
                return self._without(number, cells, name, column)
        for first_field, then_field, order in self._orders:
            first, then = fields.get(first_field), fields.get(then_field)
            if isinstance(first, KnownDate) and isinstance(then, KnownDate) and first.earliest > then.earliest:
                refused = self._out_of_order(order, first, then, number, cells, notes)
                if refused is not None:
                    return refused
        key = self._key(fields)
        if len(key) > KEY_LENGTH:
            reason = f"the key has {len(key)} characters; at most {KEY_LENGTH} fit"
            return RefusedRow(number, tuple(cells), "", reason, Reason.TOO_LONG)
        texts = "\x1f".join(filter(None, map(_TEXT, found)))
        digest = hashlib.sha256((self._prefix + texts).encode()).hexdigest()
        return AcceptedRow(number, key, digest, fields, tuple(cells), missing, tuple(notes))

    def _look_closer(self, found: list[Found], fields: dict[str, Value], notes: list[Note]) -> dict[str, str]:
        """Notes, words that stood for nothing, whole names cut in two, and names from several columns put together."""
        missing: dict[str, str] = {}
        for name in self._gathers:
            gathered = [cell[0] for held, cell in zip(self._fields, found, strict=True) if held == name]
            if names := [part for value in gathered if isinstance(value, tuple) for part in value]:
                fields[name] = tuple(names)
        for name, (_, _, odd) in zip(self._fields, found, strict=True):
            if odd is None:
                continue
            if odd.missing:
                missing[name] = odd.missing
            if odd.note is not None:
                notes.append(odd.note)
            fields.update(odd.spread)
        return missing

    def _refused(self, number: int, cells: list[str], found: list[Found]) -> RefusedRow:
        """The first cell at fault, from the left of the file."""
        faults = [
            (place, column, odd.refused)
            for place, column, (_, _, odd) in zip(self._places, self._columns, found, strict=True)
            if odd is not None and odd.refused is not None
        ]
        _, column, (code, reason) = min(faults)
        return RefusedRow(number, tuple(cells), column, reason, code)

    def _fit(self, number: int, cells: list[str]) -> RefusedRow | None:
        """Cells beyond the header that are all empty are let go; anything else is set aside."""
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            return None
        reason = f"the row has {len(cells)} cells where the header has {self.width}"
        return RefusedRow(number, tuple(cells), "", reason, Reason.WRONG_CELLS)

    def _without(self, number: int, cells: list[str], name: str, column: str) -> RefusedRow:
        if self.map.skip_totals and any(is_totals(cell) for cell in cells):
            reason = "a totals row, not a record"
            return RefusedRow(number, tuple(cells), column, reason, Reason.TOTALS_ROW)
        code = Reason.NO_KEY if name in self.map.key else Reason.REQUIRED_MISSING
        reason = f"the {self.map.field_words(name)} is missing"
        return RefusedRow(number, tuple(cells), column, reason, code)

    def _out_of_order(
        self, order: Order, first: KnownDate, then: KnownDate, number: int, cells: list[str], notes: list[Note]
    ) -> RefusedRow | None:
        if first.earliest <= then.latest:
            return None  # a month or a year that the day lies within
        column = self.map.column_of(order.first)
        name = column.name if column else order.first
        words = f"{self.map.field_words(order.first)} ({first.words}) is after "
        words += f"{self.map.field_words(order.then)} ({then.words})"
        if order.refuse:
            return RefusedRow(number, tuple(cells), name, words, Reason.DATES_OUT_OF_ORDER)
        notes.append(Note(name, "dates_out_of_order", words))
        return None

    def _key(self, fields: dict[str, Value]) -> str:
        return "|".join([_key_part(fields.get(name, "")) for name in self.map.key])


def _key_part(value: Value) -> str:
    if isinstance(value, str):
        return value if value.isalnum() else value.replace("\\", "\\\\").replace("|", "\\|")
    return value.words if isinstance(value, KnownDate) else str(value)
