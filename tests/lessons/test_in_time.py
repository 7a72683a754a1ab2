"""Lessons of cases that took too long: what is due, from whom and to whom, stands on the matter."""

from datetime import date, datetime

import pytest

from peelian.clocks import queries
from peelian.decisions import queries as decisions
from tests.lessons.cases import conduct_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("came", "clock", "ends"),
    [
        pytest.param(date(2025, 12, 1), "INV-06", date(2026, 11, 30), id="before twelve months have passed"),
        pytest.param(date(2025, 10, 6), "INV-07", date(2027, 4, 5), id="past twelve months"),
    ],
)
def test_les_15_twelve_months_on_a_report_is_due_and_says_to_whom(
    at: datetime, came: date, clock: str, ends: date
) -> None:
    case = conduct_case(at, came)
    assessor = case.by("assessor")
    case.refer_or_not(assessor)
    case.read(assessor)
    case.decide(assessor, "conduct_handling", "investigate", yes=["indication"])
    found = {row.clock: row for row in queries.matter_duties(assessor, case.ref, at.date()).open}
    assert found[clock].due_on == ends
    assert found[clock].is_open
    assert found[clock].owed_to.startswith("local policing body")
    assert found[clock].owner


@pytest.mark.parametrize(
    ("role", "came", "age", "is_old"),
    [
        pytest.param("supervisor", date(2025, 10, 6), "1 year and 1 month", True, id="past twelve months"),
        pytest.param("investigator", date(2025, 12, 1), "11 months", False, id="before twelve months have passed"),
    ],
)
def test_les_15_age_reason_and_next_step_are_known_of_every_open_matter(
    at: datetime, role: str, came: date, age: str, is_old: bool
) -> None:
    case = conduct_case(at, came)
    assessor = case.by("assessor")
    found = decisions.progress(assessor, case.ref)
    assert found is not None
    assert found.age is not None
    assert (found.age.words, found.age.is_old) == (age, is_old)
    assert found.why == ("No decision on referral to the IOPC is recorded.",)
    assert found.following[0].key == "referral"

    case.refer_or_not(assessor)
    case.read(assessor)
    waiting = case.decide(assessor, "conduct_handling", "no_further_action", yes=["indication"])
    found = decisions.progress(assessor, case.ref)
    assert found is not None
    assert found.why[0] == "“Way of handling a conduct or DSI matter” was decided and awaits a second signature."
    case.sign(case.by("supervisor"), waiting)
    found = decisions.progress(assessor, case.ref)
    assert found is not None
    assert found.why == ("No step that it waits for is left to take: close it, or take another step of casework.",)
