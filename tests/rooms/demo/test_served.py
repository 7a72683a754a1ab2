"""`make run`: an empty database is filled and served, a held one is served, and the sign-ins are told once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from peelian.demo.casting import PASSWORD
from tests.conftest import Served
from tests.databases import Database, copy_of, demonstration


def told(log: Path) -> str:
    words = log.read_text()
    assert re.search(r"^Peelian is at http://127\.0\.0\.1:\d+/", words, re.MULTILINE)
    return words


@pytest.mark.database
def test_a_first_run_tells_address_and_sign_ins_once(
    template: Database, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    with copy_of(template, tmp_path / "empty") as database:
        serve(database, "--demo", "tiny")
        words = told(tmp_path / "server-0.log")
    assert words.count(PASSWORD) == 1
    assert words.count("Everybody in it is invented.") == 1
    assert "acts on" in words, "the demonstration was made in this run"


@pytest.mark.database
def test_a_later_run_tells_address_and_sign_ins_once(tmp_path: Path, serve: Callable[..., Served]) -> None:
    with copy_of(demonstration(), tmp_path / "held") as database:
        serve(database, "--demo", "tiny")
        words = told(tmp_path / "server-0.log")
    assert words.count(PASSWORD) == 1
    assert "acts on" not in words
