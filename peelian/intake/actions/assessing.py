"""What was decided about an item: by a person, once, with reasons. Nothing here assesses."""

from datetime import date

from django.db import transaction

from peelian.intake.actions.owning import KIND, must_be_able, name_on, open_only_to_named, text_of
from peelian.intake.erasing import overwrite
from peelian.intake.models import Item, KeptOut
from peelian.journal import actions as journal
from peelian.search import actions as search
from peelian.terms.acts import Act
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions import tether
from peelian.walls.powers import must_hold, must_say
from peelian.walls.queries import actor_names

ASSESSMENT_LAW = "SI 2020/2; IOPC Statutory Guidance, chapter 6"
ERASED = "(erased)"


@transaction.atomic
def mark_recorded(*, by: Viewer, item_id: int, reasons: str, on: date) -> None:
    """Say that an item was recorded as a matter: part of the act that records it. Needs ASSESS or RECORD_MATTER.

    Raises NotFound, NotValid without reasons, NotAllowed where somebody has assessed it already (two assessors at
    once: the second is told, and the whole act falls).
    """
    must_hold(by, Permission.ASSESS, Permission.RECORD_MATTER)
    item = visible(by, pk=item_id)
    assess(by, item, Item.State.MATTER, reasons, on, "recorded an item as a matter")


@transaction.atomic
def give_owner(*, by: Viewer, item_ref: str, owner_id: int, reason: str, on: date) -> None:
    """Make another user answer for an item that waits. Needs ASSESS.

    Raises NotFound, NotValid for a user who cannot see items, NotAllowed for one whom the item concerns.
    """
    must_hold(by, Permission.ASSESS)
    item = visible(by, ref=item_ref)
    reason = must_say(reason, why="Say why the owner changes.")
    if item.state != Item.State.AWAITING:
        raise NotAllowed(Refusal("This item has been assessed; its owner no longer changes.", ASSESSMENT_LAW))
    item.owner_id = owner_id
    item.save(update_fields=["owner_id"])
    owner = must_be_able(by, item)
    if item.sensitive_on:
        name_on(by, item, owner_id, on)
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary=f"made {owner} the owner",
        on=on,
        texts=[(item.ref, {"reason": reason})],
    )


@transaction.atomic
def keep_out(*, by: Viewer, item_ref: str, person_id: int, ground: str, on: date) -> None:
    """Keep a person out of an item, and of what comes of it, for good. Needs ASSESS.

    Raises NotFound, NotValid without a ground, or where the owner would be kept out: give it another owner first.
    """
    must_hold(by, Permission.ASSESS)
    item = visible(by, ref=item_ref)
    ground = must_say(ground, why="Say why this person must never see it.", field="ground")
    KeptOut.objects.create(item=item, person_id=person_id, ground=ground[:200])
    tether(person_ids=[person_id], kind=KIND, record_id=item.pk)
    if item.owner_id is not None:
        must_be_able(by, item)
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary="kept a person out",
        on=on,
        texts=[(item.ref, {"ground": ground})],
    )
    open_only_to_named(by, item, "", [(person_id, ground)], on)


@transaction.atomic
def erase_words(*, by: Viewer, item_ref: str, reason: str, on: date) -> None:
    """Erase what an item says, here, in the index and in the journal's texts; that it came and went stays.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. Raises NotFound, NotValid without a reason.
    """
    must_hold(by, Permission.ERASE)
    item = visible(by, ref=item_ref)
    reason = must_say(reason, why="Say why these words are erased.")
    overwrite()
    item.words, item.heading, item.from_words = "", ERASED, ""
    item.save(update_fields=["words", "heading", "from_words"])
    search.forget(KIND, item.pk)
    journal.erase_subject(by=by, kind=KIND, subject_key=item.ref, reason=reason, on=on, text_is_elsewhere=True)


def visible(by: Viewer, **key: object) -> Item:
    """The item, if the viewer may see it; for this room. Raises NotFound."""
    item = Item.objects.visible_to(by).filter(**key).first()
    if not isinstance(item, Item):
        raise NotFound("no such item")
    return item


def assess(
    by: Viewer, item: Item, state: Item.State, reasons: str, on: date, summary: str, *, assessed_by: str = ""
) -> None:
    """Write what became of an item, once. `assessed_by`: another than `by`, who asked for it and `by` agreed."""
    reasons = must_say(text_of("reasons", reasons), why="Give the reasons.", field="reasons")
    if on < item.received_on or on > by.today:
        raise NotValid("on", "It is assessed on or after the day it arrived, and not after today.")
    waiting = Item.objects.as_system(because="to assess an item once").filter(pk=item.pk, state=Item.State.AWAITING)
    if not waiting.update(state=state, assessed_on=on, assessed_by=assessed_by or by.actor, reasons=reasons):
        item.refresh_from_db()
        raise NotAllowed(Refusal(_already(item), ASSESSMENT_LAW))
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary=summary,
        on=on,
        texts=[(item.ref, {"reasons": reasons})],
    )


def _already(item: Item) -> str:
    who = actor_names([item.assessed_by])[item.assessed_by]
    when = date_words(item.assessed_on) if item.assessed_on else "an unknown day"
    return f"{who} has assessed this item already, on {when}: {Item.State(item.state).label.lower()}."
