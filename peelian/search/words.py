"""How text becomes words, the same on both databases: cut here, so that neither database's own cutting matters.

A word is a run of letters and digits, in folded case and without accents: `O'Brién-Żak` is `o`, `brien`, `zak`.
"""

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 200  # characters; what is longer is cut, in the text and in the search alike
LONGEST_TEXT = 400_000  # characters; PostgreSQL keeps at most 1 MB of words for one record
MOST_WORDS = 20  # words of one search; what comes after them is left out
PHRASE = re.compile(r'"([^"]*)"')
UNFOLDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    apart = unicodedata.normalize("NFKD", text)
    apart = unicodedata.normalize("NFKD", apart.casefold())  # taking apart makes capitals, folding makes accents
    folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(UNFOLDED)
    return [word[:LONGEST_WORD] for word in WORD.findall(folded)]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search asks for: every one of `phrases` (one or more words in a row each), and a word that starts so.

    `start` is the last word typed, which may not be finished yet; empty where the search ends with a phrase in quotes.
    """

    phrases: tuple[tuple[str, ...], ...]
    start: str = ""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.start)


def sought(typed: str) -> Sought:
    """Read what was typed. Quotes make a phrase; nothing else is special, so no search is malformed."""
    phrases: list[tuple[str, ...]] = []
    start, left = "", MOST_WORDS
    for position, piece in enumerate(PHRASE.split(typed)):
        found = words_of(piece)[:left]
        left -= len(found)
        if not found:
            continue
        if start:
            phrases.append((start,))
        if position % 2:  # inside quotes
            phrases.append(tuple(found))
            start = ""
        else:
            phrases += [(word,) for word in found[:-1]]
            start = found[-1]
    return Sought(tuple(dict.fromkeys(phrases)), start)
