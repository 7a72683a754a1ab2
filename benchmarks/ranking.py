"""How well weighted pairs agree with the truth: figures that the benchmarks of the wash share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Of pairs in the order of their weight. `reach`: share of the truth among them, however low their weight.

    `best_f1`, `precision`, `recall`: where the two balance best, pairs of one weight taken together.
    """

    pairs: int
    reach: float
    best_f1: float
    precision: float
    recall: float

    def words(self) -> str:
        return f"{self.best_f1:.4f} (precision {self.precision:.4f}, recall {self.recall:.4f})"


def quality(weighed: dict[Pair, float], truth: Collection[Pair]) -> Quality:
    """`weighed`: each pair once with its weight; `truth`: the pairs that are one."""
    by_weight: dict[float, list[int]] = {}
    for pair, weight in weighed.items():
        counted = by_weight.setdefault(weight, [0, 0])
        counted[0] += 1
        counted[1] += pair in truth
    best, taken, found = (0.0, 0.0, 0.0), 0, 0
    for weight in sorted(by_weight, reverse=True):
        taken, found = taken + by_weight[weight][0], found + by_weight[weight][1]
        best = max(best, (2 * found / (taken + len(truth)), found / taken, found / len(truth)))
    return Quality(len(weighed), found / len(truth), *best)


def at_threshold(chosen: Collection[Pair], truth: Collection[Pair]) -> str:
    """Recall, precision and F1 of the pairs that stand above a threshold, in words."""
    found = sum(pair in truth for pair in chosen)
    precision = found / len(chosen) if chosen else 0.0
    f1 = 2 * found / (len(chosen) + len(truth))
    return f"F1 {f1:.4f} (precision {precision:.4f}, recall {found / len(truth):.4f})"


def recall_at(weighed: dict[Pair, float], truth: Collection[Pair], budget: float) -> float:
    """Share of the truth found when reviewers read `budget` pairs for each true one, heaviest first."""
    chosen = sorted(weighed, key=lambda pair: (-weighed[pair], pair))[: round(budget * len(truth))]
    return sum(pair in truth for pair in chosen) / len(truth)


def one_way(weighed: Iterable[tuple[str, str, float]]) -> dict[Pair, float]:
    """Pairs of a file with itself: each pair once, whichever way it was compared, with its highest weight."""
    found: dict[Pair, float] = {}
    for left, right, weight in weighed:
        if left != right:
            pair = (min(left, right), max(left, right))
            found[pair] = max(weight, found.get(pair, weight))
    return found
