"""Shares of a whole with their 95% intervals: Wilson's, and the exact one of Clopper and Pearson for small counts.

Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22 (1927) 209-212; C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits
illustrated in the case of the binomial", Biometrika 26 (1934) 404-413.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

WILSON = "Wilson 1927, 95%"
EXACT = "Clopper and Pearson 1934, 95%"
NORMAL_975 = 1.959963984540054  # the point below which 97.5% of a normal distribution lies
TAIL = 0.025
STEPS = 80  # halvings of the interval from 0 to 1: beyond what a float tells apart


@dataclass(frozen=True, slots=True)
class Share:
    """`found` of `of`, as a share with its interval; None where there is nothing to share."""

    found: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def wilson(found: int, of: int) -> Share:
    """The share with Wilson's interval, 95%. Raises ValueError for a count that cannot be."""
    if _is_empty(found, of):
        return Share(found, of, None, None, None)
    share, square = found / of, NORMAL_975**2
    middle = share + square / (2 * of)
    reach = NORMAL_975 * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    low, high = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return Share(found, of, share, 0.0 if not found else max(0.0, low), 1.0 if found == of else min(1.0, high))


def exact(found: int, of: int) -> Share:
    """The share with the exact interval of Clopper and Pearson, 95%: never narrower than it says. Raises as above."""
    if _is_empty(found, of):
        return Share(found, of, None, None, None)
    low = 0.0 if not found else 1 - _upper(of - found, of)
    high = 1.0 if found == of else _upper(found, of)
    return Share(found, of, found / of, low, high)


def _is_empty(found: int, of: int) -> bool:
    if not 0 <= found <= of:
        raise ValueError(f"{found} of {of} cannot be")
    return of == 0


def _upper(found: int, of: int) -> float:
    """The chance at which so few as `found` of `of`, or fewer, turn up in one case of forty."""
    return _where(lambda chance: _at_most(found, of, chance) > TAIL)


def _at_most(found: int, of: int, chance: float) -> float:
    whole = math.lgamma(of + 1)
    return math.fsum(
        math.exp(
            whole
            - math.lgamma(some + 1)
            - math.lgamma(of - some + 1)
            + some * math.log(chance)
            + (of - some) * math.log1p(-chance)
        )
        for some in range(found + 1)
    )


def _where(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high
