"""Published counts of people, and which of them may be added to which: those that nobody can be in twice.

In: rows of published.toml. Out: a sum, or the refusal that says why there is none. Category and *committed while
serving* are two fields of one conviction, not two groups of people; a person may be among the findings of two checks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from peelian.statute import Register, Row
from peelian.terms.refusals import Refusal

SECTION = "published"
LAW = "Local rule: counts of people are added only where nobody can be in two of them"


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of published.toml. `count`: None where it was not published. `of`: people looked at; 0 where not known."""

    key: str
    label: str
    group: str
    unit: str
    count: int | None
    divides: str
    within: str
    unsettled: str
    of: int

    @property
    def words(self) -> str:
        return f"“{self.label}” ({'not published' if self.count is None else f'{self.count:,}'})"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some counts, of one unit; or `refused`, and no sum."""

    value: int | None
    unit: str
    refused: Refusal | None


def counted(law: Register) -> dict[str, Counted]:
    """Every published count by key, in the order of the table."""
    return {row.key: _counted(row) for row in law.table(SECTION)}


def total(held: Mapping[str, Counted], keys: Sequence[str]) -> Total:
    """The sum of these counts, if nobody can be in two of them. Raises KeyError for a count that is not held."""
    chosen = [held[key] for key in dict.fromkeys(keys)]
    for one in chosen:
        if one.count is None:
            return _no(f"{one.words} cannot be added: how many it is was not published.", one)
    for one, other in combinations(chosen, 2):
        if why := _overlap(held, one, other):
            return _no(f"{one.words} and {other.words} cannot be added: {why}.", one)
    return Total(sum(one.count or 0 for one in chosen), chosen[0].unit if chosen else "people", None)


def _overlap(held: Mapping[str, Counted], one: Counted, other: Counted) -> str:
    """Why somebody may be in both; empty where nobody can be."""
    if one.group != other.group:
        return "they are counts of different sets of people, and somebody may be in both"
    for inner, outer in ((one, other), (other, one)):
        if _is_within(held, inner, outer.key):
            return f"those of {inner.words} are among those of {outer.words} already"
    for said in (one, other):
        if said.unsettled:
            return said.unsettled
    if one.unit == "findings":
        return "one person can be in both, so that the sum would count findings, not people"
    if not one.divides or one.divides != other.divides:
        return "they are two ways of looking at the same people, and somebody may be in both"
    return ""


def _is_within(held: Mapping[str, Counted], inner: Counted, outer: str) -> bool:
    while inner.within:
        if inner.within == outer:
            return True
        inner = held[inner.within]
    return False


def _no(words: str, one: Counted) -> Total:
    return Total(None, one.unit, Refusal(words, LAW))


def _counted(row: Row) -> Counted:
    return Counted(
        key=row.key,
        label=row.title,
        group=str(row["set"]),
        unit=str(row["unit"]),
        count=row.get("count"),
        divides=str(row.get("divides", "")),
        within=str(row.get("within", "")),
        unsettled=str(row.get("unsettled", "")),
        of=int(row.get("of", 0)),
    )
