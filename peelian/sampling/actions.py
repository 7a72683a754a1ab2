"""Drawing by lot, deciding again without having seen the first decision, and looking at what differs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.decisions.queries import TakenRow
from peelian.journal import actions as journal
from peelian.journal.queries import looked_at
from peelian.matters import actions as matters
from peelian.matters import queries as records
from peelian.rules.sampling import Sample, by_lot, is_drawn, month_ends, samples
from peelian.rules.steps import asked, indicated
from peelian.sampling.models import Declined, Draw, Drawn, Looked, Redecision
from peelian.sampling.queries.deciding import BLIND_PAGES, held_task
from peelian.sampling.queries.reviewing import supervisors_of
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions as walls
from peelian.walls.actions.many_places import give_places, open_to
from peelian.walls.holders import ever_placed
from peelian.walls.powers import must_hold, must_say
from peelian.walls.queries import users_holding
from peelian.walls.rows import UserRow

MATTER = RecordKind.MATTER
LAW = "Local rule (LES-27): decisions are taken again, blind, by lot each month"
BECAUSE = "decides again, without having seen the first decision"
CAPACITIES = {
    Permission.ASSESS_CONDUCT: Capacity.ASSESSOR,
    Permission.DETERMINE: Capacity.APPROPRIATE_AUTHORITY,
    Permission.INVESTIGATE: Capacity.INVESTIGATOR,
}


@transaction.atomic
def draw(*, by: Viewer, sample: str, month: date, seed: str, on: date) -> str:
    """Draw one sample for a month; returns the reference of the draw. Needs DETERMINE, or the command line.

    `sample`: a key of sampling.toml. `month`: any day of it. `seed` makes the same draw again. Size and seed go to the
    journal. LES-27. Raises NotFound for no such sample; NotValid for a month that is not over, or drawn already.
    """
    must_hold(by, Permission.DETERMINE)
    row = samples(law()).get(sample)
    if row is None:
        raise NotFound(f"sample {sample}")
    month, seed = month.replace(day=1), must_say(seed, why="Give a seed.", field="seed")
    if on < (month_ends(month) if row.of_decisions else month):
        raise NotValid("month", "This month is not over yet." if row.of_decisions else "This month has not begun.")
    if Draw.objects.filter(sample=sample, month=month).exists():
        raise NotValid("month", f"{row.title}: {month:%B %Y} was drawn already.")
    everything = system("sampling", at=by.at, because="to draw by lot from all there is")
    number, chosen = _chosen(everything, row, month, seed)
    made = Draw.objects.create(
        ref=new_reference("PX"),
        sample=sample,
        month=month,
        seed=seed,
        share=row.share,
        law=row.law,
        of=number,
        drawn=len(chosen),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    for one in chosen:
        _give_out(by, everything, made, row, one, on + timedelta(days=row.within_days), on)
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"sample {made.ref}",
        summary=f"drew {len(chosen)} of {number} by lot: {sample}, {month:%Y-%m}",
        decision=f"seed {seed}; share {row.share} in a hundred",
        on=on,
    )
    return str(made.ref)


def _chosen(everything: Viewer, row: Sample, month: date, seed: str) -> tuple[int, list[Any]]:
    """How many there are, and those drawn: decisions of the month, or open investigations."""
    if not row.of_decisions:
        open_now = decisions.investigated(everything)
        return len(open_now), [one for one in open_now if is_drawn(seed, one.matter_ref, row.share)]
    found = decisions.taken(everything, [row.step], month, month_ends(month))
    members = [one for one in found if not row.options or one.option in row.options]
    return len(members), [one for one in members if is_drawn(seed, one.ref, row.share)]


def _give_out(by: Viewer, everything: Viewer, made: Draw, row: Sample, one: Any, due_on: date, on: date) -> None:
    """Give one that was drawn to somebody by lot, or to nobody where nobody is independent."""
    key = one.ref if row.of_decisions else one.matter_ref
    people = _independent(everything, row, one) if row.of_decisions else supervisors_of(everything, one.matter_id)
    order = by_lot(made.seed, key, (user.ref for user in people))
    owner = next((user for user in people if order and user.ref == order[0]), None)
    Drawn.objects.create(
        ref=new_reference("PX"),
        draw=made,
        matter_id=one.matter_id,
        decision_ref=one.ref if row.of_decisions else "",
        owner_id=owner.id if owner else None,
        due_on=due_on,
    )
    if owner and row.of_decisions:
        given = [(one.matter_id, one.matter_ref, owner.id)]
        give_places(by=by, kind=MATTER, given=given, capacity=Capacity.REVIEWER, on=on, because=BECAUSE)
    who = f"to {owner.ref}" if owner else "to nobody: nobody independent was found"
    what = "a decision to be taken again" if row.of_decisions else "a supervisor's review"
    summary = f"drew {what} by lot ({made.ref}) and gave it {who}, due {due_on.isoformat()}"
    journal.record(by=by, act=Act.GRANTED, kind=MATTER, key=one.matter_ref, summary=summary, decision=LAW, on=on)


def _independent(everything: Viewer, row: Sample, one: TakenRow) -> tuple[UserRow, ...]:
    """Who may decide again: with the power of the step, without conflict, place or look at the matter, ever."""
    owner = law().steps[row.step].owner
    proposal = records.proposal(everything, one.matter_ref, CAPACITIES[owner], everything.today)
    able = {user.id for user in users_holding(owner, everything.today)}
    placed = ever_placed(MATTER, [one.matter_id]).get(one.matter_id, frozenset())
    looked = looked_at(one.matter_ref)
    return tuple(
        each.user
        for each in proposal.eligible
        if each.user.id in able - placed
        and f"user:{each.user.ref}" not in one.hands | looked.keys()
        and one.matter_id in open_to(each.user.id, MATTER, [one.matter_id], everything)
    )


@transaction.atomic
def decide_again(
    *, by: Viewer, drawn_ref: str, option: str, answers: Mapping[str, bool], reasons: str, on: date
) -> bool:
    """Lock what one decides again, before the first decision is shown; returns whether the two agree.

    By whom it fell to, with the power of the step. Nothing changes on the matter: the first decision stands. Where they
    differ, somebody independent of both is asked to look at it. Raises NotFound; NotAllowed where it is locked already;
    NotValid (answers, option, reasons, on).
    """
    drawn = held_task(by, drawn_ref)
    step, everything = law().steps[samples(law())[drawn.draw.sample].step], _everything(by)
    must_hold(by, step.owner)
    first = decisions.taken_by_ref(everything, [drawn.decision_ref]).get(drawn.decision_ref)
    if first is None:
        raise NotFound(f"decision {drawn.decision_ref}")
    given = {key: yes for key, yes in answers.items() if key in {one.key for one in asked(step, first.kind)}}
    if step.questions and indicated(step, first.kind, given).value is None:
        raise NotValid("answers", "Answer every question.")
    chosen = step.option(option)
    if chosen is None or (chosen.editions and first.edition not in chosen.editions):
        raise NotValid("option", "Choose one of the outcomes.")
    reasons = must_say(reasons, why="Give the reasons for this decision.", field="reasons")
    not_ahead(by, on)
    agrees = first.option == option
    looker = None if agrees else _looker(by, everything, drawn, first)
    seen = looked_at(first.matter_ref).get(by.actor, frozenset())
    Redecision.objects.create(
        drawn=drawn,
        option=option,
        answers=given,
        reasons=reasons,
        agrees=agrees,
        was_blind=all(any(page in summary for page in BLIND_PAGES) for summary in seen),
        looker_id=looker.id if looker else None,
        look_due_on=None if agrees else on + timedelta(days=samples(law())[drawn.draw.sample].within_days),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _end_place(by, drawn, first.matter_ref, on)
    _enter(by, first.matter_ref, f"decided again, blind ({drawn.draw.ref}): {step.key}", on, {"reasons": reasons})
    return agrees


@transaction.atomic
def decline(*, by: Viewer, drawn_ref: str, reason: str, on: date) -> None:
    """Say that one has a conflict and cannot decide again: the matter is closed to one for good. Raises NotFound,
    NotValid without a reason."""
    drawn = held_task(by, drawn_ref)
    matter_ref = records.parts_by_id(_everything(by), [drawn.matter_id])[drawn.matter_id].ref
    matters.declare_conflict(by=by, matter_ref=matter_ref, reason=reason, on=on)
    Declined.objects.create(drawn=drawn, on=on, recorded_at=by.at)


@transaction.atomic
def look(*, by: Viewer, drawn_ref: str, words: str, on: date) -> None:
    """Say what is made of two decisions that differ. By whom it was given to, or whoever holds DETERMINE where it was
    given to nobody, and who took neither. Raises NotFound, NotAllowed, NotValid."""
    must_hold(by, Permission.COUNTERSIGN)
    found = Redecision.objects.select_related("drawn").filter(drawn__ref=drawn_ref, agrees=False).first()
    matter = records.parts_by_id(by, [found.drawn.matter_id]) if found else {}
    if found is None or not matter:
        raise NotFound(f"second look {drawn_ref}")
    first = decisions.taken_by_ref(by, [found.drawn.decision_ref]).get(found.drawn.decision_ref)
    if by.actor == found.recorded_by or (first and by.actor in first.hands):
        raise NotAllowed(Refusal("You took one of the two decisions: somebody else must look at them.", LAW))
    if found.looker_id not in (None, by.user_id):
        raise NotAllowed(Refusal("Somebody else was asked to look at these two.", LAW))
    if Looked.objects.filter(redecision=found).exists():
        raise NotValid("words", "Somebody looked at these two already. What they wrote stays.")
    words = must_say(words, why="Say what you make of the difference, and what follows.", field="words")
    if not found.on <= on <= by.today:
        raise NotValid("on", "Give a day from that of the second decision to today.")
    Looked.objects.create(redecision=found, words=words, on=on, recorded_at=by.at, recorded_by=by.actor)
    ref = matter[found.drawn.matter_id].ref
    _enter(by, ref, "looked at two decisions that differ", on, {"words": words})


def _looker(by: Viewer, everything: Viewer, drawn: Drawn, first: TakenRow) -> UserRow | None:
    """A supervisor or head who took neither and whom no wall keeps from the matter."""
    able = [
        user
        for user in users_holding(Permission.COUNTERSIGN, by.today)
        if f"user:{user.ref}" not in first.hands | {by.actor}
        and drawn.matter_id in open_to(user.id, MATTER, [drawn.matter_id], everything)
    ]
    order = by_lot(drawn.draw.seed, f"{drawn.decision_ref} differs", (user.ref for user in able))
    return next((user for user in able if order and user.ref == order[0]), None)


def _end_place(by: Viewer, drawn: Drawn, matter_ref: str, on: date) -> None:
    walls.end_place(
        by=by,
        kind=MATTER,
        record_id=drawn.matter_id,
        record_ref=matter_ref,
        user_id=by.user_id or 0,
        capacity=Capacity.REVIEWER,
        on=on,
        reason="Decided again.",
        because=BECAUSE,
    )


def _everything(by: Viewer) -> Viewer:
    return system("sampling", at=by.at, because="a decision is taken again by somebody who may not see the first")


def _enter(by: Viewer, matter_ref: str, summary: str, on: date, texts: Mapping[str, object]) -> None:
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=MATTER,
        key=matter_ref,
        summary=summary,
        decision=LAW,
        on=on,
        texts=[(matter_ref, dict(texts))],
    )
