"""How far two independent reviewers agree: the share, what chance alone would give, and Cohen's kappa.

Sources: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960)
37-46 (kappa); J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and weighted kappa",
Psychological Bulletin 72 (1969) 323-327, equation 13 (the standard error away from zero).
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

SOURCE = "Cohen 1960; standard error by Fleiss, Cohen and Everitt 1969"
NORMAL_975 = 1.959963984540054  # the point below which 97.5% of a normal distribution lies
FEW = 30  # below this many cases the standard error, which holds for large samples, is rough
Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two reviewers agreed over `cases`, of which they put `agreed` in the same category.

    `share`: agreed of cases. `by_chance`: the share that would agree if each kept their own habits and looked at
    nothing. `kappa`: agreement beyond chance, 1 at most; None where it is not defined. `error`: its standard error.
    `low`, `high`: its 95% interval, kept within -1 and 1. `because`: what must be known of them, in words.
    """

    cases: int
    agreed: int
    share: float | None
    by_chance: float | None
    kappa: float | None
    error: float | None
    low: float | None
    high: float | None
    because: tuple[str, ...]


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Agreement over pairs of categories, the first reviewer's and the second's, one pair a case. Raises nothing.

    Without cases nothing is computed; where both used one and the same category only, kappa is not defined. Each is
    said in words. Cohen 1960; Fleiss, Cohen and Everitt 1969.
    """
    counts = Counter(pairs)
    cases = sum(counts.values())
    if not cases:
        return Agreement(0, 0, None, None, None, None, None, None, ("No case has two locked reviews yet.",))
    first, second = _margins(counts, 0), _margins(counts, 1)
    agreed = sum(number for (one, two), number in counts.items() if one == two)
    expected = sum(first[category] * second[category] for category in first)  # of cases squared, kept exact
    share, by_chance = agreed / cases, expected / cases**2
    if expected == cases**2:
        only = "Both put every case in the same one category, so chance alone would agree as often: kappa is undefined."
        return Agreement(cases, agreed, share, by_chance, None, None, None, None, (only,))
    kappa = (share - by_chance) / (1 - by_chance)
    error = _standard_error(counts, first, second, cases, share, by_chance)
    low, high = max(-1.0, kappa - NORMAL_975 * error), min(1.0, kappa + NORMAL_975 * error)
    return Agreement(cases, agreed, share, by_chance, kappa, error, low, high, _because(cases, agreed))


def table(pairs: Iterable[Pair], categories: Sequence[Hashable]) -> tuple[tuple[int, ...], ...]:
    """The cases by what the first said (rows) and the second said (columns), in the order of `categories`."""
    counts = Counter(pairs)
    return tuple(tuple(counts[one, two] for two in categories) for one in categories)


def _margins(counts: Counter[Pair], side: int) -> Counter[Hashable]:
    margins: Counter[Hashable] = Counter()
    for pair, number in counts.items():
        margins[pair[side]] += number
    return margins


def _standard_error(
    counts: Counter[Pair],
    first: Counter[Hashable],
    second: Counter[Hashable],
    cases: int,
    share: float,
    by_chance: float,
) -> float:
    """Fleiss, Cohen and Everitt 1969, equation 13, with proportions p of `cases` and margins p_i. and p_.j."""
    same = sum(
        number / cases * ((1 - by_chance) - (first[one] + second[one]) / cases * (1 - share)) ** 2
        for (one, two), number in counts.items()
        if one == two
    )
    other = (1 - share) ** 2 * sum(
        number / cases * ((second[one] + first[two]) / cases) ** 2
        for (one, two), number in counts.items()
        if one != two
    )
    middle = (share * by_chance - 2 * by_chance + share) ** 2
    return math.sqrt(max(0.0, same + other - middle) / cases) / (1 - by_chance) ** 2


def _because(cases: int, agreed: int) -> tuple[str, ...]:
    said = []
    if agreed == cases:
        said.append("They agreed on every case, so the formula gives an interval without width: no proof of certainty.")
    if cases < FEW:
        said.append(f"It rests on fewer than {FEW} cases, so the interval is rough.")
    return tuple(said)
