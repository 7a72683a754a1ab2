"""A list as CSV or ODS, safe to open: no cell can start a formula.

Rows come as an iterator already narrowed by the walls, so a long list is written in bounded memory.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from peelian.terms.known_dates import KnownDate

Cell = str | int | float | date | datetime | KnownDate | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
CSV_TYPE = "text/csv; charset=utf-8"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def words(cell: Cell) -> str:
    """A cell as text. Dates as `2026-11-23`; a date known only to the month or year as `2026-11` or `2026`."""
    if cell is None:
        return ""
    if isinstance(cell, KnownDate):
        return cell.earliest.isoformat()[: {"day": 10, "month": 7, "year": 4}[cell.precision]]
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    return str(cell)


def neutral(cell: Cell) -> str:
    """The text with an apostrophe before anything a spreadsheet would run.

    Source: OWASP, CSV Injection: `=`, `+`, `-`, `@`, tab and carriage return at the start of a cell. Full-width
    forms of the same signs count too. Numbers are left as they are.
    """
    text = words(cell)
    if isinstance(cell, (int, float)):
        return text
    start = text.lstrip(" \u00a0\ufeff")[:1]
    if start in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20") or text.startswith(FORMULA_STARTS):
        return "'" + text
    return text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 CSV with a byte-order mark (so that Excel reads accents), CRLF line ends, one chunk a row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([neutral(column) for column in columns])
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_CLOSING = "</table:table></office:spreadsheet></office:body></office:document-content>"
_UNPRINTABLE = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])


def _ods_row(cells: Sequence[Cell]) -> str:
    parts = []
    for cell in cells:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            parts.append(
                f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
                "</table:table-cell>"
            )
        else:
            text = escape(neutral(cell).translate(_UNPRINTABLE))
            parts.append(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>')
    return f"<table:table-row>{''.join(parts)}</table:table-row>"


def _part(name: str) -> zipfile.ZipInfo:
    """A part of the package without a moment: the same list makes the same bytes, and no clock is read here."""
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def ods_bytes(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet named `title`, header row repeated on each printed page. The sheet is compressed row by row.

    Written here rather than by a library: the maintained one took 6 ms a row (docs/adr/0005).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)  # first and stored, as the format requires
        package.writestr(_part("META-INF/manifest.xml"), _MANIFEST)
        with package.open(_part("content.xml"), "w") as content:
            content.write(f"{_OPENING}<table:table table:name={quoteattr(title[:31])}>".encode())
            header = _ods_row(columns)
            content.write(f"<table:table-header-rows>{header}</table:table-header-rows>".encode())
            for row in rows:
                content.write(_ods_row(row).encode())
            content.write(_CLOSING.encode())
    return out.getvalue()
