"""SI 2020/4 reg 2(1), SI 2020/2 reg 1(2): working days, as properties that hold for every day of the table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.rules import ends_on, is_working_day, working_days_after, working_days_before
from peelian.statute import Holidays
from tests.regulations.facts import LAW

CALENDAR = LAW.england_and_wales
DAYS = st.dates(date(2013, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(1, 150)
CLOCKS = st.sampled_from([clock for clock in LAW.clocks() if clock.length and clock.unit.value != "hours"])


def with_closed(*days: date) -> Holidays:
    return Holidays(
        key="more",
        words="a test",
        law=CALENDAR.law,
        days=[*CALENDAR.days, *days],
        reaches_from=CALENDAR.reaches_from,
        reaches_to=CALENDAR.reaches_to,
    )


@given(start=DAYS, count=COUNTS, closed=st.lists(DAYS, max_size=6))
def test_a_holiday_never_shortens_a_limit(start: date, count: int, closed: list[date]) -> None:
    more = with_closed(*closed)
    assert working_days_after(start, count, more) >= working_days_after(start, count, CALENDAR)
    assert more.nth_from(start, count) >= CALENDAR.nth_from(start, count)
    assert working_days_before(start, count, more) <= working_days_before(start, count, CALENDAR)


@given(clock=CLOCKS, start=DAYS, closed=st.lists(DAYS, min_size=1, max_size=4))
def test_a_holiday_never_shortens_any_clock(clock: object, start: date, closed: list[date]) -> None:
    plain = ends_on(clock, start, CALENDAR).value  # type: ignore[arg-type]  # a Clock
    with_more = ends_on(clock, start, with_closed(*closed)).value  # type: ignore[arg-type]  # as above
    assert plain is not None
    assert with_more is not None
    before = clock.direction == "before"  # type: ignore[attr-defined]  # as above
    assert with_more <= plain if before else with_more >= plain


@given(start=DAYS, first=COUNTS, second=COUNTS)
def test_splitting_a_span_loses_no_day(start: date, first: int, second: int) -> None:
    middle = working_days_after(start, first, CALENDAR)
    assert working_days_after(middle, second, CALENDAR) == working_days_after(start, first + second, CALENDAR)


@given(start=DAYS, middle=st.integers(0, 400), end=st.integers(0, 400))
def test_counting_a_span_in_two_pieces_counts_every_day_once(start: date, middle: int, end: int) -> None:
    halfway, last = start + timedelta(days=middle), start + timedelta(days=middle + end)
    whole = CALENDAR.between(start, last)
    assert CALENDAR.between(start, halfway) + CALENDAR.between(halfway, last) == whole


@given(start=DAYS, count=COUNTS)
def test_counting_forward_then_back_returns(start: date, count: int) -> None:
    if not CALENDAR.is_working_day(start):
        start = working_days_after(start, 1, CALENDAR)
    assert working_days_before(working_days_after(start, count, CALENDAR), count, CALENDAR) == start


@given(start=DAYS, count=COUNTS)
def test_before_and_after_are_symmetric(start: date, count: int) -> None:
    latest = working_days_before(start, count, CALENDAR)
    assert CALENDAR.between(latest - timedelta(days=1), start - timedelta(days=1)) == count
    assert CALENDAR.between(start, working_days_after(start, count, CALENDAR)) == count


@given(start=DAYS, count=COUNTS)
def test_the_last_day_of_a_limit_in_working_days_is_a_working_day(start: date, count: int) -> None:
    assert is_working_day(working_days_after(start, count, CALENDAR), CALENDAR).value


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        (date(2026, 5, 25), False, "a bank holiday in England and Wales"),
        (date(2026, 5, 24), False, "a weekend day"),
        (date(2026, 5, 26), True, "neither a weekend day nor a bank holiday"),
        (date(2022, 9, 19), False, "a bank holiday"),  # one-off
    ],
)
def test_an_answer_about_a_day_says_why(day: date, working: bool, why: str) -> None:
    answer = is_working_day(day, CALENDAR)
    assert answer.value is working
    assert why in answer.because[0]
    with pytest.raises(TypeError, match="not yes or no"):
        bool(answer)
