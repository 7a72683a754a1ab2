"""Somebody who loads and somebody who only reads reports, with a PEELIAN_HOME and files of the test's own."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peelian.jobs.worker import run_waiting
from peelian.web import middleware
from tests import worlds
from tests.worlds import Someone

HEADER = ("case", "officer", "category", "finding", "received", "closed")
MAP = """
source = "made_up_history"
title = "Made-up history"
people = "made_up"
content = "complaint_history"
key = ["case", "officer"]
[[column]]
name = "case"
field = "matter_reference"
[[column]]
name = "officer"
field = "person_key"
missing = []
[[column]]
name = "category"
field = "category"
[[column]]
name = "finding"
field = "finding_final"
[[column]]
name = "received"
field = "complaint_on"
forms = ["%Y-%m-%d", "%Y-%m", "year"]
[[column]]
name = "closed"
field = "closed_on"
forms = ["%Y-%m-%d"]
"""
ROWS = [
    ("C1", "111", "Rude", "Upheld", "2010-05-01", "2010-09-01"),
    ("C2", "222", "Force", "Not upheld", "2010-06", ""),
    ("C3", "Unknown", "Force", "", "2011", ""),
    ("C4", "333", "Force", "", "31/02/2011", ""),
]


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages read the clock at the edge; here it stands still."""
    monkeypatch.setattr(middleware, "now", lambda: at)


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """PEELIAN_HOME of this test, with a map of the force's own in it."""
    settings.PEELIAN_HOME = tmp_path
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "made_up_history.toml").write_text(MAP)
    return tmp_path


@pytest.fixture
def loader(db: None, at: datetime, home: Path, enter: Callable[[Someone], Client]) -> Client:
    """An analyst: loads, and takes lists away."""
    return enter(worlds.user(at, "Ana Analyst", "analyst"))


@pytest.fixture
def reader(db: None, at: datetime, home: Path, enter: Callable[[Someone], Client]) -> Client:
    """An inspector: sees the reports and loads nothing."""
    return enter(worlds.user(at, "Ines Inspector", "inspector"))


def content(rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER) -> bytes:
    said = StringIO()
    csv.writer(said).writerows([header, *rows])
    return said.getvalue().encode()


def upload(client: Client, name: str = "history.csv", body: bytes | None = None) -> str:
    """Send a file; returns the address of the page that says what was recognised."""
    file = SimpleUploadedFile(name, content() if body is None else body)
    response = client.post("/loads/new/", {"file": file})
    assert response.status_code == 302, main_of(response.content.decode())
    return response.headers["Location"]


def main_of(page: str) -> str:
    """What stands in the page's own part, without the frame."""
    return page.partition('id="main-content"')[2]


def begin(client: Client, name: str = "history.csv", body: bytes | None = None) -> str:
    """Send a file of a known source and start its load; returns the address of the load's page."""
    response = client.post(upload(client, name, body), {"how": "start"})
    assert response.status_code == 302, main_of(response.content.decode())
    return response.headers["Location"]


def loaded(client: Client, at: datetime, name: str = "history.csv", body: bytes | None = None) -> str:
    """The same, run to its end."""
    address = begin(client, name, body)
    run_waiting(clock=lambda: at)
    return address
