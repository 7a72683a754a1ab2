"""A cast for the tests of the walls."""

from datetime import datetime

import pytest

from tests.walls.cast import Cast


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    return Cast(at)
