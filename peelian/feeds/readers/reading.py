"""Reading a file by its map: facts first, then rows in batches, resumable at any row."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from peelian.feeds.errors import FeedError, UnknownHeader
from peelian.feeds.maps.column_map import ColumnMap, FileHints
from peelian.feeds.maps.known import maps_fitting
from peelian.feeds.readers.headers import Header, find_header, has_columns, top_of
from peelian.feeds.readers.opening import open_source
from peelian.feeds.readers.records import Record, Source
from peelian.feeds.readers.typing_rows import RowTyper
from peelian.feeds.rows import AcceptedRow, Batch, FileFacts, RefusedRow

BATCH = 2_000


def read(path: Path | str, column_map: ColumnMap, start_after: int = 0, batch: int = BATCH) -> Iterator[Batch]:
    """Every row behind `start_after` (a row number), in the file's order, in batches of up to `batch` rows.

    The file is opened and its header checked before this returns; raises FeedError then, and while iterating where
    the file cannot be read on. A row that cannot be used is in `refused`, never left out. Memory does not grow with
    the file, save for workbooks. The last batch has `share` 1.0; a file without rows gives one empty batch.
    """
    source = _source_for(path, column_map)
    records = source.records()
    header = find_header(source.path, column_map, records)
    return _batches(source, records, RowTyper(column_map, header), header, start_after, batch)


def inspect(path: Path | str, column_map: ColumnMap | None = None, *, sheet: str = "") -> FileFacts:
    """What the file is. Without a map the header is the first of the wide rows at the top of `sheet`, or of the first
    sheet that holds anything. Raises FeedError.
    """
    source = _source_for(path, column_map) if column_map else open_source(path, FileHints(sheet=sheet))
    if column_map is None:
        row, names = _likely_header(source)
    else:
        header = find_header(source.path, column_map, source.records())
        row, names = header.row, header.names
    return FileFacts(
        name=source.path.name,
        kind=source.kind,
        size=source.path.stat().st_size,
        records=source.count,
        header=names,
        header_row=row,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
    )


def map_for(path: Path | str, maps: Iterable[ColumnMap]) -> ColumnMap:
    """The one map of `maps` that the file's header fits.

    Raises UnknownHeader where none does (it names the columns found) and FeedError where several do.
    """
    source = open_source(path, FileHints())
    maps = list(maps)
    widest: tuple[str, ...] = ()
    for sheet in source.sheets or ("",):
        for _, names in top_of(_on_sheet(source, sheet)):
            fitting = maps_fitting(names, maps)
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                titles = ", ".join(f"{one.source} ({one.title})" for one in fitting)
                raise FeedError(path, f"several maps fit its header: {titles}; say which to use")
            widest = max(widest, names, key=lambda row: sum(1 for name in row if name))
    found = ", ".join(f"“{name}”" for name in widest if name) or "none"
    reason = f"no column map is known for its header. Columns found: {found}. A map can be proposed by guessing."
    raise UnknownHeader(path, reason, widest)


def _on_sheet(source: Source, sheet: str) -> Source:
    return source if sheet in ("", source.sheet) else open_source(source.path, FileHints(sheet=sheet))


def _source_for(path: Path | str, column_map: ColumnMap) -> Source:
    """The file opened; of a workbook the map's sheet, else the first sheet that has the columns the map needs."""
    source = open_source(path, column_map.hints)
    if column_map.hints.sheet or len(source.sheets) < 2:
        return source
    for sheet in source.sheets:
        candidate = _on_sheet(source, sheet)
        if any(has_columns(column_map, names) for _, names in top_of(candidate)):
            return candidate
    return source


def _likely_header(source: Source) -> tuple[int, tuple[str, ...]]:
    top = top_of(source)
    if not top:
        raise FeedError(source.path, "no header was found: the first rows are blank")
    widest = max(sum(1 for name in names if name) for _, names in top)
    return next((row, names) for row, names in top if sum(1 for name in names if name) * 2 > widest)


def _batches(
    source: Source,
    records: Iterator[tuple[int, Record]],
    typer: RowTyper,
    header: Header,
    start_after: int,
    size: int,
) -> Iterator[Batch]:
    accepted: list[AcceptedRow] = []
    refused: list[RefusedRow] = []
    blank = 0
    number = max(start_after, header.row)
    for number, cells in records:
        if number <= start_after:
            continue
        if isinstance(cells, list) and not any(cells):
            blank += 1
            continue
        row = typer.row(number, cells)
        if isinstance(row, AcceptedRow):
            accepted.append(row)
        else:
            refused.append(row)
        if len(accepted) + len(refused) >= size:
            yield Batch(accepted, refused, number, blank, min(0.999, number / max(source.count, 1)))
            accepted, refused, blank = [], [], 0
    yield Batch(accepted, refused, max(number, start_after), blank, 1.0)
