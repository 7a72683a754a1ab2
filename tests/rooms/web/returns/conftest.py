"""The moment stands still, and the second factor is not asked for."""

from datetime import datetime

import pytest

from peelian.web import middleware


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages read the clock at the edge; here it stands still."""
    monkeypatch.setattr(middleware, "now", lambda: at)
