"""Making a redacted copy of an item for an audience, and choosing one again for another, with reasons.

The copy is kept beside the original, which is not touched.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.actions.held import enter, held_item
from peelian.disclosure.models import CopyAudience, Item, Redaction, RedactionMark
from peelian.disclosure.queries.schedule import items_of
from peelian.disclosure.redacting import Box, CannotRedact, Mark, Redacted, StandsElsewhere, redact_apart
from peelian.disclosure.sources import original, sources_of
from peelian.disclosure.states import ItemKind
from peelian.evidence import actions as evidence
from peelian.matters import queries as matters
from peelian.rules.disclosure import Audience, Ground, UnknownAudience, UnknownGround, audience, ground
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

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


@evidence.whole_or_nothing()
@transaction.atomic
def redact(
    *,
    by: Viewer,
    matter_ref: str,
    item_ref: str,
    audience_key: str,
    marks: Sequence[MarkDraft],
    leave: Sequence[str] = (),
    left_reason: str = "",
    whole: bool = False,
    on: date,
) -> str:
    """Make a redacted copy of an item for an audience; returns its reference. The original stays sealed and as it was.

    Each ground must stand against that audience: SI 2020/4 reg 6; SI 2020/2 reg 35. `leave`: words that are blacked
    out in a chosen place and may stand in others, for `left_reason`. `whole`: every page becomes a picture. Needs
    DISCLOSE and KEEP_EVIDENCE. The words themselves are kept nowhere but in the original. Raises NotFound;
    AlsoElsewhere; NotValid for a mark without ground or reason, for words that stand nowhere, for a kind of file that
    cannot be redacted, and where a marked word could still be found in the copy.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, item, _ = held_item(by, matter_ref, item_ref, None)
    to = _known(audience_key, on)
    drafts = _sound_marks(marks, to, on)
    leave = tuple(dict.fromkeys(word for word in (one.strip() for one in leave) if word))
    left_reason = sound("left_reason", left_reason, most=2000, needed="Say why it may stand there." if leave else "")
    source = original(by, matter_ref, ItemKind(item.kind), item.source)
    made = _made(source.content, source.media, drafts, leave, whole)
    untouched = original(by, matter_ref, ItemKind(item.kind), item.source)
    if untouched.sha256 != source.sha256 or hashlib.sha256(untouched.content).hexdigest() != source.sha256:
        raise NotValid("item", "The original is not what it was. Nothing was kept.")
    name = f"Redacted copy of item {item.number}"
    worked_from = sources_of(by, matter_ref)[item.source].file_ref
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
    CopyAudience.objects.create(redaction=redaction, audience=to.key, made_for=True, on=on, at=by.at, by=by.actor)
    _keep_marks(redaction, drafts, made)
    hashes = {"original SHA-256": source.sha256, "copy SHA-256": redaction.copy_sha256}
    said = {"grounds": [one.ground.key for one in drafts], "reasons": [one.draft.reason for one in drafts], **hashes}
    summary = f"made a redacted copy of item {item.ref} for {to.key}: {redaction.ref}, file {kept}"
    enter(by, matter, Act.ALTERED, summary, on, said)
    return str(redaction.ref)


@transaction.atomic
def choose_again(*, by: Viewer, matter_ref: str, redaction_ref: str, audience_key: str, reasons: str, on: date) -> None:
    """Say that a copy made for one audience also goes to another, and why. Needs DISCLOSE.

    From then on it stands for that audience, until another is made or chosen. Raises NotFound; NotValid without
    reasons, for an audience for which it stands already, and for a copy of an original that has changed.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    found = Item.objects.filter(matter_id=matters.key_of(by, matter_ref), redactions__ref=redaction_ref)
    item_ref = found.values_list("ref", flat=True).first()
    if item_ref is None:
        raise NotFound(f"redaction {redaction_ref}")
    matter, _, _ = held_item(by, matter_ref, item_ref, None)
    [item] = items_of(by, matter.id, sources_of(by, matter_ref), ref=item_ref)
    copy = next(one for one in item.redactions if one.ref == redaction_ref)
    to = _known(audience_key, on)
    if item.source.sha256 and copy.source_sha256 != item.source.sha256:
        raise NotValid("audience", "It was made of another original than the one that is kept now. Make a new copy.")
    if item.copy_for(to.key) is copy:
        raise NotValid("audience", f"It stands for this audience already: {to.words}.")
    reasons = sound("reasons", must_say(reasons, why="Say why it fits this audience too.", field="reasons"))
    CopyAudience.objects.create(
        redaction_id=Redaction.objects.values_list("pk", flat=True).get(ref=redaction_ref),
        audience=to.key,
        made_for=False,
        reasons=reasons,
        on=on,
        at=by.at,
        by=by.actor,
    )
    summary = f"chose redacted copy {redaction_ref} of item {item_ref} again, for {to.key}"
    enter(by, matter, Act.ALTERED, summary, on, {"reasons": reasons})


@dataclass(frozen=True, slots=True)
class _Sound:
    draft: MarkDraft
    ground: Ground
    mark: Mark


def _known(key: str, on: date) -> Audience:
    try:
        return audience(law_in_force(), key, on)
    except UnknownAudience:
        raise NotValid("audience", "Choose for whom the copy is made.") from None


def _sound_marks(marks: Sequence[MarkDraft], to: Audience, on: date) -> list[_Sound]:
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
        if to.key not in known.audiences:
            raise NotValid("ground", f"“{known.label}” is no ground against this audience: {to.words}. {known.law}")
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
