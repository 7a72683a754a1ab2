"""Lessons of people who were treated differently, which nobody measured at each step."""

from datetime import datetime

import pytest

from peelian.disparity import queries
from tests import worlds
from tests.compared import FROM, STEPS, TO, compared

pytestmark = pytest.mark.django_db


def test_les_20_ratio_interval_and_base_numbers_stand_at_each_decision_point(at: datetime) -> None:
    made = compared(at)
    for step in STEPS:
        made.decide(step, len(made.matters))
    reader = worlds.user(at, "Ana Lyst", "analyst").viewer
    report = queries.disparity(reader, "ethnicity", FROM, TO)
    assert [one.title for one in report.points] == [
        *("Allegation", "Severity", "Case to answer", "Suspension", "Outcome", "Discharge")
    ]
    for point in report.points:
        of = {one.key: one for one in point.figures}
        assert (of["white"].of, of["white"].reached, of["black"].of, of["black"].reached) == (40, 5, 30, 6), point.key
        ratio = of["black"].ratio
        assert ratio is not None
        assert ratio.ratio == pytest.approx(1.6)  # 6/30 over 5/40
        assert (ratio.low, ratio.high) == pytest.approx((0.53885, 4.75087), abs=1e-5)  # as scipy gives it
        assert point.missing_in_post is not None
    assert any("Chance alone explains some" in words for words in report.words)
