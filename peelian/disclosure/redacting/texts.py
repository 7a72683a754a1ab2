"""Redacting plain text: a labelled block stands where the words stood."""

from collections.abc import Sequence

from peelian.disclosure.redacting.marks import CannotRedact, Mark, Place, Redacted
from peelian.disclosure.redacting.words import find, holds

MEDIA = "text/plain"


def redact_text(content: bytes, marks: Sequence[Mark]) -> Redacted:
    """The copy of a text in UTF-8 with a block at each place. Raises CannotRedact.

    What stands between two places that touch is kept; places that overlap become one block, of the first's ground.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRedact("The text is not UTF-8. Save it as UTF-8, keep that, and redact the new file.") from None
    spans = sorted((*span, number) for number, mark in enumerate(marks) for span in _spans(text, mark))
    parts, places, at = [], list[Place](), 0
    for start, end, number in spans:
        if start < at:  # overlaps the block before it
            if end > at:
                last = places.pop()
                places.append(Place(last.mark, 0, None, last.start, end - last.start))
                at = end
            continue
        parts += [text[at:start], f"[Redacted: {marks[number].label}]"]
        places.append(Place(number, 0, None, start, end - start))
        at = end
    parts.append(text[at:])
    made = "".join(parts)
    left = [mark for mark in marks if mark.words and holds(_without_blocks(made, marks), mark.words)]
    if left:
        raise CannotRedact("Words that were to be blacked out can still be read in the copy. Nothing was kept.")
    return Redacted(made.encode(), MEDIA, tuple(places))


def _spans(text: str, mark: Mark) -> list[tuple[int, int]]:
    if mark.words:
        return find(text, mark.words)
    if not 0 <= mark.start < mark.end <= len(text):
        raise CannotRedact(f"The text has the characters 1 to {len(text)}; say where to begin and where to end.")
    return [(mark.start, mark.end)]


def _without_blocks(text: str, marks: Sequence[Mark]) -> str:
    """The text without the labels, whose own words are no words of the original."""
    for label in {mark.label for mark in marks}:
        text = text.replace(f"[Redacted: {label}]", "\n\n\n\n\n\n\n\n\n\n")
    return text
