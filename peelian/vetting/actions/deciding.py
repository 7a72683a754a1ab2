"""Recommending and deciding. What is not settled or not weighed stops both; an override needs a chief officer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.statute import Row
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.applying import entered
from peelian.vetting.actions.reading import ask_for_reading
from peelian.vetting.models import Clearance, Control, Decision, Recommendation, Weight
from peelian.vetting.rows import AgainstRow, Recommended
from peelian.walls.powers import must_hold

SECOND = "Local rule (LES-28): whoever recommends does not decide"
OVERRIDE = "Local rule (LES-12): only a chief officer decides against a recommendation, with reasons and controls"
HEAVY = frozenset({"refuse", "assess"})


@transaction.atomic
def recommend(*, by: Viewer, application_ref: str, said: Recommended, on: date) -> None:
    """Record what should be decided, with the weight of every piece that stands against it. Needs VET.

    Refused while a source is neither answered nor explained, and while anything the viewer may see is not weighed
    (LES-01, LES-13, LES-29). A later recommendation takes the place of an earlier one. Raises NotFound; NotAllowed
    with the reason and its law; NotValid.
    """
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    items = _ready(by, held, on)
    missing = rules.unweighed({one.key: one.title for one in items}, said.weights)
    if missing:
        raise NotAllowed(missing)
    for item in items:
        if wrong := rules.wrong_weighing(law(), said.weights[item.key]):
            raise NotValid(f"{item.key} {wrong[0]}", f"{item.title}: {wrong[1].reason}")
    outcome = outcome_of(held, said)
    reasons = sound("reasons", said.reasons, needed="Give the reasons for this recommendation.")
    disparity = sound("disparity", said.disparity)
    if outcome.key in HEAVY and not disparity:
        raise NotValid("disparity", "Say how it was considered whether this falls more heavily on some than on others.")
    controls = _controls(outcome, said.controls, on)
    made = Recommendation.objects.create(
        application=held,
        heads=sorted(said.heads),
        withhold=said.withhold,
        outcome=outcome.key,
        reasons=reasons,
        disparity=disparity,
        controls=[[words, review.isoformat()] for words, review in controls],
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    for item in items:
        weight = said.weights[item.key]
        Weight.objects.create(
            recommendation=made,
            item=item.key,
            title=item.title[:300],
            weight=weight.weight,
            reasons=list(weight.reasons),
            words=sound("words", weight.words),
            evidence=sound("evidence", weight.evidence),
        )
    _enter(by, held, f"recommended on {held.ref}: {outcome.key}", on, reasons)
    ask_for_reading(by, held)


@transaction.atomic
def decide(
    *,
    by: Viewer,
    application_ref: str,
    outcome: str,
    reasons: str,
    on: date,
    controls: Sequence[tuple[str, date]] = (),
) -> str:
    """Decide on a recommendation by somebody else; returns the reference of clearance that was granted, else nothing.

    Needs DECIDE_VETTING; against the recommendation OVERRIDE_VETTING, and controls where clearance is granted or kept
    (LES-12). Refused while something came that the recommendation did not weigh. Raises as `recommend` does.
    """
    must_hold(by, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
    held = facts.still_open(by, application_ref)
    last = held.recommendations.order_by("-recorded_at", "-pk").first()
    if last is None:
        raise NotAllowed(Refusal("Nobody has recommended anything yet.", SECOND))
    if last.recorded_by == by.actor:
        raise NotAllowed(Refusal("You made the recommendation: somebody else decides.", SECOND))
    items = _ready(by, held, on)
    weighed = set(last.weights.values_list("item", flat=True))
    if missing := rules.unweighed({one.key: one.title for one in items}, weighed):
        raise NotAllowed(missing)
    row = rules.row_of(law(), "vetting_outcome", outcome)
    if row is None or bool(row.get("of_holder")) is not _holds(held):
        raise NotValid("outcome", "Choose what is decided.")
    is_override = outcome != last.outcome
    if is_override:
        if not by.may(Permission.OVERRIDE_VETTING):
            raise NotAllowed(Refusal("This goes against the recommendation: a chief officer decides.", OVERRIDE))
        if outcome not in HEAVY and last.outcome in HEAVY and not row.get("controls"):
            raise NotValid("outcome", "Against a recommendation, clearance is granted or kept only with controls.")
    agreed = controls or [(words, date.fromisoformat(day)) for words, day in last.controls]
    found = _controls(row, agreed, on)
    reasons = sound("reasons", reasons, needed="Give the reasons for this decision.")
    ask_for_reading(by, held)
    return _decided(by, held, last, row, reasons, found, on, is_override=is_override)


@transaction.atomic
def renew_alone(*, by: Viewer, application_ref: str, reasons: str, on: date) -> str:
    """Renew clearance where nothing stands against it, by one person; returns the reference of the clearance.

    Needs VET. Refused where a matter is open, a serious one came within ten years, or anything else must be weighed
    (LES-06). Raises as `recommend` does.
    """
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    if held.purpose != "renewal":
        raise NotAllowed(Refusal("Only a renewal is decided by one person.", rules.ROUTINE))
    said = matters.said_of(by, held.person_id)
    items = _ready(by, held, on)
    others = sum(not one.matter_ref for one in items)
    if refusal := rules.not_routine(law(), facts.weighed_matters(said), others, on):
        raise NotAllowed(refusal)
    reasons = sound("reasons", reasons, needed="Give the reasons for this decision.")
    made = Recommendation.objects.create(
        application=held,
        heads=[],
        outcome="grant",
        reasons=reasons,
        controls=[],
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    row = law().row("vetting_outcome", "grant")
    return _decided(by, held, made, row, reasons, [], on, is_routine=True)


def _ready(by: Viewer, held: Any, on: date) -> tuple[AgainstRow, ...]:
    """What stands against somebody, once every source is settled. Raises NotAllowed, NotValid."""
    not_ahead(by, on)
    if on < held.on:
        raise NotValid("on", "This is before the application was opened.")
    purpose = law().row("vetting_purpose", held.purpose)
    if refusal := rules.undecidable(law(), purpose, facts.settled(facts.sources_of(held, by.today))):
        raise NotAllowed(refusal)
    return facts.against(by, held.person_id)


def _holds(held: Any) -> bool:
    return bool(law().row("vetting_purpose", held.purpose).get("of_holder"))


def outcome_of(held: Any, said: Recommended) -> Row:
    """The row of what is recommended or decided, once it follows from the answers. Raises NotValid."""
    known = {row.key for row in law().table("vetting_head")}
    if set(said.heads) - known:
        raise NotValid("heads", "Choose from the heads of the first question.")
    if said.heads and said.withhold is None:
        raise NotValid("withhold", "Answer the second question.")
    withhold = said.withhold if said.heads else None
    possible = {row.key: row for row in rules.outcomes(law(), _holds(held), said.heads, withhold)}
    if said.outcome not in possible:
        words = " or ".join(f"“{row.title}”" for row in possible.values())
        raise NotValid("outcome", f"With these answers it can only be {words}.")
    return possible[said.outcome]


def _controls(outcome: Row, given: Sequence[tuple[str, date]], on: date) -> list[tuple[str, date]]:
    found = [(sound("controls", words), review) for words, review in given if words.strip()]
    if not outcome.get("controls"):
        return []
    if not found:
        raise NotValid("controls", "Say which controls there are, each with the day it is reviewed.")
    if any(review <= on for _, review in found):
        raise NotValid("controls", "A control is reviewed on a day to come.")
    return found


def _decided(
    by: Viewer,
    held: Any,
    recommendation: Recommendation,
    outcome: Row,
    reasons: str,
    controls: Sequence[tuple[str, date]],
    on: date,
    *,
    is_override: bool = False,
    is_routine: bool = False,
) -> str:
    made = Decision.objects.create(
        recommendation=recommendation,
        outcome=outcome.key,
        is_override=is_override,
        is_routine=is_routine,
        reasons=reasons,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    for number, (words, review_on) in enumerate(controls, start=1):
        Control.objects.create(decision=made, number=number, words=words, review_on=review_on)
    how = ", against the recommendation" if is_override else ", by one person" if is_routine else ""
    _enter(by, held, f"decided on {held.ref}: {outcome.key}{how}", on, reasons)
    if not outcome.get("grants"):
        return ""
    level = law().row("vetting_level", held.level)
    until = rules.expires_on(law(), level, on, contractor=held.is_contractor)
    granted = Clearance.objects.create(
        ref=new_reference("PY"),
        decision=made,
        person_id=held.person_id,
        level=held.level,
        granted_on=on,
        expires_on=until.value,
    )
    return str(granted.ref)


def _enter(by: Viewer, held: Any, summary: str, on: date, reasons: str) -> None:
    person = people.lines(by, [held.person_id])[held.person_id].ref
    entered(by, person, summary, on, {"reasons": reasons}, decision=facts.REGULATION_7)
