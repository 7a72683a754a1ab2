"""One cell read as its field wants: a value, missing with the word that stood there, or why the row is set aside.

Every distinct cell of a column is read once and remembered, within bounds, because exports repeat themselves: the
208,713 rows of one measured file hold 8,500 different dates.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from peelian.feeds.dates import read_date
from peelian.feeds.fields import Field, Shape
from peelian.feeds.maps.column_map import Column, Unmapped, fold_value
from peelian.feeds.rows import Note, Reason, Value
from peelian.terms.known_dates import KnownDate

STANDARD_MISSING = (
    *("null", "n/a", "na", "none", "-", "--", "not recorded", "none recorded"),
    *("not known", "not stated", "not specified", "unspecified"),
)
NAME_MISSING = ("-", "--", "not recorded", "not known")  # Null, NA and None are real names
YES = frozenset({"yes", "y", "true", "t", "1"})
NO = frozenset({"no", "n", "false", "f", "0"})
FORMULA_ERRORS = frozenset(
    {"#VALUE!", "#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#MULTIVALUE", "#SPILL!", "#CALC!"}
)
LONGEST = 1_000  # characters of a short text
LONGEST_IDENTIFIER = 200
LONGEST_NARRATIVE = 1_000_000

_REMEMBERED = 16_384  # distinct cells of a column held at once
_REMEMBERED_LENGTH = 80  # longer cells hardly repeat
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?[eE][+-]\d+")
_TURNED_DATE = re.compile(r"(?:\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2})")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
_TOTALS = re.compile(r"(?:grand |sub-?\s?)?totals?(?: for\b.*| of\b.*|:.*)?", re.IGNORECASE)
# Letters and digits with single spaces, holding a digit and no total: nothing else can be wrong with it.
_PLAIN_IDENTIFIER = re.compile(
    r"(?![a-zA-Z -]*total)[A-Za-z]{0,20} ?[A-Za-z]?[0-9][0-9A-Za-z]{0,60}(?: [0-9A-Za-z]+)?", re.I
)
_WHOLE = re.compile(r"(-?\d+)(?:\.0+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Odd:
    """What is out of the ordinary about a cell. `refused` sets the row aside; `spread` fills several fields."""

    refused: tuple[Reason, str] | None = None
    missing: str = ""
    note: Note | None = None
    spread: tuple[tuple[str, str], ...] = ()


Found = tuple[Value | None, str, Odd | None]  # the value, its canonical text for the digest, what is odd
_EMPTY: Found = (None, "", None)


class Memory(dict[str, Found]):
    """Reads a cell on first sight and remembers it; empties itself when it has grown past its bound."""

    def __init__(self, read: Callable[[str], Found], bound: int) -> None:
        super().__init__()
        self._read = read
        self._bound = bound

    def __missing__(self, raw: str) -> Found:
        found = self._read(raw)
        if self._bound and len(raw) <= _REMEMBERED_LENGTH:
            if len(self) >= self._bound:
                self.clear()
            self[raw] = found
        return found


class IdentifierMemory(Memory):
    """Keys hardly repeat, so none is remembered; the plain ones are passed without the whole round of questions."""

    def __init__(self, read: Callable[[str], Found], prefix: str) -> None:
        super().__init__(read, 0)
        self._prefix = prefix

    def __missing__(self, raw: str) -> Found:
        if _PLAIN_IDENTIFIER.fullmatch(raw):
            return raw, self._prefix + raw, None
        return self._read(raw)


def is_totals(raw: str) -> bool:
    """Whether a cell is the label of a totals row: `Total`, `Grand total`, `Sub-total:` ..."""
    return _TOTALS.fullmatch(raw.strip()) is not None


def reader_of(column: Column, field: Field, *, key: bool, skip_totals: bool) -> Memory:
    """What reads the cells of `column`. `key`: the cell is part of the record's key, where a total is no value."""
    read = _CellReader(column, field, watch_totals=key and skip_totals)
    if field.shape is Shape.IDENTIFIER and not column.digits and not any(map(_has_digit, column.missing or ())):
        return IdentifierMemory(read, f"{field.name}=")
    once_only = field.shape in (Shape.IDENTIFIER, Shape.LONG_TEXT)
    return Memory(read, 0 if once_only else _REMEMBERED)


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _refused(reason: Reason, text: str) -> Found:
    return None, "", Odd(refused=(reason, text))


class _CellReader:
    """The steps every cell goes through: empty, broken, missing word, then the field's own shape."""

    def __init__(self, column: Column, field: Field, *, watch_totals: bool) -> None:
        self.column = column
        self.field = field
        self.watch_totals = watch_totals
        self.shape: Callable[[str], Found] = {
            Shape.IDENTIFIER: self.identifier,
            Shape.NAME: self.name,
            Shape.NAMES: self.names,
            Shape.FULL_NAME: self.full_name,
            Shape.TEXT: self.text,
            Shape.LONG_TEXT: self.long_text,
            Shape.DATE: self.date,
            Shape.YEAR: self.year,
            Shape.FLAG: self.flag,
            Shape.CHOICE: self.choice,
        }[field.shape]
        standard = NAME_MISSING if field.shape in (Shape.NAME, Shape.NAMES, Shape.FULL_NAME) else STANDARD_MISSING
        words = standard if column.missing is None else column.missing
        self.missing = frozenset(fold_value(word) for word in words)

    def __call__(self, raw: str) -> Found:
        if not raw or raw.isspace():
            return _EMPTY
        if raw[0] == "#" and raw.strip() in FORMULA_ERRORS:
            return self.formula_error(raw.strip())
        if _CONTROL.search(raw):
            return _refused(Reason.CONTROL_CHARACTER, "the cell holds a control character; clean it and export again")
        if len(raw) < 40 and fold_value(raw) in self.missing:
            return self.absent(" ".join(raw.split()))
        if self.watch_totals and is_totals(raw):
            return _refused(Reason.TOTALS_ROW, f"“{raw.strip()}” marks a totals row, not a record")
        found = self.shape(raw)
        if "\ufffd" in raw and (found[2] is None):
            note = Note(self.column.name, "broken_character", "a character was lost before the file was made")
            return found[0], found[1], Odd(note=note)
        return found

    def value(self, value: Value, text: str, note: Note | None = None) -> Found:
        return value, f"{self.field.name}={text}", Odd(note=note) if note else None

    def absent(self, word: str, note: Note | None = None) -> Found:
        return None, f"{self.field.name}?{word}", Odd(missing=word, note=note)

    def formula_error(self, word: str) -> Found:
        if self.column.formula_errors_missing:
            return self.absent(word)
        return _refused(
            Reason.FORMULA_ERROR, f"the cell holds the formula error {word}; mend the formula and export again"
        )

    def limit(self, text: str, longest: int) -> Found | None:
        if len(text) > longest:
            return _refused(Reason.TOO_LONG, f"the cell holds {len(text):,} characters; at most {longest:,} fit")
        return None

    def identifier(self, raw: str) -> Found:
        text = " ".join(raw.split())
        if _SCIENTIFIC.fullmatch(text):
            reason = f"“{text}” is a number in scientific form: digits were lost; export the column as text"
            return _refused(Reason.SCIENTIFIC_FORM, reason)
        if _TURNED_DATE.fullmatch(text) or _ISO_MOMENT.fullmatch(text):
            reason = f"“{text}” looks like an identifier that a spreadsheet turned into a date; export it as text"
            return _refused(Reason.DATE_IN_IDENTIFIER, reason)
        if over := self.limit(text, LONGEST_IDENTIFIER):
            return over
        digits = self.column.digits
        if digits and text.isdecimal() and len(text) < digits:
            words = f"“{text}” has {len(text)} of {digits} digits: leading zeros may have been lost"
            return self.value(text, text, Note(self.column.name, "short_identifier", words))
        return self.value(text, text)

    def name(self, raw: str) -> Found:
        text = " ".join(raw.split())
        return self.limit(text, LONGEST) or self.value(text, text)

    def names(self, raw: str) -> Found:
        parts = [" ".join(part.split()) for part in raw.split(self.column.separator)]
        names = tuple(part for part in parts if part)
        return self.limit(raw, LONGEST) or (self.value(names, ";".join(names)) if names else _EMPTY)

    def full_name(self, raw: str) -> Found:
        text = " ".join(raw.split())
        family, comma, given = text.partition(",")
        if not comma:
            given, _, family = text.rpartition(" ")
        parts = (("family_name", family.strip()), ("given_names", given.strip()))
        spread = tuple((name, part) for name, part in parts if part)
        return self.limit(text, LONGEST) or (None, f"full_name={text}", Odd(spread=spread))

    def text(self, raw: str) -> Found:
        text = " ".join(raw.split())
        if over := self.limit(text, LONGEST):
            return over
        if not self.column.values:
            return self.value(text, text)
        mapped = self.column.values.get(fold_value(text))
        return self.value(mapped, mapped) if mapped is not None else self.not_in_table(text)

    def long_text(self, raw: str) -> Found:
        text = raw.replace("\r\n", "\n").strip()
        return self.limit(text, LONGEST_NARRATIVE) or self.value(text, text)

    def date(self, raw: str) -> Found:
        text = " ".join(raw.split())
        try:
            known, short_year = read_date(text, self.column.forms, self.column.pivot)
        except ValueError as fault:
            return _refused(Reason.IMPOSSIBLE_DATE, str(fault))
        earliest, latest = self.column.not_before, self.column.not_after
        if (earliest and known.latest < earliest) or (latest and known.earliest > latest):
            side = f"before {earliest:%Y-%m-%d}" if earliest and known.latest < earliest else f"after {latest:%Y-%m-%d}"
            return _refused(Reason.IMPOSSIBLE_DATE, f"“{text}” is {side}, which the map says cannot be")
        note = None
        if short_year is not None:
            note = Note(self.column.name, "two_digit_year", f"“{text}” was read as {short_year}")
        return self.value(known, canonical(known), note)

    def year(self, raw: str) -> Found:
        match = _WHOLE.fullmatch(raw.strip())
        if match is None or not 1850 <= int(match[1]) <= 2200:
            return _refused(Reason.IMPOSSIBLE_NUMBER, f"“{raw.strip()}” is not a year")
        return self.value(int(match[1]), match[1])

    def flag(self, raw: str) -> Found:
        word = fold_value(raw)
        word = self.column.values.get(word, word)
        if word in YES:
            return self.value(True, "yes")
        return self.value(False, "no") if word in NO else self.not_in_table(" ".join(raw.split()))

    def choice(self, raw: str) -> Found:
        word = fold_value(raw)
        chosen = self.column.values.get(word) or (word if word in self.field.choices else None)
        return self.value(chosen, chosen) if chosen else self.not_in_table(" ".join(raw.split()))

    def not_in_table(self, text: str) -> Found:
        words = f"“{text}” is not in the map's table"
        if self.column.unmapped is Unmapped.REFUSE:
            return _refused(Reason.NOT_IN_TABLE, words)
        note = Note(self.column.name, "not_in_table", words)
        return self.absent(text, note) if self.column.unmapped is Unmapped.MISSING else self.value(text, text, note)


def canonical(known: KnownDate) -> str:
    """A date as text that differs by precision: `2021-05-03`, `2021-05`, `2021`."""
    return known.earliest.isoformat()[: {"day": 10, "month": 7, "year": 4}[known.precision.value]]
