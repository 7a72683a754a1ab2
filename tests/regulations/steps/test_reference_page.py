"""docs/reference/steps.md is printed from the rows and leaves no step, outcome, arrow or unread text out."""

import re

from peelian import statute
from peelian.rules.step_reference import steps_text
from tests.house.printed import REFERENCE, text_of

LAW = statute.product()
TEXT = steps_text(LAW)


def test_the_steps_page_is_fresh_and_the_same_every_time() -> None:
    assert (REFERENCE / "steps.md").read_text() == text_of("steps.md"), (
        "docs/reference/steps.md is stale: say make docs"
    )
    assert steps_text(LAW) == TEXT


def test_every_step_has_a_row_of_seven_cells_and_every_outcome_stands_in_it() -> None:
    rows = {
        found[1]: line for line in TEXT.split("\n") if (found := re.match(r"\| \*\*.+?\*\* `([a-z_0-9]+)`<br>", line))
    }
    assert list(rows) == list(LAW.steps)
    for step in LAW.steps.values():
        assert rows[step.key].count(" | ") == 6, step.key
        assert all(option.words in rows[step.key] for option in step.options), step.key
        assert ("<br>unverified |" in rows[step.key]) is step.unverified, step.key


def test_every_arrow_of_the_diagrams_is_a_first_step_and_every_first_step_an_arrow() -> None:
    drawn = set(re.findall(r"^    (\w+) -->(?:\|\".*\"\|)? (\w+)$", TEXT, re.MULTILINE))
    assert drawn == {(word.partition("=")[0], step.key) for step in LAW.steps.values() for word in step.after}


def test_every_step_drawn_is_named_once_in_its_diagram() -> None:
    diagrams = re.findall(r"```mermaid\n(.*?)```", TEXT, re.DOTALL)
    assert len(diagrams) == len({step.stage for step in LAW.steps.values()})
    for diagram in diagrams:
        named = re.findall(r"^    (\w+)\[", diagram, re.MULTILINE)
        assert len(named) == len(set(named))
        assert set(re.findall(r"^    (\w+) -->", diagram, re.MULTILINE)) <= set(named)


def test_every_question_and_its_default_are_shown() -> None:
    for step in LAW.steps.values():
        assert all(f"- `{question.key}` {question.words} (" in TEXT for question in step.questions), step.key
    assert TEXT.count("**: otherwise. ") == sum(bool(step.questions) for step in LAW.steps.values())


def test_the_clocks_that_casework_moves_are_all_on_the_page() -> None:
    later = ("VET-", "INF-")
    known = {clock for clock in LAW.clock_ids() if not clock.startswith(later)} - {
        "PAT-04",
        "CMP-15",
        "CMP-16",
        "CMP-17",
    }
    by_opening = {"CMP-01", "CMP-02", "CMP-09", "CMP-10", "INV-06", "INV-07", "REF-02", "LES-05"}  # or when it came
    besides = {"LES-11", "LES-18"}  # the hour at which a match came; that a further matter was recorded
    started = {
        clock for line in re.findall(r"starts ([A-Z]{3}-\d\d(?:, [A-Z]{3}-\d\d)*)", TEXT) for clock in line.split(", ")
    }
    assert known - started <= by_opening | besides
    met = {
        clock for line in re.findall(r"ends ([A-Z]{3}-\d\d(?:, [A-Z]{3}-\d\d)*)", TEXT) for clock in line.split(", ")
    }
    needs_meeting = {clock for clock in known if LAW.drives[clock].met_by}
    assert needs_meeting - met == {"LES-18"}  # met by the joint view itself, which comes before a step
