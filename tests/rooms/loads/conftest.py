"""A small outside source of its own: a map, and files written by the test."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from peelian.loads import actions, queries, running
from peelian.loads.rows import LoadRow
from peelian.terms.viewer import Viewer, system

HISTORY = """
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
REGISTER = """
source = "made_up_register"
title = "Made-up register"
people = "made_up"
content = "staff_register"
key = ["officer"]
[constants]
person_kind = "officer"
[[column]]
name = "officer"
field = "person_key"
[[column]]
name = "surname"
field = "family_name"
[[column]]
name = "forename"
field = "given_names"
[[column]]
name = "rank"
field = "rank"
[[column]]
name = "unit"
field = "unit"
[[column]]
name = "born"
field = "birth_year"
[[column]]
name = "joined"
field = "appointed_on"
forms = ["year"]
"""
HISTORY_HEADER = ("case", "officer", "category", "finding", "received", "closed")
REGISTER_HEADER = ("officer", "surname", "forename", "rank", "unit", "born", "joined")
ROWS = (
    ("C1", "A", "Discourtesy", "Upheld", "2021-03-01", "2021-06-30"),
    ("C1", "B", "Discourtesy", "", "2021-03-01", "2021-06-30"),
    ("C2", "A", "Delay", "", "2022-05", ""),
    ("C3", "C", "", "", "", ""),
)


@pytest.fixture
def by(at) -> Viewer:
    return system("test", at=at, because="a test loads a file")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write("name.csv", header, rows)`: a CSV file of the test's own."""

    def written(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([header, *rows])
        return path

    return written


@pytest.fixture
def load(by: Viewer, clock, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LoadRow]:
    """`load(path)` loads it in small batches through the history's map, or through `map_text`."""
    monkeypatch.setattr(running, "BATCH", 3)

    def loaded(path: Path, map_text: str = HISTORY, viewer: Viewer = by) -> LoadRow:
        started = actions.run(by=viewer, path=path, clock=clock, map_text=map_text)
        return queries.load(by, started.ref)

    return loaded
