"""Washing from a page: what stands ready, one begun, its job, and a page where nothing stands ready."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import worlds
from tests.washes import ready
from tests.worlds import Someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("optional_second_factor")]
Enter = Callable[[Someone], Client]


def test_the_page_begins_a_wash_and_leads_to_its_job(enter: Enter, at: datetime, settings: Any, tmp_path: Path) -> None:
    settings.PEELIAN_WASHES = tmp_path / "washes"
    ready(tmp_path / "washes", at)
    client = enter(worlds.user(at, "Otto Oak", "supervisor"))
    page = client.get("/wash/washing/").content.decode()
    for words in ("workforce", "National records", "Not yet", "Begin the wash"):
        assert words in page
    assert "Wash a night" not in page
    sent = client.post("/wash/washing/", {"name": "workforce", "what": "whole"})
    assert sent.status_code == 302
    assert sent["Location"].startswith("/jobs/PJ-")
    page = client.get(sent["Location"]).content.decode()
    assert "Cancel this job" in page
    assert "It is being washed" in client.get("/wash/washing/").content.decode()
    again = client.post("/wash/washing/", {"name": "workforce", "what": "whole"}).content.decode()
    assert "this workforce is being washed" in again


def test_where_no_workforce_stands_ready_the_page_says_what_to_do(
    enter: Enter, at: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.PEELIAN_WASHES = tmp_path / "none"
    client = enter(worlds.user(at, "Otto Oak", "supervisor"))
    page = client.get("/wash/washing/").content.decode()
    assert "No workforce stands ready" in page
    assert str(tmp_path / "none") in page
    assert "Wash a workforce" in client.get("/wash/").content.decode()
