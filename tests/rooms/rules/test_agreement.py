"""Agreement of two reviewers: held against published worked figures and against a calculation of another kind."""

import math
from collections.abc import Sequence
from random import Random

import pytest

from peelian.rules.agreement import NORMAL_975, Pair, agreement, table

Table = Sequence[Sequence[int]]


def pairs(counts: Table) -> list[Pair]:
    return [(i, j) for i, row in enumerate(counts) for j, number in enumerate(row) for _ in range(number)]


# Table, number of cases, share, chance, kappa, standard error, each to the places that were printed.
PUBLISHED = [
    pytest.param(  # Cohen 1960, table 1, two raters of 200 patients; interval as in R's psych, 0.39 to 0.59
        [[88, 14, 18], [10, 40, 10], [2, 6, 12]], 200, 0.70, 0.41, (0.492, 3), (0.051, 3), id="Cohen 1960"
    ),
    pytest.param(  # Fleiss, Statistical Methods for Rates and Proportions, table 18.1: two diagnoses of 100 patients
        [[75, 1, 4], [5, 4, 1], [0, 0, 10]], 100, 0.89, 0.66, (0.68, 2), (0.088, 3), id="Fleiss 1981"
    ),
    pytest.param(  # Hout, Duncan and Sobel 1987, couples' answers, as printed by R's vcd: 0.1293, ASE 0.06860
        [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]],
        91,
        33 / 91,
        2219 / 8281,
        (0.1293, 4),
        (0.0686, 4),
        id="Hout 1987",
    ),
]


@pytest.mark.parametrize(("counts", "cases", "share", "chance", "kappa", "error"), PUBLISHED)
def test_published_figures_are_met(
    counts: Table, cases: int, share: float, chance: float, kappa: tuple[float, int], error: tuple[float, int]
) -> None:
    found = agreement(pairs(counts))
    assert found.cases == cases
    assert found.share == pytest.approx(share)
    assert found.by_chance == pytest.approx(chance)
    assert found.kappa is not None
    assert round(found.kappa, kappa[1]) == kappa[0]
    assert found.error is not None
    assert round(found.error, error[1]) == error[0]


def by_differences(counts: Table) -> tuple[float, float]:
    """Kappa and its standard error by the delta method, slopes taken by small steps: no formula of the product."""
    size = len(counts)
    total = sum(map(sum, counts))

    def kappa(p: list[list[float]]) -> float:
        whole = sum(map(sum, p))
        share = sum(p[i][i] for i in range(size)) / whole
        chance = sum(sum(p[i]) * sum(row[i] for row in p) for i in range(size)) / whole**2
        return (share - chance) / (1 - chance)

    p = [[number / total for number in row] for row in counts]
    step, slopes = 1e-6, {}
    for i in range(size):
        for j in range(size):
            up, down = [[*row] for row in p], [[*row] for row in p]
            up[i][j] += step
            down[i][j] -= step
            slopes[i, j] = (kappa(up) - kappa(down)) / (2 * step)
    mean = sum(p[i][j] * slope for (i, j), slope in slopes.items())
    spread = sum(p[i][j] * slope**2 for (i, j), slope in slopes.items()) - mean**2
    return kappa(p), math.sqrt(max(0.0, spread) / total)


@pytest.mark.parametrize("seed", range(12))
def test_another_calculation_gives_the_same(seed: int) -> None:
    chance = Random(seed)
    size = chance.choice((2, 3, 4))
    counts = [[chance.randrange(1, 40) + (30 if i == j else 0) for j in range(size)] for i in range(size)]
    found = agreement(pairs(counts))
    kappa, error = by_differences(counts)
    assert found.kappa == pytest.approx(kappa, abs=1e-9)
    assert found.error == pytest.approx(error, abs=1e-6)
    assert found.low == pytest.approx(kappa - NORMAL_975 * error, abs=1e-5)
    assert found.high == pytest.approx(kappa + NORMAL_975 * error, abs=1e-5)


def test_who_is_first_makes_no_difference() -> None:
    counts = [[20, 5, 1], [3, 15, 4], [0, 2, 9]]
    one, two = agreement(pairs(counts)), agreement([(b, a) for a, b in pairs(counts)])
    assert (one.kappa, one.error) == (pytest.approx(two.kappa), pytest.approx(two.error))


def test_no_case_gives_no_figure_and_says_so() -> None:
    found = agreement([])
    assert (found.cases, found.share, found.kappa, found.low) == (0, None, None, None)
    assert found.because == ("No case has two locked reviews yet.",)


def test_one_category_alone_leaves_kappa_uncomputed_and_says_so_with_the_cases() -> None:
    found = agreement([("same", "same")] * 8)
    assert (found.agreed, found.share, found.by_chance, found.kappa, found.error) == (8, 1.0, 1.0, None, None)
    assert found.because == ("Both put all 8 cases in the same category, so kappa cannot be computed.",)
    assert found.kappa_words == "not computed"


@pytest.mark.parametrize("turned", [False, True])
def test_kappa_is_not_computed_where_one_of_them_used_a_single_category(turned: bool) -> None:
    """The formula gives 0.00 (0.00 to 0.00) whatever the other said, which would read as a finding."""
    rows = [("grant", "grant")] * 9 + [("grant", "refuse")] * 3
    found = agreement([pair[::-1] for pair in rows] if turned else rows)
    assert (found.cases, found.agreed, found.kappa, found.low) == (12, 9, None, None)
    assert found.because == ("One of the two put all 12 cases in one category, so kappa cannot tell them from chance.",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("one", "two")], "There is 1 case: kappa is not computed from fewer than 5."),
        ([("one", "one")], "There is 1 case: kappa is not computed from fewer than 5."),
        ([("one", "two"), ("one", "one")] * 2, "There are 4 cases: kappa is not computed from fewer than 5."),
    ],
)
def test_kappa_is_not_computed_from_very_few_cases_and_the_share_still_is(rows: list[Pair], said: str) -> None:
    found = agreement(rows)
    assert (found.kappa, found.error, found.low, found.high) == (None, None, None, None)
    assert found.share is not None
    assert found.because == (said,)


def test_agreeing_on_everything_gives_no_interval_and_says_so() -> None:
    found = agreement(pairs([[20, 0], [0, 25]]))
    assert (found.kappa, found.low, found.high, found.kappa_words) == (1.0, None, None, "1.00 (no interval)")
    assert found.because == ("The formula gives no interval for these 45 cases, which is no proof of certainty.",)


def test_agreeing_on_nothing_is_below_chance_and_stays_within_the_scale() -> None:
    found = agreement(pairs([[0, 3], [2, 0]]))
    assert found.agreed == 0
    assert found.kappa is not None
    assert found.low is not None
    assert -1 <= found.low <= found.kappa < 0
    assert any("rough" in words for words in found.because)


def test_the_table_has_the_first_in_rows_and_the_second_in_columns() -> None:
    assert table([("a", "b"), ("a", "b"), ("b", "b")], ("a", "b")) == ((0, 2), (0, 1))
