"""Making a redacted copy of an item and keeping it beside the original, which is not touched."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.actions.held import enter, held_item
from peelian.disclosure.models import Redaction, RedactionMark
from peelian.disclosure.redacting import Box, CannotRedact, Mark, Redacted, StandsElsewhere, redact_apart
from peelian.disclosure.sources import original
from peelian.disclosure.states import ItemKind
from peelian.evidence import actions as evidence
from peelian.rules.disclosure import Ground, UnknownGround, ground
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """One thing to black out, with its ground (a key of `disclosure_ground`) and reason.

    `words` wherever they stand, or on `pages` alone; or `box` on one page; or the characters `start` to `end` of a
    plain text, counted from 1, both included.
    """

    ground: str
    reason: str
    words: str = field(default="", repr=False)
    pages: tuple[int, ...] = ()
    box: Box | None = None
    start: int = 0
    end: int = 0


class AlsoElsewhere(Exception):
    """What is blacked out stands in other places too, and nobody said what is done with it there. `where`: by words."""

    def __init__(self, asking: StandsElsewhere) -> None:
        super().__init__(str(asking))
        self.where = asking.where


@transaction.atomic
def redact(
    *,
    by: Viewer,
    matter_ref: str,
    item_ref: str,
    marks: Sequence[MarkDraft],
    leave: Sequence[str] = (),
    left_reason: str = "",
    whole: bool = False,
    on: date,
) -> str:
    """Make a redacted copy of an item and keep it; returns its reference. The original stays sealed and as it was.

    `leave`: words that are blacked out in a chosen place and may stand in others, for `left_reason`. `whole`: every
    page becomes a picture. Needs DISCLOSE and KEEP_EVIDENCE. The words themselves are kept nowhere but in the original.
    Raises NotFound; AlsoElsewhere; NotValid for a mark without ground or reason, for words that stand nowhere, for a
    kind of file that cannot be redacted, and where a marked word could still be found in the copy.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, item, _ = held_item(by, matter_ref, item_ref, None)
    drafts = _sound_marks(marks, on)
    leave = tuple(dict.fromkeys(word for word in (one.strip() for one in leave) if word))
    left_reason = sound("left_reason", left_reason, most=2000, needed="Say why it may stand there." if leave else "")
    source = original(by, matter_ref, ItemKind(item.kind), item.source)
    made = _made(source.content, source.media, drafts, leave, whole)
    untouched = original(by, matter_ref, ItemKind(item.kind), item.source)
    if untouched.sha256 != source.sha256 or hashlib.sha256(untouched.content).hexdigest() != source.sha256:
        raise NotValid("item", "The original is not what it was. Nothing was kept.")
    name = f"Redacted copy of item {item.number}"
    worked_from = item.source if ItemKind(item.kind) is not ItemKind.LETTER else ""
    kept = evidence.keep(by=by, matter_ref=matter_ref, name=name, content=made.content, made_from=worked_from, on=on)
    redaction: Any = Redaction.objects.create(
        ref=new_reference("PB"),
        item=item,
        file=kept,
        source_sha256=source.sha256,
        copy_sha256=hashlib.sha256(made.content).hexdigest(),
        media=made.media,
        pages=made.pages,
        pictured=_listed(made.pictured),
        unread=_listed(made.unread),
        dropped="\n".join(made.dropped),
        left=len(leave),
        left_reason=left_reason,
        on=on,
        at=by.at,
        by=by.actor,
    )
    _keep_marks(redaction, drafts, made)
    hashes = {"original SHA-256": source.sha256, "copy SHA-256": redaction.copy_sha256}
    said = {"grounds": [one.ground.key for one in drafts], "reasons": [one.draft.reason for one in drafts], **hashes}
    enter(by, matter, Act.ALTERED, f"made a redacted copy of item {item.ref}: {redaction.ref}, file {kept}", on, said)
    return str(redaction.ref)


@dataclass(frozen=True, slots=True)
class _Sound:
    draft: MarkDraft
    ground: Ground
    mark: Mark


def _sound_marks(marks: Sequence[MarkDraft], on: date) -> list[_Sound]:
    if not marks:
        raise NotValid("words", "Say what is to be blacked out: words, or a rectangle.")
    if len(marks) > MOST_MARKS:
        raise NotValid("words", f"Use {MOST_MARKS} or fewer at once.")
    found = []
    for one in marks:
        try:
            known = ground(law_in_force(), one.ground, on)
        except UnknownGround:
            raise NotValid("ground", "Choose a ground from those offered.") from None
        sound("reason", one.reason, most=300, needed="Say why it is blacked out.")
        if one.words and sum(letter.isalnum() for letter in one.words) < 2:
            raise NotValid("words", f"At least two letters or digits are needed: “{one.words}”.")
        mark = Mark(known.label, one.words, one.pages, one.box, one.start - 1, one.end)
        found.append(_Sound(one, known, mark))
    return found


def _made(content: bytes, media: str, drafts: Sequence[_Sound], leave: Sequence[str], whole: bool) -> Redacted:
    try:
        made = redact_apart(content, media, [one.mark for one in drafts], leave=leave, whole=whole)
    except StandsElsewhere as asking:
        raise AlsoElsewhere(asking) from asking
    except CannotRedact as cannot:
        raise NotValid("words", str(cannot)) from cannot
    hit = {place.mark for place in made.places}
    for number, one in enumerate(drafts):
        if number not in hit:
            raise NotValid("words", f"This stands nowhere in it: “{one.draft.words}”. Words of a picture are not read.")
    return made


def _keep_marks(redaction: Any, drafts: Sequence[_Sound], made: Redacted) -> None:
    counts = Counter(place.mark for place in made.places)
    for number, one in enumerate(drafts):
        pages = sorted({place.page for place in made.places if place.mark == number and place.page})
        RedactionMark.objects.create(
            redaction=redaction,
            number=number + 1,
            is_words=bool(one.draft.words),
            ground=one.ground.key,
            reason=one.draft.reason.strip(),
            places=counts[number],
            pages=_listed(pages),
        )


def _listed(pages: Sequence[int]) -> str:
    """`1, 3 to 5`."""
    spans: list[tuple[int, int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], page)
        else:
            spans.append((page, page))
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans)
