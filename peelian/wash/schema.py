"""The columns that files of people and of records may have; `docs/reference/wash.md` prints them."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which file a row comes from."""

    PEOPLE = "people"
    RECORDS = "records"

    @property
    def key(self) -> str:
        return "person_id" if self is Side.PEOPLE else "record_id"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `many`: a cell may hold several values with a semicolon between them."""

    name: str
    words: str
    example: str
    many: bool = False


SHARED = (
    Column("family_name", "family name", "O'Brien-Shah"),
    Column("given_names", "given names, the first one first", "Mary Jane"),
    Column(
        "full_name", "whole name, where it is not parted: `Family, Given`, `Given Family` or `FAMILY Given`", "SMITH J"
    ),
    Column(
        "other_names", "former family names, aliases: a family name alone, or a whole name", "Jones; Molly Byrne", True
    ),
    Column("known_as", "given names used in daily life", "Molly", True),
    Column("birth_on", "date of birth; a year alone is understood", "1971-04-03"),
    Column("birth_year", "year of birth, where the day is not known", "1971"),
    Column("sex", "sex", "F"),
    Column("birth_place", "town of birth", "Leeds"),
    Column("address", "house and street of every address", "12 Mill Lane; Flat 2, 9 High St", True),
    Column("town", "town of each address, in the same order", "Leeds; York", True),
    Column("postcode", "postcode of each address, in the same order", "LS1 4AB; YO1 7AA", True),
    Column(
        "address_to", "last day at each address, in the same order; empty for the present one", "; 2016-08-31", True
    ),
    Column("phone", "telephone numbers", "07700 900123", True),
    Column("email", "e-mail addresses", "m.obrien@example.org", True),
    Column("vehicle", "vehicle marks", "AB12 CDE", True),
    Column("identifier", "other numbers that only one person bears", "PNC 71/123456A", True),
)
PEOPLE = (
    Column("person_id", "key of the person; a person may stand on several rows, which are read together", "E100234"),
    *SHARED,
    Column("associate_of", "for somebody who is not workforce: the `person_id` whose associate they are", "E100234"),
    Column("relation", "for an associate: what they are to the person", "partner"),
)
RECORDS = (
    Column("record_id", "key of the record, once in its source", "CR/2019/004411-2"),
    *SHARED,
    Column("part", "suspect, victim, witness, associate, convicted, applicant …", "suspect"),
    Column("recorded_on", "day of the record", "2019-06-30"),
    Column("resolved_on", "day on which what it is about was resolved; empty while it is unresolved", "2020-02-11"),
    Column("category", "what the record is about", "rape"),
)
COLUMNS = {Side.PEOPLE: PEOPLE, Side.RECORDS: RECORDS}
