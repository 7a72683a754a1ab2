"""Taking a step on a matter: the power, the order, the joint view, the rule, the reasons, and the clocks it moves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks import actions as clocks
from peelian.clocks.law import law
from peelian.decisions import facts
from peelian.decisions.models import Decision
from peelian.decisions.queries.joint import current_view, known_of, refs_of
from peelian.decisions.queries.lines import option_named, step_named
from peelian.decisions.rows import ByLetter
from peelian.investigations import queries as investigations
from peelian.investigations.rows import Cited
from peelian.journal import actions as journal
from peelian.matters import actions as matters
from peelian.matters.queries import MatterParts, parts
from peelian.rules.saying import left_out
from peelian.rules.steps import CaseFacts, indicated, not_independent, option_closed, why_not
from peelian.statute import CitesLines, Option, Step, Through
from peelian.terms.acts import Act, RecordKind
from peelian.terms.investigations import LineState
from peelian.terms.matters import MatterKind
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

JOINT_VIEW_LAW = "Lessons LES-07, LES-18, LES-19: no decision without everything known of each person concerned"


class Superseded(NotAllowed):
    """Somebody decided the same step after its author read the page. `ref`: their decision."""

    def __init__(self, refusal: Refusal, ref: str) -> None:
        super().__init__(refusal)
        self.ref = ref


@transaction.atomic
def decide(
    *,
    by: Viewer,
    matter_ref: str,
    step: str,
    option: str,
    reasons: str,
    on: date,
    person_key: str = "",
    answers: Mapping[str, bool] | None = None,
    fixed_on: date | None = None,
    replaces: str = "",
    said: Mapping[str, str] | None = None,
    lines_read: str | None = None,
    through: Through = Through.CASEWORK,
    letter: ByLetter | None = None,
) -> str:
    """Take a step of casework on a matter; returns the decision's reference. Needs the power that owns the step.

    `step`, `option`: keys of `statute/steps`. `person_key`: for whom, where it is decided for each. `answers`: to the
    questions of the step, all of them. `fixed_on`: the day that the outcome fixes, where it fixes one. `replaces`: the
    reference of the decision its author read as the standing one; empty for none. `said`: the details that the step
    asks for and the answers in words, by key. `lines_read`: the stamp of the lines of enquiry that stood on the page.
    `through`: what the caller has checked or written, for a step that is taken through it alone. `letter`: the letter
    by whose service it is taken. It takes effect once a second person signed, where it differs from what the rule
    indicates or its row asks for it. Raises NotFound; NotAllowed: power, order, independence, no joint view; Superseded
    where somebody decided meanwhile; NotValid: unanswered, a closed outcome, something left out, a day, changed lines.
    """
    row = _step(by, step)
    matter = parts(by, matter_ref)
    held = facts.held_decisions([matter.id]).get(matter.id, [])
    case = facts.case_facts(by, matter, held)
    _must_be_open(by, row, case, person_key, through)
    involvement_id = _involved(matter, row, person_key)
    before = _current(row, facts.standing(held).get((step, involvement_id)), replaces)
    chosen = _chosen(row, option, case, person_key, on)
    shown, lines = _indicated(row, case, answers or {}), _lines(row, matter, lines_read)
    _must_lie_right(by, matter, chosen, fixed_on, on)
    decision = Decision.objects.create(
        ref=new_reference("PD"),
        matter_id=matter.id,
        step=step,
        option=option,
        involvement_id=involvement_id,
        answers=dict(answers or {}),
        indicated=shown,
        reasons=sound("reasons", reasons, needed="Give the reasons for this decision."),
        fixed_on=fixed_on,
        edition=case.edition,
        said=_said(row, chosen, case, said or {}, lines, letter),
        lines=lines,
        joint_view=_joint_view(by, matter) if row.joint_view else None,
        needs_signature=chosen.countersign or (bool(shown) and shown != option),
        replaces=before,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _settle(by, matter, decision, row, chosen, person_key, letter)
    return str(decision.ref)


def _must_be_open(by: Viewer, step: Step, case: CaseFacts, person_key: str, through: Through) -> None:
    """Raises NotAllowed: the wrong way in, the order of the steps, somebody who may not decide it."""
    if (
        refusal := _wrong_way(step, through)
        or why_not(step, case, person_key)
        or not_independent(step, case, person_key, by.actor)
    ):
        raise NotAllowed(refusal)


def take_effect(by: Viewer, matter: MatterParts, decision: Any, on: date, *, deemed: bool = False) -> None:
    """Record the events that follow from a decision on the day it takes effect, or is `deemed` to have been done."""
    step = step_named(decision.step)
    option = option_named(step, decision.option)
    matter = _governed(by, matter, decision, on)
    again = decision.replaces_id is not None
    for key in option.events_again if again else option.events:
        ahead = law().events[key].may_be_ahead and decision.fixed_on is not None
        clocks.follow(
            by=by,
            matter=matter,
            key=key,
            on=decision.fixed_on if ahead else on,
            involvement_id=decision.involvement_id,
            note=decision.reasons if deemed else f"{step.words}: {option.words}",
            deemed=deemed,
        )


def _governed(by: Viewer, matter: MatterParts, decision: Any, on: date) -> MatterParts:
    """The matter under what governs it now: a decision may change its kind, and what happens with that is recorded."""
    key = f"{decision.step}={decision.option}"
    row = next((one for one in law().table("kind_change") if one.key == key), None)
    if row is None or matter.kind not in row.get("was", ()):
        return matter
    matters.change_kind(
        by=by,
        matter_ref=matter.ref,
        now=MatterKind(row.get("now")),
        ground=row.title,
        law=row.law,
        reasons=decision.reasons,
        on=on,
    )
    changed = parts(by, matter.ref)
    for event in row.get("events", ()):
        clocks.follow(by=by, matter=changed, key=event, on=on, involvement_id=decision.involvement_id, note=row.title)
    return changed


def _step(by: Viewer, key: str) -> Step:
    """The step, if `by` holds the power that owns it."""
    row = law().steps.get(key)
    if row is None:
        raise NotFound(f"step {key}")
    must_hold(by, row.owner)
    return row


def _wrong_way(step: Step, through: Through) -> Refusal | None:
    if step.through is through or step.through is Through.CASEWORK:
        return None
    return Refusal(f"“{step.words}” is taken on the page of the proceedings, with what it says.", step.law)


def _involved(matter: MatterParts, step: Step, person_key: str) -> int | None:
    return next((one.id for one in matter.people if one.key == person_key and one.part in step.per.parts), None)


def _current(step: Step, before: Any, read: str) -> Any:
    """The decision that stands, if its author read it as that. Raises Superseded."""
    now = before.ref if before else ""
    if now != read:
        reason = (
            f"“{step.words}” was decided by somebody else after you opened the page. Nothing of yours was written."
            " Read their decision, then decide whether yours should replace it."
        )
        raise Superseded(Refusal(reason, "Local rule: no act overwrites another unseen"), now)
    return before


def _chosen(step: Step, key: str, case: CaseFacts, person_key: str, on: date) -> Option:
    chosen = step.option(key)
    if chosen is None:
        raise NotValid("option", "Choose one of the outcomes.")
    if refusal := option_closed(chosen, step, case, person_key, on):
        raise NotValid("option", refusal.reason)
    return chosen


def _indicated(step: Step, case: CaseFacts, answers: Mapping[str, bool]) -> str:
    """The key of what the answers indicate; empty where the step asks nothing. Every question must be answered."""
    answer = indicated(step, case.kind, answers)
    if step.questions and answer.value is None:
        raise NotValid("answers", answer.because[0])
    return answer.value.key if answer.value else ""


def _lines(step: Step, matter: MatterParts, read: str | None) -> list[Cited] | None:
    """The lines of enquiry as they stand, for a step that cites them."""
    if step.lines is CitesLines.NO:
        return None
    lines = investigations.cited(matter)
    if read is not None and read != investigations.stamp(lines):
        raise NotValid("lines_read", "A line of enquiry changed while the page was open. Read them again, then record.")
    return list(lines)


def _said(
    step: Step,
    chosen: Option,
    case: CaseFacts,
    said: Mapping[str, str],
    lines: list[Cited] | None,
    letter: ByLetter | None,
) -> dict[str, str] | None:
    """What was said in words, by key. Raises NotValid for what was left out, is too long or is no day."""
    given = {key: words for key, typed in said.items() if (words := sound(f"said_{key}", typed))}
    open_lines = any(one["state"] == LineState.OPEN for one in lines or ())
    if wrong := left_out(step, chosen, case.kind, given, open_lines=open_lines):
        key, why = wrong[0]
        raise NotValid(f"said_{key}", why)
    if letter is not None:
        given[facts.BY_LETTER] = letter.ref
    return given or None


def _must_lie_right(by: Viewer, matter: MatterParts, chosen: Option, fixed_on: date | None, on: date) -> None:
    if chosen.asks_day and fixed_on is None:
        raise NotValid("fixed_on", f"Give the day: {chosen.asks_day}.")
    if fixed_on is not None and not chosen.asks_day:
        raise NotValid("fixed_on", "This outcome fixes no day.")
    not_ahead(by, on)
    if matter.came_to_attention and on < matter.came_to_attention.earliest:
        raise NotValid("on", "The matter had not come to attention on this day.")


def _joint_view(by: Viewer, matter: MatterParts) -> Any:
    known = refs_of(by, known_of(by, matter))
    view = current_view(by, matter, known, facts.joint_views(matter.id))
    if view is None:
        reason = (
            "Open the joint view first: everything known of each person concerned, and record whether matters are"
            " taken together. You have not opened it, or something has come since."
        )
        raise NotAllowed(Refusal(reason, JOINT_VIEW_LAW))
    return view


def _settle(
    by: Viewer,
    matter: MatterParts,
    decision: Any,
    step: Step,
    option: Option,
    person_key: str,
    letter: ByLetter | None,
) -> None:
    """The journal entry, and what follows where no signature is awaited."""
    said = {"reasons": decision.reasons, "person": person_key, "decision": decision.ref}
    said |= {"said": decision.said} if decision.said else {}
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary=f"decided: {step.key}",
        decision=f"{option.key}; indicated: {decision.indicated or 'nothing'}"
        + ("; awaits a signature" if decision.needs_signature else ""),
        on=decision.on,
        texts=[(matter.ref, said)],
    )
    if not decision.needs_signature:
        counts_on = letter.counts_on if letter else decision.on
        take_effect(by, matter, decision, counts_on, deemed=letter is not None)
