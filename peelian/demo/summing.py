"""Weights of invented pairs, as sums of the steps that a run hands over, in bits of the product's model."""

from typing import Any

from peelian.wash.grading import SPEAKS
from peelian.wash.waterfall import BEGINNING

Step = tuple[str, float]
BEGUN: Step = (BEGINNING, -11.0)  # some two thousand records


def summed(*steps: Step) -> dict[str, Any]:
    """What a run hands over of a pair whose weight comes to the sum of `steps`: the weight, the words, the steps."""
    compared = [(words, bits) for words, bits in steps[1:] if not words.startswith("because")]
    return {
        "weight": round(sum(bits for _, bits in steps), 1),
        "words_for": tuple(words for words, bits in compared if bits >= SPEAKS),
        "words_against": tuple(words for words, bits in compared if bits <= -SPEAKS),
        "steps": steps,
    }
