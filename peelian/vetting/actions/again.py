"""Decisions on clearance taken again: drawn by lot, given to somebody who comes to them afresh, locked, compared."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.journal.queries import looked_at
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.rules.sampling import by_lot, is_drawn, month_ends
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.vetting import facts
from peelian.vetting.actions.applying import entered
from peelian.vetting.actions.deciding import outcome_of
from peelian.vetting.models import Decision, Draw, Drawn, Looked, Redecision
from peelian.vetting.queries.again import BLIND_PAGE, held_task, weighed_matters
from peelian.vetting.rows import Recommended
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding, viewer_for
from peelian.walls.rows import UserRow

LAW = "Local rule (LES-27): decisions are taken again, blind, by lot each month"


@transaction.atomic
def draw_decisions(*, by: Viewer, month: date, seed: str, on: date) -> tuple[int, int]:
    """Draw decisions of a month to be taken again; returns how many were drawn, of how many. Needs DECIDE_VETTING.

    `month`: any day of one that is over; each is drawn once. `seed` makes the same draw again, and goes to the journal
    with the size. LES-27. Raises NotValid.
    """
    must_hold(by, Permission.DECIDE_VETTING)
    month, seed = month.replace(day=1), sound("seed", seed, most=80, needed="Give a seed.")
    not_ahead(by, on)
    if on < month_ends(month):
        raise NotValid("month", "This month is not over yet.")
    if Draw.objects.filter(month=month).exists():
        raise NotValid("month", f"{month:%B %Y} was drawn already.")
    row = law().row("vetting_second", "decision")
    within = {"on__gte": month, "on__lt": month_ends(month)}
    taken = list(Decision.objects.filter(**within).select_related("recommendation__application"))
    taken.sort(key=lambda one: one.recommendation.application.ref)
    chosen = [one for one in taken if is_drawn(seed, one.recommendation.application.ref, int(row["share"]))]
    made = Draw.objects.create(
        ref=new_reference("PX"),
        month=month,
        seed=seed,
        share=row["share"],
        law=row.law,
        of=len(taken),
        drawn=len(chosen),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    for one in chosen:
        _give_out(by, made, one, on + timedelta(days=int(row["within_days"])))
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"sample {made.ref}",
        summary=f"drew {len(chosen)} of {len(taken)} decisions on clearance by lot, {month:%Y-%m}",
        decision=f"seed {seed}; share {row['share']} in a hundred",
        on=on,
    )
    return len(chosen), len(taken)


@transaction.atomic
def decide_again(*, by: Viewer, drawn_ref: str, said: Recommended, on: date) -> bool:
    """Lock what one decides again, before the first is shown; returns whether the two agree. Needs DECIDE_VETTING.

    Nothing changes: the first decision stands. `said`: its heads, second step, outcome and reasons. Raises NotFound for
    what fell to somebody else; NotAllowed once it is locked; NotValid.
    """
    must_hold(by, Permission.DECIDE_VETTING)
    drawn = held_task(by, drawn_ref)
    application = drawn.decision.recommendation.application
    outcome = outcome_of(application, said)
    reasons = sound("reasons", said.reasons, needed="Give the reasons for this decision.")
    not_ahead(by, on)
    ref = _person_ref(by, application.person_id)
    pages = looked_at(ref).get(by.actor, frozenset())
    agrees = bool(outcome.key == drawn.decision.outcome)
    Redecision.objects.create(
        drawn=drawn,
        heads=sorted(said.heads),
        withhold=said.withhold if said.heads else None,
        outcome=outcome.key,
        reasons=reasons,
        agrees=agrees,
        was_blind=all(BLIND_PAGE in summary for summary in pages),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, ref, f"decided again, blind ({drawn.draw.ref})", on, {"reasons": reasons}, LAW)
    return agrees


@transaction.atomic
def look(*, by: Viewer, drawn_ref: str, words: str, on: date) -> None:
    """Say what is made of two decisions that differ, by somebody who took neither. Needs DECIDE_VETTING or
    OVERRIDE_VETTING. Raises NotFound, NotAllowed, NotValid."""
    must_hold(by, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
    found: Any = (
        Redecision.objects.select_related("drawn__decision__recommendation__application")
        .filter(drawn__ref=drawn_ref, agrees=False)
        .first()
    )
    application = found.drawn.decision.recommendation.application if found else None
    if application is None or not facts.seen(by).filter(pk=application.pk).exists():
        raise NotFound(f"second look {drawn_ref}")
    first = found.drawn.decision
    if by.actor in {found.recorded_by, first.recorded_by, first.recommendation.recorded_by}:
        raise NotAllowed(Refusal("You had part in one of the two decisions: somebody else must look at them.", LAW))
    if Looked.objects.filter(redecision=found).exists():
        raise NotValid("words", "Somebody looked at these two already. What they wrote stays.")
    not_ahead(by, on)
    words = sound("words", words, needed="Say what you make of the difference, and what follows.")
    Looked.objects.create(redecision=found, words=words, on=on, recorded_at=by.at, recorded_by=by.actor)
    ref = _person_ref(by, application.person_id)
    entered(by, ref, f"looked at two decisions that differ ({found.drawn.draw.ref})", on, {"words": words}, LAW)


def _give_out(by: Viewer, made: Draw, decision: Any, due_on: date) -> None:
    application = decision.recommendation.application
    everything = system("sampling", at=by.at, because="a decision is taken again by somebody who may not see the first")
    person_ref = _person_ref(everything, application.person_id)
    able = _afresh(by, decision, person_ref)
    order = by_lot(made.seed, application.ref, (user.ref for user in able))
    owner = next((user for user in able if order and user.ref == order[0]), None)
    drawn = Drawn.objects.create(
        ref=new_reference("PX"),
        draw=made,
        decision=decision,
        owner_id=owner.id if owner else None,
        due_on=due_on,
    )
    who = f"to {owner.ref}" if owner else "to nobody: nobody comes to it afresh"
    summary = f"drew a decision on clearance by lot ({drawn.ref}) and gave it {who}, due {due_on.isoformat()}"
    entered(everything, person_ref, summary, made.on, {}, LAW)


def _afresh(by: Viewer, decision: Any, person_ref: str) -> list[UserRow]:
    """Who decides on clearance, had no part in it, never opened the person, and sees all that was weighed."""
    application = decision.recommendation.application
    hands = {decision.recorded_by, decision.recommendation.recorded_by} | looked_at(person_ref).keys()
    wanted = weighed_matters(decision.recommendation)
    able = []
    for user in users_holding(Permission.DECIDE_VETTING, by.today):
        if f"user:{user.ref}" in hands:
            continue
        viewer = viewer_for(user.id, at=by.at)
        sees = facts.seen(viewer).filter(pk=application.pk).exists()
        if sees and set(matters.lines_by_ref(viewer, wanted)) == wanted:
            able.append(user)
    return able


def _person_ref(by: Viewer, person_id: int) -> str:
    return people.lines(by, [person_id])[person_id].ref
