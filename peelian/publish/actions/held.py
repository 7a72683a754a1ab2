"""What every act on a letter shares: finding it behind its matter's wall, the second writer, its move, the journal."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from peelian.journal import actions as journal
from peelian.proceedings import queries as proceedings
from peelian.publish.facts import Around, around
from peelian.publish.models import Letter, LetterMove
from peelian.publish.rows import Naming
from peelian.publish.states import LetterState, Move
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer

PANEL_TOLD = "panel_named"  # the event that the letter records, on which the days to object run


class StaleLetter(NotAllowed):
    """Somebody wrote on the letter after it was read."""


def held_letter(by: Viewer, matter_ref: str, letter_ref: str, version: int, *states: LetterState) -> tuple[Around, Any]:
    """The matter and its letter, locked for the act, in one of `states`.

    Raises NotFound, also behind the wall; StaleLetter where somebody wrote since; NotValid in another state.
    """
    place = around(by, matter_ref)
    letter = Letter.objects.filter(matter_id=place.parts.id, ref=letter_ref).select_for_update().first()
    if letter is None:
        raise NotFound(f"letter {letter_ref}")
    if letter.version != version:
        reason = (
            f"Somebody changed this letter after you read it: you read version {version} and it is at version"
            f" {letter.version}. Nothing of yours was written. Read it again, then act."
        )
        raise StaleLetter(Refusal(reason, "Local rule: no act overwrites another unseen"))
    if LetterState(letter.state) not in states:
        raise NotValid("letter", f"This cannot be done with a letter in this state: {LetterState(letter.state).words}.")
    return place, letter


def moved(
    by: Viewer,
    place: Around,
    letter: Any,
    move: Move,
    *,
    on: date,
    act: Act = Act.ALTERED,
    reasons: str = "",
    texts: Mapping[str, object] | None = None,
) -> None:
    """Raise the version, write the move and its entry in the journal. The letter's own fields are saved by it."""
    letter.version += 1
    letter.save()
    LetterMove.objects.create(
        letter=letter, move=move, at=by.at, by=by.actor, reasons=reasons, text_sha256=letter.text_sha256
    )
    said = {**(texts or {}), **({"reasons": reasons} if reasons else {})}
    journal.record(
        by=by,
        act=act,
        kind=RecordKind.MATTER,
        key=place.parts.ref,
        summary=f"{move.words[0].lower()}{move.words[1:]}: letter {letter.ref}, {letter.template}",
        on=on,
        texts=[(place.parts.ref, {"letter": letter.ref, **said})] if said else (),
    )


def refuse_namings(found: tuple[Naming, ...]) -> None:
    """Raises NotAllowed where a letter gives somebody away, naming the rule and the place in the text."""
    if found:
        law = "; ".join(dict.fromkeys(one.law for one in found))
        reason = "This letter gives away somebody who may not be named. " + " ".join(one.words for one in found)
        raise NotAllowed(Refusal(reason, law))


def sha256(text: str | bytes) -> str:
    """The SHA-256 of text (as UTF-8) or of bytes, in hexadecimal digits."""
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def must_have_panel(by: Viewer, place: Around, letter: Any, records: Iterable[str]) -> None:
    """Raises NotAllowed for a letter that tells an officer who sits, while the panel recorded may not sit."""
    person = place.person(letter.addressee_id)
    if PANEL_TOLD not in records or person is None:
        return
    if refusal := proceedings.panel_refusal(by, place.parts.ref, person.key):
        raise NotAllowed(refusal)
