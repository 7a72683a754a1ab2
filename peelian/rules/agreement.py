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
FEWEST = 5  # below this many cases kappa is not computed: one case more or less would turn it over
FEW = 30  # below this many cases the standard error, which holds for large samples, is rough
NO_WIDTH = 1e-9  # a standard error that is nothing but the rounding of sums
Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two reviewers agreed over `cases`, of which they put `agreed` in the same category.

    `share`: agreed of cases. `by_chance`: the share that would agree if each kept their own habits and looked at
    nothing. `kappa`: agreement beyond chance, 1 at most; None where it cannot be computed. `error`: its standard error.
    `low`, `high`: its 95% interval, kept within -1 and 1; None where the formula gives none. `because`: what must
    be known of them, in words, with the number of cases.
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

    @property
    def kappa_words(self) -> str:
        """Kappa with its interval, as every page says it."""
        if self.kappa is None:
            return "not computed"
        interval = "no interval" if self.low is None else f"{self.low:.2f} to {self.high:.2f}"
        return f"{self.kappa:.2f} ({interval})"


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Agreement over pairs of categories, the first reviewer's and the second's, one pair a case. Raises nothing.

    Without cases nothing is computed. Kappa is not, from fewer than five cases, and where one of them put every case in
    one category: it is then 0 or undefined, whatever the other said. Each is said in words. Cohen 1960; Fleiss, Cohen
    and Everitt 1969.
    """
    counts = Counter(pairs)
    cases = sum(counts.values())
    if not cases:
        return Agreement(0, 0, None, None, None, None, None, None, ("No case has two locked reviews yet.",))
    first, second = _margins(counts, 0), _margins(counts, 1)
    agreed = sum(number for (one, two), number in counts.items() if one == two)
    expected = sum(first[category] * second[category] for category in first)  # of cases squared, kept exact
    share, by_chance = agreed / cases, expected / cases**2
    if why := _not_computed(cases, len(first), len(second), same=expected == cases**2):
        return Agreement(cases, agreed, share, by_chance, None, None, None, None, (why,))
    kappa = (share - by_chance) / (1 - by_chance)
    error = _standard_error(counts, first, second, cases, share, by_chance)
    if error < NO_WIDTH:
        return Agreement(cases, agreed, share, by_chance, kappa, 0.0, None, None, _because(cases, no_width=True))
    low, high = max(-1.0, kappa - NORMAL_975 * error), min(1.0, kappa + NORMAL_975 * error)
    return Agreement(cases, agreed, share, by_chance, kappa, error, low, high, _because(cases, no_width=False))


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


def _not_computed(cases: int, first: int, second: int, *, same: bool) -> str:
    """Why kappa cannot be computed; empty where it can. `first`, `second`: how many categories each used."""
    if cases < FEWEST:
        there = "There is 1 case" if cases == 1 else f"There are {cases} cases"
        return f"{there}: kappa is not computed from fewer than {FEWEST}."
    if same:
        return f"Both put all {cases} cases in the same category, so kappa cannot be computed."
    if min(first, second) == 1:
        return f"One of the two put all {cases} cases in one category, so kappa cannot tell them from chance."
    return ""


def _because(cases: int, *, no_width: bool) -> tuple[str, ...]:
    said = []
    if no_width:
        said.append(f"The formula gives no interval for these {cases} cases, which is no proof of certainty.")
    if cases < FEW:
        said.append(f"It rests on {cases} cases, fewer than {FEW}, and is rough.")
    return tuple(said)
