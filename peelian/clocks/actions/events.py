"""Recording what happened on a matter and when. Events are never changed: a correction is a new event."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from peelian import statute
from peelian.clocks.law import law
from peelian.clocks.models import Event
from peelian.clocks.recordable import EXTENDED, NOT_BY_HAND, SHORTENED, fits, follows_a_decision
from peelian.journal import actions as journal
from peelian.matters.queries import MatterParts, parts
from peelian.rules import may_shorten
from peelian.statute import UnknownClock
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import LONDON, Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def record_event(
    *,
    by: Viewer,
    matter_ref: str,
    key: str,
    on: KnownDate,
    at: datetime | None = None,
    person_key: str = "",
    note: str = "",
) -> str:
    """Record that something happened on a matter; returns the event's reference. Needs RECORD_EVENT.

    `key`: a key of `statute/events.toml` that fits the kind of matter. `on`: when it happened, as well as it is known.
    `at`: the moment, where the law counts hours. `person_key`: for whom (see `may_record`), where it is owed to each.
    Raises NotFound, NotValid; NotAllowed for what only a decision records: it is taken in casework.
    """
    must_hold(by, Permission.RECORD_EVENT)
    matter = parts(by, matter_ref)
    row = _row(matter, key)
    if key in follows_a_decision():
        raise NotAllowed(Refusal(f"“{row.words}” follows from a decision: take it in the casework.", row.law))
    _must_be_possible(by, row, on, at)
    involvement_id = _involvement(matter, row, person_key)
    return write(by, matter, key=key, on=on, at=at, involvement_id=involvement_id, note=note.strip())


@transaction.atomic
def record_past_event(
    *,
    by: Viewer,
    matter_ref: str,
    key: str,
    on: KnownDate,
    at: datetime | None = None,
    person_key: str = "",
    note: str,
) -> str:
    """Record what happened before its matter was worked on here, decisions of others too. Needs LOAD.

    The door for histories and outside records: no page has it. `note`: from where it is known, which must be said.
    Otherwise as `record_event`, which refuses what only a decision records. Raises NotFound, NotValid, NotAllowed.
    """
    must_hold(by, Permission.LOAD)
    matter = parts(by, matter_ref)
    row = _row(matter, key)
    note = must_say(note, why="Say from where it is known.", field="note")
    _must_be_possible(by, row, on, at)
    involvement_id = _involvement(matter, row, person_key)
    return write(by, matter, key=key, on=on, at=at, involvement_id=involvement_id, note=note)


@transaction.atomic
def record_service(
    *, by: Viewer, matter_ref: str, key: str, on: KnownDate, person_key: str = "", note: str = ""
) -> str:
    """Record the event of a letter that was served, for the room that serves it. Needs RECORD_EVENT.

    `on`: the day on which the law counts it as done, which may lie ahead. Raises NotFound, NotValid, NotAllowed.
    """
    must_hold(by, Permission.RECORD_EVENT)
    matter = parts(by, matter_ref)
    row = _row(matter, key)
    if on.earliest <= by.today:
        _must_be_possible(by, row, on, None)
    involvement_id = _involvement(matter, row, person_key)
    return write(by, matter, key=key, on=on, involvement_id=involvement_id, note=note.strip())


@transaction.atomic
def follow(
    *,
    by: Viewer,
    matter: MatterParts,
    key: str,
    on: date,
    involvement_id: int | None,
    note: str = "",
    deemed: bool = False,
) -> str:
    """Record an event that follows from a decision, for the room that took it; returns the event's reference.

    The power is that of the decision, which its action has checked. `key`: of `statute/events.toml`. `involvement_id`:
    for whom, left out where the event is not for one person. `deemed`: `on` is the day on which the law counts it as
    done, which may lie ahead. Raises NotValid for another day that has not come, unless it is one that is fixed ahead.
    """
    row = _row(matter, key)
    if not deemed or on <= by.today:
        _must_be_possible(by, row, KnownDate(on), None)
    for_one = involvement_id if row.needs_person else None
    return write(by, matter, key=key, on=KnownDate(on), involvement_id=for_one, note=note)


@transaction.atomic
def correct_event(
    *,
    by: Viewer,
    matter_ref: str,
    event_ref: str,
    on: KnownDate | None,
    at: datetime | None = None,
    reason: str,
) -> str:
    """Put another day in the place of an event's, or (`on` None) say that it did not happen. Needs RECORD_EVENT.

    Both stay to be read. Returns the reference of the correction. Raises NotFound, NotValid without a reason or where
    the event was corrected before (correct the correction).
    """
    must_hold(by, Permission.RECORD_EVENT)
    matter = parts(by, matter_ref)
    before = Event.objects.filter(matter_id=matter.id, ref=event_ref).first()
    if before is None:
        raise NotFound(f"event {event_ref}")
    if before.withdrawn or Event.objects.filter(corrects=before).exists():
        raise NotValid("event", "This event was corrected already. Correct the one that stands in its place.")
    reason = must_say(reason, why="Say why it is corrected.")
    if on is not None and before.key not in NOT_BY_HAND:
        _must_be_possible(by, _row(matter, before.key), on, at)
    day = on or KnownDate(before.on, Precision(before.precision))
    return write(
        by,
        matter,
        key=before.key,
        on=day,
        at=at if on is not None else before.at,
        involvement_id=before.involvement_id,
        note=reason,
        clock=before.clock,
        agreed_on=before.agreed_on,
        agreed_words=before.agreed_words,
        corrects=before,
        withdrawn=on is None,
    )


def agree_shorter(
    *,
    by: Viewer,
    matter_ref: str,
    clock: str,
    until_on: date,
    agreed_words: str,
    person_key: str = "",
    on: date,
) -> str:
    """Record that a period was shortened by agreement to end on `until_on`. SI 2020/4 regs 22, 48.

    `agreed_words`: who agreed. `on`: the day they did. Needs RECORD_EVENT. Raises NotFound, NotValid,
    NotAllowed for a period that no agreement can shorten.
    """
    return _change(by, SHORTENED, matter_ref, clock, until_on, agreed_words, person_key, on)


def extend_period(
    *,
    by: Viewer,
    matter_ref: str,
    clock: str,
    until_on: date,
    decided_words: str,
    person_key: str = "",
    on: date,
) -> str:
    """Record that whoever has the power to extended a period to end on `until_on`. As `agree_shorter`."""
    return _change(by, EXTENDED, matter_ref, clock, until_on, decided_words, person_key, on)


def write(
    by: Viewer,
    matter: MatterParts,
    *,
    key: str,
    on: KnownDate,
    at: datetime | None = None,
    involvement_id: int | None = None,
    note: str = "",
    clock: str = "",
    agreed_on: date | None = None,
    agreed_words: str = "",
    corrects: Any = None,
    withdrawn: bool = False,
) -> str:
    """One event and its entry in the journal, inside the caller's transaction. What it says has been checked."""
    if len(note) > 20_000 or "\x00" in note:
        raise NotValid("note", "Use 20,000 characters or fewer.")
    event = Event.objects.create(
        ref=new_reference("PE"),
        matter_id=matter.id,
        key=key,
        on=on.earliest,
        precision=on.precision,
        at=at,
        involvement_id=involvement_id,
        note=note,
        clock=clock,
        agreed_on=agreed_on,
        agreed_words=agreed_words,
        corrects=corrects,
        withdrawn=withdrawn,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    summary = f"recorded an event: {key}"
    if corrects is not None:
        summary = f"{'withdrew' if withdrawn else 'corrected'} an event: {key} ({corrects.ref})"
    journal.record(
        by=by,
        act=Act.COLLECTED if corrects is None else Act.ALTERED,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary=summary,
        on=on.earliest,
        texts=[(matter.ref, {"event": event.ref, "note": note, "agreed": agreed_words})],
    )
    return event.ref


@transaction.atomic
def _change(
    by: Viewer,
    key: str,
    matter_ref: str,
    clock: str,
    until_on: date,
    words: str,
    person_key: str,
    on: date,
) -> str:
    must_hold(by, Permission.RECORD_EVENT)
    matter = parts(by, matter_ref)
    row = _row(matter, key, by_action=True)
    _must_be_changeable(key, clock)
    words = must_say(words, why="Say who agreed or decided.", field="agreed_words")
    if len(words) > 300:
        raise NotValid("agreed_words", "Use 300 characters or fewer.")
    day = KnownDate(on)
    _must_be_possible(by, row, day, None)
    involvement_id = _involvement(matter, row, person_key)
    return write(
        by, matter, key=key, on=day, involvement_id=involvement_id, clock=clock, agreed_on=until_on, agreed_words=words
    )


def _must_be_changeable(key: str, clock: str) -> None:
    try:
        edition = law().editions(clock)[-1]
    except UnknownClock as error:
        raise NotValid("clock", "Choose one of the clocks of the law.") from error
    if key == SHORTENED:
        answer = may_shorten(edition, law().drives[clock].nature)
        if not answer.value:
            raise NotAllowed(Refusal(answer.because[-1], answer.law))
    elif not edition.extendable:
        raise NotAllowed(Refusal(f"Nobody has power to extend {clock}.", edition.law))


def _row(matter: MatterParts, key: str, *, by_action: bool = False) -> statute.Event:
    row = statute.product().events.get(key)
    if row is None or (key in NOT_BY_HAND and not by_action):
        raise NotValid("key", "Choose what happened from the list.")
    if not fits(row, matter.kind):
        raise NotValid("key", f"“{row.words}” is not recorded on this kind of matter: {matter.kind.words}.")
    return row


def _must_be_possible(by: Viewer, row: statute.Event, on: KnownDate, at: datetime | None) -> None:
    if on.earliest > by.today and not row.may_be_ahead:
        raise NotValid("on", "This day has not come yet.")
    if row.needs_moment and at is None:
        raise NotValid("at", "Give the time too: the law counts hours here.")
    if at is not None and (at.tzinfo is None or at.astimezone(LONDON).date() != on.earliest or not on.is_exact):
        raise NotValid("at", "The time must lie on the day.")


def _involvement(matter: MatterParts, row: statute.Event, person_key: str) -> int | None:
    if not person_key:
        if row.needs_person:
            raise NotValid("person", "Say for whom: this is owed to each person.")
        return None
    for one in matter.people:
        if one.key == person_key:
            return one.id
    raise NotValid("person", "Choose a person on this matter.")
