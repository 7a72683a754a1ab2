"""The real files, where they stand beside the project: every row read, and the figures that are known of them."""

import os
from collections import Counter
from pathlib import Path

import pytest

from peelian.feeds.guess import propose
from peelian.feeds.maps import known_maps
from peelian.feeds.placeholders import propose as propose_placeholders
from peelian.feeds.readers import inspect, map_for, read
from tests.rooms.feeds import files

FOLDER = Path(os.environ.get("PEELIAN_REAL_INPUT") or Path(__file__).parents[4] / "shared" / "data")
COMPLAINTS = FOLDER / "met_foi" / "met-police-complaints.csv"
ALLEGATIONS = FOLDER / "chicago" / "allegations_to_2009.csv.gz"
OFFICERS = FOLDER / "chicago" / "officers.csv.gz"

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no real input at {FOLDER}; set PEELIAN_REAL_INPUT"),
]


def people_of(path: Path) -> tuple[Counter[str], set[str], int, int]:
    """Rows by person key, the matters, rows accepted and rows refused, without holding the rows."""
    people: Counter[str] = Counter()
    matters: set[str] = set()
    accepted = refused = 0
    for batch in read(path, map_for(path, known_maps())):
        accepted += len(batch.accepted)
        refused += len(batch.refused)
        people.update(str(row.fields["person_key"]) for row in batch.accepted)
        matters.update(str(row.fields.get("matter_reference", "")) for row in batch.accepted)
    return people, matters, accepted, refused


def test_the_complaints_release_has_its_rows_matters_people_and_two_placeholders() -> None:
    people, matters, accepted, refused = people_of(COMPLAINTS)
    assert (accepted, refused, len(matters)) == (58_129, 0, 31_271)
    placeholders = propose_placeholders(people)
    assert [(one.key, one.rows) for one in placeholders] == [("subject 122060", 8_815), ("Organisational", 439)]
    assert len(people) - len(placeholders) == 22_060
    assert "times" in placeholders[0].reason
    assert "word" in placeholders[1].reason


def test_the_allegations_have_their_rows_and_no_placeholder() -> None:
    people, matters, accepted, refused = people_of(ALLEGATIONS)
    assert (accepted, refused) == (208_713, 0)
    assert (len(matters), len(people)) == (115_698, 21_333)
    assert propose_placeholders(people) == []


def test_the_officers_have_their_rows_and_years() -> None:
    accepted, refused = files.everything(OFFICERS, map_for(OFFICERS, known_maps()))
    assert (len(accepted), refused) == (29_769, [])
    assert sum(1 for row in accepted if "left_on" not in row.fields) == 13_732
    assert sum(1 for row in accepted if row.notes) == 3  # left before they were appointed


def test_dates_that_run_backwards_are_noted_and_kept() -> None:
    kinds: Counter[str] = Counter()
    for batch in read(ALLEGATIONS, map_for(ALLEGATIONS, known_maps())):
        kinds.update(note.column for row in batch.accepted for note in row.notes)
    assert kinds == {"incident_date": 1_314, "complaint_date": 45}


@pytest.mark.parametrize("name", ["calls/sacramento_911_dui.csv", "linkage/febrl4a.csv", "linkage/fake_1000.csv"])
def test_an_unknown_file_gets_a_proposal_that_reads_it(name: str) -> None:
    guess = propose(FOLDER / name)
    assert len(guess.rows) == 10
    accepted, refused = files.everything(FOLDER / name, guess.column_map)
    assert len(accepted) + len(refused) == guess.facts.records - 1


def test_a_published_workbook_with_a_contents_sheet_opens() -> None:
    facts = inspect(FOLDER / "uk" / "police-workforce-sep19-tables.ods")
    assert facts.kind == "workbook"
    assert facts.header[0] == "Table number"
