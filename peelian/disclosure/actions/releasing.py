"""Approving a pack, sending it back, and giving it: what left is kept as it left, and cannot be called back."""

import hashlib
from datetime import date
from typing import Any

from django.db import transaction

from peelian.contact import actions as contact
from peelian.disclosure.actions.held import held_pack, moved
from peelian.disclosure.actions.packing import known_audience, must_give_nobody_away, must_stand
from peelian.disclosure.assembling import assembled, index_of
from peelian.disclosure.concerns import concerns_of, reach_of
from peelian.disclosure.contents import Going, digest_of, going
from peelian.disclosure.models import Given, PackStep
from peelian.disclosure.queries.lines import to_words
from peelian.disclosure.states import MAKING, PackMove, PackState
from peelian.evidence import actions as evidence
from peelian.journal import actions as journal
from peelian.matters.queries import MatterParts
from peelian.rules.contact import Outgoing
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

SECOND_PERSON = "Local rule: nobody approves a pack that they made or changed"
AGAIN = "Local rule: what changed after it was approved is approved again"


@transaction.atomic
def approve_pack(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, digest: str, on: date) -> None:
    """Approve a pack as it was submitted. Needs APPROVE_DISCLOSURE, of somebody who made none of it.

    `digest`: of what was read. Raises NotFound, StaleRecord; NotAllowed for a maker, for another pack than was read,
    and where an item changed since; NotValid and NotAllowed as `submit_pack`.
    """
    must_hold(by, Permission.APPROVE_DISCLOSURE)
    not_ahead(by, on)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.SUBMITTED)
    _must_be_another(by, pack)
    held = must_stand(by, matter, pack)
    if digest_of(pack, held) != pack.digest or digest != pack.digest:
        reason = "Something in it changed after it was submitted. Send it back, so that it is submitted again."
        raise NotAllowed(Refusal(reason, AGAIN))
    must_give_nobody_away(by, matter, pack, held)
    pack.state = PackState.APPROVED
    moved(by, matter, pack, PackMove.APPROVED, on=on, texts={"SHA-256 of what was approved": pack.digest})


@transaction.atomic
def send_back_pack(*, by: Viewer, matter_ref: str, pack_ref: str, version: int, reasons: str, on: date) -> None:
    """Send a submitted pack back to its maker with reasons. Powers and refusals as `approve_pack`."""
    must_hold(by, Permission.APPROVE_DISCLOSURE)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.SUBMITTED)
    _must_be_another(by, pack)
    reasons = sound("reasons", must_say(reasons, why="Say what must change.", field="reasons"))
    pack.state, pack.digest = PackState.DRAFT, ""
    moved(by, matter, pack, PackMove.SENT_BACK, on=on, reasons=reasons)


@evidence.whole_or_nothing()
@transaction.atomic
def give_pack(
    *,
    by: Viewer,
    matter_ref: str,
    pack_ref: str,
    version: int,
    way: str,
    safety_read: bool = False,
    understood: bool,
    on: date,
) -> str:
    """Put an approved pack together, keep it as it leaves, and record that it was given; returns its SHA-256.

    `way`: how it is handed over. `safety_read`: whoever gives it has read how the recipient may be reached. It cannot
    be called back, which `understood` says was read. Needs DISCLOSE and KEEP_EVIDENCE. DPA 2018 s62(1)(d), (3). Raises
    NotFound, StaleRecord, NotValid; NotAllowed where an item changed after it was approved (the pack then has to be
    taken back and approved again), and as `submit_pack`.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, pack = held_pack(by, matter_ref, pack_ref, version, PackState.APPROVED)
    way = sound("way", way, most=200, needed="Say how it is handed over.")
    if not understood:
        raise NotValid("understood", "Say that you know that it cannot be called back.")
    _must_be_safe(by, matter, pack, safety_read, on)
    held = must_stand(by, matter, pack)
    if digest_of(pack, held) != pack.digest:
        reason = "An item in it changed after it was approved. Take it back, and have it approved again."
        raise NotAllowed(Refusal(reason, AGAIN))
    must_give_nobody_away(by, matter, pack, held)
    goes = going(by, matter_ref, held)
    index = index_of(by, matter, pack, known_audience(pack.audience, pack.on), goes, held, _approver(pack), on)
    content = assembled(index, goes, on)
    name = f"Pack {pack.ref}, as it was given"
    kept = evidence.keep(by=by, matter_ref=matter_ref, name=name, content=content, on=on)
    sha256 = hashlib.sha256(content).hexdigest()
    Given.objects.create(
        pack=pack,
        file=kept,
        sha256=sha256,
        size=len(content),
        index=index.text,
        way=way,
        on=on,
        at=by.at,
        by=by.actor,
    )
    pack.state = PackState.GIVEN
    moved(by, matter, pack, PackMove.GIVEN, on=on)
    _disclosed(by, matter, pack, goes, sha256, way, on)
    return sha256


def _disclosed(
    by: Viewer, matter: MatterParts, pack: Any, goes: tuple[Going, ...], sha256: str, way: str, on: date
) -> None:
    """The entry that DPA 2018 s62(3) asks for: what, to whom, why, by whom approved; each item by its reference."""
    items = ", ".join(f"{one.item.ref} {one.how}" for one in goes)
    said = {
        "to": to_words(pack, matter),
        "purpose": pack.purpose,
        "basis": pack.basis,
        "way": way,
        "approved by": _approver(pack),
        "items": [
            {"item": one.item.ref, "title": one.item.now.title, "how": one.how.value, "SHA-256": one.sha256}
            for one in goes
        ],
    }
    journal.record(
        by=by,
        act=Act.DISCLOSED,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary=f"gave pack {pack.ref} to {pack.audience}, SHA-256 {sha256}: {items}",
        reason=pack.basis,
        on=on,
        texts=[(matter.ref, said)],
    )


def _approver(pack: Any) -> str:
    """The actor who approved it last."""
    row = PackStep.objects.filter(pack=pack, move=PackMove.APPROVED).order_by("-at", "-pk").first()
    return str(row.by) if row else ""


def _must_be_another(by: Viewer, pack: Any) -> None:
    if PackStep.objects.filter(pack=pack, by=by.actor, move__in=MAKING).exists():
        raise NotAllowed(Refusal("You made this pack, or changed it. Somebody else approves it.", SECOND_PERSON))


def _must_be_safe(by: Viewer, matter: MatterParts, pack: Any, safety_read: bool, on: date) -> None:
    """Raises NotAllowed for what breaks the recipient's contact plan; NotValid where something is known of safe contact
    or of consent, and nobody said that they read it.
    """
    reach = reach_of(by, matter, pack)
    asked = any(row.is_refused or row.safety for row in reach.contacts) or bool(concerns_of(by, matter, pack))
    if asked and not safety_read:
        raise NotValid("safety_read", "Read first how they may be reached, and what people on the matter asked.")
    recipient = next((one for one in matter.people if one.id == pack.recipient_id), None)
    if recipient:
        message = Outgoing("", "", on, was_read=safety_read)
        contact.must_be_safe(by=by, matter=matter, person=recipient, message=message)
