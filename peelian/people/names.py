"""Names as people spell them: keys that find near spellings, and how near a name is to what was asked for.

Each word of every name a person ever held gives three keys: how it sounds (metaphone), how it is written by rule of
thumb (NYSIIS), and its first letters. A candidate shares a key with each word asked for; Jaro-Winkler then says how
near it is. Nothing here looks at the whole collection, so that a hidden person changes no other's place in a list.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import jellyfish

PREFIX = 3
NEAR = 0.86  # Jaro-Winkler from which two spellings count as near: Smith and Smyth have 0.89
_NOT_PLAIN = re.compile(r"[^A-Z0-9]+")
_FLAT = str.maketrans({"Ł": "L", "Ø": "O", "Đ": "D", "Æ": "AE", "Œ": "OE", "Þ": "TH", "Ð": "D", "'": "", "’": ""})


def fold(text: str) -> str:
    """Upper case letters and digits, marks gone, anything else a single space: `Zoë O’Neill` is `ZOE ONEILL`."""
    if text.isascii():
        return " ".join(_NOT_PLAIN.sub(" ", text.upper().replace("'", "")).split())
    upper = text.upper().translate(_FLAT)
    bare = (c for c in unicodedata.normalize("NFKD", upper) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def folded_identifier(value: str) -> str:
    """Letters and digits only, upper case: `pc 1234-A` is `PC1234A`."""
    return fold(value).replace(" ", "")


def sort_name(family: str, given: str) -> str:
    """What a list of people is sorted by: the family name, then the others."""
    return f"{fold(family)} {fold(given)}".strip()[:200]


def keys_of_word(word: str) -> frozenset[str]:
    """The keys of one folded word."""
    keys = {f"p:{word[:PREFIX]}"}
    if word.isascii() and word.isalpha():
        keys |= {f"m:{jellyfish.metaphone(word)}"[:40], f"n:{jellyfish.nysiis(word)}"[:40]}
    return frozenset(key for key in keys if len(key) > 2)


def keys_of(*names: str) -> frozenset[str]:
    """The keys under which a person of these names is found."""
    return frozenset().union(*(keys_of_word(word) for name in names for word in fold(name).split()))


@dataclass(frozen=True, slots=True)
class NameSought:
    """A name asked for, and how near each word met so far is to its words: in a register most names come again."""

    words: tuple[str, ...]
    met: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, typed: str, most: int | None = None) -> "NameSought":
        """What was typed, cut to so many words."""
        return cls(tuple(fold(typed).split()[:most]))

    def nearness(self, held: Iterable[str]) -> float:
        """How near a person's names are, 0 to 1; 0 where any word asked for is near none of them.

        `held`: every name of one person, former ones too.
        """
        theirs = [self._near(word) for name in held for word in name.split()]
        scores = [max(near) for near in zip(*theirs, strict=True)]
        if not scores or min(scores) < NEAR:
            return 0.0
        return float(sum(scores) / len(scores))

    def _near(self, written: str) -> tuple[float, ...]:
        if written not in self.met:
            folded = fold(written).split()  # Smith-Jones is two words
            self.met[written] = tuple(max((_near(word, other) for other in folded), default=0.0) for word in self.words)
        return self.met[written]


def _near(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if other.startswith(word):
        return 0.98
    score = float(jellyfish.jaro_winkler_similarity(word, other))
    if score < NEAR and jellyfish.metaphone(word) == jellyfish.metaphone(other) != "":
        return NEAR  # they sound the same, however they are written
    return score
