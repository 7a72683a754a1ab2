"""Chance that comes out the same for a seed, in streams of their own: one part's draws do not move another's."""

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """Draws for one part of the demonstration. The same seed and name give the same draws on every machine."""

    def __init__(self, seed: int, name: str) -> None:
        self.seed = seed
        self._random = random.Random(f"{seed}/{name}")  # noqa: S311 - invented data, repeatable by design; keeps no secret

    def often(self, share: float) -> bool:
        """True with the probability `share`."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, max(low, high))

    def share(self) -> float:
        """A number from 0 to 1."""
        return self._random.random()

    def one(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._random.random() * len(things))]

    def some(self, things: Sequence[Thing], number: int) -> list[Thing]:
        """Different things, in the order drawn."""
        return self._random.sample(list(things), min(number, len(things)))

    def of(self, weights: Mapping[Thing, float]) -> Thing:
        """A key of `weights`, as often as its weight says."""
        return self._random.choices(list(weights), weights=list(weights.values()))[0]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        mixed = list(things)
        self._random.shuffle(mixed)
        return mixed

    def days(self, mean: float, spread: float) -> int:
        """A duration in whole days, log-normal with this mean: most are short and a few are very long."""
        return max(1, round(self._random.lognormvariate(0, spread) * mean / exp(spread * spread / 2)))

    def heavy(self) -> float:
        """A weight such that a few hold many times what most do."""
        return self._random.paretovariate(1.6)


class Ranked:
    """Draws from a list whose first entries are the commonest, the weight falling with the place."""

    def __init__(self, things: Sequence[str], level: float = 4.0) -> None:
        self.things = things
        self.cumulative = list(accumulate(1 / (place + level) for place in range(len(things))))

    def draw(self, chance: Chance) -> str:
        at = chance.share() * self.cumulative[-1]
        low, high = 0, len(self.cumulative) - 1
        while low < high:
            middle = (low + high) // 2
            if self.cumulative[middle] < at:
                low = middle + 1
            else:
                high = middle
        return self.things[low]
