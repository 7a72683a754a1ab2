"""`peelian law`: what it prints, what it refuses, and that a force's own file counts."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from peelian.cli.law import app
from peelian.terms.refusals import NotFound, NotValid


def said(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    if done.exception:
        raise done.exception
    return done.stdout


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.PEELIAN_HOME = tmp_path
    return tmp_path


def test_due_prints_the_date_the_provision_and_the_working() -> None:
    lines = said("due", "CMP-03", "--from", "2025-04-11").splitlines()
    assert lines == [
        "Friday 9 May 2025",
        "CMP-03 First progress update: SI 2020/2 reg 34(2)(a)(i)",
        "  Start of the handling of the complaint, recordable conduct matter or DSI matter: Friday 11 April 2025.",
        "  Day 1 is the day after, Saturday 12 April 2025; 28 calendar days end on Friday 9 May 2025.",
    ]


def test_due_marks_what_nobody_has_read() -> None:
    assert "Unverified" in said("due", "REF-01", "--from", "2026-01-02")
    assert json.loads(said("due", "REF-01", "--from", "2026-01-02", "--json"))["unverified"] is True


def test_due_in_hours_takes_a_moment_in_london_time() -> None:
    assert said("due", "INF-02", "--from", "2026-03-28T22:00").startswith("23:00 on Tuesday 31 March 2026")


def test_due_before_the_tables_begin_starts_no_clock_unless_replayed() -> None:
    assert said("due", "CMP-03", "--from", "2016-04-11").startswith("No clock starts")
    replayed = said("due", "CMP-03", "--from", "2016-04-11", "--by-todays-rules")
    assert replayed.startswith("Monday 9 May 2016")
    assert "By today's rules" in replayed
    assert said("due", "PAT-04", "--from", "2026-04-11", "--by-todays-rules").startswith("No clock starts")


def test_due_without_a_number_says_as_soon_as_practicable() -> None:
    assert said("due", "cmp-13", "--from", "2026-04-11").startswith("As soon as practicable")


def test_due_takes_an_agreed_day_that_shortens() -> None:
    assert said("due", "PRO-03", "--from", "2026-03-26", "--agreed", "2026-04-13").startswith("Monday 13 April 2026")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("PRO-03", "--from", "2026-03-26", "--agreed", "2026-05-13"), "--agreed"),
        (("CMP-05", "--from", "2026-03-26", "--agreed", "2026-03-27"), "--agreed"),
        (("CMP-05", "--from", "last Tuesday"), "--from"),
        (("CMP-05", "--from", "2026-02-30"), "--from"),
        (("CMP-05", "--from", "2028-12-28"), "--from"),  # the bank holidays of 2029 are not held
        (("INF-02", "--from", "2026-03-28"), "--from"),  # hours need a moment
    ],
)
def test_due_refuses_what_cannot_be_counted_and_names_the_option(words: tuple[str, ...], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        said("due", *words)
    assert refused.value.field == field


def test_an_unknown_clock_is_not_found() -> None:
    with pytest.raises(NotFound, match="CMP-99"):
        said("show", "CMP-99")


def test_list_and_show_tell_what_is_held() -> None:
    assert len(json.loads(said("list", "--json"))) == 98
    assert {row["track"] for row in json.loads(said("list", "--track", "lists", "--json"))} == {"lists"}
    assert "LST-06" in said("list", "--track", "lists")
    with pytest.raises(NotValid, match="there are: complaint"):
        said("list", "--track", "nothing")
    shown = said("show", "PRO-03")
    assert "May be extended: chair or person conducting" in shown
    assert "In force from 2020-02-01: 15 working days" in shown
    assert json.loads(said("show", "PRO-03", "--json"))["driven_by"]["starts"] == ["papers_supplied"]
    assert "Proposed, not law." in said("show", "PAT-04")


def test_coverage_counts_and_filters() -> None:
    everything = json.loads(said("coverage", "--json"))
    assert {row["state"] for row in everything} == {"implemented", "data only", "not modelled"}
    left = json.loads(said("coverage", "--state", "not modelled", "--json"))
    assert left == [row for row in everything if row["state"] == "not modelled"]
    assert "implemented: its time limit is computed" in said("coverage")
    with pytest.raises(NotValid, match="there are"):
        said("coverage", "--state", "half")


def test_a_forces_own_file_counts(home: Path) -> None:
    (home / "law").mkdir()
    (home / "law" / "ours.toml").write_text(
        '[[clock]]\nid = "CMP-03"\nlength = 21\nin_force_from = 2025-01-01\nlaw = "local"\n'
        'checked_by = "Head of professional standards"\nchecked_on = 2024-12-12\n'
    )
    answer = said("due", "CMP-03", "--from", "2025-04-11")
    assert answer.startswith("Friday 2 May 2025")
    assert "checked by Head of professional standards" in answer
    assert said("due", "CMP-03", "--from", "2024-04-11").startswith("Thursday 9 May 2024")
    assert "In force from 2020-02-01 until 2025-01-01 (not included)" in said("show", "CMP-03")
