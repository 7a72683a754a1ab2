"""What a step asks to be said in words, and what of it was left out."""

from collections.abc import Mapping
from datetime import date

from peelian.rules.steps import asked
from peelian.statute import Option, Step
from peelian.statute.detail_rows import OPEN_LINES, CitesLines, Form

WHY_OPEN = "Why do lines of enquiry stay open?"


def left_out(
    step: Step, option: Option, kind: str, said: Mapping[str, str], *, open_lines: bool
) -> tuple[tuple[str, str], ...]:
    """What was not said though it must be with this outcome, or is no day: key and what to do. Empty where all is.

    `kind`: of the matter. `open_lines`: a line of enquiry is open, which a step that explains them must say why.
    Source: the rows of the step.
    """
    wanted = [(one.key, one.words) for one in asked(step, kind) if one.in_words]
    wanted += [(one.key, one.words) for one in step.details if one.needed and one.asked_with(option.key)]
    if step.lines is CitesLines.EXPLAINS and open_lines:
        wanted.append((OPEN_LINES, WHY_OPEN))
    found = [(key, f"Answer in words: {words}") for key, words in wanted if not said.get(key)]
    days = [one for one in step.details if one.form is Form.DAY and said.get(one.key)]
    return (*found, *((one.key, f"Give a day: {one.words}") for one in days if not _is_day(said[one.key])))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
