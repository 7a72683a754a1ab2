"""What a run compared of a pair, as it is kept: sealed under the key of the pair, until two people dispose of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from peelian.terms.stored_forms import BORN, NAME, said

TEXTS = ("unsure", "part", "category", "recorded_on", "resolved_on", "relation")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a run compared of a pair, as it is kept sealed. `sides`: what, of the person, of the record; `steps`: words
    and bits; the rest as `Found` has it. `is_erased`: it was disposed of."""

    words_for: tuple[str, ...] = ()
    words_against: tuple[str, ...] = ()
    unsure: str = ""
    sides: tuple[tuple[str, str, str], ...] = ()
    marks: tuple[str, ...] = ()
    steps: tuple[tuple[str, float], ...] = ()
    lent: bool = False
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
        rows = {name: tuple(tuple(one) for one in said.get(name, ())) for name in ("sides", "steps")}
        given: dict[str, Any] = {**texts, **lists, **rows, "lent": bool(said.get("lent"))}
        return cls(**given)

    @property
    def words(self) -> dict[str, Any]:
        """As it is sealed: all but what is empty. Never nothing, which would be taken for erased."""
        return {name: value for name, value in asdict(self).items() if value or name == "part"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sum that a weight is: in words, its bits, and the sum after it."""

    words: str
    bits: float
    comes_to: float


def steps_of(steps: Iterable[tuple[str, float]]) -> tuple[Step, ...]:
    """Steps in words and bits, each with the sum after it."""
    found = list(steps)
    sums = accumulate(bits for _, bits in found)
    return tuple(Step(words, bits, comes_to) for (words, bits), comes_to in zip(found, sums, strict=True))


@dataclass(frozen=True, slots=True)
class Said:
    """One value, or one word of a name or a date, as people write it. `is_shared`: it stands on the other side too.
    `is_odd`: the other side is known and has it not, where that speaks against."""

    text: str
    is_shared: bool
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One thing compared, as the wash stores it; several values have `; ` between.

    `differs`: both are known, and a name or date is not the same, or no value stands on both sides. A name and a date
    are read word by word, all else value by value: somebody has had many homes, so what a person has and a record has
    not speaks against nothing.
    """

    what: str
    person: str
    record: str

    @property
    def is_same(self) -> bool:
        return bool(self.person) and self.person == self.record

    @property
    def differs(self) -> bool:
        return bool(self.person and self.record) and not (self.is_same or (self.in_common and not self.by_word))

    @property
    def in_common(self) -> bool:
        """Whether something stands on both sides, if not all of it."""
        return bool(set(self._parts(self.person)) & set(self._parts(self.record)))

    @property
    def by_word(self) -> bool:
        """Whether its values are the words of one name or one date."""
        return self.what in (NAME, BORN)

    @property
    def of_person(self) -> tuple[Said, ...]:
        """The person's values in words, those that the record has too first."""
        return self._said(self.person, self.record, speaks=self.by_word)

    @property
    def of_record(self) -> tuple[Said, ...]:
        """The record's values in words, those that the person has too first."""
        return self._said(self.record, self.person, speaks=True)

    def _said(self, mine: str, other: str, *, speaks: bool) -> tuple[Said, ...]:
        theirs = set(self._parts(other))
        rows = [
            Said(part if self.by_word else said(self.what, part), part in theirs, bool(theirs) and speaks)
            for part in self._parts(mine)
        ]
        rows = [Said(row.text, row.is_shared, row.is_odd and not row.is_shared) for row in rows]
        return tuple(rows if self.by_word else sorted(rows, key=lambda row: not row.is_shared))

    def _parts(self, stored: str) -> list[str]:
        if self.by_word:
            return said(self.what, stored).split()
        return stored.split("; ") if stored else []
