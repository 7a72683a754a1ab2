"""Forms as a wash stores and compares them, said as people write them: `QD157ZB/55` is 55, QD15 7ZB.

Nothing is added to a form, and two different ones are never said alike.
"""

import re
from collections.abc import Callable
from datetime import date

from peelian.terms.known_dates import date_words

NAME, BORN = "name", "date of birth"
BRITISH = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
HOUSE = re.compile(r"[0-9]+[a-z]?")
NEW_MARK = re.compile(r"([A-Z]{2}[0-9]{2})([A-Z]{3})")
NATIONAL = re.compile(r"(0[0-9]{4})([0-9]{6})")
SEXES = {"m": "Male", "f": "Female"}


def said(what: str, stored: str) -> str:
    """One value in words. `what`: what it is, as the wash calls it; a kind that is not known stays as it came."""
    return SAID.get(what, str)(stored)


def day_said(stored: str) -> str:
    """`2019-05-04` as 4 May 2019; what is no such day stays as it came."""
    try:
        return date_words(date.fromisoformat(stored))
    except ValueError:
        return stored


def postcode_said(stored: str) -> str:
    """`QD157ZB` as QD15 7ZB; what is no British postcode stays as it came."""
    return _parted(BRITISH, stored)


def address_said(stored: str) -> str:
    """A house with its street and town or postcode, or a postcode with its house: `12 mill lane/leeds`, `LS14AB/12`."""
    first, _, last = stored.partition("/")
    if HOUSE.fullmatch(last):
        return f"{last}, {postcode_said(first)}"
    town = last if last.isupper() else _named(last)
    return ", ".join(part for part in (_named(first), town) if part)


def _parted(shape: re.Pattern[str], stored: str) -> str:
    found = shape.fullmatch(stored)
    return " ".join(found.groups()) if found else stored


def _named(stored: str) -> str:
    return " ".join(word.capitalize() for word in stored.split())


SAID: dict[str, Callable[[str], str]] = {
    NAME: _named,
    BORN: day_said,
    "sex": lambda stored: SEXES.get(stored, stored),
    "place of birth": _named,
    "addresses": address_said,
    "postcodes": postcode_said,
    "telephones": lambda stored: _parted(NATIONAL, stored),
    "vehicle marks and numbers": lambda stored: _parted(NEW_MARK, stored),
}
