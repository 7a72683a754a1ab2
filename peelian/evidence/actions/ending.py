"""Returning and destroying exhibits: proposed by whoever holds one, done before a second person."""

from datetime import date

from django.db import transaction

from peelian.evidence.actions.held import ANSWER, ENDING, enter, not_before, row
from peelian.evidence.models import Ending, EndingAnswer, Placement
from peelian.evidence.queries.submissions import open_about
from peelian.evidence.standing import Standing, must_hold_it, one_standing
from peelian.evidence.states import EndingKind
from peelian.matters import queries as matters
from peelian.matters.holding import must_not_be_held
from peelian.terms.acts import Act
from peelian.terms.matters import MatterState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

SECOND = "Local rule: an exhibit is returned or destroyed by two people"
NOT_WHILE = "Local rule: nothing is destroyed while its matter is open, or goes while it is examined"


@transaction.atomic
def propose_ending(*, by: Viewer, exhibit_ref: str, kind: EndingKind, how: str, reasons: str, on: date) -> str:
    """Propose that an exhibit is returned or destroyed; returns the reference of the proposal. Needs KEEP_EVIDENCE.

    `how`: to whom, or in which way. Raises NotFound; NotAllowed for whoever does not hold it, while a legal hold stands
    on its matter or a submission of it is open, and for destruction while the matter is open; NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    asked = "Say to whom it is returned." if kind is EndingKind.RETURNED else "Say in which way it is destroyed."
    how = sound("how", how, most=300, needed=asked)
    reasons = sound("reasons", reasons, most=2000, needed="Say why nothing asks for it any longer.")
    _must_be_free(by, held, kind)
    words = {"how": how, "reasons": reasons}
    made = Ending.objects.create(
        **row(by, held.exhibit.matter_ref, ENDING, on, **words), exhibit=held.exhibit, kind=kind
    )
    summary = f"proposed that the exhibit {exhibit_ref} is {kind.value}"
    enter(by, held.exhibit.matter_ref, Act.ALTERED, summary, on, **words)
    return str(made.ref)


@transaction.atomic
def answer_ending(*, by: Viewer, exhibit_ref: str, ending_ref: str, agreed: bool, reasons: str, on: date) -> None:
    """Sign, as the second person, that an exhibit was returned or destroyed; or send the proposal back with reasons.

    Needs KEEP_EVIDENCE. Whoever proposed it may take it back. Raises NotFound, NotAllowed, NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    proposed = held.proposed
    if proposed is None or proposed.ref != ending_ref:
        raise NotFound(f"proposal {ending_ref}, waiting")
    if agreed and (proposed.recorded_by == by.actor or by.user_id is None):
        raise NotAllowed(Refusal("You proposed this: somebody else signs that it was done.", SECOND))
    not_before(by, held, on)
    reasons = sound("reasons", reasons, most=2000, needed="" if agreed else "Say why it goes back.")
    kind = EndingKind(proposed.kind)
    if agreed:
        _must_be_free(by, held, kind)
        if held.placement is not None:
            Placement.objects.create(
                exhibit=held.exhibit, unit=None, on=on, recorded_at=by.at, recorded_by=by.actor, shelf=""
            )
    said = row(by, held.exhibit.matter_ref, ANSWER, on, reasons=reasons)
    EndingAnswer.objects.create(**said, ending=proposed, agreed=agreed)
    done = (
        f"signed that the exhibit {exhibit_ref} was {kind.value}" if agreed else f"sent back the end of {exhibit_ref}"
    )
    enter(by, held.exhibit.matter_ref, Act.ALTERED, done, on, reasons=reasons)


def _must_be_free(by: Viewer, held: Standing, kind: EndingKind) -> None:
    must_not_be_held(held.exhibit.matter_id)
    if open_about(held.exhibit.pk):
        raise NotAllowed(Refusal("A laboratory or a digital unit still has a submission about it.", NOT_WHILE))
    if kind is EndingKind.DESTROYED:
        matter = matters.parts(by, held.exhibit.matter_ref)
        if matter.state is not MatterState.CLOSED:
            raise NotAllowed(Refusal("Its matter is open: nothing of it is destroyed.", NOT_WHILE))
    elif kind is not EndingKind.RETURNED:
        raise NotValid("kind", "Say whether it is returned or destroyed.")
