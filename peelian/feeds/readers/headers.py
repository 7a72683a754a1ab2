"""The header row: found under title rows, matched without regard to case, punctuation and order."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from peelian.feeds.errors import FeedError
from peelian.feeds.maps.column_map import Column, ColumnMap, fold
from peelian.feeds.readers.records import Record, Source

SEARCHED = 20  # records at the top of a file among which the header must stand


@dataclass(frozen=True, slots=True)
class Header:
    """`row`: its number in the file. `names`: as they stand. `places`: a map column's name -> index of its cell."""

    row: int
    names: tuple[str, ...]
    places: dict[str, int]


def top_of(source: Source) -> list[tuple[int, tuple[str, ...]]]:
    """The first records that could be a header: number and cells, blank and broken ones left out."""
    top: list[tuple[int, tuple[str, ...]]] = []
    records = source.records()
    for number, cells in records:
        if number > SEARCHED:
            break
        if isinstance(cells, list) and any(cell.strip() for cell in cells):
            top.append((number, tuple(cell.strip() for cell in cells)))
    return top


def find_header(path: Path, column_map: ColumnMap, records: Iterator[tuple[int, Record]]) -> Header:
    """Reads on to the header and stops behind it. Raises FeedError: not found, a column missing, a column twice."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    wanted_row = column_map.hints.header_row
    for number, cells in records:
        if isinstance(cells, list) and (wanted_row is None or number == wanted_row):
            names = tuple(cell.strip() for cell in cells)
            found = _count(column_map.columns, names)
            if has_columns(column_map, names):
                return _header(path, column_map, number, names)
            if found and (best is None or found > best[0]):
                best = (found, number, names)
        if number >= (wanted_row or SEARCHED):
            break
    if best is not None:
        _, number, names = best
        raise _missing_column(path, column_map, number, names)
    place = f"row {wanted_row}" if wanted_row is not None else f"the first {SEARCHED} rows"
    wanted = ", ".join(f"“{column.name}”" for column in column_map.required_columns[:6])
    raise FeedError(path, f"no header was found in {place}: none of the columns {wanted} stands there")


def has_columns(column_map: ColumnMap, names: Sequence[str]) -> bool:
    """Whether a row of cells names every column the map needs."""
    return not _lacking(column_map, names)


def _folded(names: Sequence[str]) -> list[str]:
    return [fold(name) for name in names]


def _names_of(column: Column) -> set[str]:
    return {fold(name) for name in (column.name, *column.also)}


def _count(columns: Sequence[Column], names: Sequence[str]) -> int:
    found = set(_folded(names))
    return sum(1 for column in columns if _names_of(column) & found)


def _lacking(column_map: ColumnMap, names: Sequence[str]) -> list[Column]:
    found = set(_folded(names))
    return [column for column in column_map.required_columns if not _names_of(column) & found]


def _header(path: Path, column_map: ColumnMap, number: int, names: tuple[str, ...]) -> Header:
    folded = _folded(names)
    places: dict[str, int] = {}
    for column in column_map.columns:
        at = [index for index, name in enumerate(folded) if name in _names_of(column)]
        if len(at) > 1:
            raise FeedError(path, f"{len(at)} columns bear this name", row=number, column=column.name)
        if at:
            places[column.name] = at[0]
    return Header(number, names, places)


def _missing_column(path: Path, column_map: ColumnMap, number: int, names: tuple[str, ...]) -> FeedError:
    lacking = _lacking(column_map, names)
    first = lacking[0]
    near = difflib.get_close_matches(fold(first.name), [name for name in _folded(names) if name], n=1, cutoff=0.7)
    hint = ""
    if near:
        hint = f" Did you mean “{names[_folded(names).index(near[0])]}”?"
    others = f" (and {len(lacking) - 1} more)" if len(lacking) > 1 else ""
    found = ", ".join(f"“{name}”" for name in names if name)
    reason = f"this column is missing{others}.{hint} Columns found: {found}."
    return FeedError(path, reason, row=number, column=first.name)
