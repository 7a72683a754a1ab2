"""How long a matter has been open, why it still is, and what comes next (LES-15).

In: days, and the facts of one case. Out: words and steps; the rows of the steps say why a matter waits for each.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from peelian.rules.limits import add_months
from peelian.rules.steps import CaseFacts, Taken, places, why_not
from peelian.statute import Option, Per, Register, Step
from peelian.terms.known_dates import KnownDate

FIRST_REPORT = "INV-06"  # the clock whose length is the age from which a matter is old: twelve months
READY = "No step that it waits for is left to take: close it, or take another step of casework."
WAITS = "“{}” was decided and awaits a second signature."


@dataclass(frozen=True, slots=True)
class Age:
    """`days`: since it came to attention, at most where only the month or the year is known. `is_old`: LES-15."""

    days: int
    words: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class StillOpen:
    """`why`: sentences, what waits for a second person first; never empty. `following`: the steps that it waits for,
    the next one first, each once."""

    why: tuple[str, ...]
    following: tuple[Step, ...]


def age(law: Register, came: KnownDate, on: date) -> Age:
    """How old a matter is that came to attention on a day, on a later one; 0 days where `on` is earlier."""
    first = min(came.earliest, on)
    months = (on.year - first.year) * 12 + on.month - first.month
    if add_months(first, months) > on:
        months -= 1
    days = (on - first).days
    return Age(days, _words(months, days), months >= law.editions(FIRST_REPORT)[-1].length)


def still_open(law: Register, facts: CaseFacts, happened: Collection[tuple[str, str]] = ()) -> StillOpen:
    """Why an open matter is open: what was decided and is not signed, and each step it waits for and can be taken.

    `happened`: events and for whom, by key; a step whose event was recorded without it counts as taken, and what must
    come before a step that was taken is behind it. A step for each person comes before one for the whole matter: the
    outcome of a matter follows what becomes of them.
    """
    known = replace(facts, taken=(*facts.taken, *_on_paper(law, facts, happened)))
    behind = _before(law)
    found = [
        step
        for step in law.steps.values()
        if step.until and facts.kind in step.kinds
        for key in places(step, known)
        if not _is_behind(step, key, known, behind) and why_not(step, known, key) is None
    ]
    found.sort(key=lambda one: one.per is Per.MATTER)  # stable: the order of the tables within each
    unsigned = [WAITS.format(law.steps[step].words) for step, _ in sorted(facts.waiting)]
    why = (*unsigned, *(one.until for one in found)) or (READY,)
    return StillOpen(tuple(dict.fromkeys(why)), tuple({one.key: one for one in found}.values()))


def _on_paper(law: Register, facts: CaseFacts, happened: Collection[tuple[str, str]]) -> Iterator[Taken]:
    """Steps that events say were taken. The outcome is empty where more than one would have recorded the same."""
    keys = {key for key, _ in happened}
    for step in law.steps.values():
        if facts.kind not in step.kinds or not any(keys.issuperset(one.events) for one in step.options if one.events):
            continue
        for person in places(step, facts):
            fit = [one.key for one in step.options if one.events and _all_happened(law, one, person, happened)]
            if fit:
                yield Taken(step.key, fit[0] if len(fit) == 1 else "", person, "")


def _all_happened(law: Register, option: Option, person: str, happened: Collection[tuple[str, str]]) -> bool:
    keys = {key for key, _ in happened}
    return all((key, person) in happened if law.events[key].needs_person else key in keys for key in option.events)


@lru_cache(maxsize=4)
def _before(law: Register) -> dict[str, frozenset[str]]:
    """For each step what comes before it, however far, by key; of two that come before each other, neither."""
    first = {one.key: frozenset(word.partition("=")[0] for word in one.after) for one in law.steps.values()}
    found: dict[str, frozenset[str]] = {}
    for key in first:
        reached: set[str] = set()
        waiting = list(first[key])
        while waiting:
            if (one := waiting.pop()) not in reached:
                reached.add(one)
                waiting += first.get(one, frozenset())
        found[key] = frozenset(reached)
    return {key: frozenset(one for one in held if key not in found.get(one, ())) for key, held in found.items()}


def _is_behind(step: Step, key: str, facts: CaseFacts, before: Mapping[str, frozenset[str]]) -> bool:
    """Whether it was taken, or a step was that comes after it, for the same person or for the matter."""
    return any(
        (one.step == step.key and one.person_key == key) or step.key in before.get(one.step, ())
        for one in facts.taken
        if one.person_key == key or not key or not one.person_key
    )


def _words(months: int, days: int) -> str:
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")] if months else [(days, "day")]
    found = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number or not months]
    return " and ".join(found)
