"""All stages of a matter: what was decided, and what can be decided now, by whom."""

from collections.abc import Iterable
from typing import Any

from peelian.clocks.law import law
from peelian.decisions import facts
from peelian.decisions.queries.joint import covers
from peelian.decisions.queries.lines import rows_of
from peelian.decisions.rows import Casework, DecisionRow, OpenStep, StageRow
from peelian.matters.queries import MatterParts, parts, parts_by_id
from peelian.rules.steps import CaseFacts, Taken, not_independent, open_steps
from peelian.statute import Step
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.powers import LAW as ROLES

NO_EDITION = "No edition of the scheme held in the tables governs this matter, as far as its dates are known."


def casework(viewer: Viewer, matter_ref: str) -> Casework:
    """The casework of one matter, stage by stage. Raises NotFound. A fixed number of statements, whatever it holds."""
    matter = parts(viewer, matter_ref)
    held = facts.held_decisions([matter.id]).get(matter.id, [])
    case = facts.case_facts(viewer, matter, held)
    rows = rows_of(matter, held)
    seen = covers(viewer, matter)
    opened = [_open(viewer, matter, case, step, key, held, seen) for step, key in open_steps(law(), case)]
    edition = facts.edition_of(matter)
    return Casework(
        ref=matter.ref,
        heading=matter.heading or matter.kind.words,
        version=matter.version,
        edition=edition.value.title if edition.value else NO_EDITION,
        edition_law=edition.law,
        stages=tuple(
            StageRow(
                stage,
                tuple(row for row in rows if row.step.stage == stage),
                tuple(one for one in opened if one.step.stage == stage),
            )
            for stage in dict.fromkeys(step.stage for step in law().steps.values())
        ),
    )


def decisions(viewer: Viewer, matter_ref: str) -> tuple[DecisionRow, ...]:
    """Every decision on a matter, oldest first. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    return rows_of(matter, facts.held_decisions([matter.id]).get(matter.id, []))


def outcomes(viewer: Viewer, matter_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The decisions in effect on those of the matters that the viewer may see, as `step=outcome`, by key."""
    seen = parts_by_id(viewer, matter_ids)
    held = facts.held_decisions(seen)
    return {
        key: frozenset(f"{one.step}={one.option}" for one in facts.standing(held.get(key, [])).values()) for key in seen
    }


def standing_for(viewer: Viewer, matter_ref: str, person_key: str) -> dict[str, Taken]:
    """The decisions that stand for one person of a matter or for the whole of it, by step. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    case = facts.case_facts(viewer, matter, facts.held_decisions([matter.id]).get(matter.id, []))
    return {one.step: one for one in case.taken if one.person_key in ("", person_key)}


def takers(viewer: Viewer, matter_ref: str) -> dict[str, frozenset[str]]:
    """Who ever took each step of a matter, by the reference of the user; for rules of independence. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    found: dict[str, set[str]] = {}
    for one in facts.held_decisions([matter.id]).get(matter.id, []):
        found.setdefault(one.step, set()).add(one.recorded_by)
    return {step: frozenset(actors) for step, actors in found.items()}


def _open(
    viewer: Viewer,
    matter: MatterParts,
    case: CaseFacts,
    step: Step,
    key: str,
    held: list[Any],
    seen: bool,
) -> OpenStep:
    involvement_id = next((one.id for one in matter.people if one.key == key), None) if key else None
    return OpenStep(
        step=step,
        person=next((one.name for one in matter.people if key and one.key == key), ""),
        person_key=key,
        refusal=refusal(viewer, case, step, key),
        needs_joint_view=step.joint_view and not seen,
        again=(step.key, involvement_id) in facts.standing(held),
    )


def refusal(viewer: Viewer, case: CaseFacts, step: Step, person_key: str) -> Refusal | None:
    """Why this viewer may not take an open step; None where they may."""
    if not viewer.may(step.owner):
        return Refusal(f"It needs the power to {step.owner.words}.", ROLES)
    return not_independent(step, case, person_key, viewer.actor)
