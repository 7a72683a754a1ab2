"""A unit with a handler who owns an open complaint, and a browser for whoever is asked for."""

from datetime import date, datetime

import pytest

from peelian.web import middleware
from peelian.web.work import calendar
from tests import worlds
from tests.worlds import Someone

CAME = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages read the clock at the edge; here it stands still."""
    monkeypatch.setattr(middleware, "now", lambda: at)
    monkeypatch.setattr(calendar, "now", lambda: at)


@pytest.fixture
def unit(db: None, at: datetime) -> str:
    return worlds.unit(at, "North")


@pytest.fixture
def handler(at: datetime, unit: str) -> Someone:
    return worlds.user(at, "Hana Handler", "complaint_handler", "assessor", unit_ref=unit)


@pytest.fixture
def supervisor(db: None, at: datetime) -> Someone:
    """Reads unit work and belongs to no unit."""
    return worlds.user(at, "Sara Super", "supervisor", unit_ref=worlds.unit(at, "Oversight"))


@pytest.fixture
def complaint(handler: Someone, at: datetime, unit: str) -> str:
    """An open complaint of Ida Caller's that the handler owns; returns its reference."""
    caller = worlds.member_of_the_public(at, "Caller", "Ida")
    return worlds.open_complaint(handler.viewer, CAME, complainants=(caller,), unit_ref=unit)
