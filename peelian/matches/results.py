"""The fixed list of what a judged match may lead to, from the tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from peelian.statute import product

SECTION = "wash_result"


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A row of washing.toml."""

    key: str
    title: str
    purposes: tuple[str, ...]
    links: tuple[str, ...]
    within_days: int
    to_intake: bool

    def due_on(self, on: date) -> date:
        return on + timedelta(days=self.within_days)


@cache
def result_kinds() -> dict[str, ResultKind]:
    """Every result by key, in the order of the list."""
    return {
        row.key: ResultKind(
            row.key,
            row.title,
            tuple(row.fields["purposes"]),
            tuple(row.fields["links"]),
            int(row.fields["within_days"]),
            bool(row.fields["to_intake"]),
        )
        for row in product().table(SECTION)
    }


def choices_for(purpose: str, link: str) -> tuple[ResultKind, ...]:
    """What a pair of this purpose and link may lead to."""
    return tuple(one for one in result_kinds().values() if purpose in one.purposes and link in one.links)
