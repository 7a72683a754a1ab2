"""One clock asked on its own answers from the edition in force on the day, or says why none starts."""

from datetime import UTC, date, datetime

import pytest

from peelian.rules import CannotCount
from peelian.rules.asking import asked
from peelian.statute import UnknownClock
from tests.regulations.facts import LAW


def test_a_day_in_force_is_answered() -> None:
    found = asked(LAW, "CMP-03", date(2025, 4, 11))
    assert (found.answer.value, found.starts, found.is_asap) == (date(2025, 5, 9), True, False)


def test_before_the_tables_begin_no_clock_starts_and_the_answer_says_from_when_it_does() -> None:
    found = asked(LAW, "CMP-03", date(2020, 1, 31))
    assert (found.answer.value, found.starts) == (None, False)
    assert "from Saturday 1 February 2020" in found.answer.because[0]


def test_a_replay_is_labelled_and_a_day_in_force_is_not() -> None:
    assert asked(LAW, "CMP-03", date(2016, 4, 11), by_todays_rules=True).answer.by_todays_rules
    assert not asked(LAW, "CMP-03", date(2025, 4, 11), by_todays_rules=True).answer.by_todays_rules


def test_what_is_proposed_never_starts() -> None:
    found = asked(LAW, "PAT-04", date(2026, 4, 11), by_todays_rules=True)
    assert (found.starts, found.answer.value) == (False, None)


def test_without_a_number_it_is_as_soon_as_practicable() -> None:
    assert asked(LAW, "CMP-13", date(2026, 4, 11)).is_asap


def test_hours_need_a_moment() -> None:
    assert asked(LAW, "INF-02", date(2026, 6, 1), moment=datetime(2026, 6, 1, 8, tzinfo=UTC)).starts
    with pytest.raises(CannotCount):
        asked(LAW, "INF-02", date(2026, 6, 1))


def test_an_unknown_clock_raises() -> None:
    with pytest.raises(UnknownClock):
        asked(LAW, "CMP-99", date(2026, 6, 1))
