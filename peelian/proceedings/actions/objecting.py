"""The officer objects to somebody who sits or advises, and the appropriate authority answers."""

from datetime import date

from django.db import transaction

from peelian.proceedings.actions.held import enter, must_lie_within, stamp, take
from peelian.proceedings.actions.seating import depart, member_of
from peelian.proceedings.facts import held
from peelian.proceedings.models import Objection, ObjectionAnswer
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

OBJECTIONS = "SI 2020/4 reg 30(3)-(6)"


@transaction.atomic
def record_objection(
    *, by: Viewer, matter_ref: str, proceeding_ref: str, member_ref: str, grounds: str, on: date
) -> str:
    """Record that the officer objects to somebody, and why; returns the reference. Needs RECORD_EVENT.

    Takes the step `panel_objection`. Raises NotFound, NotValid; NotAllowed before the officer was told who sits.
    """
    must_hold(by, Permission.RECORD_EVENT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    member = member_of(one, member_ref)
    grounds = sound("grounds", grounds, needed="Write down the grounds, in the officer’s words.")
    objection = Objection.objects.create(ref=new_reference("PK"), member=member, grounds=grounds, **stamp(by, on))
    texts = {"objects to": member.name, "grounds": grounds}
    enter(by, one, Act.COLLECTED, "recorded an objection to a panel member", on=on, texts=texts)
    take(by, one, "panel_objection", "made", grounds, on)
    return str(objection.ref)


@transaction.atomic
def answer_objection(
    *, by: Viewer, matter_ref: str, proceeding_ref: str, objection_ref: str, upheld: bool, reasons: str, on: date
) -> None:
    """Decide on an objection, in writing. Needs DETERMINE (and ALLOCATE where the member has a place).

    Where it is upheld the member no longer sits: somebody else is named, and the officer is told again. Takes the step
    `objection_decided`. Raises NotFound, NotValid; NotAllowed for the member whom it is about.
    """
    must_hold(by, Permission.DETERMINE)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    objection = Objection.objects.filter(member__proceeding=one.row, ref=objection_ref).select_related("member").first()
    if objection is None:
        raise NotFound(f"objection {objection_ref}")
    if objection.member.user_id is not None and objection.member.user_id == by.user_id:
        raise NotAllowed(Refusal("The objection is to you: somebody else decides on it.", OBJECTIONS))
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise NotValid("objection", "This objection was decided already.")
    if on < objection.on:
        raise NotValid("on", "The objection had not been made on this day.")
    reasons = sound("reasons", reasons, needed="Give the reasons, which the officer is told in writing.")
    ObjectionAnswer.objects.create(objection=objection, upheld=upheld, reasons=reasons, **stamp(by, on))
    texts = {"objection": objection.ref, "reasons": reasons}
    decision = "upheld" if upheld else "not upheld"
    enter(by, one, Act.ALTERED, "decided on an objection to a panel member", on=on, texts=texts, decision=decision)
    take(by, one, "objection_decided", "upheld" if upheld else "not_upheld", reasons, on)
    if upheld and not hasattr(objection.member, "departure"):
        depart(by, one, objection.member, f"The officer’s objection was upheld: {reasons}", on)
