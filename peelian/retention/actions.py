"""Choosing a schedule, holding, reviewing, and disposing of a record: proposed by one person, agreed to by another."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.contact import actions as contact
from peelian.evidence import actions as evidence
from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.journal import actions as journal
from peelian.matches import actions as matches
from peelian.matters import actions as matters
from peelian.retention.models import Answered, Chosen, Disposal, Hold, Lifted, Reviewed
from peelian.retention.records import (
    LAW,
    MATTER,
    PAIR,
    Record,
    held_schedules,
    intake_became_matter,
    record,
    stands_open,
    told,
)
from peelian.retention.rows import EraseMatter
from peelian.retention.standing import Standing, standing
from peelian.rules.retention import years_after
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold, must_say

KEEPERS = (Permission.ERASE, Permission.COUNTERSIGN)
LONGEST_YEARS = 10  # from one review to the next: mopi_group_1
SECOND = "Local rule: a disposal is proposed by one person and agreed to by another"
WENT: dict[str, tuple[str, ...]] = {
    RecordKind.MATTER.value: (
        "The heading, the narrative and the words of the allegations, with their index and what loads kept of them",
        "Its files, with their names and hashes, and what was said of its exhibits and submissions: their keys were"
        " destroyed",
        "Contact plans, wishes, what was said of rights and referrals, and what was told through the view of one’s own"
        " matter, but for what became a matter of its own or is held; keys to that view ended",
        "The journal’s personal texts about the matter: their key was destroyed",
    ),
    RecordKind.INTAKE_ITEM.value: (
        "The words of the intake item, its heading and who it came from, with their index",
        "The journal’s personal texts about the item: their key was destroyed",
    ),
    RecordKind.PAIR.value: (
        "Both sides as compared, the words for and against, what the source says of the record, and its number",
        "The reasons of every judgement, second word, result and rule: their key was destroyed",
        "The journal’s personal texts about the pair: their key was destroyed",
    ),
}
STAYS: dict[str, tuple[str, ...]] = {
    RecordKind.MATTER.value: (
        "That the matter was, its dates, kind, people, coded categories and outcomes, for patterns and for figures",
        "That contact plans, wishes, offers and referrals were, and when, with the answer given",
        "That exhibits were, their marks, seals and places, who held them when, and how each ended",
        "Decisions with their reasons, letters as issued, what was said of its dated events",
        "The journal’s chain: who did what and when, without the words",
        "Files outside Peelian: exports taken away, what the source holds, backups until they expire",
    ),
    RecordKind.INTAKE_ITEM.value: (
        "That the item arrived and how it was assessed, with the reasons",
        "The journal’s chain: who did what and when, without the words",
        "Files outside Peelian: exports taken away, backups until they expire",
    ),
    RecordKind.PAIR.value: (
        "Who of the workforce was put beside a record of which source, how runs graded it, and a name of the record"
        " that tells nothing, by which a later run knows it again",
        "Whether it was judged, how, when and by whom, and what followed: the figures of a run come out as before",
        "An intake item or a matter that came of it: each is kept by its own schedule",
        "What vetting weighed of it, in a line, and why: it stands with the decision that rests on it",
        "The journal’s chain; texts written under the person’s own key before pairs had keys of theirs",
        "Files outside Peelian: the store of the wash (peelian wash forget), what the source holds, exports, backups",
    ),
}


@transaction.atomic
def choose_schedule(*, by: Viewer, kind: str, ref: str, schedule: str, reasons: str, on: date) -> None:
    """Keep a record by another schedule than the rule proposes. Needs ERASE or COUNTERSIGN.

    Raises NotFound; NotValid for a schedule that is not for such a record, without reasons, on a day ahead; NotAllowed
    where it was disposed of or a disposal waits.
    """
    found, now = _standing(by, kind, ref, KEEPERS)
    chosen = held_schedules().get(schedule)
    if chosen is None or kind not in chosen.kinds:
        raise NotValid("schedule", "Choose one of the schedules.")
    _must_not_wait(now)
    given = _said(by, found, reasons, on, why="Say why this schedule is the right one.")
    Chosen.objects.create(**given, schedule=schedule)
    _enter(by, found, Act.ALTERED, f"chose a schedule of retention: {schedule}", given)


@transaction.atomic
def hold(*, by: Viewer, kind: str, ref: str, reasons: str, on: date) -> str:
    """Set a legal hold: nothing of the record goes until it is lifted; returns its reference. Needs ERASE or
    COUNTERSIGN. Raises NotFound, NotValid without reasons or where one stands, NotAllowed where it was disposed of."""
    found, now = _standing(by, kind, ref, KEEPERS)
    if now.hold is not None:
        raise NotValid("reasons", "A legal hold stands already.")
    given = _said(by, found, reasons, on, why="Say for which case, claim or inquiry it is held.")
    row = Hold.objects.create(**given, ref=new_reference("PH"))
    _enter(by, found, Act.ALTERED, "set a legal hold", given)
    return str(row.ref)


@transaction.atomic
def lift(*, by: Viewer, kind: str, ref: str, reasons: str, on: date) -> None:
    """Lift the legal hold on a record. Needs ERASE or COUNTERSIGN. Raises NotFound, NotValid without reasons or where
    none stands, on a day before it was set or ahead."""
    found, now = _standing(by, kind, ref, KEEPERS)
    if now.hold is None:
        raise NotValid("reasons", "No legal hold stands.")
    given = _said(by, found, reasons, on, why="Say why nothing asks for the hold any longer.")
    if on < now.hold.on:
        raise NotValid("on", "It is lifted on or after the day it was set.")
    kept = {key: given[key] for key in ("reasons", "on", "recorded_at", "recorded_by")}
    Lifted.objects.create(hold=now.hold, **kept)
    _enter(by, found, Act.ALTERED, "lifted a legal hold", given)


@transaction.atomic
def keep(*, by: Viewer, kind: str, ref: str, until: date, reasons: str, on: date) -> None:
    """Record that a record was reviewed and is kept until its next review on `until`, at most ten years on.

    Needs ERASE or COUNTERSIGN. Raises NotFound, NotValid, NotAllowed where it was disposed of or a disposal waits.
    """
    found, now = _standing(by, kind, ref, KEEPERS)
    _must_not_wait(now)
    given = _said(by, found, reasons, on, why="Say why it is kept.")
    if not on < until <= years_after(on, LONGEST_YEARS):
        raise NotValid("until", f"Give a day after the review, at most {LONGEST_YEARS} years on.")
    Reviewed.objects.create(**given, until=until)
    _enter(by, found, Act.ALTERED, f"reviewed and kept until {until.isoformat()}", given)


@transaction.atomic
def propose(*, by: Viewer, kind: str, ref: str, reasons: str, on: date) -> str:
    """Propose that a record is disposed of; returns the reference of the proposal. Needs ERASE.

    Raises NotFound; NotAllowed before its schedule allows it and while something stands open; NotValid.
    """
    found, now = _standing(by, kind, ref, (Permission.ERASE,))
    _must_not_wait(now)
    _must_be_free(by, found, now)
    held = held_schedules()
    given = _said(by, found, reasons, on, why="Say why nothing asks for these words any longer.")
    row = Disposal.objects.create(
        **given,
        ref=new_reference("PZ"),
        schedule=now.schedule(held, found).key,
        not_before=now.keeping(held, found).value.not_before,
    )
    _enter(by, found, Act.ALTERED, f"proposed a disposal: {row.ref}", given)
    return str(row.ref)


@transaction.atomic
def answer(
    *,
    by: Viewer,
    kind: str,
    ref: str,
    agreed: bool,
    reasons: str,
    on: date,
    erase_matter: EraseMatter = matters.erase_narrative,
) -> None:
    """Agree to a proposed disposal, which then happens, or send it back. Needs COUNTERSIGN.

    `erase_matter`: erases the words of a matter; a page gives the one that writes the files of loads anew too. Raises
    NotFound; NotAllowed for whoever proposed it, and where meanwhile something stands open; NotValid where none waits.
    """
    found, now = _standing(by, kind, ref, (Permission.COUNTERSIGN,))
    if now.proposal is None:
        raise NotValid("reasons", "No disposal of this record waits for a second person.")
    if now.proposal.recorded_by == by.actor:
        raise NotAllowed(Refusal("You proposed this disposal: somebody else must agree to it.", SECOND))
    given = _said(by, found, reasons, on, why="Say why you agree, or why it goes back.")
    if on < now.proposal.on:
        raise NotValid("on", "It is answered on or after the day it was proposed.")
    went: tuple[str, ...] = ()
    if agreed:
        _must_be_free(by, found, now)
        went = _dispose(by, found, now.proposal, on, erase_matter)
    kept = {key: given[key] for key in ("reasons", "on", "recorded_at", "recorded_by")}
    stays = STAYS[kind] if agreed else ()
    Answered.objects.create(disposal=now.proposal, agreed=agreed, went=list(went), stays=list(stays), **kept)
    summary = f"{'agreed to' if agreed else 'sent back'} a disposal: {now.proposal.ref}"
    _enter(by, found, Act.GRANTED if agreed else Act.WITHDRAWN, summary, given)


def _dispose(by: Viewer, found: Record, proposal: Any, on: date, erase_matter: EraseMatter) -> tuple[str, ...]:
    """Erase what the record says, as the system for the two people; what went, in words."""
    because = f"Disposal {proposal.ref} on schedule {proposal.schedule}, by two people"
    acting = system("retention", at=by.at, because=because)
    if found.kind == PAIR:
        matches.dispose_of_pair(by=acting, pair_ref=found.ref, reason=because, on=on)
        return WENT[found.kind]
    if found.kind != MATTER:
        intake.erase_words(by=acting, item_ref=found.ref, reason=because, on=on)
        return WENT[found.kind]
    contact.erase_contact(by=acting, matter_ref=found.ref, reason=because, on=on)
    evidence.erase_evidence(by=acting, matter_ref=found.ref, reason=because, on=on)
    erase_matter(by=acting, matter_ref=found.ref, version=found.version, reason=because, on=on)
    went = WENT[found.kind]
    for item in told(by, found):
        if _goes_with_matter(item):
            intake.erase_words(by=acting, item_ref=item.ref, reason=because, on=on)
    for item_ref in items.item_refs(acting, [found.item_id or 0]).values():
        intake.erase_words(by=acting, item_ref=item_ref, reason=because, on=on)
        went = (*went, *WENT[RecordKind.INTAKE_ITEM.value])
    return went


def _goes_with_matter(item: Record) -> bool:
    """An item told of a matter goes with it, unless it became a matter of its own, is held, or went already."""
    now = standing(item.kind, [item.id])[item.id]
    return not intake_became_matter(item) and now.hold is None and now.disposed is None


def _standing(by: Viewer, kind: str, ref: str, powers: tuple[Permission, ...]) -> tuple[Record, Standing]:
    must_hold(by, *powers)
    found = record(by, kind, ref)
    now = standing(kind, [found.id])[found.id]
    if now.disposed is not None:
        raise NotAllowed(Refusal(f"This record was disposed of: certificate {now.disposed.ref}.", LAW))
    return found, now


def _must_not_wait(now: Standing) -> None:
    if now.proposal is not None:
        raise NotAllowed(Refusal("A disposal of this record waits for a second person. It is answered first.", SECOND))


def _must_be_free(by: Viewer, found: Record, now: Standing) -> None:
    held = held_schedules()
    day = now.keeping(held, found).value.not_before
    if day is not None and by.today < day:
        label = now.schedule(held, found).label
        raise NotAllowed(Refusal(f"Its schedule ({label}) keeps it until {date_words(day)}.", LAW))
    for refusal in stands_open(by, found, is_held=now.hold is not None):
        raise NotAllowed(refusal)


def _said(by: Viewer, found: Record, reasons: str, on: date, *, why: str) -> dict[str, Any]:
    not_ahead(by, on)
    return {
        "record_kind": found.kind,
        "record_id": found.id,
        "record_ref": found.ref,
        "reasons": must_say(reasons, why=why, field="reasons"),
        "on": on,
        "recorded_at": by.at,
        "recorded_by": by.actor,
    }


def _enter(by: Viewer, found: Record, act: Act, summary: str, given: dict[str, Any]) -> None:
    journal.record(
        by=by,
        act=act,
        kind=RecordKind(found.kind),
        key=found.ref,
        summary=summary,
        on=given["on"],
        texts=[(f"{found.ref}/retention", {"reasons": given["reasons"]})],  # a key of its own: it outlives the record's
    )
