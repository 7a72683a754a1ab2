"""XLSX and ODS sheets, read without running a formula."""

import mmap
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import python_calamine as calamine

from peelian.feeds.errors import FeedError
from peelian.feeds.maps.column_map import FileHints
from peelian.feeds.readers.formula_errors import error_cells
from peelian.feeds.readers.records import Record

LARGEST = 600_000_000  # bytes unpacked; a sheet is held in memory whole, so past this it must come as CSV
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class WorkbookSource:
    """One sheet of a workbook: the map's, or the only one that holds anything. Raises FeedError on opening.

    The sheet is held in memory while it is read: that is how the format is built. A workbook that unpacks to more
    than 600 MB is refused with the advice to save it as CSV.
    """

    kind = "workbook"
    encoding = ""
    delimiter = ""

    def __init__(self, path: Path, hints: FileHints) -> None:
        self.path = path
        _check_container(path)
        try:
            self._book = calamine.load_workbook(str(path))
            names = self._book.sheet_names
            self.sheets = tuple(name for name in names if self._book.get_sheet_by_name(name).end is not None)
            self.sheet = self._choose(hints.sheet)
            self._cells = self._book.get_sheet_by_name(self.sheet)
        except calamine.PasswordError as fault:
            raise FeedError(path, "is protected by a password; remove it and send the file again") from fault
        except (calamine.CalamineError, OSError) as fault:
            raise FeedError(path, f"is damaged and cannot be opened as a workbook: {fault}") from fault
        self._error_words = error_cells(path, self.sheet)
        self._errors: dict[int, list[int]] = {}
        for row, column in self._error_words:
            self._errors.setdefault(row, []).append(column)
        self.count = self._cells.end[0] + 1 if self._cells.end else 0

    def _choose(self, wanted: str) -> str:
        names = self._book.sheet_names
        if wanted:
            found = [name for name in names if name.casefold().strip() == wanted.casefold().strip()]
            if not found:
                raise FeedError(self.path, f"has no sheet “{wanted}”; its sheets: {', '.join(names)}")
            return found[0]
        if not self.sheets:
            raise FeedError(self.path, "is empty: no sheet holds a cell")
        return self.sheets[0]

    def records(self) -> Iterator[tuple[int, Record]]:
        """Rows numbered as the sheet shows them, blank rows included."""
        start = self._cells.start
        if start is None:
            return
        margin = [""] * start[1]
        for number, row in enumerate(self._cells.iter_rows(), start=1):
            cells = margin + [cell_text(cell) for cell in row]
            for column in self._errors.get(number, ()):
                if column <= len(cells):
                    cells[column - 1] = self._error_words[(number, column)]
            yield number, cells


def cell_text(cell: object) -> str:
    """A typed cell as the text a CSV would hold: whole numbers without `.0`, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell)) if abs(cell) < 1e15 else f"{cell:.2E}"
        return repr(cell)
    if isinstance(cell, datetime):
        plain = cell.replace(tzinfo=None)
        return plain.date().isoformat() if plain.time() == time() else plain.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _check_container(path: Path) -> None:
    with path.open("rb") as plain:
        start = plain.read(8)
        if start == _OLD_OFFICE:
            with mmap.mmap(plain.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                locked = whole.find(_ENCRYPTED) >= 0
            if locked:
                raise FeedError(path, "is protected by a password; remove it and send the file again")
            raise FeedError(path, "is an old .xls workbook under another name; save it as .xlsx or CSV")
    if not start.startswith(b"PK"):
        raise FeedError(path, f"is named {path.suffix.lower()} but is no such workbook")
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                reason = f"unpacks to more than {LARGEST // 1_000_000} MB; save the sheet as CSV"
                raise FeedError(path, reason)
            if "META-INF/manifest.xml" in archive.namelist():
                manifest = archive.read("META-INF/manifest.xml")
                if b"encryption-data" in manifest:
                    raise FeedError(path, "is protected by a password; remove it and send the file again")
    except zipfile.BadZipFile as fault:
        raise FeedError(path, "the workbook is truncated or damaged; send the file again") from fault
