"""Until when a closed record is kept: which schedule it falls under, when it is reviewed, before when it may not go.

In: rows of the table of retention and dated facts of one record. Out: `Answer`s with their working. Nothing is disposed
of by a rule: two people do that. What has no closing date is to be reviewed at once, so that nothing escapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peelian.rules.answers import Answer
from peelian.statute import Register, Row
from peelian.terms.known_dates import date_words

A_LIFE = 100  # years: how long a record is kept that is kept until an age, where nobody knows the birth date


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a person concerned. `left`: the last day that it can have been; None while they serve, or where
    nobody knows. Both as late as what is known allows."""

    born: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the rule needs of a record. `kind`: as the table's `for` has it. `closed`: the latest day it can have been;
    None where nobody knows. `outcomes`: decisions that stand, as `step=outcome`. `lives`: of the people concerned.
    `facts`: of a pair of the wash, how it ended."""

    kind: str
    closed: date | None
    categories: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    lives: tuple[Life, ...] = ()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Schedule:
    """One row of the table, typed. Years count from the closing day; ages are those of the people concerned."""

    key: str
    label: str
    rule: str
    law: str
    unverified: bool
    kinds: tuple[str, ...]
    by_itself: bool
    review_years: int
    after_service_years: int | None
    not_before_age: int | None
    until_age: int | None
    outcomes: frozenset[str]
    categories: tuple[str, ...]
    factors: frozenset[str]
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Keeping:
    """`review_on`: the day of its review; None where it is to be reviewed at once. `not_before`: the first day on which
    it may be disposed of."""

    review_on: date | None
    not_before: date | None


def schedules(law: Register) -> dict[str, Schedule]:
    """The schedules in use by key, in the order of the tables."""
    rows = (*law.table("retention"), *law.table("wash_retention"))
    return {row.key: _schedule(row) for row in rows if row.get("for")}


def proposed(held: Mapping[str, Schedule], facts: RecordFacts) -> Schedule:
    """The first schedule that fits the facts of a record; the last that is for its kind where none does."""
    fitting = [one for one in held.values() if one.by_itself and facts.kind in one.kinds]
    return next((one for one in fitting if _fits(one, facts)), fitting[-1])


def keeping(schedule: Schedule, facts: RecordFacts, *, reviewed_until: date | None = None) -> Answer[Keeping]:
    """When a record is reviewed and from when it may go, by one schedule.

    `reviewed_until`: the day that the last review set for the next one. Access table, [[retention]].
    """
    because: list[str] = []
    if facts.closed is None:
        words = "No closing date is known: it is to be reviewed at once."
        return Answer(Keeping(None, None), schedule.law, (words,), schedule.unverified)
    review_on = years_after(facts.closed, schedule.review_years)
    because.append(
        f"Closed {date_words(facts.closed)}; reviewed after {_years(schedule.review_years)}: {date_words(review_on)}."
    )
    not_before = max([review_on, *_by_service(schedule, facts, because), *_by_age(schedule, facts, because)])
    if reviewed_until is not None and reviewed_until > review_on:
        review_on, not_before = reviewed_until, max(not_before, reviewed_until)
        because.append(f"It was reviewed and is kept: the next review is on {date_words(reviewed_until)}.")
    because.append(f"It may go on or after {date_words(not_before)}, by two people.")
    return Answer(Keeping(review_on, not_before), schedule.law, tuple(because), schedule.unverified)


def _by_service(schedule: Schedule, facts: RecordFacts, because: list[str]) -> list[date]:
    if schedule.after_service_years is None:
        return []
    if not facts.lives:
        because.append("Nobody concerned is known, so no service is counted.")
        return []
    if any(one.left is None for one in facts.lives):
        because.append("Somebody concerned still serves, or nobody knows when they left: it stays, and is reviewed.")
        return [years_after(facts.closed, A_LIFE)] if facts.closed else []
    days = [years_after(one.left, schedule.after_service_years) for one in facts.lives if one.left]
    because.append(f"{_years(schedule.after_service_years)} after the last of them left: {date_words(max(days))}.")
    return [max(days)]


def _by_age(schedule: Schedule, facts: RecordFacts, because: list[str]) -> list[date]:
    age = schedule.until_age if schedule.until_age is not None else schedule.not_before_age
    if age is None:
        return []
    days = [years_after(one.born, age) for one in facts.lives if one.born]
    if days:
        because.append(f"Not before the youngest concerned is {age}: {date_words(max(days))}.")
    if schedule.until_age is not None and (not facts.lives or len(days) < len(facts.lives)) and facts.closed:
        days.append(years_after(facts.closed, A_LIFE))
        because.append(f"A birth date is not known, so it is kept {A_LIFE} years.")
    return days


def _fits(schedule: Schedule, facts: RecordFacts) -> bool:
    if not (schedule.outcomes or schedule.categories or schedule.factors or schedule.facts):
        return True
    asked = schedule.categories
    coded = any(code == one or code[:1] == one for code in facts.categories for one in asked)
    held = ((schedule.outcomes, facts.outcomes), (schedule.factors, facts.factors), (schedule.facts, facts.facts))
    return coded or any(asked & known for asked, known in held)


def _schedule(row: Row) -> Schedule:
    return Schedule(
        key=row.key,
        label=row["label"],
        rule=row["rule"],
        law=row.law,
        unverified=row.unverified,
        kinds=tuple(row["for"]),
        by_itself=bool(row.get("by_itself")),
        review_years=row["review_years"],
        after_service_years=row.get("after_service_years"),
        not_before_age=row.get("not_before_age"),
        until_age=row.get("until_age"),
        outcomes=frozenset(row.get("outcomes", ())),
        categories=tuple(row.get("categories", ())),
        factors=frozenset(row.get("factors", ())),
        facts=frozenset(row.get("facts", ())),
    )


def years_after(day: date, years: int) -> date:
    """The same day so many years on; 28 February for a 29th that there is not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _years(count: int) -> str:
    return f"{count} year" if count == 1 else f"{count} years"
