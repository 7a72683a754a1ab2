"""Which reader a file needs, told by its name and checked against its first bytes."""

from pathlib import Path

from peelian.feeds.errors import FeedError
from peelian.feeds.maps.column_map import FileHints
from peelian.feeds.readers.archives import COMPRESSED
from peelian.feeds.readers.parquet import ParquetSource
from peelian.feeds.readers.records import Source
from peelian.feeds.readers.text import TextSource
from peelian.feeds.readers.workbook import WorkbookSource

TEXT = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
READABLE = "CSV, TSV or TXT (also as .gz, .zip, .bz2 or .xz), Parquet, XLSX and ODS"
_OTHER_KINDS = {
    b"PK\x03\x04": "a workbook or archive",
    b"\x1f\x8b": "compressed (.gz)",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"%PDF": "a PDF",
}


def open_source(path: Path | str, hints: FileHints) -> Source:
    """The file opened by the reader its name calls for. Raises FeedError: no file, empty, unknown kind, and more."""
    path = Path(path)
    _check_file(path)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    last = suffixes[-1] if suffixes else ""
    try:
        if last in COMPRESSED:
            if last != ".zip" and (len(suffixes) < 2 or suffixes[-2] not in TEXT):
                raise FeedError(path, f"is compressed, but its name does not say CSV (such as export.csv{last})")
            return TextSource(path, hints)
        if last in TEXT:
            _check_text(path)
            return TextSource(path, hints)
        if last == ".parquet":
            return ParquetSource(path, hints)
        if last in WORKBOOKS:
            return WorkbookSource(path, hints)
    except OSError as fault:
        raise FeedError(path, f"cannot be read: {fault.strerror or fault}") from fault
    raise FeedError(path, f"the ending “{last}” is not known; what can be read: {READABLE}")


def _check_file(path: Path) -> None:
    if not path.exists():
        raise FeedError(path, "there is no such file")
    if not path.is_file():
        raise FeedError(path, "is not a file")
    if path.stat().st_size == 0:
        raise FeedError(path, "is empty")


def _check_text(path: Path) -> None:
    with path.open("rb") as plain:
        start = plain.read(4)
    for mark, words in _OTHER_KINDS.items():
        if start.startswith(mark):
            raise FeedError(path, f"is named {path.suffix} but is {words}")
