"""`peelian evidence check`: every file opens to its hash, or is named."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from peelian.cli.evidence import Faulty, app
from peelian.evidence import actions, store
from tests import worlds

pytestmark = pytest.mark.django_db


def test_a_check_names_what_is_missing_and_what_belongs_to_no_file(at: datetime, tmp_path: Path, settings: Any) -> None:
    settings.PEELIAN_HOME = tmp_path
    keeper = worlds.user(at, "Kay Store", "complaint_handler")
    matter = worlds.open_complaint(keeper.viewer, date(2026, 11, 2))
    ref = actions.keep(by=keeper.viewer, matter_ref=matter, name="a.bin", content=b"\x00\x01", on=at.date())
    sound = CliRunner().invoke(app, ["check", "--json"])
    assert json.loads(sound.stdout) == {"opened": 1, "faults": [], "strays": []}
    for path in store.home().rglob("*"):
        if path.is_file():
            path.rename(store.home() / "elsewhere")
    faulty = CliRunner().invoke(app, ["check"])
    assert isinstance(faulty.exception, Faulty)
    assert f"{ref} (original)" in faulty.stdout
    assert "elsewhere: belongs to no file" in faulty.stdout
