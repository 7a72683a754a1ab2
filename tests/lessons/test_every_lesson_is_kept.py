"""Every lesson has a test that bears its id, or a row that names what it awaits; never both, never neither."""

import ast
import re
from pathlib import Path

import pytest

from peelian import statute
from peelian.rules.lessons import Keeping, Lesson, lessons
from peelian.web import journeys
from peelian.web.pages import find_page

ROOT = Path(__file__).parents[2]
LESSONS = lessons(statute.product())
ROOMS_TO_COME: tuple[str, ...] = ()


def named_in(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


TESTS = {
    f"tests/lessons/{path.name}::{name}" for path in Path(__file__).parent.glob("test_*.py") for name in named_in(path)
}


def test_there_are_33_lessons_in_order() -> None:
    assert [one.id for one in LESSONS] == [f"LES-{number:02}" for number in range(1, 34)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.id)
def test_a_lesson_has_a_test_of_its_number_or_says_what_it_awaits(lesson: Lesson) -> None:
    bears = lesson.id.lower().replace("-", "_")
    bearing = {one for one in TESTS if f"::test_{bears}_" in one}
    if lesson.keeping is Keeping.AWAITING:
        assert lesson.awaiting in ROOMS_TO_COME
        assert len(lesson.missing) > 20
        assert not bearing
        assert (lesson.how, lesson.tried_by, lesson.falls_short) == ("", "", "")
    else:
        assert lesson.tried_by in bearing
        assert len(lesson.how) > 40
        assert find_page(lesson.page) is not None, lesson.page


def test_no_test_bears_a_number_that_is_no_lesson() -> None:
    numbers = {found.group(1) for one in TESTS if (found := re.search(r"::test_les_(\d\d)_", one))}
    assert {f"LES-{number}" for number in numbers} <= {one.id for one in LESSONS}
    assert journeys.JOURNEYS
