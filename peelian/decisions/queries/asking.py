"""The page of one step: its questions, its outcomes, and what the answers indicate."""

from collections.abc import Mapping

from peelian.clocks.law import law
from peelian.decisions import facts
from peelian.decisions.queries.casework import refusal
from peelian.decisions.queries.joint import covers
from peelian.decisions.queries.lines import cited_rows, rows_of
from peelian.decisions.rows import Asking, Indicated
from peelian.investigations import queries as investigations
from peelian.matters.queries import parts
from peelian.rules.steps import asked, indicated, option_closed, what_would_change, why_not
from peelian.statute import CitesLines, Step, Through
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer


def asking(viewer: Viewer, matter_ref: str, step_key: str, person_key: str = "") -> Asking:
    """What is asked at a step on a matter, for one person where it is decided for each. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    step = _step(step_key)
    held = facts.held_decisions([matter.id]).get(matter.id, [])
    case = facts.case_facts(viewer, matter, held)
    outcomes = [(one, option_closed(one, step, case, person_key, viewer.today)) for one in step.options]
    cited = investigations.cited(matter) if step.lines is not CitesLines.NO else ()
    rows = [row for row in rows_of(matter, held) if row.step is step and row.person_key == person_key]
    return Asking(
        ref=matter.ref,
        heading=matter.heading or matter.kind.words,
        step=step,
        person=next((one.name for one in matter.people if person_key and one.key == person_key), ""),
        person_key=person_key,
        refusal=why_not(step, case, person_key) or refusal(viewer, case, step, person_key) or _elsewhere(step),
        questions=asked(step, case.kind),
        options=tuple(one for one, closed in outcomes if closed is None),
        closed=tuple((one, closed) for one, closed in outcomes if closed is not None),
        before=next((row for row in reversed(rows) if row.stands), None),
        needs_joint_view=step.joint_view and not covers(viewer, matter),
        lines=cited_rows(cited),
        lines_stamp=investigations.stamp(cited),
    )


def what_follows(viewer: Viewer, matter_ref: str, step_key: str, answers: Mapping[str, bool]) -> Indicated:
    """What the answers given so far indicate at a step, the working, and what would change it. Raises NotFound."""
    step, kind = _step(step_key), parts(viewer, matter_ref).kind
    answer = indicated(step, kind, answers)
    return Indicated(
        answer.value, answer.law, answer.because, answer.unverified, what_would_change(step, kind, answers)
    )


def _elsewhere(step: Step) -> Refusal | None:
    """Why a step that the record of the proceedings takes is not taken on the page of the step."""
    if step.through is not Through.RECORD:
        return None
    return Refusal(f"“{step.words}” is recorded on the page of the proceedings, with what it says.", step.law)


def _step(key: str) -> Step:
    step = law().steps.get(key)
    if step is None:
        raise NotFound(f"step {key}")
    return step
