"""Keys to the view of one's own matter: given by staff, opened by the person, and what the person tells us there."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from peelian.clocks.owners import owners_of
from peelian.contact.held import OWED_PARTS, acting_on, enter, row_of, somebody, written
from peelian.contact.keys import LOCKED_AFTER, opened_by_id, person_viewer, standing_keys, wrong_in_a_row
from peelian.contact.models import Message, ViewKey, ViewKeyEnd, ViewKeyTry
from peelian.contact.rows import NewKey, OpenedKey
from peelian.contact.tries import LAW, give_back, take_place
from peelian.intake import actions as intake
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.people import queries as people
from peelian.terms import references
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity, Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid, Refusal
from peelian.terms.typed import LONGEST, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.queries import viewer_for

HASHER = "argon2"
NOBODY = make_password("K7QW9-3XDMP", hasher=HASHER)  # tried for a reference that opens nothing, to take as long
WRONG = Refusal("The reference or the code is not right.", "Local rule: a key to one’s own view")
TOO_MANY = Refusal(f"{WRONG.reason} It was one too many from one address, which has to wait.", LAW)


@transaction.atomic
def give_key(
    *, by: Viewer, matter_ref: str, person_key: str, reasons: str, words_are_theirs: bool = False, on: date
) -> NewKey:
    """Give somebody a key to the view of their own matter; a key they held before ends. Needs RECORD_EVENT.

    The code is in what this returns and is kept nowhere. `words_are_theirs`: whoever gives it has read what the matter
    came of and says that it is in this person's own words, so that it may be shown to them. Raises NotFound, also for
    an officer concerned; NotValid for somebody to whom the law owes no news, or who is not known by name.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    if person.part not in OWED_PARTS or not person.person_id:
        raise NotValid("person", "A view is given to a complainant or an interested person whom we know by name.")
    reasons = sound("reasons", reasons, needed="Say why it is given, or why it is renewed.")
    for held in standing_keys(person.id):
        end(by, matter, held, "Another was given.", on)
    code = references.draw()
    new = ViewKey(
        **row_of(by, matter, person, on),
        reference=references.new_reference("PV"),
        code_hash=make_password(bare(code), hasher=HASHER),
        words_are_theirs=words_are_theirs,
    )
    key = written(matter, new, reasons=reasons)
    text = {"reference": key.reference, "reasons": reasons}
    enter(by, matter, person, "gave a key to the view of one's own matter", text, on=on, act=Act.GRANTED)
    return NewKey(key.reference, code)


@transaction.atomic
def end_key(*, by: Viewer, matter_ref: str, person_key: str, reasons: str, on: date) -> None:
    """End the key that somebody holds. Needs RECORD_EVENT. Raises NotFound, NotValid where they hold none."""
    matter, person = acting_on(by, matter_ref, person_key, on)
    reasons = sound("reasons", reasons, needed="Say why it is ended.")
    held = standing_keys(person.id)
    if not held:
        raise NotValid("reasons", "They hold no key.")
    for key in held:
        end(by, matter, key, reasons, on)
    said = {"reasons": reasons}
    enter(by, matter, person, "ended a key to the view of one's own matter", said, on=on, act=Act.WITHDRAWN)


def open_key(*, reference: str, code: str, address: str, at: datetime) -> OpenedKey | None:
    """Open the view with a reference and its code; None alike for whatever is not right.

    A wrong code is counted, and the fifth in a row locks the key until staff give another. `address`: the network
    address it came from; after too many wrong tries from one it has to wait, whatever it types. Each failure is written
    to the journal as a refusal, and so is the beginning of a wait; a try while one waits is neither looked at nor
    written. What they then read is `look`ed at. It takes as long for a reference nobody holds. Raises Waits.
    """
    place = take_place(address, at=at)
    with transaction.atomic():
        key = ViewKey.objects.filter(reference=references.read_reference(reference)).select_for_update().first()
        is_right = check_password(bare(code), key.code_hash if key else NOBODY)
        stands = key is not None and key in standing_keys(key.involvement_id) and wrong_in_a_row(key) < LOCKED_AFTER
        if key is not None and stands:
            ViewKeyTry.objects.create(key=key, was_right=is_right, at=at)
    opened = opened_by_id(key.pk, at=at) if key is not None and stands and is_right else None
    if opened is None:
        visitor = system("own-view", at=at, because="somebody tried a reference and a code")
        refusal = TOO_MANY if place.locks else WRONG
        journal.refused(by=visitor, kind=RecordKind.LIST, key="own-view", refusal=refusal)
        return None
    give_back(place)
    return opened


def look(opened: OpenedKey, *, at: datetime) -> None:
    """Write to the journal that somebody read the view of their own matter."""
    summary = "read the view of their own matter"
    journal.look(by=person_viewer(opened, at=at), kind=RecordKind.MATTER, key=opened.matter_ref, summary=summary)


@transaction.atomic
def tell(*, opened: OpenedKey, words: str, is_unsafe: bool, at: datetime) -> str:
    """Take in what somebody tells us through the view of their own matter, word for word; returns the item's reference.

    It comes in through the intake, answered for by whoever owns the matter, kept from everybody whom the matter
    concerns; where the matter is sensitive, so is it. `is_unsafe`: a way of reaching them is not safe any more; nothing
    leaves until their contact plan is agreed anew. Raises NotValid without words.
    """
    by = person_viewer(opened, at=at)
    matter, person = somebody(by, opened.matter_ref, opened.person_key)
    if not words.strip():
        raise NotValid("words", "Write what you want to tell us.")
    if len(words) > LONGEST:
        raise NotValid("words", f"Use {LONGEST:,} characters or fewer. You can send another message.")
    kept_out = _concerned(matter)
    given: dict[str, Any] = {
        "channel": "online",
        "words": words,
        "heading": f"Told us through their own view, about {matter.ref}",
        "received_on": by.today,
        "from_person_id": person.person_id,
        "never_show_to": kept_out,
        "sensitive_reason": matters.matter(by, matter.ref).sensitive_reason,
        "about_key": matter.ref,
    }
    try:
        with transaction.atomic():
            owner = _who_answers(by, matter, {key for key, _ in kept_out})
            item_ref = intake.receive(by=by, owner_id=owner, **given)
    except NotValid as refused:
        if refused.field != "owner":
            raise
        item_ref = intake.receive(by=by, **given)  # tied to somebody concerned: it waits for whoever assesses
    Message.objects.create(**row_of(by, matter, person, by.today), item_ref=item_ref, is_unsafe=is_unsafe)
    summary = "told us that a way of reaching them is not safe" if is_unsafe else "told us something"
    enter(by, matter, person, summary, {"item": item_ref}, on=by.today)
    return item_ref


def end(by: Viewer, matter: MatterParts, key: ViewKey, reasons: str, on: date) -> None:
    """Part of an act: a key ends."""
    row = ViewKeyEnd(key=key, on=on, recorded_at=by.at, recorded_by=by.actor)
    written(matter, row, reasons=reasons)


def _concerned(matter: MatterParts) -> tuple[tuple[int, str], ...]:
    keys = {one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id}
    return tuple((key, "concerned in the matter that it is about") for key in sorted(key for key in keys if key))


def _who_answers(by: Viewer, matter: MatterParts, kept_out: set[int]) -> int | None:
    """Who owns the matter, if they may read what has arrived; else nobody yet, and it waits for whoever assesses."""
    owner = owners_of(by, [matter], people.unit_by_id(by)).of(matter, Capacity.HANDLER)
    if owner.user_id is None:
        return None
    able = viewer_for(owner.user_id, at=by.at)
    return owner.user_id if able.may(Permission.READ_INTAKE) and able.person_id not in kept_out else None


def bare(code: str) -> str:
    """A code as it is compared: capitals, without dashes or blanks."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
