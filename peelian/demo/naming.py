"""Names and births of invented people, with the frequencies of a large city by age and heritage. No real person."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from peelian.demo.chance import Chance, Ranked
from peelian.demo.tables import table

BRITISH = frozenset({"english", "scottish", "welsh", "irish", "mixed", "caribbean"})
BRITISH_GIVEN = {"english": 1.0, "scottish": 0.75, "welsh": 0.75, "irish": 0.7, "mixed": 0.6, "caribbean": 0.5}
SECOND_NAME = 0.25
OTHER_ETHNICITIES = {
    "mixed": {
        "Mixed: White and Black Caribbean": 40,
        "Mixed: White and Asian": 25,
        "Mixed: White and Black African": 15,
        "Mixed: Any other Mixed background": 20,
    }
}
NOT_STATED = 0.04


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an invented person is. `sex` as the register has it; `ethnicity` empty where it was not stated."""

    family: str
    given: str
    sex: str
    ethnicity: str
    born: date
    heritage: str


def identity(chance: Chance, *, born: date, among: str, female: float) -> Identity:
    """Somebody born on a day. `among`: `force` or `public`, whose heritages differ. `female`: the share of women."""
    heritage = chance.of(_shares(among))
    sex = "Female" if chance.often(female) else "Male"
    given = _given(chance, heritage, sex, born.year)
    if chance.often(SECOND_NAME):
        second = _given(chance, heritage, sex, born.year)
        given = f"{given} {second}" if second != given else given
    ethnicity = chance.of(OTHER_ETHNICITIES[heritage]) if heritage in OTHER_ETHNICITIES else _ethnicity(heritage)
    if chance.often(NOT_STATED):
        ethnicity = ""
    family = surname(chance, heritage, sex)
    return Identity(family, given, sex, ethnicity, born, heritage)


def surname(chance: Chance, heritage: str, sex: str) -> str:
    """A family name; a few English and Scottish ones are doubled."""
    name = surnames_of(heritage).draw(chance)
    if heritage == "sikh" and name in ("Singh", "Kaur"):
        return "Kaur" if sex == "Female" else "Singh"
    if heritage in ("english", "scottish") and chance.often(0.015):
        other = surnames_of(heritage).draw(chance)
        return f"{name}-{other}" if other != name else name
    return name


def birth(chance: Chance, day: date, youngest: int, oldest: int) -> date:
    """A birthday of somebody who is between two ages on a day."""
    return date.fromordinal(
        day.toordinal() - chance.between(youngest * 365 + youngest // 4, oldest * 365 + oldest // 4)
    )


@cache
def _shares(among: str) -> dict[str, float]:
    return {key: float(row[among]) for key, row in table("names")["heritage"].items()}


def _ethnicity(heritage: str) -> str:
    return str(table("names")["heritage"][heritage]["ethnicity"])


@cache
def surnames_of(heritage: str) -> Ranked:
    return Ranked(table("names")["surnames"][heritage].split(), level=9)


@cache
def _names(heritage: str, decade: str, sex: str) -> Ranked:
    given = table("names")["given"]
    rows = given["british"][decade] if heritage == "british" else given[heritage]
    return Ranked(rows[sex.lower()].split())


def _given(chance: Chance, heritage: str, sex: str, year: int) -> str:
    if heritage in BRITISH and chance.often(BRITISH_GIVEN[heritage]):
        decade = str(min(2000, max(1940, year // 10 * 10)))
        return _names("british", decade, sex).draw(chance)
    return _names(heritage, "", sex).draw(chance)
