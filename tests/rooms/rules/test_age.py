"""How long a matter has been open, counted from the day it came to attention."""

from datetime import date

import pytest

from peelian import statute
from peelian.rules.age import age
from peelian.terms.known_dates import KnownDate

LAW = statute.product()


@pytest.mark.parametrize(
    ("came", "on", "days", "words", "is_old"),
    [
        (KnownDate.of(2026, 11, 22), date(2026, 11, 22), 0, "0 days", False),
        (KnownDate.of(2026, 11, 21), date(2026, 11, 22), 1, "1 day", False),
        (KnownDate.of(2026, 10, 22), date(2026, 11, 22), 31, "1 month", False),
        (KnownDate.of(2025, 11, 23), date(2026, 11, 22), 364, "11 months", False),
        (KnownDate.of(2025, 11, 22), date(2026, 11, 22), 365, "1 year", True),
        (KnownDate.of(2024, 2, 29), date(2025, 2, 28), 365, "1 year", True),
        (KnownDate.of(2024, 5, 20), date(2026, 11, 22), 916, "2 years and 6 months", True),
        (KnownDate.of(2024), date(2026, 1, 1), 731, "2 years", True),
        (KnownDate.of(2027, 1, 1), date(2026, 11, 22), 0, "0 days", False),
    ],
)
def test_age_is_counted_in_months_and_years(came: KnownDate, on: date, days: int, words: str, is_old: bool) -> None:
    found = age(LAW, came, on)
    assert (found.days, found.words, found.is_old) == (days, words, is_old)


def test_every_step_that_a_matter_waits_for_says_why_in_a_sentence() -> None:
    waited_for = [one for one in LAW.steps.values() if one.until]
    assert len(waited_for) > 40
    assert all(one.until.endswith(".") for one in waited_for)
