"""Marking somebody on a matter as not to be named in what leaves it, and lifting the mark."""

from datetime import date

from django.db import IntegrityError, transaction

from peelian.journal import actions as journal
from peelian.publish.facts import Around, around
from peelian.publish.models import ProtectedIdentity
from peelian.publish.states import Ground
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def mark_protected(*, by: Viewer, matter_ref: str, person_key: str, ground: Ground, reason: str, on: date) -> None:
    """Mark somebody on a matter as not to be named in a letter to anyone else. Needs WRITE_LETTERS or APPROVE_LETTERS.

    Raises NotFound, NotValid without a reason, for nobody on the matter, or where they are marked already.
    """
    must_hold(by, Permission.WRITE_LETTERS, Permission.APPROVE_LETTERS)
    not_ahead(by, on)
    place = around(by, matter_ref)
    person = next((one for one in place.parts.people if one.key == person_key), None)
    if person is None:
        raise NotValid("person", "Choose a person on this matter.")
    reason = sound("reason", must_say(reason, why="Say why they may not be named."), most=300)
    try:
        with transaction.atomic():
            ProtectedIdentity.objects.create(
                matter_id=place.parts.id,
                involvement_id=person.id,
                ground=ground,
                reason=reason,
                marked_on=on,
                marked_by=by.actor,
            )
    except IntegrityError as error:
        raise NotValid("person", "They are marked already.") from error
    _enter(by, place, Act.ALTERED, "marked an identity as protected", person_key, reason, on)


@transaction.atomic
def lift_protection(*, by: Viewer, matter_ref: str, person_key: str, reason: str, on: date) -> None:
    """Lift a mark; what the law protects stays protected. Needs APPROVE_LETTERS. Raises NotFound, NotValid."""
    must_hold(by, Permission.APPROVE_LETTERS)
    not_ahead(by, on)
    place = around(by, matter_ref)
    keys = [one.id for one in place.parts.people if one.key == person_key]
    held = ProtectedIdentity.objects.filter(involvement_id__in=keys, lifted_on__isnull=True).first()
    if held is None:
        raise NotFound(f"a mark on {person_key}")
    held.lifted_reason = sound("reason", must_say(reason, why="Say why the mark is lifted."), most=300)
    held.lifted_on = on
    held.save(update_fields=["lifted_on", "lifted_reason"])
    _enter(by, place, Act.ALTERED, "lifted the mark of a protected identity", person_key, held.lifted_reason, on)


def _enter(by: Viewer, place: Around, act: Act, summary: str, person_key: str, reason: str, on: date) -> None:
    texts = [(place.parts.ref, {"person": person_key, "reason": reason})]
    journal.record(by=by, act=act, kind=RecordKind.MATTER, key=place.parts.ref, summary=summary, on=on, texts=texts)
