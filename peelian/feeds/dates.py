"""Dates in outside files: a form for each column, known to the day, the month or the year."""

import re
import time
from datetime import date, timedelta

from peelian.terms.known_dates import KnownDate

YEAR = "year"  # 1986, or 1986.0 as statistics software writes it
SERIAL = "serial"  # a spreadsheet's day number, counted from 30 December 1899
EARLIEST = date(1850, 1, 1)  # a year such as 0021 is a slip of the hand, not a fact

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_SERIAL = re.compile(r"(\d{1,6})(?:\.\d+)?")
_SERIAL_START = date(1899, 12, 30)
_WORDS = {
    "%d": "day",
    "%m": "month",
    "%Y": "year",
    "%y": "two-digit year",
    "%b": "month name",
    "%B": "month name",
    "%H": "hour",
    "%M": "minute",
    "%S": "second",
}
_KNOWN = re.compile(r"%[dmYybBHMSpIj]")


def form_fault(form: str) -> str:
    """Why `form` cannot be a date form; empty where it can. Accepts strptime forms with a year, `year`, `serial`."""
    if form in (YEAR, SERIAL):
        return ""
    if "%Y" not in form and "%y" not in form:
        return "a date form needs a year (%Y or %y), or is `year` or `serial`"
    if unknown := re.findall(r"%.", _KNOWN.sub("", form)):
        return f"{unknown[0]} is not a part of a date form"
    if "%d" in form and not re.search(r"%[mbB]", form):
        return "a day needs a month"
    return ""


def in_words(form: str) -> str:
    """`%d/%m/%Y` as `day/month/year`."""
    return _KNOWN.sub(lambda part: _WORDS.get(part.group(), part.group()), form)


def read_date(text: str, forms: tuple[str, ...], pivot: int | None) -> tuple[KnownDate, int | None]:
    """The date in `text`, and the full year where it was written with two digits.

    An ISO date is always understood, for that is how date cells of workbooks are passed on; a time of day is left
    out. Two-digit years up to `pivot` are 20xx, later ones 19xx. Raises ValueError with a sentence.
    """
    try:
        if match := _ISO.fullmatch(text):
            return _within(text, KnownDate.of(int(match[1]), int(match[2]), int(match[3]))), None
        return _by_forms(text, forms, pivot)
    except (ValueError, OverflowError) as fault:
        if isinstance(fault, ValueError) and "“" in str(fault):
            raise
        raise ValueError(f"“{text}” is not a date: {fault}") from fault


def _by_forms(text: str, forms: tuple[str, ...], pivot: int | None) -> tuple[KnownDate, int | None]:
    for form in forms:
        found = _by_form(text, form, pivot)
        if found is not None:
            known, short = found
            return _within(text, known), known.earliest.year if short else None
    wanted = " or ".join(in_words(form) for form in forms) or "year-month-day"
    raise ValueError(f"“{text}” is not a date of the form {wanted}")


def _by_form(text: str, form: str, pivot: int | None) -> tuple[KnownDate, bool] | None:
    if form == YEAR:
        match = _YEAR.fullmatch(text)
        return (KnownDate.of(int(match[1])), False) if match else None
    if form == SERIAL:
        match = _SERIAL.fullmatch(text)
        return (KnownDate(_SERIAL_START + timedelta(days=int(match[1]))), False) if match else None
    try:
        parts = time.strptime(text, form)
    except ValueError:
        return None
    year, short = parts.tm_year, "%y" in form
    if short and pivot is not None:
        year = (2000 if year % 100 <= pivot else 1900) + year % 100
    if "%d" in form:
        return KnownDate(date(year, parts.tm_mon, parts.tm_mday)), short
    if re.search(r"%[mbB]", form):
        return KnownDate.of(year, parts.tm_mon), short
    return KnownDate.of(year), short


def _within(text: str, known: KnownDate) -> KnownDate:
    if known.earliest < EARLIEST:
        raise ValueError(f"“{text}” is before {EARLIEST.year}")
    return known
