"""FOIA 2000 s10: twenty working days after receipt, leaving out bank holidays in any part of the United Kingdom."""

from datetime import date

from peelian.rules import DutyState
from peelian.terms.known_dates import KnownDate
from tests.regulations.facts import event, matter, one


def test_a_holiday_in_scotland_or_northern_ireland_alone_moves_the_day() -> None:
    duty = one("INF-03", matter(event("foi_received", date(2026, 7, 1))), date(2026, 7, 2))
    assert duty.due == date(2026, 7, 30)  # 13 July (Northern Ireland) does not count; by England alone 29 July
    assert "any part of the United Kingdom: Monday 13 July 2026" in duty.because[-1]


def test_it_follows_its_own_first_day_and_not_that_of_the_conduct_scheme() -> None:
    facts = matter(event("foi_received", date(2015, 3, 2)), came=KnownDate(date(2015, 3, 2)))
    assert one("INF-03", facts, date(2015, 3, 3)).state is DutyState.OPEN


def test_before_the_table_of_bank_holidays_it_gives_no_day_and_says_so() -> None:
    facts = matter(event("foi_received", date(2009, 3, 2)), came=KnownDate(date(2009, 3, 2)))
    duty = one("INF-03", facts, date(2009, 3, 3))
    assert duty.state is DutyState.NO_DATE
    assert "outside the table of bank holidays" in duty.because[0]
