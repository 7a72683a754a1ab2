"""Home Secretary annual data requirement: data of a quarter go to the IOPC within a month of its end (CMP-15).

The month is unverified: the day is to be confirmed with the IOPC, and a force may lay its own number over it.
"""

from datetime import date

import pytest

from peelian.rules.facts import DutyState
from peelian.rules.returns import Quarter, ReturnKind, quarters_ended, return_duty
from tests.regulations.facts import LAW

DATA = ReturnKind.DATA


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        (date(2026, 3, 31), date(2026, 4, 30)),  # April has no 31st: its last day
        (date(2026, 6, 30), date(2026, 7, 30)),
        (date(2026, 9, 30), date(2026, 10, 30)),
        (date(2025, 12, 31), date(2026, 1, 31)),  # a Saturday: no rule moves it
    ],
)
def test_a_month_after_the_quarter_ends_is_the_last_day(ends: date, due: date) -> None:
    found = return_duty(DATA, ends, None, due, law=LAW)
    assert (found.due, found.state, found.unverified) == (due, DutyState.OPEN, True)
    assert return_duty(DATA, ends, due, due, law=LAW).state is DutyState.MET
    late = due.replace(day=1, month=due.month + 1)
    assert return_duty(DATA, ends, None, late, law=LAW).state is DutyState.OVERDUE
    assert return_duty(DATA, ends, late, late, law=LAW).state is DutyState.MET_LATE


def test_the_quarters_are_those_of_the_policing_year() -> None:
    found = list(quarters_ended(date(2025, 11, 3), date(2026, 10, 1)))
    assert [(one.code, one.words) for one in found] == [
        ("2025-12", "October to December 2025 (quarter 3 of 2025/26)"),
        ("2026-03", "January to March 2026 (quarter 4 of 2025/26)"),
        ("2026-06", "April to June 2026 (quarter 1 of 2026/27)"),
        ("2026-09", "July to September 2026 (quarter 2 of 2026/27)"),
    ]
    assert found[-1].until_on == date(2026, 9, 30)
    assert list(quarters_ended(date(2026, 9, 30), date(2026, 9, 30))) == []  # its last day is not over


@pytest.mark.parametrize("code", ["2026-05", "2026-6", "x026-06", "²026-06", "0000-03", "9999-12", "", "2026-06-30"])
def test_a_code_that_names_no_quarter_is_none(code: str) -> None:
    assert Quarter.coded(code) is None


def test_before_the_scheme_of_data_capture_no_clock_starts() -> None:
    assert return_duty(DATA, date(2019, 12, 31), None, date(2020, 6, 1), law=LAW).state is DutyState.NOT_STARTED
