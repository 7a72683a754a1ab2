"""Asking another force for somebody, where nobody here may have the place."""

from datetime import date

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter
from peelian.matters.models import OutsideAnswer, OutsideRequest
from peelian.rules.outside import OutsideGround
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.managed import visible_keys
from peelian.walls.powers import must_hold


@transaction.atomic
def ask_another_force(
    *,
    by: Viewer,
    matter_ref: str,
    capacity: Capacity,
    ground: OutsideGround,
    force: str,
    reasons: str,
    owner_ref: str,
    due_on: date,
    on: date,
) -> str:
    """Prepare a request to another force; returns its reference. Needs ALLOCATE.

    `owner_ref`: the user who follows it up, and who must be able to see the matter; `due_on`: by when an answer is
    wanted. CI-3, LES-25, LES-33. Raises NotValid, NotFound.
    """
    must_hold(by, Permission.ALLOCATE)
    matter = held_matter(by, matter_ref, None)
    force = sound("force", force, most=80, needed="Say which force is asked.")
    reasons = sound("reasons", reasons, most=2000, needed="Say why another force is asked.")
    not_ahead(by, on)
    if due_on <= on:
        raise NotValid("due_on", "The answer is due after the day of the request.")
    owner = users.user_by_ref(owner_ref)
    viewer = users.viewer_for(owner.id, at=by.at)
    if not visible_keys(RecordKind.MATTER, viewer).filter(pk=matter.pk).exists():
        raise NotValid("owner", "Choose somebody who may see this matter.")
    ref = new_reference("PO")
    OutsideRequest.objects.create(
        ref=ref,
        matter=matter,
        capacity=capacity,
        ground=ground,
        force=force,
        reasons=reasons,
        owner_id=owner.id,
        due_on=due_on,
        on=on,
        recorded_by=by.actor,
    )
    summary = f"prepared a request to another force for {capacity.words.lower()}"
    texts = [(matter.ref, {"force": force, "reasons": reasons})]
    enter(by, matter, Act.COLLECTED, summary, on=on, texts=texts, decision=ground.law)
    return ref


@transaction.atomic
def record_outside_answer(*, by: Viewer, matter_ref: str, request_ref: str, agreed: bool, words: str, on: date) -> None:
    """Record what the other force answered. Needs ALLOCATE. Raises NotFound, NotValid where it has answered."""
    must_hold(by, Permission.ALLOCATE)
    matter = held_matter(by, matter_ref, None)
    request = OutsideRequest.objects.filter(matter=matter, ref=request_ref).select_related("answer").first()
    if request is None:
        raise NotFound(f"request {request_ref}")
    if getattr(request, "answer", None):
        raise NotValid("words", "The answer is recorded already.")
    words = sound("words", words, most=2000, needed="Say what they answered: who will do it, or why not.")
    if not request.on <= on <= by.today:
        raise NotValid("on", "Give a day from the day of the request until today.")
    OutsideAnswer.objects.create(request=request, agreed=agreed, words=words, on=on, recorded_by=by.actor)
    summary = "recorded that another force agreed" if agreed else "recorded that another force declined"
    enter(by, matter, Act.ALTERED, summary, on=on, texts=[(matter.ref, {"answer": words})])
