"""SI 2018/748: a published report on a super-complaint makes recommendations, and asks for answers (CMP-17).

The 56 days are unverified; the day that the report itself gives stands before them.
"""

from datetime import date

import pytest

from peelian.rules.facts import DutyState
from peelian.rules.returns import ReturnKind, return_duty
from tests.regulations.facts import LAW

KIND = ReturnKind.SUPER_COMPLAINT
PUBLISHED, DUE = date(2026, 10, 1), date(2026, 11, 25)  # 1 October is day 1: 31 days to the end of October, and 25


def test_the_day_of_the_report_is_the_first_of_56() -> None:
    assert return_duty(KIND, PUBLISHED, None, DUE, law=LAW).state is DutyState.OPEN
    late = return_duty(KIND, PUBLISHED, None, date(2026, 11, 26), law=LAW)
    assert (late.due, late.state, late.days_left, late.unverified) == (DUE, DutyState.OVERDUE, -1, True)
    assert return_duty(KIND, PUBLISHED, DUE, DUE, law=LAW).state is DutyState.MET


@pytest.mark.parametrize("asked", [date(2026, 10, 30), date(2026, 12, 18)])
def test_the_day_that_the_report_gives_stands_before_the_table(asked: date) -> None:
    open_on, over = asked, asked.replace(day=asked.day + 1)
    found = return_duty(KIND, PUBLISHED, None, open_on, law=LAW, asked_by=asked)
    assert (found.due, found.state, found.days_left) == (asked, DutyState.OPEN, 0)
    assert "The report itself asks for an answer by" in found.because[-1]
    assert return_duty(KIND, PUBLISHED, None, over, law=LAW, asked_by=asked).state is DutyState.OVERDUE
    assert return_duty(KIND, PUBLISHED, asked, over, law=LAW, asked_by=asked).state is DutyState.MET
    assert return_duty(KIND, PUBLISHED, over, over, law=LAW, asked_by=asked).state is DutyState.MET_LATE


def test_before_super_complaints_began_no_clock_starts_whatever_day_is_asked_for() -> None:
    early = date(2018, 10, 31)
    found = return_duty(KIND, early, None, PUBLISHED, law=LAW, asked_by=date(2018, 12, 1))
    assert found.state is DutyState.NOT_STARTED
