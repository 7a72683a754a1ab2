"""The desk of the room's tests, a moment that stands still, and files read in this process."""

from datetime import datetime

import pytest

from peelian.web import middleware
from tests.rooms.disclosure.conftest import desk, home, in_this_process, make_desk, really_apart

__all__ = ["desk", "home", "in_this_process", "make_desk", "really_apart"]


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages read the clock at the edge; here it stands still."""
    monkeypatch.setattr(middleware, "now", lambda: at)
