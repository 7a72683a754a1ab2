"""The steps that the service of a letter is: those of which an outcome records what the letter says was done."""

from collections.abc import Iterable

from peelian.clocks.law import law
from peelian.decisions import facts
from peelian.decisions.queries.casework import refusal
from peelian.decisions.rows import ServedStep
from peelian.matters.queries import parts
from peelian.rules.steps import CaseFacts, concerns, option_closed, why_not
from peelian.statute import Per, Step
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer


def served_steps(viewer: Viewer, matter_ref: str, events: Iterable[str], person_key: str) -> dict[str, ServedStep]:
    """By event, the step of which an outcome records it, for the person whom a letter is to or about. Raises NotFound.

    Events that no step of this matter and person records are left out, as are steps of those who sit: they decide, and
    the letter carries out what they decided.
    """
    matter = parts(viewer, matter_ref)
    held = facts.held_decisions([matter.id]).get(matter.id, [])
    case = facts.case_facts(viewer, matter, held)
    keys = {one.key: one.id for one in matter.people}
    standing = {key: one.ref for key, one in facts.standing(held).items()}
    found = {}
    for event in events:
        rows = []
        for step in law().steps.values():
            key = "" if step.per is Per.MATTER else person_key
            if _records(step, event) and step.owner is not Permission.SIT and concerns(step, case, key):
                rows.append(_row(viewer, case, step, event, key, standing.get((step.key, keys.get(key)), "")))
        if rows:
            found[event] = next((row for row in rows if row.refusal is None), rows[0])
    return found


def _row(viewer: Viewer, case: CaseFacts, step: Step, event: str, key: str, standing: str) -> ServedStep:
    options = [one for one in step.options if event in one.events]
    closed = {one.key: option_closed(one, step, case, key, viewer.today) for one in options}
    found = tuple(one for one in options if closed[one.key] is None)
    why = why_not(step, case, key) or refusal(viewer, case, step, key)
    return ServedStep(step, key, found, why or (None if found else closed[options[0].key]), standing)


def _records(step: Step, event: str) -> bool:
    return any(event in option.events for option in step.options)
