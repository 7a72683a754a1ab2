"""Lessons of decisions that nobody looked at a second time: drawn by lot each month and taken again, blind."""

from datetime import datetime

import pytest

from peelian.journal.queries import entries
from peelian.sampling import queries
from tests import worlds
from tests.second_looks import second_look

pytestmark = pytest.mark.django_db


def test_les_27_a_sample_is_drawn_each_month_with_its_size_and_seed_and_taken_again_blind(at: datetime) -> None:
    made = second_look(at)
    made.draw()
    entry = next(one for one in entries(worlds.peelian(at)).rows if "by lot: referral" in one.summary)
    row = queries.draws(made.head.viewer)[0]
    assert "drew 1 of 1" in entry.summary
    assert f"seed {row.seed}" in entry.decision
    assert "zebra" not in repr(queries.blind(made.again.viewer, made.ref))
    made.again_as("no")
    published = queries.draws(made.head.viewer)[0].agreement
    assert published is not None
    assert (published.cases, published.agreed) == (1, 1)
