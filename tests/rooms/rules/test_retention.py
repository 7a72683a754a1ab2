"""Until when a closed record is kept, by each schedule of the access table."""

from dataclasses import replace
from datetime import date

import pytest

from peelian import statute
from peelian.rules.retention import Keeping, Life, RecordFacts, keeping, proposed, schedules, years_after

HELD = schedules(statute.product())
CLOSED = date(2020, 2, 29)
PLAIN = RecordFacts("matter", CLOSED, lives=(Life(date(1980, 5, 1), date(2030, 6, 30)),))


@pytest.mark.parametrize(
    ("key", "lives", "review_on", "not_before"),
    [
        ("complaint_other", PLAIN.lives, date(2026, 2, 28), date(2026, 2, 28)),
        ("mopi_group_1", PLAIN.lives, date(2030, 2, 28), date(2080, 5, 1)),
        ("mopi_group_1", (), date(2030, 2, 28), date(2120, 2, 29)),
        ("mopi_group_2", PLAIN.lives, date(2030, 2, 28), date(2030, 2, 28)),
        ("mopi_group_3", PLAIN.lives, date(2026, 2, 28), date(2026, 2, 28)),
        ("mopi_group_4", PLAIN.lives, CLOSED, CLOSED),
        ("conduct_proved_dismissed", PLAIN.lives, date(2030, 2, 28), date(2080, 5, 1)),
        ("conduct_proved_dismissed", (Life(None, None),), date(2030, 2, 28), date(2120, 2, 29)),
        ("conduct_serious_unproved", PLAIN.lives, date(2030, 2, 28), date(2052, 5, 1)),
        ("conduct_serious_unproved", (Life(None, date(2030, 6, 30)),), date(2030, 2, 28), date(2040, 6, 30)),
        ("conduct_serious_unproved", (Life(date(1980, 5, 1), None),), date(2030, 2, 28), date(2120, 2, 29)),
    ],
)
def test_each_schedule_gives_its_days(key: str, lives: tuple[Life, ...], review_on: date, not_before: date) -> None:
    found = keeping(HELD[key], replace(PLAIN, lives=lives))
    assert found.value == Keeping(review_on, not_before)
    assert found.because
    assert found.unverified
    assert found.law


@pytest.mark.parametrize("key", sorted(HELD))
def test_what_has_no_closing_date_is_to_be_reviewed_at_once_on_every_schedule(key: str) -> None:
    found = keeping(HELD[key], replace(PLAIN, closed=None))
    assert found.value == Keeping(None, None)
    assert "to be reviewed at once" in found.because[0]


def test_what_was_reviewed_and_kept_waits_for_the_next_review() -> None:
    later = date(2031, 1, 1)
    assert keeping(HELD["complaint_other"], PLAIN, reviewed_until=later).value == Keeping(later, later)
    earlier = keeping(HELD["complaint_other"], PLAIN, reviewed_until=date(2021, 1, 1))
    assert earlier.value.review_on == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (PLAIN, "complaint_other"),
        (replace(PLAIN, categories=frozenset({"H4"})), "complaint_other"),
        (replace(PLAIN, categories=frozenset({"J2"})), "conduct_serious_unproved"),
        (replace(PLAIN, factors=frozenset({"domestic_abuse"})), "conduct_serious_unproved"),
        (replace(PLAIN, outcomes=frozenset({"action_gross=dismissal"})), "conduct_proved_dismissed"),
        (
            replace(PLAIN, outcomes=frozenset({"action_gross=dismissal"}), categories=frozenset({"J2"})),
            "conduct_proved_dismissed",
        ),
        (RecordFacts("intake item", CLOSED), "complaint_other"),
    ],
)
def test_the_first_schedule_that_fits_the_facts_is_proposed(facts: RecordFacts, key: str) -> None:
    assert proposed(HELD, facts).key == key


def test_the_outcomes_of_a_schedule_are_outcomes_of_steps() -> None:
    law = statute.product()
    for one in HELD.values():
        for outcome in one.outcomes:
            step, _, option = outcome.partition("=")
            assert law.steps[step].option(option) is not None, outcome
        codes = {row.key for row in law.table("category")} | {row.key for row in law.table("subcategory")}
        assert set(one.categories) <= codes
        assert one.factors <= {row.key for row in law.table("factor")}


def test_a_leap_day_becomes_the_last_of_february() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
