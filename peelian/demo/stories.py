"""What is alleged: a story drawn for a kind of matter, with its places and days filled in."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from peelian.demo.chance import Chance
from peelian.demo.tables import table

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One matter in words. `alleged`: category, text and factors of each allegation; empty for a DSI matter."""

    heading: str
    narrative: str
    alleged: tuple[tuple[str, str, tuple[str, ...]], ...]


def story(chance: Chance, *, conduct: bool, borough: str, on: date, allegations: int, category: str = "") -> Story:
    """A story of a complaint, or of a conduct matter; of one `category` where that is given."""
    chosen = _rows(category)[0] if category else _drawn(chance, conduct)
    alleged = [_alleged(chosen)]
    for _ in range(allegations - 1):
        other = _drawn(chance, conduct)
        if all(other["category"] != code for code, _, _ in alleged):
            alleged.append(_alleged(other))
    return Story(chosen["heading"], _filled(chance, chosen["narrative"], borough, on), tuple(alleged))


def serious(chance: Chance, *, borough: str, on: date) -> Story:
    """What happened in a DSI matter."""
    row = chance.one(table("stories")["serious"])
    return Story(row["heading"], _filled(chance, row["narrative"], borough, on), ())


def words(chance: Chance, *path: str) -> str:
    """One of the sentences at a place of the table of stories, such as `words(chance, "notes", "update")`."""
    found: Any = table("stories")
    for key in path:
        found = found[key]
    return str(chance.one(found))


def needs_somebody(tale: Story) -> bool:
    """Whether it is about what one person did, known by name or not, rather than about the service."""
    return any(code[0] in "FGHJK" or code in ("B1", "B3", "B4") for code, _, _ in tale.alleged)


@cache
def _weights(conduct: bool) -> dict[str, float]:
    weights: dict[str, float] = {}
    for row in table("stories")["story"]:
        weights[row["category"]] = weights.get(row["category"], 0) + row["conduct" if conduct else "weight"]
    return {code: weight for code, weight in weights.items() if weight}


@cache
def _rows(category: str) -> list[dict[str, Any]]:
    return [row for row in table("stories")["story"] if row["category"] == category]


def _drawn(chance: Chance, conduct: bool) -> dict[str, Any]:
    return chance.one(_rows(chance.of(_weights(conduct))))


def _alleged(row: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    return row["category"], row["allegation"], tuple(row["factors"])


def _filled(chance: Chance, text: str, borough: str, on: date) -> str:
    before = MONTHS[(on.month - 2 - chance.between(0, 2)) % 12]
    place = chance.one(table("force")["force"]["streets"])
    return text.format(
        place=place, borough=borough, day=DAYS[chance.between(0, 6)], month=before, years=chance.between(2, 6)
    )
