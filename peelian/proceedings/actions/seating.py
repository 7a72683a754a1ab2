"""Who sits: named to a seat by what makes them eligible, and standing down."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.matters import actions as matters
from peelian.matters import queries as known
from peelian.people import queries as people
from peelian.people.queries.serving import kinds_and_leaving, last_ranks
from peelian.proceedings import facts
from peelian.proceedings.actions.held import enter, must_lie_within, stamp
from peelian.proceedings.facts import Held, edition_on, held, officer_and_sitters, sitter, sitting
from peelian.proceedings.models import Departure, PanelMember
from peelian.rules.panels import may_sit, seats, took_part
from peelian.statute import Row
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.powers import must_hold
from peelian.walls.rows import UserRow


@transaction.atomic
def name_member(
    *,
    by: Viewer,
    matter_ref: str,
    proceeding_ref: str,
    seat: str,
    qualification: str,
    known_by: str,
    on: date,
    user_ref: str = "",
    person_ref: str = "",
    name: str = "",
) -> str:
    """Name somebody to a seat; returns the reference. Needs DETERMINE, and ALLOCATE for a user without a place.

    One of `user_ref` (they sign in here), `person_ref` (in the register) or `name` (from outside). `qualification`: by
    what they may take the seat; `known_by`: how that, and that they have no interest in the case, is known. A user is
    given a place on the matter as panel member, and signs. Raises NotAllowed with the reason and law for somebody who
    may not sit or is not independent; NotValid, NotFound.
    """
    must_hold(by, Permission.DETERMINE)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    user = users.user_by_ref(user_ref) if user_ref else None
    person_id, called = _who(by, user, person_ref, name)
    sits = sitting([one.row.pk])[one.row.pk]
    row = _open_seat(by, one, seat, sits, on)
    if any((person_id and other.person_id == person_id) or other.name == called for other in sits):
        raise NotValid("name", f"{called} sits already.")
    ranks = last_ranks([person_id], on) if person_id else {}
    kinds = kinds_and_leaving([person_id], because=facts.BECAUSE) if person_id else {}
    officer, _ = officer_and_sitters(by, one, (), on)
    refusal = may_sit(law(), row, qualification, sitter(person_id, kinds, ranks), officer, on)
    if refusal:
        raise NotAllowed(Refusal(f"{called}: {refusal.reason}", refusal.law))
    _must_be_independent(by, one, user, person_id, called, on)
    member = PanelMember.objects.create(
        ref=new_reference("PB"),
        proceeding=one.row,
        seat=seat,
        qualification=qualification,
        person_id=person_id,
        user_id=user.id if user else None,
        name=called,
        rank=ranks.get(person_id or 0, ""),
        known_by=sound("known_by", known_by, needed="Say how it is known that they qualify and are independent."),
        **stamp(by, on),
    )
    texts = {"name": called, "known by": member.known_by}
    enter(by, one, Act.GRANTED, f"named to a panel: {seat}", on=on, texts=texts, decision=qualification)
    return str(member.ref)


@transaction.atomic
def stand_down(*, by: Viewer, matter_ref: str, proceeding_ref: str, member_ref: str, reasons: str, on: date) -> None:
    """Say that somebody no longer sits, from a day, and why. Needs DETERMINE, and ALLOCATE where they have a place.

    Raises NotFound, NotValid, NotAllowed.
    """
    must_hold(by, Permission.DETERMINE)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    depart(by, one, member_of(one, member_ref), sound("reasons", reasons, needed="Say why they no longer sit."), on)


def member_of(one: Held, member_ref: str) -> Any:
    """Somebody who sits. Raises NotFound for nobody of this reference, and for one who has left."""
    for member in sitting([one.row.pk])[one.row.pk]:
        if member.ref == member_ref:
            return member
    raise NotFound(f"panel member {member_ref}")


def depart(by: Viewer, one: Held, member: Any, reasons: str, on: date) -> None:
    """Write the departure and end the place on the matter, where they have one."""
    Departure.objects.create(member=member, reasons=reasons, **stamp(by, on))
    enter(by, one, Act.WITHDRAWN, f"no longer sits: {member.seat}", on=on, texts={"name": member.name, "why": reasons})
    if member.user_id is not None and _has_place(one, member.user_id):
        user = users.users_by_id([member.user_id])[member.user_id]
        matters.end_place(
            by=by,
            matter_ref=one.matter.ref,
            user_ref=user.ref,
            capacity=Capacity.PANEL_MEMBER,
            reason=reasons[:300],
            on=on,
        )


def _who(by: Viewer, user: UserRow | None, person_ref: str, name: str) -> tuple[int | None, str]:
    """Their key in the register, where they are in it, and their name."""
    if user is not None:
        return user.person_id, user.name
    if person_ref:
        person_id = people.ids(by, [person_ref]).get(person_ref)
        if person_id is None:
            raise NotValid("person", "Choose somebody from the register.")
        return person_id, people.line(by, person_ref).name
    return None, sound("name", name, needed="Say who it is: a user, somebody in the register, or a name.", most=200)


def _open_seat(by: Viewer, one: Held, seat: str, sits: list[Any], on: date) -> Row:
    edition = edition_on(by, one.matter, on).value
    if edition is None:
        raise NotAllowed(facts.NO_EDITION)
    officer, _ = officer_and_sitters(by, one, (), on)
    for row in seats(law(), one.row.forum, edition.key, officer.standing(law())):
        if row.key == seat:
            if sum(member.seat == seat for member in sits) >= int(row.get("most", 0)):
                raise NotValid("seat", f"“{row.title}” is taken. Whoever sits there stands down first.")
            return row
    raise NotValid("seat", "Choose a seat that the edition governing these proceedings has.")


def _must_be_independent(
    by: Viewer, one: Held, user: UserRow | None, person_id: int | None, called: str, on: date
) -> None:
    """Raises NotAllowed with the first ground that may be told. A user with a place had theirs looked at then."""
    if user is not None:
        if refusal := took_part(one.forum, decisions.takers(by, one.matter.ref), f"user:{user.ref}"):
            raise NotAllowed(Refusal(f"{called}: {refusal.reason}", refusal.law))
        if not _has_place(one, user.id):
            matters.allocate(by=by, matter_ref=one.matter.ref, user_ref=user.ref, capacity=Capacity.PANEL_MEMBER, on=on)
        return
    if person_id is not None:
        grounds = known.why_not_placed(by, one.matter.ref, None, person_id, Capacity.PANEL_MEMBER, on)
        if grounds:
            raise NotAllowed(Refusal(f"{called}: {grounds[0].reason}", grounds[0].law))


def _has_place(one: Held, user_id: int) -> bool:
    return any(
        row.user.id == user_id and row.capacity is Capacity.PANEL_MEMBER and row.to_on is None
        for row in users.places_on(RecordKind.MATTER, one.matter.id)
    )
