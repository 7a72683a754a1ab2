"""SI 2017/1135 reg 3: five working days beginning with the date of dismissal, so that day is day 1 if it is one."""

from datetime import date

import pytest

from peelian.rules import DutyState
from tests.regulations.facts import OLE, event, matter, one


@pytest.mark.parametrize(
    ("dismissed", "due"),
    [
        (date(2026, 1, 5), date(2026, 1, 9)),  # a Monday: itself day 1
        (date(2026, 1, 3), date(2026, 1, 9)),  # a Saturday: Monday is day 1
    ],
)
def test_the_day_of_dismissal_is_day_one_if_it_is_a_working_day(dismissed: date, due: date) -> None:
    facts = matter(event("dismissed", dismissed, "ole"), people=(OLE,))
    assert one("LST-01", facts, dismissed).due == due


def test_it_is_owed_after_the_matter_is_closed() -> None:
    facts = matter(event("dismissed", date(2026, 1, 5), "ole"), people=(OLE,), closed_on=date(2026, 1, 6))
    assert one("LST-01", facts, date(2026, 1, 12)).state is DutyState.OVERDUE
