"""The bank-holiday tables agree with two packages that publish the same days, and know how far they reach."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import holidays as published
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from peelian import statute

LAW = statute.product()
DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")


def seeded() -> dict[str, set[date]]:
    source = BankHolidays(use_cached_holidays=True)
    return {one: {row["date"] for row in source.get_holidays(division=one)} for one in DIVISIONS}


def test_the_table_is_what_the_government_published() -> None:
    rows = tomllib.loads((Path(statute.__file__).parent / "holidays.toml").read_text())["holiday"]
    ours = {one: {row["day"] for row in rows if one in row["divisions"]} for one in DIVISIONS}
    assert ours == seeded()


def test_england_and_wales_counts_its_own_days_and_freedom_of_information_all_three() -> None:
    days = seeded()
    assert LAW.england_and_wales.days == days["england-and-wales"]
    assert LAW.united_kingdom.days == set().union(*days.values())
    assert LAW.england_and_wales.is_working_day(date(2026, 3, 17))  # St Patrick's Day, a Tuesday
    assert not LAW.united_kingdom.is_working_day(date(2026, 3, 17))


@pytest.mark.parametrize("year", range(2012, 2029))
def test_an_independent_calendar_agrees_on_england_and_wales(year: int) -> None:
    theirs = {day for day in published.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    ours = {day for day in LAW.england_and_wales.days if day.year == year and day.weekday() < 5}
    assert ours == theirs


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2029, 1, 1)])
def test_past_its_reach_the_table_raises(day: date) -> None:
    for calendar in (LAW.england_and_wales, LAW.united_kingdom):
        with pytest.raises(statute.BeyondTheTable, match="outside the table of bank holidays"):
            calendar.is_working_day(day)


def test_a_count_that_runs_past_the_reach_raises() -> None:
    near = date(2028, 12, 20)
    for count in (LAW.england_and_wales.nth_after, LAW.england_and_wales.nth_from):
        with pytest.raises(statute.BeyondTheTable):
            count(near, 30)
    with pytest.raises(statute.BeyondTheTable):
        LAW.england_and_wales.nth_before(date(2012, 1, 10), 30)


def test_a_working_day_is_what_its_definition_says_on_every_day_of_the_table() -> None:
    calendar = LAW.england_and_wales
    day = calendar.reaches_from
    while day < calendar.reaches_to:
        assert calendar.is_working_day(day) == (day.weekday() < 5 and day not in calendar.days)
        day += timedelta(days=1)
