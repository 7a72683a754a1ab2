"""Which records of crimes and incidents about people who serve open a conduct assessment, stand on their chronology, or
count as serious. LES-02, LES-03, LES-10.

In: rows of `statute/crime_records.toml` and what a source wrote of one record. Out: yes or no, and the rows that say
so. It never says that a record is about somebody: the wash offers, and a person judges.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.statute import Register, Row

ASSESSED = "Local rule (LES-02): a crime record about somebody who serves is assessed, whatever becomes of the crime"
SERIOUS = "Local rule (LES-10): any report of a sexual offence about somebody who serves is serious, however minor"
PERSON, INTEGRITY, UNSURE = "person", "integrity", "unsure"


@dataclass(frozen=True, slots=True)
class Matched:
    """One record as it was put beside somebody who serves. `grade`, `link`, `purpose`, `weight`: those of the wash."""

    part: str
    category: str
    grade: str
    link: str
    purpose: str
    weight: float
    recorded_on: date | None = None


def may_stand(record: Matched) -> bool:
    """Whether it is about the person, and not a victim's, a witness's or an associate's record."""
    return record.link == PERSON and record.purpose == INTEGRITY


def fits(row: Row, grade: str, weight: float) -> bool:
    """Whether a pair is probable or better; one that is unsure fits from the weight of the row."""
    return grade in row["grades"] or (grade == UNSURE and weight >= float(row["unsure_from"]))


def opens_assessment(law: Register, record: Matched) -> bool:
    """Whether a record that is new opens a conduct assessment: a suspect's, and it fits probably or better. LES-02."""
    row = law.table("conduct_assessment")[0]
    return may_stand(record) and fits(row, record.grade, record.weight) and _holds(record.part, row["parts"])


def is_new(law: Register, record: Matched, *, on: date, source_is_known: bool) -> bool:
    """Whether a record is no backlog: it came after its source was first washed, or is of the last days of the row."""
    days = int(law.table("conduct_assessment")[0]["backlog_days"])
    recent = record.recorded_on is not None and record.recorded_on >= on - timedelta(days=days)
    return source_is_known or recent


def is_domestic(law: Register, record: Matched) -> bool:
    """Whether it is an incident in a domestic setting that stands on the chronology without a crime. LES-03."""
    return may_stand(record) and any(
        fits(row, record.grade, record.weight) and _holds(record.category, row["words"])
        for row in law.table("incident_setting")
    )


def sexual(law: Register, category: str) -> Row | None:
    """The first row that makes a record serious by the words of its category. LES-10."""
    return next((row for row in law.table("sexual_record") if _holds(category, row["words"])), None)


def serious_rows(law: Register, keys: Iterable[str]) -> tuple[Row, ...]:
    """Rows by key, in the order of the table; keys that the table no longer holds are left out."""
    wanted = set(keys)
    return tuple(row for row in law.table("sexual_record") if row.key in wanted)


def is_coded(wanted: Iterable[str], codes: Iterable[str]) -> bool:
    """Whether one of these codes of allegations is, or is in the group of, a category that is wanted."""
    return bool({part for code in codes for part in (code, code[:1])} & set(wanted))


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(word in text.lower() for word in words)
