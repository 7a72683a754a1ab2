"""The steps of a weight as bars, each from the sum before it to the sum after it, as in Splink's waterfall."""

from collections.abc import Sequence
from dataclasses import dataclass

from peelian.matches.compared import Step

WIDTH, HEIGHT, LEAST = 240, 16, 2  # of one bar's picture, in its own units; LEAST: so that no bar is lost


@dataclass(frozen=True, slots=True)
class Bar:
    """One step, and where its bar lies: `x` and `width` of WIDTH; `zero` is where no bits at all are."""

    step: Step
    x: float
    width: float
    zero: float

    @property
    def side(self) -> str:
        return "for" if self.step.bits >= 0 else "against"


def bars_of(steps: Sequence[Step]) -> tuple[Bar, ...]:
    """A bar for each step, all on one scale that holds every sum and nought."""
    sums = [0.0, *(step.comes_to for step in steps)]
    low, high = min(sums), max(sums)
    scale = WIDTH / ((high - low) or 1.0)
    rows = []
    for before, step in zip(sums, steps, strict=False):
        left, right = sorted((before, step.comes_to))
        width = max(LEAST, (right - left) * scale)
        x = min((left - low) * scale, WIDTH - width)
        rows.append(Bar(step, round(x, 1), round(width, 1), round(-low * scale, 1)))
    return tuple(rows)
