"""Parquet files, fetched in pieces by duckdb in memory of its own bound."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from peelian.feeds.errors import FeedError
from peelian.feeds.maps.column_map import FileHints
from peelian.feeds.readers.records import Record
from peelian.feeds.readers.workbook import cell_text

_PIECE = 2_000


class ParquetSource:
    """A Parquet file. Its column names stand as record 0, its rows count from 1. Raises FeedError on opening."""

    kind = "parquet"
    encoding = ""
    delimiter = ""
    sheet = ""
    sheets: tuple[str, ...] = ()

    def __init__(self, path: Path, hints: FileHints) -> None:
        self.path = path
        with path.open("rb") as plain:
            start = plain.read(4)
            plain.seek(-4, 2)
            end = plain.read(4)
        if start == b"PARE":
            raise FeedError(path, "is encrypted; export it without encryption")
        if start != b"PAR1":
            raise FeedError(path, "is named .parquet but is no Parquet file")
        if end != b"PAR1":
            raise FeedError(path, "is truncated: a Parquet file ends with its table of contents; send it again")
        with self._connection() as connection:
            self.count = 1 + int(self._run(connection, "SELECT count(*) FROM read_parquet(?)").fetchall()[0][0])

    def _connection(self) -> duckdb.DuckDBPyConnection:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": "256MB",
            "threads": 1,
            "autoinstall_known_extensions": False,
        }
        return duckdb.connect(":memory:", config=settings)

    def _run(self, connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return connection.execute(sql, [str(self.path)])
        except duckdb.Error as fault:
            raise FeedError(self.path, f"cannot be read as Parquet: {_first_line(fault)}") from fault

    def records(self) -> Iterator[tuple[int, Record]]:
        """Record 0 holds the column names; then the rows, numbered from 1, in the file's order."""
        with self._connection() as connection:
            result = self._run(connection, "SELECT * FROM read_parquet(?)")
            yield 0, [str(column[0]) for column in result.description or ()]
            number = 0
            while True:
                try:
                    rows = result.fetchmany(_PIECE)
                except duckdb.Error as fault:
                    reason = f"cannot be read on: {_first_line(fault)}"
                    raise FeedError(self.path, reason, row=number + 1) from fault
                if not rows:
                    return
                for row in rows:
                    number += 1
                    yield number, [cell_text(cell) for cell in row]


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0]
