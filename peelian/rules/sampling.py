"""What is drawn by lot, and to whom it falls: the same seed gives the same draw, on any machine and in any order.

Each member is drawn by itself with the same chance (a Bernoulli sample), so that what is drawn of what somebody sees
says nothing of what they do not see; the size of a draw is left to chance.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peelian.statute import Register, Row

SECTION = "sample"
WHOLE = 2**64


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of sampling.toml. `share`: in a hundred. `step`: empty where investigations are drawn."""

    key: str
    title: str
    step: str
    options: tuple[str, ...]
    share: int
    within_days: int
    every_days: int
    law: str
    unverified: bool

    @property
    def of_decisions(self) -> bool:
        return bool(self.step)


def samples(law: Register) -> dict[str, Sample]:
    """Every sample of the tables by key."""
    return {row.key: _sample(row) for row in law.table(SECTION)}


def is_drawn(seed: str, member: str, share: int) -> bool:
    """Whether a member is drawn, with a chance of `share` in a hundred. `member`: its reference."""
    return _place(seed, member) * 100 < share * WHOLE


def by_lot(seed: str, member: str, people: Iterable[str]) -> tuple[str, ...]:
    """People in the order in which a drawn member falls to them, by their references."""
    return tuple(sorted(people, key=lambda one: (_place(seed, f"{member} {one}"), one)))


def month_ends(month: date) -> date:
    """The first day of the month after; `month` is any day of one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _place(seed: str, words: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}|{words}".encode()).digest()[:8], "big")


def _sample(row: Row) -> Sample:
    return Sample(
        key=row.key,
        title=str(row["title"]),
        step=str(row.get("step", "")),
        options=tuple(row.get("options", ())),
        share=int(row["share"]),
        within_days=int(row["within_days"]),
        every_days=int(row.get("every_days", 0)),
        law=row.law,
        unverified=row.unverified,
    )
