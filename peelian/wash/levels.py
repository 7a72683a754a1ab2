"""Comparison levels as data: `model/comparisons.toml` rendered as SQL for the wash and as settings for Splink."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from peelian.wash.errors import WashError
from peelian.wash.normal import table

# Each test, given the words that name a column of the left and of the right form. Only comparisons that DuckDB and
# Spark compute alike: equality, lists in common, Levenshtein's distance.
Side = Callable[[str], str]


def _near(left: Side, right: Side, column: str, letters: int, least: int) -> str:
    a, b = left(column), right(column)
    long_enough = f"length({a}) >= {least} AND length({b}) >= {least}"
    return f"{long_enough} AND abs(length({a}) - length({b})) <= {letters} AND levenshtein({a}, {b}) <= {letters}"


def _exchanged(left: Side, right: Side, column: str, least: int) -> str:
    """Two letters changed places: as many letters, the same ones, and two of them elsewhere."""
    a, b = left(column), right(column)
    alike = f"length({a}) = length({b}) AND length({a}) >= {least} AND levenshtein({a}, {b}) = 2"
    return f"{alike} AND list_sort(string_split({a}, '')) = list_sort(string_split({b}, ''))"


def _shares(left: Side, right: Side, column: str) -> str:
    """Lists in common. Most of a record's have one value or none, and to look one up is three times quicker."""
    a, b = left(column), right(column)
    return f"list_contains({a}, {b}[1]) OR (len({b}) > 1 AND list_has_any({a}, {b}))"


def _initials(left: Side, right: Side, column: str) -> str:
    a, b = f"{left(column)}[1]", f"{right(column)}[1]"
    return f"left({a}, 1) = left({b}, 1) AND (length({a}) = 1 OR length({b}) = 1)"


def _swapped(left: Side, right: Side, column: str) -> str:
    a, b = left(column), right(column)
    return f"{a}[:4] = {b}[:4] AND {a}[6:7] = {b}[9:] AND {a}[9:] = {b}[6:7]"


def _two_of_three(left: Side, right: Side, column: str) -> str:
    a, b = left(column), right(column)
    parts = [f"CASE WHEN {a}{part} = {b}{part} THEN 1 ELSE 0 END" for part in ("[:4]", "[6:7]", "[9:]")]
    return f"{' + '.join(parts)} = 2"


TESTS: dict[str, Callable[..., str]] = {
    "missing": lambda a, b, one: f"{a(one)} IS NULL OR {b(one)} IS NULL",
    "none": lambda a, b, one: f"coalesce(len({a(one)}), 0) = 0 OR coalesce(len({b(one)}), 0) = 0",
    "none_or": lambda a, b, one: f"NOT coalesce({_shares(a, b, one)}, false)",
    "same": lambda a, b, one: f"{a(one)} = {b(one)}",
    "longer": lambda a, b, one, letters: f"length({a(one)}) > {letters}",
    "shares": _shares,
    "near": _near,
    "exchanged": _exchanged,
    "begins": lambda a, b, one, letters: f"left({a(one)}, {letters}) = left({b(one)}, {letters})",
    "in": lambda a, b, one, many: f"list_contains({b(many)}, {a(one)}) OR list_contains({a(many)}, {b(one)})",
    "initial": lambda a, b, one: (
        f"left({a(one)}, 1) = left({b(one)}, 1) AND (length({a(one)}) = 1 OR length({b(one)}) = 1)"
    ),
    "same_initials": _initials,
    "crossed": lambda a, b, one, other: f"{a(one)} = {b(other)}",
    "swapped": _swapped,
    "not_new_year": lambda a, b, one: f"{a(one)}[6:] <> '01-01'",
    "day_unknown": lambda a, b, one: (
        f"{a(one)} IS NULL OR {b(one)} IS NULL OR {a(one)}[6:] = '01-01' OR {b(one)}[6:] = '01-01'"
    ),
    "two_of_three": _two_of_three,
    "within": lambda a, b, one, years: f"abs({a(one)} - {b(one)}) <= {years}",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison. See `model/comparisons.toml`; `number` is Splink's: -1 missing, 0 the last."""

    id: str
    number: int
    tests: tuple[tuple[Any, ...], ...]
    common: str
    words: str
    against: bool
    household: bool
    fixed: tuple[float, float] | None
    unseen: tuple[float, float] | None
    least: float

    @property
    def is_missing(self) -> bool:
        return self.number < 0

    def condition(self, left: Side, right: Side) -> str:
        """The SQL that holds where a pair stands at this level, if it stood at none before."""
        parts = [f"({TESTS[name](left, right, *rest)})" for name, *rest in self.tests]
        return " AND ".join(parts) or "ELSE"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: its levels in the order in which they are tried."""

    id: str
    levels: tuple[Level, ...]

    def case(self, left: Side, right: Side) -> str:
        """The number of a pair's level as SQL."""
        lines = [f"WHEN {level.condition(left, right)} THEN {level.number}" for level in self.levels[:-1]]
        return f"CASE {' '.join(lines)} ELSE {self.levels[-1].number} END"


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Every comparison of the file. Raises WashError for a test there is not, or a last level that has tests."""
    return tuple(_comparison(row) for row in table("comparisons")["comparison"])


def _comparison(row: dict[str, Any]) -> Comparison:
    named = row["id"]
    rows = row["level"]
    scored = [one for one in rows if not one.get("missing")]
    if scored[-1].get("tests") or rows[-1] is not scored[-1]:
        raise WashError(f"comparisons.toml: the last level of {named} must hold always")
    levels = []
    for one in rows:
        if unknown := [test[0] for test in one.get("tests", []) if test[0] not in TESTS]:
            raise WashError(f"comparisons.toml: {named}.{one['id']} uses {unknown[0]}, which is no test")
        number = -1 if one.get("missing") else len(scored) - 1 - scored.index(one)
        levels.append(
            Level(
                one["id"],
                number,
                tuple(tuple(test) for test in one.get("tests", [])),
                one.get("common", ""),
                one.get("words", ""),
                bool(one.get("against")),
                bool(one.get("household")),
                _both(one.get("fixed")),
                _both(one.get("unseen")),
                float(one.get("least", 0)),
            )
        )
    return Comparison(named, tuple(levels))


def _both(row: dict[str, float] | None) -> tuple[float, float] | None:
    return (float(row["m"]), float(row["u"])) if row else None


def columns() -> tuple[str, ...]:
    """Every column of a form that some level reads."""
    found: dict[str, None] = {}

    def seen(column: str) -> str:
        found[column] = None
        return "x"

    for comparison in comparisons():
        for level in comparison.levels:
            level.condition(seen, seen)
    return tuple(found)
