"""Lessons of cases that took too long: what is due, from whom and to whom, stands on the matter."""

from datetime import date, datetime

import pytest

from peelian.clocks import queries
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
