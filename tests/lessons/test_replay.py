"""Nine reports about one invented officer: each started duties, and none closes by one person or in silence."""

from datetime import date

import pytest

from peelian import statute
from peelian.rules.replay import Replayed, replay

REPORTS = replay(statute.product())
EACH = pytest.mark.parametrize("report", REPORTS, ids=lambda one: f"{one.number} {one.on.year}")


def test_there_are_nine_reports_from_four_forces_in_the_years_of_the_public_account() -> None:
    told = statute.table("carrick_event")
    assert [one.number for one in REPORTS] == [row["n"] for row in told]
    assert [str(one.on.year) for one in REPORTS] == [row["when"][-4:] for row in told]
    assert [one.lesson for one in REPORTS] == [row["lesson"] for row in told]
    forces = {one.force for one in REPORTS}
    assert len(forces) == 4
    assert not any(force in row["force"] for force in forces for row in told)


@EACH
def test_a_duty_arose_for_somebody_under_a_provision(report: Replayed) -> None:
    assert report.duties
    for duty in report.duties:
        assert duty.owed_by
        assert duty.owed_to
        assert duty.due_words
        assert duty.law
    assert any(duty.clock_id == "INV-01" for duty in report.duties)  # severity assessment


def test_the_events_of_the_replay_are_events_of_the_law() -> None:
    assert all(
        key in statute.product().events for row in statute.table("replay_event") for key in row.get("events", ())
    )


@EACH
def test_what_came_before_the_first_edition_is_counted_by_todays_rules_and_says_so(report: Replayed) -> None:
    assert report.by_todays_rules is (report.on < date(2020, 2, 1))
    scheme = {key for key, drive in statute.product().drives.items() if drive.scheme}
    assert all(one.by_todays_rules is report.by_todays_rules for one in report.duties if one.clock_id in scheme)


@EACH
def test_it_closes_only_once_somebody_independent_signed_and_all_that_was_known_was_read(report: Replayed) -> None:
    *refused, closed = report.attempts
    assert [one.refusal is None for one in report.attempts] == [False] * len(refused) + [True]
    assert all(one.refusal and one.refusal.law for one in refused)
    assert "second, independent person signed" in closed.after
    assert len(refused) == (3 if report.earlier else 2)
    assert report.signed_by_second
    assert len(report.earlier) == report.number - 1


@EACH
def test_the_rule_indicates_an_investigation_wherever_a_serious_category_or_a_crime_is_reported(
    report: Replayed,
) -> None:
    row = next(row for row in statute.table("replay_event") if row["n"] == report.number)
    assert report.indicated.value is not None
    assert (report.indicated.value.key == "investigate") is bool(row["yes"])
