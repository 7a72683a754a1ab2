"""Putting things on the schedule, describing and deciding them, and the second person's reading."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.actions.held import enter, held_item
from peelian.disclosure.models import Item, ItemVersion, SecondReading
from peelian.disclosure.sources import sources_of
from peelian.disclosure.states import Decision, ItemKind
from peelian.evidence import actions as evidence
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.rules.disclosure import UnknownGround, ground, needs_second_person, review_on
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

SECOND = "Local rule: nobody confirms what they decided themselves"


@transaction.atomic
def schedule_sources(*, by: Viewer, matter_ref: str, sources: Sequence[str], on: date) -> tuple[str, ...]:
    """Put files, exhibits and letters of a matter on its schedule, in that order; returns the references of the items.

    Each begins as used, not sensitive, not decided. Needs DISCLOSE. Raises NotFound; NotValid for none, for what is no
    part of the matter, and for what is on the schedule already.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, held = matters.parts(by, matter_ref), sources_of(by, matter_ref)
    if not sources:
        raise NotValid("sources", "Choose what goes on the schedule.")
    on_it = set(Item.objects.filter(matter_id=matter.id).values_list("source", flat=True))
    found = []
    for source in dict.fromkeys(sources):
        if source not in held or held[source].is_gone:
            raise NotValid("sources", "Choose from what the matter holds.")
        if source in on_it:
            raise NotValid("sources", f"It is on the schedule already: {held[source].name}.")
        found.append(_added(by, matter, held[source].kind, source, held[source].name, on, is_used=True))
    return tuple(found)


@evidence.whole_or_nothing()
@transaction.atomic
def schedule_passage(*, by: Viewer, matter_ref: str, title: str, text: str, is_used: bool = True, on: date) -> str:
    """Write a passage down, keep it as a file of its own, and put it on the schedule; returns the item's reference.

    Needs DISCLOSE and KEEP_EVIDENCE. Raises NotFound, NotValid without title or words.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter = matters.parts(by, matter_ref)
    title = sound("title", title, most=200, needed="Say what it is.")
    text = sound("text", text, most=200_000, needed="Write the words down.")
    source = evidence.keep(by=by, matter_ref=matter_ref, name=title, content=text.encode(), on=on)
    return _added(by, matter, ItemKind.PASSAGE, source, title, on, is_used=is_used)


@transaction.atomic
def decide(
    *,
    by: Viewer,
    matter_ref: str,
    item_ref: str,
    version: int,
    title: str,
    is_used: bool,
    is_sensitive: bool,
    decision: Decision,
    grounds: Sequence[str] = (),
    reasons: str = "",
    on: date,
) -> int:
    """Describe an item and decide on it; returns the number of the new version. The ones before stay as they were.

    `version`: the number that was read. What is kept back needs a ground of the law at least and reasons (SI 2020/4
    reg 6); the day by when a harm is looked at again follows from them. Needs DISCLOSE. Raises NotFound, StaleRecord,
    NotValid.
    """
    must_hold(by, Permission.DISCLOSE)
    not_ahead(by, on)
    matter, item, now = held_item(by, matter_ref, item_ref, version)
    if on < now.on:
        raise NotValid("on", "It was decided on or after the day of the decision before.")
    title = sound("title", title, most=300, needed="Describe it, so that who reads the schedule knows what it is.")
    named = list(dict.fromkeys(grounds)) if decision.keeps_back else []
    if decision.keeps_back:
        reasons = must_say(reasons, why="Say why, for this item: what harm giving it would do.", field="reasons")
        if not named:
            raise NotValid("grounds", "Choose the ground, or decide to disclose it. Law: SI 2020/4 reg 6.")
        _must_be_known(named, on)
    made = ItemVersion.objects.create(
        item=item,
        number=now.number + 1,
        title=title,
        is_used=is_used,
        is_sensitive=is_sensitive,
        decision=decision,
        grounds=" ".join(named),
        reasons=sound("reasons", reasons),
        review_on=review_on(law_in_force(), named, on).value,
        on=on,
        at=by.at,
        by=by.actor,
    )
    said = {"title": title, "grounds": named, "reasons": reasons, "used": is_used, "sensitive": is_sensitive}
    enter(by, matter, Act.ALTERED, f"decided on item {item.ref} of the schedule: {decision}", on, said)
    return int(made.number)


@transaction.atomic
def read_second(
    *, by: Viewer, matter_ref: str, item_ref: str, version: int, agrees: bool, reasons: str, on: date
) -> None:
    """Say, as the second person, whether something is rightly withheld. Needs APPROVE_DISCLOSURE.

    Raises NotFound, StaleRecord; NotAllowed for whoever decided it; NotValid without reasons, where nobody asks for a
    second person, and where one has said so already.
    """
    must_hold(by, Permission.APPROVE_DISCLOSURE)
    not_ahead(by, on)
    matter, item, now = held_item(by, matter_ref, item_ref, version)
    if not needs_second_person(law_in_force(), now.decision):
        raise NotValid("item", "Nothing was decided here that a second person reads.")
    if now.by == by.actor:
        raise NotAllowed(Refusal("You decided this. Somebody else confirms it.", SECOND))
    if SecondReading.objects.filter(version=now).exists():
        raise NotValid("item", "A second person has read this decision already.")
    reasons = sound("reasons", must_say(reasons, why="Say why you agree or not.", field="reasons"))
    SecondReading.objects.create(version=now, agrees=agrees, reasons=reasons, on=on, at=by.at, by=by.actor)
    verb = "confirmed" if agrees else "did not confirm"
    summary = f"{verb} a decision on item {item.ref}, version {now.number}: {now.decision}"
    enter(by, matter, Act.ALTERED, summary, on, {"reasons": reasons})


def _added(by: Viewer, matter: MatterParts, kind: ItemKind, source: str, title: str, on: date, *, is_used: bool) -> str:
    number = Item.objects.filter(matter_id=matter.id).aggregate(last=Max("number"))["last"] or 0
    item: Any = Item.objects.create(
        ref=new_reference("PS"),
        matter_id=matter.id,
        number=number + 1,
        kind=kind,
        source=source,
        added_at=by.at,
        added_by=by.actor,
    )
    ItemVersion.objects.create(
        item=item,
        number=1,
        title=title[:300],
        is_used=is_used,
        is_sensitive=False,
        decision=Decision.UNDECIDED,
        on=on,
        at=by.at,
        by=by.actor,
    )
    enter(by, matter, Act.COLLECTED, f"scheduled item {item.ref}: {kind} {source}", on, {"title": title})
    return str(item.ref)


def _must_be_known(keys: Sequence[str], on: date) -> None:
    try:
        for key in keys:
            ground(law_in_force(), key, on)
    except UnknownGround:
        raise NotValid("grounds", "Choose from the grounds that are offered.") from None
