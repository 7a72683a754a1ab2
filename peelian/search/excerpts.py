"""A few words of a text around what was looked for, with the words that met it marked.

In: a text that its reader may see, and what they typed. Out: pieces in order, each plain or marked. No database.
"""

from peelian.search.words import WORD, Sought, sought, words_of

BEFORE = 60  # characters kept before the first word that met the search
LENGTH = 260

Pieces = tuple[tuple[str, bool], ...]


def excerpt(text: str, typed: str) -> Pieces:
    """The stretch of `text` from shortly before the first word met: pieces of it, and whether each met the search.

    Empty where no word of the text was asked for.
    """
    asked = sought(typed)
    met = [match.span() for match in WORD.finditer(text) if _meets(match[0], asked)]
    if not met:
        return ()
    begins = _at_a_space(text, max(0, met[0][0] - BEFORE))
    ends = min(len(text), begins + LENGTH)
    if ends < len(text):
        ends = max(text.rfind(" ", begins, ends), met[0][1])
    pieces: list[tuple[str, bool]] = []
    place = begins
    for start, end in met:
        if end > ends:
            break
        pieces += [(_flat(text[place:start]), False), (text[start:end], True)]
        place = end
    pieces.append((_flat(text[place:ends]), False))
    if begins:
        pieces.insert(0, ("… ", False))
    if ends < len(text):
        pieces.append((" …", False))
    return tuple(piece for piece in pieces if piece[0])


def _meets(word: str, asked: Sought) -> bool:
    folded = words_of(word)
    whole = {one for phrase in asked.phrases for one in phrase}
    return any(one in whole or (asked.start and one.startswith(asked.start)) for one in folded)


def _at_a_space(text: str, place: int) -> int:
    """The start of the word after `place`, so that no word is cut at the front."""
    if place == 0:
        return 0
    space = text.find(" ", place)
    return space + 1 if 0 <= space - place < BEFORE else place


def _flat(text: str) -> str:
    """Line breaks and runs of blanks as one space each; a blank at either end is kept."""
    flat = " ".join(text.split())
    if not flat:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + flat + (" " if text[-1].isspace() else "")
