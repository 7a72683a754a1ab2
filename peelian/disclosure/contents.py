"""What a pack holds, as it would go: each item with its file and hash, the digest of all, and whom it gives away."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.models import Pack, PackItem
from peelian.disclosure.redacting import words_apart
from peelian.disclosure.rows import ChoiceRow, ItemRow, RedactionRow
from peelian.disclosure.sources import as_given
from peelian.disclosure.standing import rests_on_unread, ways
from peelian.disclosure.states import How
from peelian.evidence import queries as evidence
from peelian.matters.queries import MatterParts
from peelian.matters.queries.past import CONCERNED, kept_from
from peelian.people import queries as people
from peelian.publish.facts import around, protections_of
from peelian.publish.protected import namings, sought
from peelian.publish.wording import Block, BlockKind
from peelian.rules.disclosure import Audience
from peelian.terms.matters import Part
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer, system

BECAUSE = "to keep the identity of somebody protected out of what is given"
WALLED = "to give nothing to somebody who must never see it"
KEPT_OUT_LAW = "Local rule: who must never see what comes of a report is given nothing of it"
ENDINGS = {"application/pdf": "pdf", "text/plain": "txt", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Going:
    """One item as it goes. `content`: None for an exhibit without a file, which is looked at where it is kept.

    `copy`: the redacted copy that goes.
    """

    item: ItemRow
    how: How
    name: str
    sha256: str
    media: str
    content: bytes | None = field(repr=False)
    copy: RedactionRow | None = None


def choices_of(
    viewer: Viewer, to: Audience, items: Sequence[ItemRow], chosen: Mapping[int, How]
) -> tuple[ChoiceRow, ...]:
    """Every item of the schedule as it may go to this audience. `chosen`: how those in the pack go, by key."""
    law, found = law_in_force(), []
    for one in items:
        may, why = ways(law, to, one, viewer)
        offered = bool(may) and to.gets(used=one.now.is_used, sensitive=one.now.is_sensitive)
        found.append(ChoiceRow(to.key, one, may, why, chosen.get(one.id), offered, one.copy_for(to.key)))
    return tuple(found)


def chosen_of(pack: Any) -> dict[int, How]:
    """How each item of a pack goes, by the key of the item."""
    return {row.item_id: How(row.how) for row in PackItem.objects.filter(pack=pack)}


def digest_of(pack: Any, choices: Sequence[ChoiceRow]) -> str:
    """The SHA-256 of everything that approval rests on: to whom, on what law, each item as it stands and goes."""
    held = [one for one in choices if one.chosen]
    said: dict[str, Any] = {
        "audience": pack.audience,
        "recipient": pack.recipient_id or pack.who,
        "basis": pack.basis,
        "purpose": pack.purpose,
        "items": [
            [
                one.item.ref,
                one.item.now.number,
                one.chosen,
                one.item.source.sha256,
                one.copy.copy_sha256 if one.chosen is How.REDACTED and one.copy else "",
            ]
            for one in held
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def against(
    viewer: Viewer, matter: MatterParts, pack: Any, to: Audience, choices: Sequence[ChoiceRow]
) -> tuple[str, ...]:
    """What keeps a pack from being submitted or given, by the record alone; its words are read by `given_away`."""
    found, law = [], law_in_force()
    if not any(one.chosen for one in choices):
        found.append("It holds nothing yet.")
    for one in choices:
        title = f"Item {one.item.number}, {one.item.now.title}"
        if one.chosen and one.chosen not in one.ways:
            found.append(f"{title}: {one.why_not or f'it does not go {one.chosen.words.lower()} any more.'}")
        elif not one.chosen and rests_on_unread(law, to, one.item, viewer):
            found.append(f"{title}: it is left out because it is withheld, and a second person has not confirmed that.")
    if refusal := walled_off(matter, pack, viewer):
        found.append(refusal.reason)
    return tuple(found)


def walled_off(matter: MatterParts, pack: Any, viewer: Viewer) -> Refusal | None:
    """Why whoever a pack goes to may be given nothing: a report named them as somebody who must never see it.

    The officer concerned is given what the regulations say, whoever named them.
    """
    everywhere = system("disclosure", at=viewer.at, because=WALLED)
    kept = {key for key, ground in kept_from(everywhere, matter.id).people if ground != CONCERNED}
    kept -= {one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id}
    if not kept:
        return None
    recipient = next((one for one in matter.people if one.id == pack.recipient_id), None)
    named = {name.words.casefold() for one in people.identities(kept, because=WALLED).values() for name in one.names}
    is_one = recipient.person_id in kept if recipient else any(name in str(pack.who).casefold() for name in named)
    reason = "Nothing of this matter may be given to them. Ask the head of professional standards."
    return Refusal(reason, KEPT_OUT_LAW) if is_one else None


def going(viewer: Viewer, matter_ref: str, choices: Sequence[ChoiceRow]) -> tuple[Going, ...]:
    """The chosen items with their content, in the order of the schedule. Raises NotFound, Damaged."""
    found = []
    for place, one in enumerate((row for row in choices if row.chosen), start=1):
        assert one.chosen is not None
        item = one.item
        copy = one.copy if one.chosen is How.REDACTED else None
        if not item.source.media:
            found.append(Going(item, one.chosen, "", "", "", None))
            continue
        if copy is not None:
            held = evidence.content(viewer, copy.file_ref)
            content, media, sha256 = held.whole(), held.file.kind.media, copy.copy_sha256
        else:
            given = as_given(viewer, matter_ref, item.kind, item.source.ref)
            content, media, sha256 = given.content, given.media, given.sha256
        ending = ENDINGS.get(media) or evidence.file(viewer, item.source.file_ref).kind.ending
        name = f"{place:03} item {item.number}{', redacted' if copy else ''}.{ending}"
        found.append(Going(item, one.chosen, name, sha256, media, content, copy))
    return tuple(found)


def given_away(viewer: Viewer, matter_ref: str, pack: Any, to: Audience, held: Sequence[Going]) -> tuple[str, ...]:
    """Where what goes names somebody protected, a sentence each. Pictures hold no words that could be read.

    Raises CannotRedact where a file cannot be read.
    """
    if not to.protects:
        return ()
    place = around(viewer, matter_ref)
    known = people.identities([one.person_id for one in place.parts.people if one.person_id], because=BECAUSE)
    protected = protections_of(viewer, place, is_public=False, known=known)
    looked_for, may_stand = sought(protected, place.parts, known, allowed=place.person(pack.recipient_id))
    if not looked_for:
        return ()
    files = [(one.content, one.media) for one in held if one.content is not None]
    texts = iter(words_apart(files))
    found = []
    for one in held:
        pages = next(texts) if one.content is not None else ()
        blocks = [Block(BlockKind.PARAGRAPH, " ".join(text.split())) for text in (one.item.now.title, *pages)]
        for naming in namings(blocks, looked_for, may_stand):
            where = f"page {naming.block - 1}" if naming.block > 1 else "its title"
            found.append(f"Item {one.item.number}, {where}: {naming.rule}. {naming.why} {naming.law}")
    return tuple(dict.fromkeys(found))


def pack_in(matter_id: int, pack_ref: str) -> Pack | None:
    """A pack of a matter that the viewer was shown."""
    return Pack.objects.filter(matter_id=matter_id, ref=pack_ref).select_related("given").first()
