"""Who is far enough from whoever took a decision to be its second person, where a lesson asks for more than another.

In: where two people served in the days from the decision to its signature. Out: a refusal with its lesson, or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product

from peelian.rules.conflicts import Stretch
from peelian.statute import Option
from peelian.terms.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Posted:
    """Somebody who decides or signs. `person`: their key, None where they are nobody in the register.

    `units`: those they work in, by key; `managers`: those who manage them directly. `investigated`: they have, or had,
    the investigator's place on the matter.
    """

    person: int | None = None
    units: tuple[Stretch, ...] = ()
    managers: tuple[Stretch, ...] = ()
    investigated: bool = False


class Tie(Enum):
    """What ties somebody who is to act afresh to whoever acted before, on one of some days."""

    UNIT = "unit"
    MANAGES = "manages"
    MANAGED = "managed"
    MANAGER = "manager"


SAID = {
    Tie.UNIT: "You work in the unit of whoever took this decision: somebody of another unit must sign.",
    Tie.MANAGES: "You manage whoever took this decision: somebody outside their line must sign.",
    Tie.MANAGED: "Whoever took this decision manages you: somebody outside their line must sign.",
    Tie.MANAGER: "You have the same line manager as whoever took this decision: somebody else must sign.",
}


def why_not_apart(option: Option, signer: Posted, decider: Posted, first: date, last: date) -> Refusal | None:
    """Why somebody may not sign an outcome that asks for a second person from outside the unit. LES-05, LES-17, LES-23.

    Compared on every day from `first`, that of the decision, to `last`, that of the signature. None where they are
    apart, or the outcome asks for nobody apart, or nothing is known of where either serves.
    """
    if not option.apart:
        return None
    law = f"Local rule ({', '.join(option.apart)}): a second person from outside the unit"
    if signer.investigated:
        return Refusal("You have, or had, the investigator’s place on this matter: somebody else must sign.", law)
    found = tied(signer, decider, first, last)
    return Refusal(SAID[found], law) if found else None


def tied(one: Posted, other: Posted, first: date, last: date) -> Tie | None:
    """What ties `one` to `other` on one of these days: a unit in common, one managing the other, one manager of both.

    A start or an end that is not known counts as begun, or as still so.
    """
    if _meet(one.units, other.units, first, last):
        return Tie.UNIT
    if _manages(one, other, first, last):
        return Tie.MANAGES
    if _manages(other, one, first, last):
        return Tie.MANAGED
    return Tie.MANAGER if _meet(one.managers, other.managers, first, last) else None


def _manages(one: Posted, other: Posted, first: date, last: date) -> bool:
    return one.person is not None and any(
        stretch.key == one.person and _lasts(stretch, first, last) for stretch in other.managers
    )


def _meet(mine: Iterable[Stretch], theirs: Iterable[Stretch], first: date, last: date) -> bool:
    """Whether both had the same unit or manager on one of the days."""
    for one, other in product(mine, tuple(theirs)):
        began = max(one.from_on or first, other.from_on or first, first)
        ends = [end for end in (one.to_on, other.to_on) if end is not None]
        if one.key == other.key and began <= last and all(began < end for end in ends):
            return True
    return False


def _lasts(one: Stretch, first: date, last: date) -> bool:
    return (one.from_on is None or one.from_on <= last) and (one.to_on is None or one.to_on > first)
