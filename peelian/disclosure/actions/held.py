"""What every act of disclosure shares: the record behind its wall, the second writer, what was typed, the journal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelian.disclosure.models import Item, ItemVersion, Pack, PackStep
from peelian.disclosure.states import PackMove, PackState
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer

UNSEEN = "Local rule: no act overwrites another unseen"


class StaleRecord(NotAllowed):
    """Somebody wrote after it was read."""


def held_item(by: Viewer, matter_ref: str, item_ref: str, version: int | None) -> tuple[MatterParts, Any, Any]:
    """The matter, its item locked for the act, and the version that stands.

    `version`: its number as it was read; None where the act does not rest on it. Raises NotFound, StaleRecord.
    """
    matter = matters.parts(by, matter_ref)
    item = Item.objects.filter(matter_id=matter.id, ref=item_ref).select_for_update().first()
    if item is None:
        raise NotFound(f"item {item_ref}")
    now = ItemVersion.objects.filter(item=item).order_by("-number").first()
    assert now is not None  # an item is made with its first version
    if version is not None and now.number != version:
        raise StaleRecord(Refusal(_stale("item", version, now.number), UNSEEN))
    return matter, item, now


def held_pack(by: Viewer, matter_ref: str, pack_ref: str, version: int, *states: PackState) -> tuple[MatterParts, Any]:
    """The matter and its pack, locked for the act, in one of `states`. Raises NotFound, StaleRecord, NotValid."""
    matter = matters.parts(by, matter_ref)
    pack = Pack.objects.filter(matter_id=matter.id, ref=pack_ref).select_for_update().first()
    if pack is None:
        raise NotFound(f"pack {pack_ref}")
    if pack.version != version:
        raise StaleRecord(Refusal(_stale("pack", version, pack.version), UNSEEN))
    if PackState(pack.state) not in states:
        raise NotValid("pack", f"This cannot be done with a pack in this state: {PackState(pack.state).words}.")
    return matter, pack


def moved(
    by: Viewer,
    matter: MatterParts,
    pack: Any,
    move: PackMove,
    *,
    on: date,
    reasons: str = "",
    texts: Mapping[str, object] | None = None,
) -> None:
    """Raise the version, write the step and its entry in the journal. The pack's own fields are saved by it."""
    pack.version += 1
    pack.save()
    PackStep.objects.create(pack=pack, move=move, reasons=reasons, digest=pack.digest, at=by.at, by=by.actor)
    act = Act.COLLECTED if move is PackMove.MADE else Act.ALTERED
    said = {**(texts or {}), **({"reasons": reasons} if reasons else {})}
    enter(by, matter, act, f"{move.words[0].lower()}{move.words[1:]}: pack {pack.ref}, {pack.audience}", on, said)


def enter(
    by: Viewer, matter: MatterParts, act: Act, summary: str, on: date, texts: Mapping[str, object] | None = None
) -> None:
    """One entry in the journal about the matter."""
    said = [(matter.ref, dict(texts))] if texts else ()
    journal.record(by=by, act=act, kind=RecordKind.MATTER, key=matter.ref, summary=summary, on=on, texts=said)


def _stale(what: str, read: int, now: int) -> str:
    return (
        f"Somebody changed this {what} after you read it: you read version {read} and it is at version {now}."
        " Nothing of yours was written. Read it again, then act."
    )
