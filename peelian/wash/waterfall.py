"""How a weight adds up, step by step, as in Splink's waterfall: from the odds before anything is compared."""

from peelian.wash.levels import Comparison, comparisons
from peelian.wash.model import Model
from peelian.wash.normal import quoted
from peelian.wash.scoring import prior

BEGINNING = "before anything is compared: one record of all is about a given person"
CAPPED = "a home shared is not a person: forename or birth speaks against"
PLACES = 4  # of the bits of a step


def steps_sql(model: Model, population: int) -> str:
    """The steps by which a row `s` of scores comes to its weight, as SQL: a list of (`words`, `bits`), in order.

    The odds before anything is compared, each comparison, how rare or common what agrees is, and what is taken off
    where only a household agrees. What was not compared is left out. The bits add up to the weight, but for rounding.
    """
    steps = [_step(quoted(BEGINNING), repr(prior(population)))]
    for one in comparisons():
        steps.append(_compared(one, model))
        if any(level.common for level in one.levels):
            steps.append(_rarity(one))
    steps.append(f"CASE WHEN s.base > s.weight THEN {_step(quoted(CAPPED), 's.weight - s.base')} END")
    return f"list_filter([{', '.join(steps)}], lambda x: x IS NOT NULL)"


def _step(words: str, bits: str) -> str:
    return f"struct_pack(words := {words}, bits := round(CAST({bits} AS DOUBLE), {PLACES}))"


def _compared(one: Comparison, model: Model) -> str:
    rows = [
        f"WHEN {level.number} THEN {_step(quoted(level.words), repr(model.bits(one, level)))}"
        for level in one.levels
        if not level.is_missing
    ]
    return f"CASE s.g_{one.id} {' '.join(rows)} END"


def _rarity(one: Comparison) -> str:
    because = f"because that {one.id.replace('_', ' ')} is "
    words = f"{quoted(because)} || CASE WHEN s.r_{one.id} > 0 THEN 'rare' ELSE 'common' END"
    return f"CASE WHEN s.r_{one.id} <> 0 THEN {_step(words, f's.r_{one.id}')} END"
