"""What disparity answers with: figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peelian.rules.disparity import Figure


@dataclass(frozen=True, slots=True)
class PointFigures:
    """One decision point. `figures`: of people in post; `of_decided`: of those about whom it was decided, where that
    says something of its own. `missing_in_post`, `missing_reached`: shares whose characteristic is not stated.
    `elsewhere`: people who reached it and were not in post, or whom nobody knows; None where it is hidden."""

    key: str
    title: str
    words: str
    of_probationers: bool
    figures: tuple[Figure, ...]
    of_decided: tuple[Figure, ...]
    missing_in_post: float | None
    missing_reached: float | None
    elsewhere: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether of no group it is shown how many reached it: nothing is compared."""
        return _is_hidden(self.figures)

    @property
    def is_decided_hidden(self) -> bool:
        """The same of those about whom it was decided."""
        return _is_hidden(self.of_decided)


def _is_hidden(found: Iterable[Figure]) -> bool:
    return all(one.reached is None for one in found)


@dataclass(frozen=True, slots=True)
class DisparityReport:
    """`to_on`: the first day after the period. `base`: with whom the others are compared."""

    by: str
    from_on: date
    to_on: date
    base: str
    points: tuple[PointFigures, ...]
    words: tuple[str, ...]
    hides: str
    law: str
    unverified: bool
