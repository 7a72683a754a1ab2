"""DPA 2018 s67, UK GDPR art 33: 72 hours as they elapse, so a clock change moves the hour and not the length."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.rules import CannotCount, DutyState, ends_at, ends_on
from peelian.terms.viewer import LONDON
from tests.regulations.facts import LAW, event, matter, one

CLOCK = LAW.clock("INF-02", on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        (datetime(2026, 3, 28, 22, tzinfo=LONDON), datetime(2026, 3, 31, 23, tzinfo=LONDON)),  # clocks go forward
        (datetime(2026, 10, 24, 22, tzinfo=LONDON), datetime(2026, 10, 27, 21, tzinfo=LONDON)),  # clocks go back
        (datetime(2026, 6, 1, 9, 30, tzinfo=LONDON), datetime(2026, 6, 4, 9, 30, tzinfo=LONDON)),
    ],
)
def test_seventy_two_hours_elapse(started: datetime, ends: datetime) -> None:
    answer = ends_at(CLOCK, started)
    assert answer.value == ends
    assert (len(answer.because) == 3) == (started.hour != ends.hour)


@given(st.datetimes(datetime(2019, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_the_length_is_the_same_at_every_moment(started: datetime) -> None:
    assert (ends_at(CLOCK, started).value - started).total_seconds() == 72 * 3600


def test_a_moment_without_a_zone_or_a_day_alone_cannot_be_counted() -> None:
    with pytest.raises(CannotCount):
        ends_at(CLOCK, datetime(2026, 3, 28, 22))
    with pytest.raises(CannotCount):
        ends_on(CLOCK, date(2026, 3, 28), LAW.england_and_wales)
    with pytest.raises(CannotCount):
        ends_at(LAW.clock("CMP-03", on=date(2026, 1, 1)), datetime(2026, 3, 28, 22, tzinfo=UTC))


def test_on_a_matter_it_is_overdue_from_the_moment_and_without_an_hour_says_so() -> None:
    known = event("breach_known", date(2026, 6, 1), at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC))
    facts = matter(known)
    before, after = datetime(2026, 6, 4, 8, 29, tzinfo=UTC), datetime(2026, 6, 4, 8, 31, tzinfo=UTC)
    assert one("INF-02", facts, before.date(), at=before).state is DutyState.OPEN
    assert one("INF-02", facts, after.date(), at=after).state is DutyState.OVERDUE
    assert one("INF-02", matter(event("breach_known", date(2026, 6, 1))), date(2026, 6, 2)).state is DutyState.NO_DATE
