"""Error cells of a workbook (`#VALUE!`, `#N/A` ...), which the sheet reader passes on as empty.

An empty cell says that nothing was recorded; an error says that something was and is lost. So the sheet's own XML is
asked where its error cells stand.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat  # entities are refused below, before any is read

from peelian.feeds.errors import FeedError

Errors = dict[tuple[int, int], str]  # (row, column), both from 1 -> the error's word

_PIECE = 1 << 20
_LETTERS = re.compile(r"([A-Z]+)(\d+)")


def error_cells(path: Path, sheet: str) -> Errors:
    """Where the error cells of `sheet` stand and what they say; empty for a sheet without any. Raises FeedError."""
    with zipfile.ZipFile(path) as archive:
        try:
            if path.suffix.lower() == ".ods":
                with archive.open("content.xml") as part:
                    found = _holds(part, (b'value-type="error"',))
                return _parsed(archive, "content.xml", _OdsErrors(sheet)) if found else {}
            name = _sheet_part(archive, sheet)
            if name is None:
                return {}
            with archive.open(name) as part:
                found = _holds(part, (b't="e"', b"t='e'"))
            return _parsed(archive, name, _XlsxErrors()) if found else {}
        except (KeyError, zipfile.BadZipFile, expat.ExpatError, EOFError) as fault:
            raise FeedError(path, f"is damaged and cannot be opened as a workbook: {fault}") from fault
        except _Entity as fault:
            raise FeedError(path, "holds XML entities, which no workbook needs; it is not read") from fault


class _Entity(Exception):
    """The XML declares an entity."""


def _holds(part: IO[bytes], marks: tuple[bytes, ...]) -> bool:
    rest = b""
    while piece := part.read(_PIECE):
        window = rest + piece
        if any(mark in window for mark in marks):
            return True
        rest = window[-32:]
    return False


def _refuse_entity(*_: object) -> None:
    raise _Entity


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.EntityDeclHandler = _refuse_entity
    parser.buffer_text = True
    return parser


def _parsed(archive: zipfile.ZipFile, name: str, watcher: "_XlsxErrors | _OdsErrors") -> Errors:
    parser = _parser()
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    with archive.open(name) as part:
        parser.ParseFile(part)
    return watcher.errors


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The archive's member that holds the sheet, by way of the workbook's relations."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheets(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith("}id")), "")
            ids[attributes.get("name", "")] = key

    def relations(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for name, handler in (("xl/workbook.xml", sheets), ("xl/_rels/workbook.xml.rels", relations)):
        parser = _parser()
        parser.StartElementHandler = handler
        parser.Parse(archive.read(name), True)
    target = targets.get(ids.get(sheet, ""), "")
    part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return part if target and part in archive.namelist() else None


class _XlsxErrors:
    """Watches `<c r="B4" t="e"><v>#REF!</v></c>`."""

    def __init__(self) -> None:
        self.errors: Errors = {}
        self._row = 0
        self._column = 0
        self._watching = False
        self._words = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "c":
            match = _LETTERS.fullmatch(attributes.get("r", ""))
            self._column = _number(match[1]) if match else self._column + 1
            self._watching = attributes.get("t") == "e"
            self._words = ""
        elif name == "f":
            self._words = ""

    def text(self, words: str) -> None:
        if self._watching:
            self._words += words

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "f":
            self._words = ""  # the formula's text, not its result
        elif name == "c" and self._watching:
            self.errors[(self._row, self._column)] = self._words.strip() or "#VALUE!"
            self._watching = False


class _OdsErrors:
    """Watches `<table:table-cell calcext:value-type="error"><text:p>#DIV/0!</text:p>` in one table."""

    def __init__(self, sheet: str) -> None:
        self.errors: Errors = {}
        self._sheet = sheet
        self._inside = False
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._watching = False
        self._words = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        plain = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self._inside = plain.get("name") == self._sheet
        elif name == "table-row" and self._inside:
            self._rows = int(plain.get("number-rows-repeated", 1))
            self._row += 1
            self._column = 0
        elif name in ("table-cell", "covered-table-cell") and self._inside:
            self._columns = int(plain.get("number-columns-repeated", 1))
            self._column += 1
            self._watching = any(key.endswith("}value-type") and value == "error" for key, value in attributes.items())
            self._words = ""

    def text(self, words: str) -> None:
        if self._watching:
            self._words += words

    def end(self, tag: str) -> None:
        name = _local(tag)
        if not self._inside:
            return
        if name in ("table-cell", "covered-table-cell"):
            if self._watching:
                word = self._words.strip()
                for column in range(self._column, self._column + min(self._columns, 1_000)):
                    self.errors[(self._row, column)] = word if word.startswith("#") else "#VALUE!"
            self._watching = False
            self._column += self._columns - 1
        elif name == "table-row":
            self._row += self._rows - 1
        elif name == "table":
            self._inside = False


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
