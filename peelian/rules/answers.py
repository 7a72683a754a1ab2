"""What a rule gives back: a value, the law it rests on, and the steps of its working in words."""

from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Answer(Generic[V]):
    """`value`: what the law requires or allows. `law`: the provision. `because`: the working, in order.

    `unverified`: nobody has yet read this row of the tables in the text of the law. `by_todays_rules`: older events
    replayed under a later edition, which never governed them.
    """

    value: V
    law: str
    because: tuple[str, ...]
    unverified: bool = False
    by_todays_rules: bool = False

    def __bool__(self) -> bool:
        raise TypeError("an answer is not yes or no: read its .value")
