"""What a run compared of a pair, as it is kept: sealed under the key of the pair, until two people dispose of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

TEXTS = ("unsure", "part", "category", "recorded_on", "resolved_on", "relation")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a run compared of a pair, as it is kept sealed. `sides`: what, of the person, of the record; the rest as
    `Found` has it. `is_erased`: it was disposed of."""

    words_for: tuple[str, ...] = ()
    words_against: tuple[str, ...] = ()
    unsure: str = ""
    sides: tuple[tuple[str, str, str], ...] = ()
    marks: tuple[str, ...] = ()
    part: str = ""
    category: str = ""
    recorded_on: str = ""
    resolved_on: str = ""
    relation: str = ""
    is_erased: bool = False

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Compared":
        """From a run's `Found` as plain values, or from words that were sealed."""
        texts = {name: str(said.get(name, "")) for name in TEXTS}
        lists = {name: tuple(said.get(name, ())) for name in ("words_for", "words_against", "marks")}
        given: dict[str, Any] = {**texts, **lists, "sides": tuple(tuple(side) for side in said.get("sides", ()))}
        return cls(**given)

    @property
    def words(self) -> dict[str, Any]:
        """As it is sealed: all but what is empty. Never nothing, which would be taken for erased."""
        return {name: value for name, value in asdict(self).items() if value or name == "part"}
