"""Hand-overs: proposed by whoever gives, accepted by whoever takes; with an outsider, signed by two of ours."""

from datetime import date

from django.db import transaction

from peelian.evidence.actions.held import ANSWER, HAND_OVER, enter, not_before, row
from peelian.evidence.models import HandOver, HandOverAnswer, Placement
from peelian.evidence.standing import LAW, Standing, must_hold_it, must_stand, one_standing
from peelian.evidence.taking import may_accept, may_be_taken_in
from peelian.matters import queries as matters
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.powers import must_hold

TWO_OF_OURS = "Local rule: what leaves the force or comes back is signed by two of ours"


@transaction.atomic
def hand_over(
    *, by: Viewer, exhibit_ref: str, receiver_ref: str = "", outside: str = "", reasons: str, on: date
) -> str:
    """Propose to hand an exhibit over; returns the reference of the hand-over. Nothing moves until it is accepted.

    `receiver_ref`: one of ours; or `outside`: somebody outside the force in words, and then another of ours signs.
    Needs KEEP_EVIDENCE. Raises NotFound; NotAllowed for whoever does not hold it; NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    reasons = sound("reasons", reasons, most=2000, needed="Say why it is handed over.")
    outside = sound("outside", outside, most=200)
    if bool(receiver_ref) == bool(outside):
        raise NotValid("receiver", "Choose one of ours, or say who outside the force takes it.")
    receiver_id = _receiver(by, held, receiver_ref) if receiver_ref else None
    words = {"reasons": reasons, "receiver": outside}
    said = row(by, held.exhibit.matter_ref, HAND_OVER, on, **words)
    made = HandOver.objects.create(**said, exhibit=held.exhibit, giver_id=by.user_id, receiver_id=receiver_id)
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"proposed a hand-over of the exhibit {exhibit_ref}", on, **words)
    return str(made.ref)


@transaction.atomic
def take_in(*, by: Viewer, exhibit_ref: str, reasons: str, on: date) -> str:
    """Take an exhibit from somebody outside the force, or from one of ours who can no longer sign in; another of ours
    signs. Returns the reference of the hand-over. Needs KEEP_EVIDENCE. Raises NotFound, NotAllowed, NotValid."""
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_stand(held)
    if held.pending is not None:
        raise NotAllowed(Refusal("A hand-over of this exhibit waits for its answer. It is answered first.", LAW))
    if not may_be_taken_in(held) or by.user_id is None:
        raise NotAllowed(Refusal("Somebody of ours holds this exhibit. Ask them to hand it over.", LAW))
    not_before(by, held, on)
    reasons = sound("reasons", reasons, most=2000, needed="Say how it came back, and in which state.")
    giver = held.holder_outside if held.holder_id is None else users.users_by_id([held.holder_id])[held.holder_id].name
    words = {"reasons": reasons, "giver": giver}
    said = row(by, held.exhibit.matter_ref, HAND_OVER, on, **words)
    made = HandOver.objects.create(**said, exhibit=held.exhibit, giver_id=None, receiver_id=by.user_id)
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"proposed to take in the exhibit {exhibit_ref}", on, **words)
    return str(made.ref)


@transaction.atomic
def accept(*, by: Viewer, exhibit_ref: str, hand_over_ref: str, on: date) -> None:
    """Accept a hand-over: as its receiver, or as the second of ours where one side is outside. Needs KEEP_EVIDENCE.

    What goes outside leaves its storage unit. Raises NotFound for anything but the one that waits; NotAllowed for
    anybody else; NotValid for a day before the hand-over.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held, pending = _pending(by, exhibit_ref, hand_over_ref)
    if not may_accept(by, pending):
        if pending.giver_id is None or pending.receiver_id is None:
            raise NotAllowed(Refusal("Another of ours signs this: not whoever wrote it.", TWO_OF_OURS))
        raise NotAllowed(Refusal("Only the person it is handed to can accept it.", LAW))
    not_before(by, held, on)
    matter_ref = held.exhibit.matter_ref
    HandOverAnswer.objects.create(**row(by, matter_ref, ANSWER, on), hand_over=pending, accepted=True)
    if pending.receiver_id is None and held.placement is not None:
        Placement.objects.create(
            exhibit=held.exhibit, unit=None, on=on, recorded_at=by.at, recorded_by=by.actor, shelf=""
        )
    enter(by, matter_ref, Act.ALTERED, f"accepted the exhibit {exhibit_ref}: hand-over {hand_over_ref}", on)


@transaction.atomic
def decline(*, by: Viewer, exhibit_ref: str, hand_over_ref: str, reasons: str, on: date) -> None:
    """Decline a hand-over, or take it back as the one who proposed it: the exhibit stays where it is. Needs
    KEEP_EVIDENCE. Raises NotFound, NotAllowed, NotValid without reasons."""
    must_hold(by, Permission.KEEP_EVIDENCE)
    held, pending = _pending(by, exhibit_ref, hand_over_ref)
    if not may_accept(by, pending) and pending.recorded_by != by.actor:
        raise NotAllowed(Refusal("Only giver and receiver can end this hand-over.", LAW))
    not_before(by, held, on)
    reasons = sound("reasons", reasons, most=2000, needed="Say why it is not handed over.")
    said = row(by, held.exhibit.matter_ref, ANSWER, on, reasons=reasons)
    HandOverAnswer.objects.create(**said, hand_over=pending, accepted=False)
    summary = f"declined or took back the hand-over {hand_over_ref} of the exhibit {exhibit_ref}"
    enter(by, held.exhibit.matter_ref, Act.ALTERED, summary, on, reasons=reasons)


def _receiver(by: Viewer, held: Standing, receiver_ref: str) -> int:
    """The key of somebody who keeps evidence and may see the matter. One sentence for all who may not have it."""
    wrong = NotValid("receiver", "Choose somebody else of ours: this person cannot receive it.")
    try:
        receiver = users.viewer_for(users.user_by_ref(receiver_ref).id, at=by.at)
        matters.key_of(receiver, held.exhibit.matter_ref)
    except NotFound:
        raise wrong from None
    if receiver.user_id is None or receiver.user_id == by.user_id or not receiver.may(Permission.KEEP_EVIDENCE):
        raise wrong
    return receiver.user_id


def _pending(by: Viewer, exhibit_ref: str, hand_over_ref: str) -> tuple[Standing, HandOver]:
    held = one_standing(by, exhibit_ref, locked=True)
    if held.pending is None or held.pending.ref != hand_over_ref:
        raise NotFound(f"hand-over {hand_over_ref}, waiting")
    return held, held.pending
