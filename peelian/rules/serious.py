"""Which categories are serious, and when earlier matters about somebody are read together again. LES-04, LES-07.

Local rules that keep lessons: the lists and the figures are rows of `statute/repeats.toml`, no provision fixes them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from peelian.rules.limits import add_months
from peelian.rules.working_days import working_days_after
from peelian.statute import Register
from peelian.terms.known_dates import KnownDate

LOGGING = "Local rule (LES-04): what may be serious is not closed by one person"
REPEATS = "Local rule (LES-07): at the second serious matter all earlier ones are read together"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier matter about the same person. `id` passes between rooms only."""

    id: int = field(repr=False)
    came: KnownDate | None
    is_serious: bool


def is_serious(law: Register, categories: Iterable[str], factors: Iterable[str] = ()) -> bool:
    """Whether a category (or its group), or a factor, is on the lists."""
    listed = {row.key for row in law.table("serious_category")}
    flagged = {row.key for row in law.table("serious_factor")}
    return any(code in listed or code[:1] in listed for code in categories) or bool(flagged & set(factors))


def must_be_read_again(law: Register, came: KnownDate | None, earlier: Collection[Earlier]) -> tuple[int, ...]:
    """Keys of the earlier matters that are read together again, now that a serious matter came.

    All of them where another serious one came within the years of the row, or at least two serious ones ever did; a
    day that is not known counts as near. None where this is the first.
    """
    row = law.table("joint_review")[0]
    serious = [one for one in earlier if one.is_serious]
    near = [one for one in serious if _near(one.came, came, int(row.get("within_years", 0)))]
    if near or (row.get("third_always") and len(serious) >= 2):
        return tuple(one.id for one in earlier)
    return ()


def joint_review_due(law: Register, on: date) -> date:
    """The day by which somebody reads them together, counted in working days from the day after."""
    days = int(law.table("joint_review")[0].get("working_days", 0))
    return working_days_after(on, days, law.england_and_wales)


def _near(one: KnownDate | None, other: KnownDate | None, years: int) -> bool:
    if one is None or other is None:
        return True
    return one.latest >= add_months(other.earliest, -12 * years)
