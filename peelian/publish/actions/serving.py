"""Recording how an issued letter was served: the day it counts as given, and the steps and events that this makes."""

from datetime import date, time
from typing import Any

from django.db import transaction

from peelian.clocks import actions as clocks
from peelian.contact import actions as contact
from peelian.decisions import queries as decisions
from peelian.decisions.rows import ByLetter, ServedStep
from peelian.proceedings import actions as proceedings
from peelian.publish.actions.held import held_letter, moved, must_have_panel
from peelian.publish.facts import Around
from peelian.publish.models import Issued, Served
from peelian.publish.states import LetterState, Move
from peelian.rules.answers import Answer
from peelian.rules.contact import Outgoing
from peelian.rules.service import Way, publication, served_on, ways
from peelian.statute import BeyondTheTable
from peelian.terms.acts import Act
from peelian.terms.known_dates import KnownDate
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

NEEDS_ADDRESS = ("post", "email")


@transaction.atomic
def serve(
    *,
    by: Viewer,
    matter_ref: str,
    letter_ref: str,
    version: int,
    way: str,
    address: str = "",
    sent_on: date,
    sent_at: time | None = None,
    safety_read: bool = False,
    outcome: str = "",
    note: str = "",
) -> date:
    """Record how and when an issued letter was served; returns the day on which it counts as served. SI 2020/4 reg 9.

    It takes the steps of casework that this service is (the notice is given, the outcome told), with every check of
    theirs, and the step keeps the letter: nobody records it twice. `outcome`: the key of the outcome of such a step,
    where the letter leaves more than one. Needs WRITE_LETTERS and the powers of those steps, or RECORD_EVENT for what
    no step records. `way`: a key of `queries.serving`. `sent_at`: the hour, London, wanted where a way is safe at some
    hours alone. `safety_read`: whoever serves it has read when and how that way is safe. Raises NotFound, StaleLetter;
    NotAllowed for what breaks the addressee's contact plan or what they asked for, and for a step that may not be
    taken: nothing is served then; NotValid for a way that the law does not allow on that day, a missing address, hour
    or outcome, or a limit of safety that was not read.
    """
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.ISSUED)
    issued = Issued.objects.get(letter=letter)
    not_ahead(by, sent_on, field="sent_on")
    if sent_on < issued.issued_on:
        raise NotValid("sent_on", "It was sent on or after the day on which it was issued.")
    must_have_panel(by, place, letter, issued.records.split())
    chosen = _way(place, letter, issued, way, sent_on)
    address = _address(chosen, address)
    addressee = place.person(letter.addressee_id)
    if addressee and chosen.channel:
        message = Outgoing(chosen.channel, address, sent_on, sent_at, issued.text, safety_read)
        contact.must_be_safe(by=by, matter=place.parts, person=addressee, message=message)
    answer = _counted(place, chosen, sent_on)
    assert answer.value is not None  # the way was in force on that day
    events = _record(by, place, letter, issued, sent_on, answer.value, outcome)
    Served.objects.create(
        letter=letter,
        way=chosen.key,
        way_words=chosen.words,
        address=address,
        sent_on=sent_on,
        sent_at=sent_at,
        served_on=answer.value,
        law=answer.law,
        unverified=answer.unverified,
        note=sound("note", note),
        events=" ".join(events),
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    letter.state = LetterState.SERVED
    said = {"way": chosen.words, "address": address, "sent on": _moment(sent_on, sent_at), "note": note}
    moved(by, place, letter, Move.SERVED, on=sent_on, act=Act.DISCLOSED, texts=said)
    return answer.value


def _counted(place: Around, chosen: Way, sent_on: date) -> Answer[date | None]:
    try:
        return served_on(place.law, chosen.key, sent_on)
    except BeyondTheTable as beyond:
        raise NotValid("sent_on", f"{beyond}.") from beyond


def _address(chosen: Way, address: str) -> str:
    address = sound("address", address, most=300)
    if chosen.channel in NEEDS_ADDRESS and not address:
        raise NotValid("address", "Say to which address it was sent.")
    return address


def _way(place: Around, letter: Any, issued: Issued, key: str, sent_on: date) -> Way:
    if letter.addressee_id is None and not letter.body:
        offered = publication(place.law, sent_on)
    else:
        offered = ways(place.law, sent_on, under_conduct=issued.is_conduct_notice)
    for one in offered:
        if one.key == key:
            return one
    raise NotValid("way", "The law did not allow this way of service for this letter on that day. Choose another.")


def _moment(sent_on: date, sent_at: time | None) -> str:
    return f"{sent_on.isoformat()} {sent_at:%H:%M}" if sent_at else sent_on.isoformat()


def _record(
    by: Viewer, place: Around, letter: Any, issued: Issued, sent_on: date, served: date, outcome: str
) -> list[str]:
    """The steps that this service is, and the events that no step records; references of decisions and events."""
    counts_on = sent_on if issued.counts == "sent" else served
    person = place.person(letter.addressee_id or letter.about_id)
    key, records = person.key if person else "", issued.records.split()
    found, steps = list[str](), decisions.served_steps(by, place.parts.ref, records, key)
    said = f"Letter {letter.ref}: {letter.title}"
    for event in records:
        if event in steps:
            found.append(_take(by, place, steps[event], ByLetter(letter.ref, counts_on), said, sent_on, outcome))
            continue
        found.append(
            clocks.record_service(
                by=by,
                matter_ref=place.parts.ref,
                key=event,
                on=KnownDate(counts_on),
                person_key=key if place.law.events[event].needs_person else "",
                note=said,
            )
        )
    return list(dict.fromkeys(found))


def _take(
    by: Viewer, place: Around, served: ServedStep, letter: ByLetter, said: str, sent_on: date, outcome: str
) -> str:
    """Take one step by the service of a letter. Raises NotAllowed with the reason of the step."""
    if served.refusal:
        why = f"Serving this letter is the step “{served.step.words}”, which cannot be taken now."
        raise NotAllowed(Refusal(f"{why} {served.refusal.reason}", served.refusal.law))
    chosen = [one for one in served.options if len(served.options) == 1 or one.key == outcome]
    if not chosen:
        raise NotValid("outcome", f"Say which it is: {' or '.join(one.words for one in served.options)}.")
    return proceedings.decide(
        by=by,
        matter_ref=place.parts.ref,
        step=served.step.key,
        option=chosen[0].key,
        person_key=served.person_key,
        reasons=f"{said}, was served.",
        on=sent_on,
        replaces=served.standing,
        letter=letter,
    )
