"""What two worlds are made of: why a record is hidden and from whom, the references, the world itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import count

from peelian.people import queries as register
from peelian.terms import references
from peelian.terms.viewer import Viewer, system
from peelian.walls import queries as users

HIDDEN_WORDS = ("Zebedee", "Quixby", "wyvern", "grimoire")  # stand in the hidden records and nowhere else


class How(StrEnum):
    """Why the hidden records are hidden, and from whom."""

    SENSITIVE = "sensitive: hidden from everyone not named"
    HEAD = "a head is a witness: sensitive at once, and the delegate (`supervisor`) is named"
    INVOLVED = "open to its readers: hidden from those in it, tied to it, or without a place on it"


KEPT_FROM = {
    How.SENSITIVE: ("everything", "sits_in_it", "investigator", "auditor", "administrator"),
    How.HEAD: ("everything", "saw_it"),
    How.INVOLVED: ("sits_in_it", "saw_it", "manages", "investigator"),
}


class Draws:
    """References in order. `apart` is true while something is made that stands in one world alone."""

    def __init__(self) -> None:
        self.both, self.alone, self.apart = count(10**6), count(10**9), False

    def __call__(self) -> str:
        number, drawn, letters = next(self.alone if self.apart else self.both), [], references.ALPHABET
        for _ in range(references.LENGTH):
            number, digit = divmod(number * 7919 + 13, len(letters))  # not in the order of making, as in life
            drawn.append(letters[digit])
            number += 1
        return f"{''.join(drawn[:5])}-{''.join(drawn[5:])}"


@dataclass
class World:
    """References by a short name: the same names in both worlds, `hidden_…` in one alone."""

    at: datetime
    how: How
    draws: Draws
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def system(self) -> Viewer:
        return system("tests", at=self.at, because="to build a world")

    @property
    def today(self) -> date:
        return self.system.today

    def user(self, name: str) -> Viewer:
        return users.viewer_named(name, at=self.at)

    @property
    def unit_id(self) -> int:
        return register.unit(self.system, self.refs["unit"]).id

    def id_of(self, person: str) -> int:
        return register.ids(self.system, [self.refs[person]])[self.refs[person]]

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.draws.apart = True
        yield
        self.draws.apart = False
