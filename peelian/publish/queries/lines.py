"""Letters as lines of a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from peelian.matters.queries import MatterParts
from peelian.publish.rows import LetterLine
from peelian.publish.states import LetterState
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

THE_PUBLIC = "the public"


def lines_of(viewer: Viewer, letters: Iterable[Any], matters: Mapping[int, MatterParts]) -> tuple[LetterLine, ...]:
    """Lines for letters of matters that the viewer was shown, in their order; one statement for the names."""
    listed = list(letters)
    names = users.actor_names({letter.written_by for letter in listed})
    return tuple(_line(viewer, letter, matters[letter.matter_id], names) for letter in listed)


def to_words(letter: Any, matter: MatterParts) -> str:
    """To whom a letter is, in words."""
    if letter.addressee_id is None:
        return letter.body or THE_PUBLIC
    found = next((one for one in matter.people if one.id == letter.addressee_id), None)
    return f"{found.name} ({found.part.words.lower()})" if found else "somebody no longer on the matter"


def _line(viewer: Viewer, letter: Any, matter: MatterParts, names: Mapping[str, str]) -> LetterLine:
    issued, served = getattr(letter, "issued", None), getattr(letter, "served", None)
    return LetterLine(
        ref=letter.ref,
        matter_ref=matter.ref,
        matter_heading=matter.heading or matter.kind.words,
        title=letter.title,
        to=to_words(letter, matter),
        state=LetterState(letter.state),
        written_at=letter.written_at,
        written_by=names[letter.written_by],
        is_mine=letter.written_by == viewer.actor,
        issued_on=issued.issued_on if issued else None,
        served_on=served.served_on if served else None,
    )
