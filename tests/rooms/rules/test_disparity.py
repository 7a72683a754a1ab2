"""Ratio and interval as a standard package gives them; small numbers hidden so that none follows from the rest."""

from itertools import product

import pytest

from peelian import statute
from peelian.rules.disparity import NOT_STATED, Count, figures, group_of, hides, measuring, rate_ratio

LAW = statute.product()
RULE = measuring(LAW)
GROUPS = RULE.by["ethnicity"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [  # scipy.stats.contingency.relative_risk and its confidence_interval; the first stands in its manual
        ((27, 122, 44, 487), (2.4495156482861398, 1.5836990926700116, 3.7886786315466354)),
        ((189, 11034, 104, 11037), (1.8178017944535074, 1.4330309030505628, 2.3058842324224456)),  # a trial of aspirin
        ((12, 240, 30, 1200), (2.0, 1.0389333746854577, 3.850102516160885)),
    ],
)
def test_ratio_and_interval_are_those_of_a_standard_package(
    numbers: tuple[int, int, int, int], expected: tuple[float, float, float]
) -> None:
    found = rate_ratio(*numbers)
    assert found is not None
    assert (found.ratio, found.low, found.high) == pytest.approx(expected, rel=1e-12)


def test_there_is_no_ratio_with_none_and_no_more_than_all() -> None:
    assert rate_ratio(0, 10, 5, 10) is None
    assert rate_ratio(5, 10, 0, 10) is None
    with pytest.raises(ValueError, match="more people"):
        rate_ratio(11, 10, 5, 10)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("White: British", "white"),
        ("  WHITE -  Irish", "white"),
        ("Asian or Asian British: Indian", "asian"),
        ("Chinese", "asian"),
        ("Black or Black British: Caribbean", "black"),
        ("Mixed: White and Asian", "mixed"),
        ("Any other ethnic group", "other"),
        ("B1", "black"),
        ("", NOT_STATED),
        ("Prefer not to say", NOT_STATED),
    ],
)
def test_what_somebody_said_falls_in_one_of_five_groups_or_is_not_stated(said: str, group: str) -> None:
    assert group_of(said, GROUPS) == group


def test_every_step_and_outcome_of_a_point_is_one_of_the_tables() -> None:
    for point in RULE.points:
        for step, option in (*point.reached, *point.decided):
            assert step in LAW.steps
            assert not option or LAW.steps[step].option(option) is not None, (step, option)
    assert len(RULE.points) == 6
    assert sum(group.is_base for group in GROUPS) == 1


def test_no_cause_is_named() -> None:
    said = " ".join((*RULE.words, *(point.words for point in RULE.points))).lower()
    for causal in ("because", "due to", "caused", "leads to", "discriminat", "bias", "results in"):
        assert causal not in said


def counts(white: int, black: int, asian: int, mixed: int, other: int, of: int = 400) -> dict[str, Count]:
    given = {"white": white, "black": black, "asian": asian, "mixed": mixed, "other": other}
    return {key: Count(of, number, number) for key, number in given.items()}


def test_small_counts_are_hidden_and_never_one_alone() -> None:
    found = {one.key: one for one in figures(counts(50, 20, 12, 3, 9), GROUPS, RULE)}
    assert found["mixed"].reached is None  # under 5
    assert found["other"].reached is None  # the next smallest, so that it does not follow from a total
    assert (found["other"].rate, found["other"].ratio) == (None, None)
    assert (found["black"].reached, found["black"].rate) == (20, 50)
    assert found["together"].reached is None  # which one is the next smallest would tell
    assert found["mixed"].still_open is None
    found = {one.key: one for one in figures(counts(50, 20, 12, 3, 4), GROUPS, RULE)}
    assert (found["together"].reached, found["together"].rate) == (39, 24.375)  # 3 and 4 hide in one another


def test_none_is_hidden_like_few_and_a_hidden_base_leaves_no_ratio() -> None:
    found = {one.key: one for one in figures(counts(4, 20, 0, 0, 0), GROUPS, RULE)}
    assert found["asian"].reached is None
    assert all(one.ratio is None for one in found.values())
    assert found["together"].reached is None  # it would say that the hidden ones are none


def test_no_rate_stands_on_fewer_than_thirty_people() -> None:
    found = {one.key: one for one in figures(counts(9, 9, 9, 9, 9, of=29), GROUPS, RULE)}
    assert found["white"].of is None
    assert found["white"].reached is None


def test_nobody_can_work_out_a_hidden_count_from_what_is_shown() -> None:
    """For every small world: whatever is shown, at least two worlds agree with it on each hidden count."""
    worlds: dict[object, set[tuple[int, ...]]] = {}
    for numbers in product((0, 2, 4, 6), repeat=4):
        shown = figures(counts(60, *numbers), GROUPS, RULE)
        key = tuple((one.key, one.reached, one.rate) for one in shown)
        worlds.setdefault(key, set()).add(numbers)
    for key, held in worlds.items():
        order = ("black", "asian", "mixed", "other")
        reached = {name: value for name, value, _ in key}  # type: ignore[attr-defined]  # a tuple of three
        for place, name in enumerate(order):
            if reached[name] is None:
                assert len({numbers[place] for numbers in held}) > 1, (key, held)


def test_what_is_still_open_of_one_group_does_not_follow_from_all_together() -> None:
    given = {"white": 60, "black": 9, "asian": 8, "mixed": 7, "other": 3}
    found = {one.key: one for one in figures({key: Count(400, 50, n) for key, n in given.items()}, GROUPS, RULE)}
    assert found["other"].still_open is None
    assert found["together"].still_open is None
    two = {**given, "mixed": 2}
    found = {one.key: one for one in figures({key: Count(400, 50, n) for key, n in two.items()}, GROUPS, RULE)}
    assert found["together"].still_open == 22


def test_hidden_are_those_below_the_limit() -> None:
    assert hides({"a": Count(100, 5), "b": Count(100, 6)}, RULE) == frozenset()
    assert hides({"a": Count(100, 4), "b": Count(100, 6), "c": Count(100, 9)}, RULE) == {"a", "b"}
