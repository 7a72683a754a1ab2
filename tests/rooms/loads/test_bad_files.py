"""A file that cannot be read on fails its load with file, row, column and reason; nothing is half loaded."""

import gzip

import pytest

from peelian.feeds.errors import UnknownHeader
from peelian.intake.models import HeldRow, Load
from peelian.loads import actions, queries
from peelian.matters.models import Matter
from peelian.people.models import Person
from peelian.terms.refusals import NotValid
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER, ROWS

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"


def nothing_is_left() -> bool:
    matters, people = Matter.objects.as_system(because=WHY), Person.objects.as_system(because=WHY)
    return not (HeldRow.objects.exists() or matters.exists() or people.exists())


def test_a_truncated_archive_fails_and_takes_back_what_was_staged(load, tmp_path):
    lines = [",".join(HISTORY_HEADER), *(f"C{n},P{n},Delay,,2021-03-01,2021-06-30" for n in range(40_000))]
    whole = gzip.compress("\n".join(lines).encode())
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    row = load(path)
    assert row.state == "failed"
    assert "cut.csv.gz" in row.failure
    assert nothing_is_left()


def test_a_quotation_mark_never_closed_fails_after_batches_were_staged(load, tmp_path):
    path = tmp_path / "open.csv"
    lines = [",".join(HISTORY_HEADER), *(",".join(row) for row in ROWS), 'C8,"P8,Delay,,,', "C9,P9,Delay,,,"]
    path.write_text("\n".join(lines))
    row = load(path)
    assert row.state == "failed"
    assert "open.csv, row 6" in row.failure
    assert nothing_is_left()


def test_a_failed_load_touches_nothing_that_is_held(load, write, tmp_path):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    path = tmp_path / "b.csv"
    lines = [",".join(HISTORY_HEADER), "C1,A,Theft,,2021-03-01,2021-06-30", 'C8,"P8,Delay,,,']
    path.write_text("\n".join(lines))
    assert load(path).state == "failed"
    assert HeldRow.objects.count() == 4
    again = load(write("a.csv", HISTORY_HEADER, ROWS))
    assert (again.already_held, again.figures["vanished"]) == (4, 0)


def test_a_missing_column_names_the_file_and_the_column(load, write):
    row = load(write("a.csv", ("case", "officr", "category", "finding", "received", "closed"), ROWS))
    assert row.state == "failed"
    assert "a.csv" in row.failure
    assert "“officer”" in row.failure


def test_a_wrong_encoding_names_the_file_and_the_row(load, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(",".join(HISTORY_HEADER).encode() + b"\nC1,\x81\xff,,,,\n")
    row = load(path)
    assert row.state == "failed"
    assert "a.csv" in row.failure
    assert "encoding" in row.failure


def test_a_formula_error_sets_its_row_aside(load, write, by):
    row = load(write("a.csv", HISTORY_HEADER, [*ROWS, ("C8", "D", "#REF!", "", "", "")]))
    (aside,) = queries.set_aside(by, row.ref).rows
    assert (aside.row_number, aside.column) == (6, "category")
    assert "#REF!" in aside.reason


def test_an_unknown_header_makes_no_load(by, write, clock):
    with pytest.raises(UnknownHeader, match="colour"):
        actions.run(by=by, path=write("a.csv", ("colour", "shape"), [("red", "round")]), clock=clock)
    assert not Load.objects.exists()


def test_a_map_that_nobody_knows_is_refused_with_those_that_are(by, write):
    with pytest.raises(NotValid, match="met_foi"):
        actions.start(by=by, path=write("a.csv", HISTORY_HEADER, ROWS), map_key="nowhere")


def test_words_longer_than_their_column_are_cut_and_kept_whole_in_the_ledger(load, write):
    long = "x" * 900
    row = load(write("a.csv", HISTORY_HEADER, [("C1", "A", long, long, "", "")]), HISTORY)
    assert row.state == "published"
    assert long in HeldRow.objects.get().said
