"""CSV and its kin, compressed or not: encoding and delimiter found out, records streamed in bounded memory."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from peelian.feeds.errors import FeedError
from peelian.feeds.maps.column_map import FileHints
from peelian.feeds.readers.archives import ARCHIVE_ERRORS, archive_error, open_bytes
from peelian.feeds.readers.records import Broken, Record

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_NOT_IN_1252 = b"\x81\x8d\x8f\x90\x9d"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(slots=True)
class _Scan:
    """What one pass over the bytes shows. Lines count from 1; a fault's line is None where there is no fault."""

    bom: str = ""
    lines: int = 0
    ascii: bool = True
    utf8_fault: tuple[int, int] | None = None  # line and byte
    cp1252_fault: tuple[int, int] | None = None
    nul_line: int | None = None
    size: int = 0
    ends_line: bool = False


class TextSource:
    """A delimited text file. Raises FeedError on opening for a wrong encoding, a damaged archive, no text at all."""

    kind = "text"
    sheet = ""
    sheets: tuple[str, ...] = ()

    def __init__(self, path: Path, hints: FileHints) -> None:
        self.path = path
        scan = _scan(path)
        self.encoding = _encoding(path, scan, hints.encoding)
        self.count = scan.lines
        self.delimiter = hints.delimiter or self._sniff()

    def records(self) -> Iterator[tuple[int, Record]]:
        """Records numbered as a spreadsheet shows them: from 1, blank ones counted, a quoted line break not."""
        number = 0
        with open_bytes(self.path) as stream:
            kept: list[str] = []  # the lines of the record at hand, so that a broken one can be shown
            text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
            reader = csv.reader(_keeping(text, kept), delimiter=self.delimiter, strict=True)
            while True:
                number += 1
                kept.clear()
                try:
                    cells: Record = next(reader)
                except StopIteration:
                    return
                except csv.Error as fault:
                    cells = self._broken(fault, kept, number)
                except UnicodeDecodeError as fault:
                    raise self._wrong_encoding(fault, number) from fault
                except ARCHIVE_ERRORS as fault:
                    raise archive_error(self.path, fault, number) from fault
                yield number, cells

    def _broken(self, fault: csv.Error, kept: list[str], number: int) -> Broken:
        words = str(fault)
        if "end of data" in words:
            raise FeedError(self.path, "a quotation mark opens here and is never closed", row=number) from fault
        if "field larger" in words:
            limit = f"{csv.field_size_limit():,}"
            reason = f"a cell holds more than {limit} characters, or a quotation mark is never closed"
            raise FeedError(self.path, reason, row=number) from fault
        spread = f"; {len(kept)} lines were read as one row" if len(kept) > 1 else ""
        return Broken("".join(kept), f"quotation marks do not balance ({words}){spread}")

    def _wrong_encoding(self, fault: UnicodeDecodeError, number: int) -> FeedError:
        byte = fault.object[fault.start]
        reason = f"wrong encoding: byte 0x{byte:02X} at or after this row is not {self.encoding}"
        return FeedError(self.path, reason, row=number)

    def _sniff(self) -> str:
        """The delimiter that cuts the first lines most evenly; a comma where nothing does."""
        with open_bytes(self.path) as stream:
            head = stream.read(64 * 1024).decode(self.encoding, errors="replace")
        lines = list(islice(io.StringIO(head, newline=""), 20))
        best, most = ",", (0.0, 0)
        for delimiter in _DELIMITERS:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
            common, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(1, 0))
            even = times / max(1, widths.total())
            if common > 1 and (even, common) > most:
                best, most = delimiter, (even, common)
        return best


def _keeping(text: io.TextIOWrapper, kept: list[str]) -> Iterator[str]:
    """The lines of a text, each also put into `kept`, which the reader empties at every record."""
    for line in text:
        kept.append(line)
        yield line


def _scan(path: Path) -> _Scan:
    """One pass over the bytes in pieces: line count, byte-order mark, which encodings are possible."""
    scan = _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_bytes(path) as stream:
            while chunk := stream.read(_CHUNK):
                if not scan.size:
                    scan.bom = next((name for mark, name in _BOMS if chunk.startswith(mark)), "")
                _look(scan, chunk, decoder)
            if scan.utf8_fault is None:
                try:
                    decoder.decode(b"", final=True)
                except UnicodeDecodeError as fault:
                    scan.utf8_fault = (scan.lines + 1, fault.object[fault.start])
    except ARCHIVE_ERRORS as fault:
        raise archive_error(path, fault, scan.lines or None) from fault
    if scan.size == 0:
        raise FeedError(path, "is empty")
    if not scan.ends_line:
        scan.lines += 1
    return scan


def _look(scan: _Scan, chunk: bytes, decoder: codecs.IncrementalDecoder) -> None:
    if scan.utf8_fault is None:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as fault:
            line = scan.lines + 1 + fault.object[: fault.start].count(b"\n")
            scan.utf8_fault = (line, fault.object[fault.start])
    if not chunk.isascii():
        scan.ascii = False
        if scan.cp1252_fault is None and (strange := set(chunk).intersection(_NOT_IN_1252)):
            place = min(chunk.index(byte) for byte in strange)
            scan.cp1252_fault = (scan.lines + 1 + chunk.count(b"\n", 0, place), chunk[place])
    if scan.nul_line is None and (place := chunk.find(b"\0")) >= 0:
        scan.nul_line = scan.lines + 1 + chunk.count(b"\n", 0, place)
    scan.lines += chunk.count(b"\n")
    scan.size += len(chunk)
    scan.ends_line = chunk.endswith(b"\n")


def _encoding(path: Path, scan: _Scan, wanted: str) -> str:
    """The encoding to read with: the map's, else by the byte-order mark, else UTF-8, else windows-1252.

    Raises FeedError where the map's encoding cannot be right or none fits.
    """
    wide = scan.bom == "utf-16" or codecs.lookup(wanted or "utf-8").name.startswith(("utf-16", "utf-32"))
    if scan.nul_line is not None and not wide:
        reason = "is not text: it holds a zero byte, as a workbook, a picture or UTF-16 without a mark would"
        raise FeedError(path, reason, row=scan.nul_line)
    if wanted:
        return _wanted_encoding(path, scan, wanted)
    if scan.bom:
        return scan.bom
    if scan.utf8_fault is None:
        return "utf-8"
    if scan.cp1252_fault is None:
        return "windows-1252"
    line, byte = scan.cp1252_fault
    reason = f"wrong encoding: byte 0x{byte:02X} is neither UTF-8 nor windows-1252; name the encoding in the map"
    raise FeedError(path, reason, row=line)


def _wanted_encoding(path: Path, scan: _Scan, wanted: str) -> str:
    name = codecs.lookup(wanted).name
    if name in ("utf-8", "utf-8-sig"):
        if scan.utf8_fault is not None:
            line, byte = scan.utf8_fault
            hint = "" if scan.cp1252_fault else "; the file looks like windows-1252"
            reason = f"wrong encoding: byte 0x{byte:02X} is not UTF-8, which the map asks for{hint}"
            raise FeedError(path, reason, row=line)
        return "utf-8-sig" if scan.bom == "utf-8-sig" else name
    if name == "cp1252" and not scan.ascii and scan.utf8_fault is None:
        raise FeedError(path, "wrong encoding: the map asks for windows-1252, but the file is UTF-8")
    return wanted
