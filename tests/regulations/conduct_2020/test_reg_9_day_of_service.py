"""SI 2020/4 reg 9 as amended from 28 May 2025; Interpretation Act 1978 s7: on which day a notice counts as served."""

from datetime import date
from pathlib import Path

import pytest

from peelian import statute
from peelian.rules import UnknownWay, publication, served_on, ways
from tests.regulations.facts import LAW

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("way", "sent", "served"),
    [
        ("post", FRIDAY, date(2026, 11, 24)),  # Monday is the first working day after, Tuesday the second
        ("post", date(2026, 12, 24), date(2026, 12, 30)),  # over Christmas and its substitute day
        ("letter_post", FRIDAY, date(2026, 11, 24)),
        ("email", FRIDAY, FRIDAY),
        ("email", SATURDAY, date(2026, 11, 23)),
        ("letter_email", SATURDAY, SATURDAY),
        ("in_person", SATURDAY, SATURDAY),
        ("left", SATURDAY, SATURDAY),
        ("representative", SATURDAY, SATURDAY),
        ("published", SATURDAY, SATURDAY),
    ],
)
def test_something_sent_on_a_day_counts_as_served_on(way: str, sent: date, served: date) -> None:
    answer = served_on(LAW, way, sent)
    assert answer.value == served
    assert answer.law
    assert len(answer.because) == 2


def test_no_notice_under_the_conduct_regulations_goes_by_email_before_28_may_2025() -> None:
    answer = served_on(LAW, "email", date(2025, 5, 27))
    assert answer.value is None
    assert "before Wednesday 28 May 2025" in answer.because[-1]
    assert served_on(LAW, "email", date(2025, 5, 28)).value == date(2025, 5, 28)
    assert "email" not in [way.key for way in ways(LAW, date(2025, 5, 27), under_conduct=True)]


def test_a_letter_that_is_no_such_notice_could_go_by_email_before() -> None:
    assert served_on(LAW, "letter_email", date(2025, 5, 27)).value == date(2025, 5, 27)
    assert "letter_email" in [way.key for way in ways(LAW, date(2025, 5, 27), under_conduct=False)]


def test_an_interval_that_nobody_read_says_so() -> None:
    assert served_on(LAW, "post", FRIDAY).unverified
    assert all(way.unverified for way in (*ways(LAW, FRIDAY, under_conduct=True), *publication(LAW, FRIDAY)))


def test_nothing_is_served_on_a_person_by_being_published() -> None:
    keys = [way.key for conduct in (True, False) for way in ways(LAW, FRIDAY, under_conduct=conduct)]
    assert "published" not in keys
    assert [way.key for way in publication(LAW, FRIDAY)] == ["published"]


def test_a_way_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownWay):
        served_on(LAW, "pigeon", FRIDAY)


CHANGE = """
[[service_way]]
id = "post"
working_days = 3
in_force_from = 2026-01-05
law = "SI 2020/4 reg 9"
checked_by = "Force solicitor"
checked_on = 2025-12-20
"""


def test_a_force_lays_its_own_checked_interval_over_the_table_from_a_day(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(CHANGE)
    law = statute.with_local(tmp_path)
    assert served_on(law, "post", date(2026, 1, 2)).value == date(2026, 1, 6)
    later = served_on(law, "post", date(2026, 1, 5))
    assert (later.value, later.unverified) == (date(2026, 1, 8), False)
    assert served_on(LAW, "post", date(2026, 1, 5)).value == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"post"', '"pigeon"', "no such way"),
        ("working_days = 3", 'label = "Ours"', "cannot be changed"),
        ('checked_by = "Force solicitor"', "", "who checked"),
        ('law = "SI 2020/4 reg 9"', "", "no law"),
        ("2026-01-05", "2019-01-05", "not before"),
    ],
)
def test_a_force_is_told_which_change_cannot_be(tmp_path: Path, before: str, after: str, reason: str) -> None:
    (tmp_path / "ours.toml").write_text(CHANGE.replace(before, after))
    with pytest.raises(statute.UnsoundLaw, match=reason):
        statute.with_local(tmp_path)
