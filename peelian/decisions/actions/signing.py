"""The second, independent person: agrees with a decision or sends it back, with reasons."""

from datetime import date

from django.db import transaction

from peelian.decisions.actions.deciding import take_effect
from peelian.decisions.facts import case_facts, held_decisions, signature_of, waits
from peelian.decisions.independence import Asked, apart
from peelian.decisions.models import Signature
from peelian.decisions.queries.lines import step_named
from peelian.journal import actions as journal
from peelian.matters.queries import parts
from peelian.rules.steps import not_independent
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

SECOND = "Lessons LES-05, LES-17, LES-28: a second person, independent of the first"


@transaction.atomic
def sign_decision(*, by: Viewer, matter_ref: str, decision_ref: str, agreed: bool, reasons: str, on: date) -> None:
    """Agree with a decision that awaits a second person, or send it back. Needs COUNTERSIGN.

    On agreement it takes effect on the day `on`, and its clocks start or are met. Sent back, it never takes effect and
    what stood before stands. Raises NotFound; NotAllowed for whoever took it, or took a step that its taker
    must be independent of, or where the outcome asks for somebody apart and `by` investigated or is of their unit or
    line (LES-05, LES-17, LES-23); NotValid where it awaits nothing, without reasons, on a day before it was taken or
    ahead.
    """
    must_hold(by, Permission.COUNTERSIGN)
    matter = parts(by, matter_ref)
    held = held_decisions([matter.id]).get(matter.id, [])
    decision = next((one for one in held if one.ref == decision_ref), None)
    if decision is None:
        raise NotFound(f"decision {decision_ref}")
    if decision.recorded_by == by.actor:
        raise NotAllowed(Refusal("You took this decision: somebody else must sign it.", SECOND))
    keys = {one.id: one.key for one in matter.people}
    person_key = keys.get(decision.involvement_id, "") if decision.involvement_id else ""
    if refusal := not_independent(step_named(decision.step), case_facts(by, matter, held), person_key, by.actor):
        raise NotAllowed(refusal)
    if refusal := apart(by, [decision], [Asked.of(by)])[decision.pk, by.user_id or 0]:
        raise NotAllowed(refusal)
    if not waits(decision):
        signed = signature_of(decision) is not None
        raise NotValid("decision", "It was signed already." if signed else "It needs no second signature.")
    if not decision.on <= on <= by.today:
        raise NotValid("on", "Give a day from that of the decision to today.")
    reasons = must_say(reasons, why="Say why you agree or send it back.", field="reasons")
    Signature.objects.create(
        decision=decision, agreed=agreed, reasons=reasons, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    journal.record(
        by=by,
        act=Act.GRANTED if agreed else Act.WITHDRAWN,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary=f"{'signed' if agreed else 'sent back'} a decision: {decision.step}",
        on=on,
        texts=[(matter.ref, {"decision": decision.ref, "reasons": reasons})],
    )
    if agreed:
        take_effect(by, matter, decision, on)
