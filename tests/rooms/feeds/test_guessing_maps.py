"""An unknown file gets a map to correct: sure where the header says so, silent about its values."""

from pathlib import Path

import pytest

from peelian.feeds.errors import FeedError
from peelian.feeds.fields import Content
from peelian.feeds.guess import SHOWN, propose
from peelian.feeds.maps import parse_map
from peelian.feeds.rows import RefusedRow
from tests.rooms.feeds import files

STAFF = [
    ["Payroll no", "Last name", "First name", "DOB", "Rank", "Joined", "Shoe size"],
    *[[f"00{n}", "Quillfeather", "Ann", "03/05/1980", "PC", "01/09/05", "6"] for n in range(30)],
]


def test_a_staff_register_is_placed_by_its_header_and_values(tmp_path: Path) -> None:
    guess = propose(files.csv(tmp_path, STAFF))
    assert guess.column_map.content is Content.STAFF_REGISTER
    placed = {column.name: column.field for column in guess.columns}
    assert placed["Last name"] == "family_name"
    assert placed["First name"] == "given_names"
    assert placed["DOB"] == "birth_on"
    assert placed["Rank"] == "rank"
    assert placed["Payroll no"] == "person_key"
    assert placed["Shoe size"] == ""
    assert 'ignored = ["Joined", "Shoe size"]' in guess.toml


def test_a_proposal_is_a_map_that_reads_ten_rows_and_holds_no_value(tmp_path: Path) -> None:
    guess = propose(files.csv(tmp_path, STAFF))
    assert parse_map(guess.toml, "export.toml") == guess.column_map
    assert [row.row_number for row in guess.rows] == list(range(2, 2 + SHOWN))
    assert not any(isinstance(row, RefusedRow) for row in guess.rows)
    assert "Quillfeather" not in guess.toml
    assert "1980" not in guess.toml


def test_every_placed_column_says_how_sure_it_is(tmp_path: Path) -> None:
    toml = propose(files.csv(tmp_path, STAFF)).toml
    comments = [line for line in toml.splitlines() if line.startswith("# ") and "%)" in line]
    assert len(comments) == toml.count("[[column]]")
    assert any("sure" in line for line in comments)
    assert any("a guess" in line for line in comments)


def test_the_form_of_a_date_is_taken_from_its_values(tmp_path: Path) -> None:
    rows = [["Complaint ref", "Officer ref", "Closed date"], *[[str(n), "A", f"{n}/12/21"] for n in range(13, 28)]]
    guess = propose(files.csv(tmp_path, rows))
    closed = guess.column_map.column_of("closed_on")
    assert closed is not None
    assert (closed.forms, closed.pivot) == (("%d/%m/%y",), 30)


def test_a_date_columns_name_with_other_values_is_doubted(tmp_path: Path) -> None:
    rows = [["Case ref", "Closed date"], *[[str(n), "in the drawer"] for n in range(9)]]
    assert propose(files.csv(tmp_path, rows)).column_map.column_of("closed_on") is None or (
        "a guess" in propose(files.csv(tmp_path, rows)).toml
    )


def test_the_kind_of_content_may_be_said(tmp_path: Path) -> None:
    guess = propose(files.csv(tmp_path, STAFF), Content.INCIDENTS)
    assert guess.column_map.content is Content.INCIDENTS


def test_the_files_own_form_goes_into_the_map(tmp_path: Path) -> None:
    text = files.lines([*STAFF[:4], ["9", "D\xe9", "Ann", "", "PC", "", ""]], ";").encode("latin-1")
    guess = propose(files.write(tmp_path / "Staff list.csv", text))
    assert (guess.column_map.hints.encoding, guess.column_map.hints.delimiter) == ("windows-1252", ";")
    assert guess.column_map.source == "staff_list"


def test_a_file_in_which_nothing_is_found_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError):
        propose(files.csv(tmp_path, [["a", "b"]]))
