"""Lessons of severity that each read differently."""

from datetime import datetime, timedelta

import pytest

from peelian.calibration import queries
from tests.calibrations import calibration

pytestmark = pytest.mark.django_db


def test_les_22_two_assessors_who_differ_on_the_same_test_case_go_to_calibration(at: datetime) -> None:
    made = calibration(at)
    ref = made.open()
    assert made.answer(made.one, ref, "misconduct") is False
    assert queries.mine(made.head.viewer).is_empty
    assert made.answer(made.other, ref, "gross_misconduct") is True
    [item] = queries.mine(made.head.viewer).to_resolve
    assert (item.ref, item.due_on) == (ref, at.date() + timedelta(days=28))
    assert [one.codes for one in queries.round_of(made.head.viewer, ref).answers] == [
        ("Power, position or access to information abused",)
    ] * 2
    report = queries.drift(made.head.viewer)
    assert (report.differences, report.open, report.rows[-1].between.agreed, report.rows[-1].between.cases) == (
        1,
        1,
        0,
        1,
    )
