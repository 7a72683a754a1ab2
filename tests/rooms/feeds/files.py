"""Tiny files of every kind, whole and broken, written where a test asks for them."""

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import duckdb
import openpyxl

from peelian.feeds.maps import ColumnMap, parse_map
from peelian.feeds.readers import read
from peelian.feeds.rows import AcceptedRow, RefusedRow

ROWS = [
    ["Case Ref", "Officer", "Received", "Category"],
    ["0012345", "A1", "03/05/2021", "Searches"],
    ["0012346", "A2", "04/05/2021", "Detention"],
    ["0012347", "A1", "05/05/2021", ""],
]

MAP = """
source = "test"
title = "Test"
content = "complaint_history"
key = ["Case Ref", "Officer"]
[[column]]
name = "Case Ref"
field = "matter_reference"
[[column]]
name = "Officer"
field = "person_key"
[[column]]
name = "Received"
field = "complaint_on"
forms = ["%d/%m/%Y"]
[[column]]
name = "Category"
field = "category"
"""

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def a_map(extra: str = "", *, text: str = MAP) -> ColumnMap:
    """The map of ROWS; `extra` goes to its last column."""
    return parse_map(text + extra, "test.toml")


def lines(rows: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def csv(folder: Path, rows: list[list[str]], name: str = "export.csv") -> Path:
    return write(folder / name, lines(rows))


def packed(folder: Path, kind: str, content: bytes) -> Path:
    path = folder / f"export.csv.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("export.csv", content)
        return path
    squeeze = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind]
    return write(path, squeeze(content))


def xlsx(folder: Path, rows: list[list[object]], *, at: tuple[int, int] = (1, 1), first: str = "") -> Path:
    """A workbook with `rows` from the cell `at` (row, column); `first` names an earlier sheet of other content."""
    book = openpyxl.Workbook()
    sheet = book.active
    if first:
        sheet.title = first
        sheet["A1"] = "Contents of this workbook"
        sheet = book.create_sheet("Data")
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            sheet.cell(at[0] + down, at[1] + right, value)
    path = folder / "export.xlsx"
    book.save(path)
    return path


def ods(folder: Path, rows: list[list[str]], *, manifest: str = "") -> Path:
    """An ODS sheet of text cells; a cell that starts with `#` is an error cell as LibreOffice writes it."""

    def cell(text: str) -> str:
        extra = ' office:string-value="" calcext:value-type="error"' if text.startswith("#") else ""
        return f'<table:table-cell office:value-type="string"{extra}><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    path = folder / "export.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=body))
        space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{manifest}</manifest:manifest>")
    return path


def parquet(folder: Path, rows: list[list[str]], name: str = "export.parquet") -> Path:
    path = folder / name
    with duckdb.connect(":memory:") as connection:
        columns = ", ".join(f'"{column}" VARCHAR' for column in rows[0])
        connection.execute(f"CREATE TABLE export ({columns})")
        connection.executemany(f"INSERT INTO export VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])
        connection.execute(f"COPY export TO '{path}' (FORMAT parquet)")
    return path


def everything(path: Path, column_map: ColumnMap, **options: int) -> tuple[list[AcceptedRow], list[RefusedRow]]:
    accepted: list[AcceptedRow] = []
    refused: list[RefusedRow] = []
    for batch in read(path, column_map, **options):
        accepted += batch.accepted
        refused += batch.refused
    return accepted, refused
