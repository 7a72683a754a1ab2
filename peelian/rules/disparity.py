"""How the rate of one group compares with that of another: ratio, 95% interval, base numbers, small numbers hidden.

Sources: D. Katz et al., "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978)
469-474 (the interval, normal for the logarithm of the ratio). What is hidden: rows of disparity.toml.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peelian.rules.agreement import NORMAL_975
from peelian.statute import Register, Row

SOURCE = "Katz and others 1978"
NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Group:
    """`is_base`: the others are compared with it."""

    key: str
    title: str
    begins: tuple[str, ...]
    codes: tuple[str, ...]
    is_base: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A decision point. `reached`, `decided`: pairs of step and outcome, the outcome empty for any."""

    key: str
    title: str
    words: str
    of_probationers: bool
    ever: bool
    reached: tuple[tuple[str, str], ...]
    decided: tuple[tuple[str, str], ...]

    @property
    def steps(self) -> frozenset[str]:
        return frozenset(step for step, _ in (*self.reached, *self.decided))


@dataclass(frozen=True, slots=True)
class Measuring:
    """What the tables say of these figures. `by`: the groups, by characteristic."""

    by: Mapping[str, tuple[Group, ...]]
    points: tuple[Point, ...]
    words: tuple[str, ...]
    fewest: int
    fewest_in_post: int
    hides: str
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the rate of the base group, with its 95% interval."""

    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Count:
    """People of one group: `of` so many, `reached` the point, `still_open`: neither, with an open matter."""

    of: int
    reached: int
    still_open: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be shown of one group; None for what is hidden. `rate`: in a thousand. `ratio`: none for the base."""

    key: str
    title: str
    is_base: bool
    of: int | None
    reached: int | None
    still_open: int | None
    rate: float | None
    ratio: Ratio | None


def measuring(law: Register) -> Measuring:
    """The groups, points and limits as the tables hold them."""
    rule = law.row("disparity_rule", "disparity")
    return Measuring(
        by={"ethnicity": _groups(law.table("ethnic_group")), "sex": _groups(law.table("sex_group"))},
        points=tuple(_point(row) for row in law.table("decision_point")),
        words=tuple(str(row["words"]) for row in law.table("disparity_words")),
        fewest=int(rule["fewest"]),
        fewest_in_post=int(rule["fewest_in_post"]),
        hides=str(rule["words"]),
        law=rule.law,
        unverified=rule.unverified,
    )


def group_of(said: str, groups: Sequence[Group]) -> str:
    """The group of what a register says, by its code or how its words begin; NOT_STATED for anything else."""
    words = " ".join(said.lower().split())
    for group in groups:
        if words.upper() in group.codes or any(words.startswith(start) for start in group.begins):
            return group.key
    return NOT_STATED


def rate_ratio(reached: int, of: int, base_reached: int, base_of: int) -> Ratio | None:
    """The ratio of two rates with its 95% interval; None where one of them is none, and the logarithm has no value.

    Raises ValueError for more reached than there are.
    """
    if not (0 <= reached <= of and 0 <= base_reached <= base_of):
        raise ValueError("more people reached the point than there are")
    if not (reached and base_reached):
        return None
    ratio = (reached / of) / (base_reached / base_of)
    error = math.sqrt(1 / reached - 1 / of + 1 / base_reached - 1 / base_of)
    return Ratio(ratio, ratio * math.exp(-NORMAL_975 * error), ratio * math.exp(NORMAL_975 * error))


def figures(counts: Mapping[str, Count], groups: Sequence[Group], rule: Measuring) -> tuple[Figure, ...]:
    """What may be shown of each group, the base first, and of all others together where nothing hidden follows from it.

    `counts`: by group; no total is among them, since a hidden count would follow from one.
    """
    held = {group.key: counts.get(group.key, Count(0, 0)) for group in groups}
    hidden = hides(held, rule)
    base = next(group for group in groups if group.is_base)
    against = None if base.key in hidden else held[base.key]
    order = sorted(groups, key=lambda group: not group.is_base)
    shown = [_figure(one, held[one.key], one.key in hidden, against, rule) for one in order]
    others = [group for group in groups if not group.is_base]
    if len(others) > 1:
        every = Count(*(sum(getattr(held[one.key], name) for one in others) for name in Count.__slots__))
        together = Group("together", "All but " + base.title + ", together", (), (), is_base=False)
        secondary = hidden != _small(held, rule)  # which one it is depends on the counts, so a sum would tell
        kept_back = [held[group.key].reached for group in others if group.key in hidden]
        too_few = every.reached < rule.fewest or every.of < rule.fewest_in_post
        one = _figure(together, every, too_few or secondary or _follows(kept_back, rule), against, rule)
        waiting = [held[figure.key].still_open for figure in shown if not figure.is_base and figure.still_open is None]
        shown.append(replace(one, still_open=None) if _follows(waiting, rule) else one)
    return tuple(shown)


def hides(counts: Mapping[str, Count], rule: Measuring) -> frozenset[str]:
    """The groups whose count is not shown: too few people, or the next smallest where one alone would be hidden."""
    small = set(_small(counts, rule))
    rest = sorted((one.reached, key) for key, one in counts.items() if key not in small)
    if len(small) == 1 and rest:
        small.add(rest[0][1])
    return frozenset(small)


def _small(counts: Mapping[str, Count], rule: Measuring) -> frozenset[str]:
    """The groups whose count is too small by itself."""
    return frozenset(key for key, one in counts.items() if one.reached < rule.fewest or one.of < rule.fewest_in_post)


def _follows(hidden: Sequence[int], rule: Measuring) -> bool:
    """Whether a hidden count follows from the sum of them: one alone, or all as small or large as can be."""
    total = sum(hidden)
    return bool(hidden) and (len(hidden) == 1 or total < rule.fewest or total == len(hidden) * (rule.fewest - 1))


def _figure(group: Group, count: Count, is_hidden: bool, against: Count | None, rule: Measuring) -> Figure:
    enough = count.of >= rule.fewest_in_post
    compared = None
    if not (is_hidden or group.is_base or against is None):
        compared = rate_ratio(count.reached, count.of, against.reached, against.of)
    return Figure(
        key=group.key,
        title=group.title,
        is_base=group.is_base,
        of=count.of if enough else None,
        reached=None if is_hidden else count.reached,
        still_open=count.still_open if count.still_open >= rule.fewest and enough else None,
        rate=None if is_hidden or not count.of else 1000 * count.reached / count.of,
        ratio=compared,
    )


def _groups(rows: Sequence[Row]) -> tuple[Group, ...]:
    return tuple(
        Group(row.key, row.title, tuple(row["begins"]), tuple(row["codes"]), bool(row.get("base", False)))
        for row in rows
    )


def _point(row: Row) -> Point:
    return Point(
        key=row.key,
        title=row.title,
        words=str(row["words"]),
        of_probationers=row["people"] == "probationers",
        ever=bool(row.get("ever", False)),
        reached=_pairs(row["reached"]),
        decided=_pairs(row["decided"]),
    )


def _pairs(said: Sequence[str]) -> tuple[tuple[str, str], ...]:
    parts = (one.partition("=") for one in said)
    return tuple((step, option) for step, _, option in parts)
