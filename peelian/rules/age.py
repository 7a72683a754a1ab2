"""How long a matter has been open, why it still is, and what comes next (LES-15).

In: days, and the facts of one case. Out: words and steps; the rows of the steps say why a matter waits for each.
"""

from dataclasses import dataclass
from datetime import date

from peelian.rules.limits import add_months
from peelian.rules.steps import CaseFacts, open_steps
from peelian.statute import Per, Register, Step
from peelian.terms.known_dates import KnownDate

FIRST_REPORT = "INV-06"  # the clock whose length is the age from which a matter is old: twelve months
READY = "Every step it waits for was taken: it can be closed."
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


def still_open(law: Register, facts: CaseFacts) -> StillOpen:
    """Why an open matter is open: what was decided and is not signed, and each step it waits for and can be taken.

    A step for each person comes before one for the whole matter: the outcome of a matter follows what becomes of them.
    """
    taken = {(one.step, one.person_key) for one in facts.taken}
    found = [
        step
        for step, key in open_steps(law, facts)
        if step.until and (step.key, key) not in taken and (step.key, key) not in facts.waiting
    ]
    found.sort(key=lambda one: one.per is Per.MATTER)  # stable: the order of the tables within each
    unsigned = [WAITS.format(law.steps[step].words) for step, _ in sorted(facts.waiting)]
    why = (*unsigned, *(one.until for one in found)) or (READY,)
    return StillOpen(tuple(dict.fromkeys(why)), tuple({one.key: one for one in found}.values()))


def _words(months: int, days: int) -> str:
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")] if months else [(days, "day")]
    found = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number or not months]
    return " and ".join(found)
