"""What keeps assessors of severity reading the guidance alike: its points, reason codes, worked examples, test cases.

How far they agree is `peelian.rules.agreement`: of each round the first two answers that were locked are the pair, so
that each case counts once and the interval of kappa holds as it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from peelian.rules.agreement import Agreement, agreement
from peelian.statute import Register, Row

STEP = "severity"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of guidance, or a reason code, in words."""

    key: str
    words: str
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Example:
    """Invented facts and what the guidance says of them. `standards`: codes; `says`: an outcome; `reasons`: codes."""

    key: str
    title: str
    facts: str
    standards: tuple[str, ...]
    says: str
    reasons: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """All that the severity screen shows, and how long a round may take. `standards`: the ten, by code."""

    points: tuple[Point, ...]
    reasons: Mapping[str, Point]
    examples: tuple[Example, ...]
    cases: Mapping[str, Example]
    standards: Mapping[str, str]
    outcomes: Mapping[str, str]
    within_days: int
    discuss_days: int


@dataclass(frozen=True, slots=True)
class Round:
    """One test case as a month saw it: what the guidance says, and the answers in the order they were locked.

    `asked`: how many people were asked for an answer.
    """

    on: date
    says: str
    asked: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How assessors agreed over `cases` of a month, or of all (`month` none).

    `between`: of two people who answered the same case; `with_guidance`: of each answer with what the guidance says.
    `asked`, `answered`: how many answers were wanted and came.
    """

    month: date | None
    cases: int
    asked: int
    answered: int
    between: Agreement
    with_guidance: Agreement


def guidance(law: Register) -> Guidance:
    """The guidance as the tables hold it. Raises KeyError where a table names what another does not hold."""
    rule = law.row("calibration", "severity")
    return Guidance(
        points=tuple(_point(row) for row in law.table("severity_guide")),
        reasons={row.key: _point(row) for row in law.table("severity_reason")},
        examples=tuple(_example(row) for row in law.table("severity_example")),
        cases={row.key: _example(row) for row in law.table("severity_case")},
        standards={str(row["code"]): row.title for row in law.table("standard")},
        outcomes={option.key: option.words for option in law.steps[STEP].options},
        within_days=int(rule["within_days"]),
        discuss_days=int(rule["discuss_days"]),
    )


def differ(answers: Iterable[str]) -> bool:
    """Whether the answers locked so far are not all one: the round then goes to calibration."""
    return len(set(answers)) > 1


def drift(rounds: Iterable[Round]) -> tuple[Drift, ...]:
    """Agreement by the month in which rounds were opened, the latest first, and then of all together.

    Rounds with fewer than two answers count among `cases`, `asked` and `answered`, and make no pair between people.
    """
    everything = tuple(rounds)
    months = sorted({one.on.replace(day=1) for one in everything}, reverse=True)
    by_month = (tuple(one for one in everything if one.on.replace(day=1) == month) for month in months)
    found = [_drift(month, held) for month, held in zip(months, by_month, strict=True)]
    return (*found, _drift(None, everything)) if everything else ()


def _drift(month: date | None, rounds: tuple[Round, ...]) -> Drift:
    return Drift(
        month=month,
        cases=len(rounds),
        asked=sum(one.asked for one in rounds),
        answered=sum(len(one.answers) for one in rounds),
        between=agreement((one.answers[0], one.answers[1]) for one in rounds if len(one.answers) > 1),
        with_guidance=agreement((one.says, answer) for one in rounds for answer in one.answers),
    )


def _point(row: Row) -> Point:
    return Point(row.key, str(row["words"]), row.law, row.unverified)


def _example(row: Row) -> Example:
    return Example(
        key=row.key,
        title=row.title,
        facts=str(row["facts"]),
        standards=tuple(row["standards"]),
        says=str(row["says"]),
        reasons=tuple(row["reasons"]),
        because=str(row["because"]),
    )
