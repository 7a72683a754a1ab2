"""Lessons of cases closed too soon: chosen by criteria, frozen, read again by two who are independent."""

from datetime import datetime

import pytest

from peelian.lookback import queries
from tests import worlds
from tests.lookbacks import NEW, NONE, RISK, look_back

pytestmark = pytest.mark.django_db


def test_les_31_a_cohort_is_frozen_and_every_case_of_it_ends_in_a_result(at: datetime) -> None:
    made = look_back(at, 3)
    worlds.open_complaint(worlds.peelian(at), at.date())
    for ref, result in zip(made.refs, (NONE, NEW, RISK), strict=True):
        made.decide(ref, result)
    decided = {line.matter.ref: line.category for line in queries.export_cases(made.leader.viewer, made.ref)}
    assert decided == dict(zip(made.refs, (NONE, NEW, RISK), strict=True))
    assert made.figures.partition.reconciles
    assert made.figures.partition.words == "3 = 1 + 1 + 1 + 0"
