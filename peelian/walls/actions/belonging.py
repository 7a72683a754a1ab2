"""Where a user belongs: their unit, and who in the register of people they are. Nobody changes their own."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.actions.heads import take_as_head
from peelian.walls.actions.places import end_place
from peelian.walls.actions.users import not_oneself, user_row
from peelian.walls.managed import open_keys, visible_keys
from peelian.walls.models import FromOutside, Place, User
from peelian.walls.powers import must_hold, must_say
from peelian.walls.queries import viewer_for

BECAUSE = "a user is another person in the register from now on"


@transaction.atomic
def move_user(*, by: Viewer, user_ref: str, unit_id: int | None, reason: str, on: date) -> None:
    """Change the unit a user works in (None for no unit); a supervisor there sees what nobody in it owns yet.

    `unit_id`: a key that the caller found. Needs MANAGE_USERS, and not for oneself. Raises NotValid without a reason or
    where it is their unit already, NotFound, NotAllowed.
    """
    user, reason = _changed(by, user_ref, reason)
    if user.unit_id == unit_id:
        raise NotValid("unit", "This is their unit now.")
    if unit_id and FromOutside.objects.filter(user=user, to_on__isnull=True).exists():
        raise NotValid("unit", "They come from outside this force, so belong to no unit of it.")
    user.unit_id = unit_id
    user.save(update_fields=["unit_id"])
    _journal(by, user, "changed the unit of a user" if unit_id else "took a user out of their unit", reason, on)


@transaction.atomic
def say_who_user_is(*, by: Viewer, user_ref: str, person_id: int | None, reason: str, on: date) -> None:
    """Say which person in the register a user is, or that they are none (None). Nothing comes back of what follows.

    From that moment the walls keep them out of every record in which that person is involved or to whose people they
    are tied, and their places on such records end. Where they are a head of professional standards, open records that
    concern that person become sensitive (`heads.take_as_head`). Needs MANAGE_USERS, and not for oneself. Raises
    NotValid without a reason, for somebody who has a user already or where nothing changes; NotFound, NotAllowed.
    """
    user, reason = _changed(by, user_ref, reason)
    if user.person_id == person_id:
        raise NotValid("person", "This is what stands now.")
    if person_id is not None and User.objects.filter(person_id=person_id, is_active=True).exists():
        raise NotValid("person", "This person already has a user.")
    user.person_id = person_id
    user.save(update_fields=["person_id"])
    words = "said which person in the register a user is" if person_id else "said that a user is nobody in the register"
    _journal(by, user, words, reason, on)
    if user.is_active:
        _end_barred_places(by, user, on)
    take_as_head(by, user, on)


@transaction.atomic
def say_where_user_comes_from(*, by: Viewer, user_ref: str, body: str, words: str, on: date) -> None:
    """Say from which other force or body a user comes, or with nothing that they come from this one. LES-33.

    `words`: how that is known, such as the letter that lends them. Needs MANAGE_USERS, and not for oneself. Raises
    NotValid without words, where it stands so now, or for somebody in a unit of this force; NotFound, NotAllowed.
    """
    user, words = _changed(by, user_ref, words, why="Say how that is known.", field="words")
    body = sound("body", body, most=120)
    stands = FromOutside.objects.filter(user=user, to_on__isnull=True).first()
    if body == (stands.body if stands else ""):
        raise NotValid("body", "This is what stands now.")
    if body and user.unit_id:
        raise NotValid("body", "They belong to a unit of this force. Take them out of it first.")
    if stands:
        stands.to_on = max(on, stands.from_on)
        stands.save(update_fields=["to_on"])
    if body:
        FromOutside.objects.create(user=user, body=body, words=words, from_on=on, recorded_by=by.actor)
    _journal(by, user, f"said that a user comes from {body or 'this force'}", words, on)


def _changed(
    by: Viewer, user_ref: str, reason: str, *, why: str = "Say why.", field: str = "reason"
) -> tuple[User, str]:
    must_hold(by, Permission.MANAGE_USERS)
    user = user_row(user_ref)
    not_oneself(by, user)
    return user, must_say(reason, why=why, field=field)


def _end_barred_places(by: Viewer, user: User, on: date) -> None:
    """End the user's places on records that are closed to the person they are."""
    viewer = viewer_for(user.pk, at=by.at)
    everything = system("walls", at=by.at, because=BECAUSE)
    for place in Place.objects.filter(user=user, to_on__isnull=True).order_by("kind", "record_id", "capacity"):
        kind = RecordKind(place.kind)
        if open_keys(kind, viewer).filter(pk=place.record_id).exists():
            continue
        record_ref = visible_keys(kind, everything).values_list("ref", flat=True).get(pk=place.record_id)
        end_place(
            by=by,
            kind=kind,
            record_id=place.record_id,
            record_ref=record_ref,
            user_id=user.pk,
            capacity=Capacity(place.capacity),
            on=on,
            reason="They are involved in it themselves, or tied to somebody who is.",
            because=BECAUSE,
        )


def _journal(by: Viewer, user: User, summary: str, reason: str, on: date) -> None:
    texts = [(user.ref, {"reason": reason})]
    journal.record(by=by, act=Act.ALTERED, kind=RecordKind.USER, key=user.ref, summary=summary, on=on, texts=texts)
