"""What comes out of a feed: accepted rows, refused rows, and the facts of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from peelian.terms.known_dates import KnownDate

Value = str | int | bool | KnownDate | tuple[str, ...]


class Reason(StrEnum):
    """Why a row is set aside. The value is stable and may be stored; `.words` says it in a report."""

    NO_KEY = "no_key"
    REQUIRED_MISSING = "required_missing"
    WRONG_CELLS = "wrong_cells"
    BROKEN_QUOTES = "broken_quotes"
    FORMULA_ERROR = "formula_error"
    IMPOSSIBLE_DATE = "impossible_date"
    IMPOSSIBLE_NUMBER = "impossible_number"
    SCIENTIFIC_FORM = "scientific_form"
    DATE_IN_IDENTIFIER = "date_in_identifier"
    NOT_IN_TABLE = "not_in_table"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    TOTALS_ROW = "totals_row"

    @property
    def words(self) -> str:
        return {
            Reason.NO_KEY: "No key",
            Reason.REQUIRED_MISSING: "A field that is needed is empty",
            Reason.WRONG_CELLS: "Wrong number of cells",
            Reason.BROKEN_QUOTES: "Quotation marks do not balance",
            Reason.FORMULA_ERROR: "Formula error in a cell",
            Reason.IMPOSSIBLE_DATE: "Impossible date",
            Reason.IMPOSSIBLE_NUMBER: "Impossible number",
            Reason.SCIENTIFIC_FORM: "Identifier in scientific form",
            Reason.DATE_IN_IDENTIFIER: "Identifier turned into a date",
            Reason.NOT_IN_TABLE: "Value not in the map's table",
            Reason.DATES_OUT_OF_ORDER: "Dates out of order",
            Reason.TOO_LONG: "Cell too long",
            Reason.CONTROL_CHARACTER: "Control character in a cell",
            Reason.TOTALS_ROW: "Totals row",
        }[self]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know of an accepted row that did not stop it.

    `kind`: `two_digit_year`, `not_in_table`, `dates_out_of_order`, `short_identifier` or `broken_character`.
    """

    column: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """A row that could be used.

    `row_number`: as the file shows it (a spreadsheet's row; the header of a CSV is row 1; Parquet's first row is 1).
    `key`: the record's identity in its source, the map's key columns joined by `|` (a `|` inside is `\\|`).
    `digest`: SHA-256 in hex over the mapped values in canonical form; equal digests mean nothing changed.
    `fields`: field name -> value; a missing field is absent.
    `missing`: field name -> the word that stood in the cell (`Not recorded`), for cells that were not simply empty.
    `raw`: the cells as they stood, in the order of the file's header.
    """

    row_number: int
    key: str
    digest: str
    fields: Mapping[str, Value]
    raw: tuple[str, ...]
    missing: Mapping[str, str]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be used, kept as it stood. `column` is empty where the whole row is at fault."""

    row_number: int
    raw: tuple[str, ...]
    column: str
    reason: str
    code: Reason


@dataclass(frozen=True, slots=True)
class Batch:
    """Up to `batch` rows. `last_row` is where a resumed read starts after; `share` (0 to 1) how far the file is read.

    `rows` = accepted + refused. `blank_rows` counts wholly empty rows passed over; they are no rows of the source.
    """

    accepted: list[AcceptedRow]
    refused: list[RefusedRow]
    last_row: int
    blank_rows: int
    share: float

    @property
    def rows(self) -> int:
        return len(self.accepted) + len(self.refused)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is, before any of its rows is typed.

    `kind`: `text`, `workbook` or `parquet`. `records`: how many records it holds, header and blank rows included
    (for text: its lines, which is more than its records where cells hold line breaks). `size`: bytes on disk.
    """

    name: str
    kind: str
    size: int
    records: int
    header: tuple[str, ...]
    header_row: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
