"""A column map: what one source's file looks like and which of its columns fill which fields."""

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peelian.feeds.fields import FIELDS, Content


class Unmapped(StrEnum):
    """What happens to a value that the column's table does not hold."""

    KEEP = "keep"  # the raw word is the value, with a note
    MISSING = "missing"  # the field is missing, the raw word is kept, with a note
    REFUSE = "refuse"  # the row is set aside


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and the field it fills.

    `also`: other names of the same column. `forms`: date forms tried in order. `pivot`: last two-digit year that is
    20xx. `missing`: words that mean nothing was recorded; None for the shape's standard ones. `values`: folded raw
    word -> value. `digits`: the full length of an identifier made of digits. `separator`: between several names.
    """

    name: str
    field: str
    also: tuple[str, ...] = ()
    optional: bool = False
    forms: tuple[str, ...] = ()
    pivot: int | None = None
    not_before: date | None = None
    not_after: date | None = None
    missing: tuple[str, ...] | None = None
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unmapped: Unmapped = Unmapped.KEEP
    digits: int | None = None
    separator: str = ";"
    formula_errors_missing: bool = False


@dataclass(frozen=True, slots=True)
class FileHints:
    """How the file is to be opened; empty means found out from the file itself."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """`first` cannot lie after `then`. A row that breaks it is noted, or set aside where `refuse` is True."""

    first: str
    then: str
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One source. `name` is the map file's stem; `source` is the key under which its loads are compared.

    `key`: fields whose values together identify a record. `ignored`: columns known and left out on purpose.
    `constants`: fields with one value for the whole file. `words`: what the source is, for a reader.
    `people`: the key of the register whose person keys the source uses; sources that name the same one speak of the
    same people. `complete`: whether a file holds every record of the source, so that one missing from it vanished.
    `repeats`: whether rows may share a key, and are then told apart by their order. `text`: the map as written.
    """

    name: str
    source: str
    title: str
    content: Content
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    words: str = ""
    hints: FileHints = FileHints()
    ignored: tuple[str, ...] = ()
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    orders: tuple[Order, ...] = ()
    skip_totals: bool = True
    placeholder_keys: tuple[str, ...] = ()
    placeholder_patterns: tuple[str, ...] = ()
    digest: str = ""
    people: str = ""
    complete: bool = True
    repeats: bool = False
    text: str = ""

    @property
    def required_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.optional)

    def column_of(self, field_name: str) -> Column | None:
        return next((column for column in self.columns if column.field == field_name), None)

    def is_placeholder(self, key: str) -> bool:
        """Whether the map itself names this person key as a placeholder."""
        folded = fold(key)
        return any(fold(name) == folded for name in self.placeholder_keys) or any(
            re.fullmatch(pattern, key, re.IGNORECASE) for pattern in self.placeholder_patterns
        )

    def fits(self, header: tuple[str, ...]) -> bool:
        """Whether a file with this header is this source: every required column is there and no column is strange."""
        found = {folded for name in header if (folded := fold(name))}
        known = {fold(name) for name in self.ignored}
        for column in self.columns:
            names = {fold(name) for name in (column.name, *column.also)}
            if not column.optional and not names & found:
                return False
            known |= names
        return bool(found) and found <= known

    def field_words(self, field_name: str) -> str:
        return FIELDS[self.content][field_name].words


def fold(name: str) -> str:
    """A header's name with case, spaces and punctuation taken away: `Case Ref`, `case_ref`, `CASE.REF` are one."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


_DASHES = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\x96": "-", "\x97": "-"}
)


def fold_value(text: str) -> str:
    """A cell's word for comparing with a table: case folded, spaces and dashes put right."""
    return " ".join(text.translate(_DASHES).split()).casefold()


def fingerprint(header: tuple[str, ...]) -> str:
    """SHA-256 in hex of the folded, sorted names: the same for any order of columns, case and punctuation."""
    names = sorted(folded for name in header if (folded := fold(name)))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
