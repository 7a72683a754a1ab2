"""A column map proposed for a file nobody has described: from its header's words and a sample of its values.

A proposal is a draft for a person to read, correct and keep; every line says how sure it is and why. No value of the
file is copied into it, for the map may be kept where the file may not.
"""

import difflib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from peelian.feeds.cells import NO, STANDARD_MISSING, YES
from peelian.feeds.dates import read_date
from peelian.feeds.errors import FeedError
from peelian.feeds.fields import FIELDS, Content, Field, Shape
from peelian.feeds.maps.column_map import ColumnMap, FileHints, fold, fold_value
from peelian.feeds.maps.known import known_maps
from peelian.feeds.maps.parsing import parse_map
from peelian.feeds.readers import inspect, read
from peelian.feeds.readers.opening import open_source
from peelian.feeds.rows import AcceptedRow, FileFacts, RefusedRow

SAMPLED = 2_000  # rows looked at
SHOWN = 10
DATE_FORMS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y"),
    *("%d %b %Y", "%d-%b-%Y", "%d/%m/%y", "%d-%b-%y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%m/%Y", "%b-%y", "year"),
)
PIVOT = 30
_NEAR = 0.82
_DOUBTFUL = 0.6  # a column placed no surer than this gives way to a reference that every row needs
_MORE_WORDS: dict[str, tuple[str, ...]] = {
    "person_key": ("officer", "officer id", "subject", "person id", "staff id", "nominal", "uid", "officer ref"),
    "matter_reference": ("complaint", "case", "case id", "complaint id", "complaint number", "complaint ref", "matter"),
    "incident_reference": ("incident", "incident number", "incident id", "occurrence number", "crime number"),
    "allegation_reference": ("allegation id", "allegation ref"),
    "category": ("complaint category", "allegation type", "type", "category description"),
    "category_code": ("complaint code", "code"),
    "finding_final": ("final finding", "result", "determination"),
    "finding_recommended": ("recommended finding",),
    "outcome_final": ("final outcome", "sanction", "disposal", "action"),
    "outcome_recommended": ("recommended outcome",),
    "complaint_on": ("date received", "complaint date", "received", "reported date"),
    "incident_on": ("incident date", "date of incident", "occurred on", "event date", "date"),
    "closed_on": ("closed", "closed date", "end date", "date completed", "finalised"),
    "appointed_on": ("hire date", "appointed date", "appointed year", "start"),
    "left_on": ("leave date", "end date", "resignation date", "left year"),
    "birth_year": ("birth year", "year of birth", "yob"),
    "birth_on": ("date of birth", "birth date", "dob"),
    "ethnicity": ("race", "ethnic group", "ethnic appearance"),
    "family_name": ("surname", "last name", "family name"),
    "given_names": ("forename", "first name", "given name", "first names"),
    "full_name": ("name", "full name", "officer name", "subject name"),
}


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """Where a column was put. `field` is empty where it found no place; `confidence` runs from 0 to 1."""

    name: str
    field: str
    confidence: float
    reason: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """The proposal: `toml` to be kept, the map it makes, and the first rows read through it."""

    toml: str
    column_map: ColumnMap
    facts: FileFacts
    columns: tuple[GuessedColumn, ...]
    rows: tuple[AcceptedRow | RefusedRow, ...]


def propose(path: Path | str, content: Content | None = None, *, sheet: str = "") -> Guess:
    """A map for `path`, of `content` or of the kind that fits best. Raises FeedError where the file cannot be read,
    or where no column could be the reference that its rows need.
    """
    facts = inspect(path, sheet=sheet)
    samples = _samples(Path(path), facts)
    guesses = {kind: _place(facts.header, samples, kind) for kind in ([content] if content else Content)}
    kind = max(guesses, key=lambda one: _worth(guesses[one], one))
    columns = guesses[kind]
    required = [field.name for field in FIELDS[kind].values() if field.required]
    if not set(required) <= {column.field for column in columns}:
        raise FeedError(path, f"no column could be the {FIELDS[kind][required[0]].words}; write the map by hand")
    text = _toml(Path(path), facts, kind, columns)
    column_map = parse_map(text, f"{_stem(path)}.toml")
    first = next(iter(read(path, column_map, batch=SHOWN)))
    shown: list[AcceptedRow | RefusedRow] = [*first.accepted, *first.refused]
    rows = sorted(shown, key=lambda row: row.row_number)
    return Guess(text, column_map, facts, columns, tuple(rows[:SHOWN]))


def _samples(path: Path, facts: FileFacts) -> dict[int, list[str]]:
    """Index of a column -> its distinct cells that are neither empty nor a word for missing."""
    hints = FileHints(encoding=facts.encoding, delimiter=facts.delimiter, sheet=facts.sheet)
    found: dict[int, dict[str, None]] = {index: {} for index in range(len(facts.header))}
    for number, cells in islice(open_source(path, hints).records(), SAMPLED):
        if number <= facts.header_row or not isinstance(cells, list):
            continue
        for index, cell in enumerate(cells[: len(facts.header)]):
            text = " ".join(cell.split())
            if text and fold_value(text) not in STANDARD_MISSING:
                found[index][text] = None
    return {index: list(cells) for index, cells in found.items()}


def _vocabulary(content: Content) -> dict[str, str]:
    """Folded header word -> field: the fields' own names, the shipped maps' columns, and words seen elsewhere."""
    words: dict[str, str] = {}
    for name, field in FIELDS[content].items():
        for word in (*_MORE_WORDS.get(name, ()), field.words, name):
            words.setdefault(fold(word), name)
    for column_map in known_maps():
        if column_map.content is content:
            for column in column_map.columns:
                for word in (column.name, *column.also):
                    words.setdefault(fold(word), column.field)
    return words


def _place(header: Sequence[str], samples: dict[int, list[str]], content: Content) -> tuple[GuessedColumn, ...]:
    words = _vocabulary(content)
    offers = []
    for index, name in enumerate(header):
        if fold(name):
            offers += [(offer, index) for offer in _offers(name, samples[index], content, words)]
    offers.sort(key=lambda offer: (-offer[0].confidence, offer[1]))
    taken: dict[int, GuessedColumn] = {}
    fields: set[str] = set()
    for offer, index in offers:
        clash = offer.field in fields or (offer.field == "full_name" and fields & {"family_name", "given_names"})
        clash = clash or (offer.field in ("family_name", "given_names") and "full_name" in fields)
        if index not in taken and not clash:
            taken[index] = offer
            fields.add(offer.field)
    _fill_required(header, samples, content, taken)
    none = "no field goes by this name or holds such values"
    return tuple(taken.get(index, GuessedColumn(name, "", 0.0, none)) for index, name in enumerate(header) if name)


def _fill_required(
    header: Sequence[str], samples: dict[int, list[str]], content: Content, taken: dict[int, GuessedColumn]
) -> None:
    """The reference every row needs, where no name gave it away: the free column with most different values."""
    for field in FIELDS[content].values():
        if not field.required or any(column.field == field.name for column in taken.values()):
            continue
        doubtful = {index for index, column in taken.items() if column.confidence <= _DOUBTFUL}
        free = [index for index, name in enumerate(header) if fold(name) and samples[index]]
        free = [index for index in free if index not in taken] or [index for index in free if index in doubtful]
        if free:
            index = max(free, key=lambda one: (len(samples[one]), -one))
            reason = "no name says so, but it holds the most different values"
            taken[index] = GuessedColumn(header[index], field.name, 0.3, reason)


def _offers(name: str, values: list[str], content: Content, words: dict[str, str]) -> Iterable[GuessedColumn]:
    """The fields this column could fill, with how sure that is: the name first, then whether the values agree."""
    folded = fold(name)
    if folded in words:
        field, sure, why = words[folded], 0.9, "the name says so"
    elif near := difflib.get_close_matches(folded, words, n=1, cutoff=_NEAR):
        field, sure, why = words[near[0]], 0.6, "the name is near to a known one"
    else:
        return
    shape = FIELDS[content][field].shape
    forms: tuple[str, ...] = ()
    if shape is Shape.DATE:
        form, share = _date_form(values)
        if values and share < 0.5:
            sure, why = sure * 0.3, f"{why}, but its values are no dates"
        elif form:
            forms, why = (form,), f"{why}; {share:.0%} of its values are dates of this form"
            sure *= 0.5 + share / 2
    elif shape is Shape.YEAR and values:
        share = _share(values, lambda value: value.removesuffix(".0").isdecimal() and len(value) in (4, 6))
        sure, why = sure * (0.3 + 0.7 * share), f"{why}; {share:.0%} of its values are years"
    elif shape is Shape.FLAG and values:
        share = _share(values, lambda value: value.casefold() in YES | NO)
        sure, why = sure * (0.3 + 0.7 * share), f"{why}; {share:.0%} of its values are yes or no"
    elif shape in (Shape.NAME, Shape.FULL_NAME) and values:
        share = _share(values, lambda value: not any(letter.isdigit() for letter in value))
        sure, why = sure * (0.3 + 0.7 * share), f"{why}; {share:.0%} of its values hold no digit"
    if sure >= 0.25:
        yield GuessedColumn(name, field, round(sure, 2), why, forms)


def _share(values: list[str], test: Callable[[str], bool]) -> float:
    return sum(1 for value in values if test(value)) / len(values)


def _date_form(values: list[str]) -> tuple[str, float]:
    """The form that reads most of the values, and the share it reads."""
    best, most = "", 0
    for form in DATE_FORMS:
        count = sum(1 for value in values if _reads(value, form))
        if count > most:
            best, most = form, count
    return best, most / len(values) if values else 0.0


def _reads(value: str, form: str) -> bool:
    try:
        read_date(value, (form,), PIVOT)
    except ValueError:
        return False
    return True


def _worth(columns: Sequence[GuessedColumn], content: Content) -> float:
    required = {field.name for field in FIELDS[content].values() if field.required}
    sure = sum(column.confidence for column in columns if column.field)
    return sure + sum(1.0 for column in columns if column.field in required and column.confidence > 0.3)


def _stem(path: Path | str) -> str:
    stem = Path(path).name.split(".")[0].casefold()
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in stem).strip("_") or "source"


def _toml(path: Path, facts: FileFacts, content: Content, columns: Sequence[GuessedColumn]) -> str:
    """The proposal as text. Strings are written as JSON, whose escapes TOML shares."""
    named = {column.field: column.name for column in columns if column.field}
    parts = [name for name in _KEYS[content] if name in named]
    unplaced = [column.name for column in columns if not column.field]
    lines = [
        f"# Proposed from {json.dumps(path.name, ensure_ascii=False)}: read every line, then keep it.",
        f"source = {_quoted(_stem(path))}  # the name under which later extracts are compared with this one",
        f"title = {_quoted(path.name)}",
        f"content = {_quoted(content.value)}  # {content.words}",
        f"key = [{', '.join(_quoted(named[name]) for name in parts)}]  # together these must name a row once only",
    ]
    if unplaced:
        lines.append(f"ignored = [{', '.join(map(_quoted, unplaced))}]  # found no place; they are not loaded")
    file_lines = _file_lines(facts)
    lines += ["", "[file]", *file_lines] if file_lines else []
    for column in columns:
        if column.field:
            lines += ["", *_column_lines(column, FIELDS[content][column.field])]
    return "\n".join(lines) + "\n"


_KEYS = {
    Content.STAFF_REGISTER: ("person_key",),
    Content.COMPLAINT_HISTORY: ("matter_reference", "allegation_reference", "person_key"),
    Content.INCIDENTS: ("force", "incident_reference", "person_key"),
    Content.CLEARANCES: ("staff_number", "warrant_number", "collar_number", "level", "granted_on"),
}


def _file_lines(facts: FileFacts) -> list[str]:
    lines = []
    if facts.encoding not in ("", "utf-8", "utf-8-sig"):
        lines.append(f"encoding = {_quoted(facts.encoding)}")
    if facts.delimiter not in ("", ","):
        lines.append(f"delimiter = {_quoted(facts.delimiter)}")
    if facts.sheet:
        lines.append(f"sheet = {_quoted(facts.sheet)}")
    return lines


def _column_lines(column: GuessedColumn, field: Field) -> list[str]:
    sure = "sure" if column.confidence >= 0.8 else "likely" if column.confidence >= 0.5 else "a guess"
    lines = [
        f"# {field.words}: {sure} ({column.confidence:.0%}); {column.reason}",
        "[[column]]",
        f"name = {_quoted(column.name)}",
        f"field = {_quoted(column.field)}",
    ]
    if column.forms:
        lines.append(f"forms = [{', '.join(map(_quoted, column.forms))}]")
    if any("%y" in form for form in column.forms):
        lines.append(f"pivot = {PIVOT}  # two-digit years 00 to {PIVOT} are 20xx, later ones 19xx; check")
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
