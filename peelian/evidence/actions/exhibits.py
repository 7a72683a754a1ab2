"""Booking exhibits in, sealing them, attaching files to them."""

from datetime import date

from django.db import transaction

from peelian.evidence.actions.held import EXHIBIT, SEALING, enter, not_before, row
from peelian.evidence.models import Attached, Exhibit, Sealing
from peelian.evidence.queries.files import held_file
from peelian.evidence.standing import must_hold_it, must_stand, one_standing
from peelian.matters import queries as matters
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

USERS_ONLY = Refusal("An exhibit is held by a person, not by the system.", "Local rule: chain of custody")


@transaction.atomic
def book_in(
    *,
    by: Viewer,
    matter_ref: str,
    mark: str,
    description: str,
    where: str,
    found_by: str,
    found_on: date,
    seal: str = "",
    on: date,
) -> str:
    """Book an exhibit in; returns its reference. Whoever books it in holds it from then. Needs KEEP_EVIDENCE.

    `mark`: such as `KMT/1`, one of its kind on the matter. `where`, `found_by`: where it was found or produced, and by
    whom. `seal`: the number on its bag. Raises NotFound, NotValid, NotAllowed for the system.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    if by.user_id is None:
        raise NotAllowed(USERS_ONLY)
    matter_id = matters.key_of(by, matter_ref)
    mark = sound("mark", mark, most=30, needed="Give the exhibit its mark, such as KMT/1.").upper()
    description = sound("description", description, most=2000, needed="Say what it is.")
    where = sound("where", where, most=300, needed="Say where it was found or produced.")
    found_by = sound("found_by", found_by, most=120, needed="Say who found or produced it.")
    seal = sound("seal", seal, most=40)
    not_ahead(by, on)
    if found_on > on:
        raise NotValid("found_on", "It was found or produced on or before the day it is booked in.")
    if Exhibit.objects.filter(matter_id=matter_id, mark=mark).exists():
        raise NotValid("mark", "This matter has an exhibit with this mark. Give it the next number.")
    words = {"description": description, "where": where, "found_by": found_by}
    exhibit = Exhibit.objects.create(
        **row(by, matter_ref, EXHIBIT, on, **words),
        matter_id=matter_id,
        matter_ref=matter_ref,
        mark=mark,
        found_on=found_on,
        holder_id=by.user_id,
    )
    if seal:
        Sealing.objects.create(**row(by, matter_ref, SEALING, on), exhibit=exhibit, number=seal, is_broken=False)
    enter(by, matter_ref, Act.COLLECTED, f"booked in the exhibit {exhibit.ref}", on, mark=mark, seal=seal, **words)
    return str(exhibit.ref)


@transaction.atomic
def put_seal(*, by: Viewer, exhibit_ref: str, number: str, on: date) -> None:
    """Put a seal on an exhibit that has none. Needs KEEP_EVIDENCE.

    Raises NotFound; NotAllowed for whoever does not hold it; NotValid without a number or where a seal is on it.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    number = sound("number", number, most=40, needed="Give the number of the seal.")
    if held.seal:
        raise NotValid("number", f"Seal {held.seal} is on it. Record first that it was broken.")
    if any(one.number == number for one in held.sealings):
        raise NotValid("number", "This seal was on it before. A seal is used once.")
    said = row(by, held.exhibit.matter_ref, SEALING, on)
    Sealing.objects.create(**said, exhibit=held.exhibit, number=number, is_broken=False)
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"sealed the exhibit {exhibit_ref}", on, number=number)


@transaction.atomic
def break_seal(*, by: Viewer, exhibit_ref: str, reasons: str, new_number: str = "", on: date) -> None:
    """Record that the seal was broken, and why; `new_number`: of the seal put on afterwards. Needs KEEP_EVIDENCE.

    Raises NotFound; NotAllowed for whoever does not hold it; NotValid without reasons or where no seal is on it.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    reasons = sound("reasons", reasons, most=2000, needed="Say why the seal was broken.")
    new_number = sound("new_number", new_number, most=40)
    if not held.seal:
        raise NotValid("reasons", "No seal is on this exhibit.")
    if any(one.number == new_number for one in held.sealings):
        raise NotValid("new_number", "This seal was on it before. A seal is used once.")
    matter_ref, exhibit, number = held.exhibit.matter_ref, held.exhibit, held.seal
    said = row(by, matter_ref, SEALING, on, reasons=reasons)
    Sealing.objects.create(**said, exhibit=exhibit, number=number, is_broken=True)
    if new_number:
        Sealing.objects.create(**row(by, matter_ref, SEALING, on), exhibit=exhibit, number=new_number, is_broken=False)
    words = {"number": number, "reasons": reasons, "new": new_number}
    enter(by, matter_ref, Act.ALTERED, f"broke a seal of the exhibit {exhibit_ref}", on, **words)


@transaction.atomic
def attach(*, by: Viewer, exhibit_ref: str, file_ref: str, on: date) -> None:
    """Say that a file of the matter shows or is about an exhibit. Needs KEEP_EVIDENCE.

    Raises NotFound; NotAllowed once it is gone; NotValid for a file of another matter or one attached already.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    not_ahead(by, on)
    held, file = one_standing(by, exhibit_ref, locked=True), held_file(by, file_ref)
    must_stand(held)
    if file.matter_id != held.exhibit.matter_id:
        raise NotValid("file", "Choose a file of the same matter.")
    if file.pk in held.file_ids:
        raise NotValid("file", "This file is attached already.")
    Attached.objects.create(exhibit=held.exhibit, file=file, recorded_at=by.at, recorded_by=by.actor)
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"attached the file {file_ref} to the exhibit {exhibit_ref}", on)
