"""Finding words however they are written: in any case, with ligatures, accents, soft hyphens, or broken over a line."""

import re
import unicodedata
from functools import lru_cache

FEWEST = 2
WHOLE_BELOW = 5  # shorter words are looked for as whole words, or half the page would go
WITHIN = r"[\W_]{0,4}?"  # between letters of one word: a hyphen and a line end, blanks between spaced letters
BETWEEN = r"[\W_]{0,8}?"  # between words: blanks, line ends, dots


def find(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stand in `text`, as spans of it (the end not included), in order and apart.

    Five letters or digits and more are found inside other words too. Raises ValueError for fewer than two.
    """
    folded, origin = fold(text)
    found: list[tuple[int, int]] = []
    for hit in pattern(words).finditer(folded):
        start, end = origin[hit.start()], origin[hit.end() - 1] + 1
        if found and start < found[-1][1]:
            start, end = found.pop()[0], max(end, start)
        found.append((start, end))
    return found


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` at all."""
    return pattern(words).search(fold(text)[0]) is not None


@lru_cache(maxsize=500)
def pattern(words: str) -> re.Pattern[str]:
    """What `words` look like in a folded text. Raises ValueError for fewer than two letters or digits."""
    parts = ["".join(letter for letter in fold(word)[0] if letter.isalnum()) for word in words.split()]
    parts = [part for part in parts if part]
    count = sum(map(len, parts))
    if count < FEWEST:
        raise ValueError("at least two letters or digits are needed")
    inner = BETWEEN.join(WITHIN.join(map(re.escape, part)) for part in parts)
    return re.compile(rf"(?<![^\W_]){inner}(?![^\W_])" if count < WHOLE_BELOW else inner)


def fold(text: str) -> tuple[str, list[int]]:
    """The text in one plain form, and for each of its letters the place in `text` that it came from."""
    letters, origin = [], []
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            origin.append(place)
    return "".join(letters), origin


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """One letter without case, accent or ligature; nothing for what is not seen."""
    if letter < "\x80":
        return letter.lower()
    if unicodedata.category(letter) == "Cf":  # soft hyphen, zero-width blanks and joiners
        return ""
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()
