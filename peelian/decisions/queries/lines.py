"""Decisions as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.decisions.facts import BY_LETTER, signature_of, standing, waits
from peelian.decisions.rows import CitedLine, DecisionRow, SignatureRow
from peelian.investigations.rows import Cited
from peelian.matters.queries import MatterParts
from peelian.rules.saying import WHY_OPEN
from peelian.statute import Option, Step
from peelian.statute.detail_rows import OPEN_LINES, Form
from peelian.terms.investigations import LineState
from peelian.terms.known_dates import date_words
from peelian.walls.queries import actor_names


def rows_of(matter: MatterParts, decisions: Sequence[Any]) -> tuple[DecisionRow, ...]:
    """Rows of one matter's decisions, in their order."""
    signers = [signature.recorded_by for one in decisions if (signature := signature_of(one))]
    names = actor_names({one.recorded_by for one in decisions} | set(signers))
    in_effect = {one.pk for one in standing(decisions).values()}
    people = {one.id: (one.key, one.name) for one in matter.people}
    return tuple(_row(one, names, one.pk in in_effect, people) for one in decisions)


def _row(one: Any, names: Mapping[str, str], stands: bool, people: Mapping[int, tuple[str, str]]) -> DecisionRow:
    step = step_named(one.step)
    signed = signature_of(one)
    key, name = people.get(one.involvement_id, ("", "")) if one.involvement_id else ("", "")
    indicated = step.option(one.indicated) if one.indicated else None
    questions = {question.key: question.words for question in step.questions}
    return DecisionRow(
        ref=one.ref,
        step=step,
        option=option_named(step, one.option),
        person=name,
        person_key=key,
        indicated=indicated.words if indicated else "",
        differs=bool(one.indicated) and one.indicated != one.option,
        answers=tuple((questions.get(question, question), yes) for question, yes in one.answers.items()),
        reasons=one.reasons,
        fixed_on=one.fixed_on,
        on=one.on,
        by=names.get(one.recorded_by, "Peelian"),
        recorded_at=one.recorded_at,
        stands=stands,
        waits=waits(one),
        replaced=not stands and not waits(one) and (signed is None or signed.agreed),
        signature=SignatureRow(signed.agreed, signed.reasons, signed.on, names.get(signed.recorded_by, "Peelian"))
        if signed
        else None,
        together=one.joint_view.together if one.joint_view else None,
        said=_said(step, one.said or {}),
        lines=cited_rows(one.lines or ()),
        letter=(one.said or {}).get(BY_LETTER, ""),
    )


def cited_rows(lines: Iterable[Cited]) -> tuple[CitedLine, ...]:
    """Lines of enquiry as a decision keeps them, as rows."""
    return tuple(
        CitedLine(
            number=int(str(one["number"])),
            what=str(one["what"]),
            owner=str(one["owner"]),
            due_on=date.fromisoformat(str(one["due_on"])),
            state=LineState(str(one["state"])),
            result=str(one["result"]),
        )
        for one in lines
    )


def _said(step: Step, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What was asked in words and what was said, in the order of the step; a day as it is spoken."""
    asked = {OPEN_LINES: WHY_OPEN, **{one.key: one.words for one in step.questions}}
    asked |= {one.key: one.words for one in step.details}
    days = {one.key for one in step.details if one.form is Form.DAY}
    return tuple(
        (words, date_words(date.fromisoformat(said[key])) if key in days else said[key])
        for key, words in asked.items()
        if key in said
    )


def step_named(key: str) -> Step:
    """A step of the tables. Raises KeyError for one that left them, which the tables must never do."""
    return law().steps[key]


def option_named(step: Step, key: str) -> Option:
    """An outcome of a step. Raises KeyError for one that left the tables, which they must never do."""
    found = step.option(key)
    if found is None:
        raise KeyError(f"{step.key} {key}")
    return found
