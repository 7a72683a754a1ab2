"""Making a pack for one audience, choosing what it holds, submitting it, taking it back, giving it up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.actions.held import held_pack, moved
from peelian.disclosure.contents import against, choices_of, chosen_of, digest_of, given_away, going, walled_off
from peelian.disclosure.models import Pack, PackItem
from peelian.disclosure.queries.schedule import items_of
from peelian.disclosure.redacting import CannotRedact
from peelian.disclosure.rows import ChoiceRow
from peelian.disclosure.sources import sources_of
from peelian.disclosure.states import How, PackMove, PackState
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.people.rows import HIDDEN_NAME
from peelian.rules.disclosure import Audience, UnknownAudience, audience
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

PROTECTED = "PB-1, PB-2: Sexual Offences (Amendment) Act 1992 s1; UK GDPR"


@transaction.atomic
def make_pack(
    *,
    by: Viewer,
    matter_ref: str,
    audience_key: str,
    person_key: str = "",
    who: str = "",
    basis: str,
    purpose: str,
    on: date,
) -> str:
    """Make a pack for one audience with what it gets by default; returns its reference. Needs DISCLOSE.

    `person_key`: somebody on the matter; else `who` names a person or a body. `basis`: the law or order it rests on.
    Raises NotFound; NotValid; NotAllowed for somebody who must never see what comes of the report.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, to = matters.parts(by, matter_ref), known_audience(audience_key, on)
    recipient = next((one for one in matter.people if one.key == person_key and one.part in to.parts), None)
    if to.parts and (recipient is None or recipient.name == HIDDEN_NAME):
        raise NotValid("person", "Choose to whom it goes.")
    pack = Pack(
        ref=new_reference("PK"),
        matter_id=matter.id,
        audience=to.key,
        recipient_id=recipient.id if recipient else None,
        who="" if recipient else sound("who", who or to.body, most=200, needed="Say to whom it goes."),
        basis=sound("basis", basis, most=300, needed="Say on what law or order it is given."),
        purpose=sound("purpose", must_say(purpose, why="Say what it is given for.", field="purpose")),
        state=PackState.DRAFT,
        on=on,
        made_at=by.at,
        made_by=by.actor,
        version=0,
    )
    if refusal := walled_off(matter, pack, by):
        raise NotAllowed(refusal)
    moved(by, matter, pack, PackMove.MADE, on=on, texts=_said(matter, pack))
    for one in choices(by, matter, pack, to):
        if one.offered:
            PackItem.objects.create(pack=pack, item_id=one.item.id, how=one.ways[0])
    return str(pack.ref)


@transaction.atomic
def choose(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, items: Mapping[str, How], on: date) -> None:
    """Say what a draft holds: each item by its reference, whole or redacted. Needs DISCLOSE.

    Raises NotFound, StaleRecord; NotValid for an item that may not go so to this audience.
    """
    must_hold(by, Permission.DISCLOSE)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.DRAFT)
    to = known_audience(pack.audience, pack.on)
    offered = {one.item.ref: one for one in choices(by, matter, pack, to)}
    for ref, how in items.items():
        if ref not in offered:
            raise NotValid("items", "Choose from the schedule of this matter.")
        if how not in offered[ref].ways:
            why = offered[ref].why_not or f"it does not go {how.words.lower()} to this recipient."
            raise NotValid("items", f"Item {offered[ref].item.number}: {why}")
    PackItem.objects.filter(pack=pack).delete()
    PackItem.objects.bulk_create(
        PackItem(pack=pack, item_id=offered[ref].item.id, how=how) for ref, how in items.items()
    )
    moved(by, matter, pack, PackMove.CHANGED, on=on, texts={"items": {ref: how.value for ref, how in items.items()}})


@transaction.atomic
def submit_pack(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, on: date) -> str:
    """Submit a draft for approval; returns the SHA-256 of what was submitted. Needs DISCLOSE.

    Raises NotFound, StaleRecord; NotValid while something stands against it; NotAllowed where it names somebody
    protected to somebody else, or goes to somebody who must never see it.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.DRAFT)
    held = must_stand(by, matter, pack)
    must_give_nobody_away(by, matter, pack, held)
    pack.digest = digest_of(pack, held)
    pack.state = PackState.SUBMITTED
    moved(by, matter, pack, PackMove.SUBMITTED, on=on)
    return str(pack.digest)


@transaction.atomic
def take_back_pack(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, reasons: str, on: date) -> None:
    """Take a pack back that was submitted or approved, to change it. Needs DISCLOSE. Raises as `abandon_pack`."""
    must_hold(by, Permission.DISCLOSE)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.SUBMITTED, PackState.APPROVED)
    reasons = sound("reasons", must_say(reasons, why="Say why it is taken back.", field="reasons"))
    pack.state, pack.digest = PackState.DRAFT, ""
    moved(by, matter, pack, PackMove.TAKEN_BACK, on=on, reasons=reasons)


@transaction.atomic
def abandon_pack(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, reasons: str, on: date) -> None:
    """Give up a draft; it stays to be read. Needs DISCLOSE. Raises NotFound, StaleRecord, NotValid."""
    must_hold(by, Permission.DISCLOSE)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.DRAFT)
    reasons = sound("reasons", must_say(reasons, why="Say why it is given up.", field="reasons"))
    pack.state = PackState.ABANDONED
    moved(by, matter, pack, PackMove.ABANDONED, on=on, reasons=reasons)


def known_audience(key: str, on: date) -> Audience:
    """An audience by key. Raises NotValid."""
    try:
        return audience(law_in_force(), key, on)
    except UnknownAudience:
        raise NotValid("audience", "Choose an audience from those offered.") from None


def choices(by: Viewer, matter: MatterParts, pack: Any, to: Audience) -> tuple[ChoiceRow, ...]:
    """Every item of the matter as it may go, and how it stands in the pack."""
    return choices_of(by, to, items_of(by, matter.id, sources_of(by, matter.ref)), chosen_of(pack))


def must_stand(by: Viewer, matter: MatterParts, pack: Any) -> tuple[ChoiceRow, ...]:
    """What the pack holds, where nothing of the record stands against it. Raises NotValid, NotAllowed."""
    if refusal := walled_off(matter, pack, by):
        raise NotAllowed(refusal)
    to = known_audience(pack.audience, pack.on)
    held = choices(by, matter, pack, to)
    if found := against(by, matter, pack, to, held):
        raise NotValid("pack", " ".join(found))
    return held


def must_give_nobody_away(by: Viewer, matter: MatterParts, pack: Any, held: tuple[ChoiceRow, ...]) -> None:
    """Raises NotAllowed where a file of the pack names somebody protected; NotValid where one cannot be read."""
    try:
        found = given_away(by, matter.ref, pack, known_audience(pack.audience, pack.on), going(by, matter.ref, held))
    except CannotRedact as cannot:
        raise NotValid("pack", f"A file cannot be read for the names it holds: {cannot}") from cannot
    if found:
        reason = "This pack gives away somebody who may not be named to this recipient. Redact it first. "
        raise NotAllowed(Refusal(reason + " ".join(found), PROTECTED))


def _said(matter: MatterParts, pack: Any) -> dict[str, object]:
    key = next((one.key for one in matter.people if one.id == pack.recipient_id), "")
    return {"to": key or pack.who, "basis": pack.basis, "purpose": pack.purpose}
