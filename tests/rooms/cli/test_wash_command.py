"""`peelian wash` as somebody types it: invented files, a build, a run, a pair explained, a night."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from peelian.cli import demo, main
from peelian.cli.wash import app
from peelian.terms.refusals import NotValid

NIGHT = """record_id,full_name,birth_on,part,category
N-1,"{name}",{born},suspect,Rape
"""


@pytest.fixture
def typed() -> Callable[..., str]:
    """What the words print; they must end well."""

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_a_workforce_is_washed_and_washed_again_at_night(typed: Callable[..., str], tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    typed("invent", str(tmp_path), "--people", "60", "--records", "1500", "--seed", "4", "--on", "2026-11-22")
    typed("build", str(tmp_path / "wash.toml"), "--store", store, "--on", "2026-11-22")
    assert "Every source of the manifest was washed." in typed("run", "--store", store)
    found = json.loads(typed("report", "--store", store, "--json"))
    assert found["people"]["people"] >= 60
    assert (tmp_path / "store" / "pairs.parquet").exists()

    person = (tmp_path / "people.csv").read_text().splitlines()
    cells = dict(zip(person[0].split(","), person[1].split(","), strict=False))
    (tmp_path / "tonight.csv").write_text(
        NIGHT.format(name=f"{cells['given_names']} {cells['family_name']}", born=cells["birth_on"])
    )
    manifest = (tmp_path / "wash.toml").read_text()
    night = manifest.replace('path = "people.csv"', "").replace("records.parquet", "tonight.csv")
    (tmp_path / "night.toml").write_text(night)
    said = typed("nightly", str(tmp_path / "night.toml"), "--store", store, "--on", "2026-11-23")
    assert said.splitlines()[1].startswith("RAISE TODAY: 1")
    assert "Records: 1 new" in said
    changes = (tmp_path / "store" / "changes.csv").read_text().splitlines()
    assert changes[1].startswith(f"true,{cells['person_id']},")
    explained = typed("explain", cells["person_id"], "N-1", "--store", store)
    assert "same" in explained


def test_the_files_of_a_wash_come_in_three_sizes(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(demo, "WORKFORCE", 20)
    monkeypatch.setitem(demo.RECORDS, "5m", 300)
    done = CliRunner().invoke(main.app, ["demo", "--wash", "--records", "5m", "--on", "2026-11-22"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "wash-5m" / "wash.toml").exists()
    with pytest.raises(NotValid, match="100k, 1m, 5m, 10m"):
        CliRunner().invoke(main.app, ["demo", "--wash", "--records", "7m"], catch_exceptions=False)
