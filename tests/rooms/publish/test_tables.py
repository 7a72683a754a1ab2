"""Exports open as text and numbers, never as formulas, and read back as they were."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from peelian.publish.tables import csv_lines, neutral, ods_bytes, words
from peelian.terms.known_dates import KnownDate

DANGEROUS = ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\ufeff=1", "＝1+1", "|calc", "%0A=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_can_start_a_formula(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("cell", ["O'Neill", "Smith-Jones", "a=b", "", "3 May", None])
def test_harmless_text_is_left_as_it_is(cell):
    assert neutral(cell) == (cell or "")


def test_a_negative_number_is_a_number_and_not_a_formula():
    assert neutral(-2) == "-2"


def test_a_date_keeps_the_precision_it_is_known_to():
    assert [words(KnownDate.of(2021)), words(KnownDate.of(2021, 5)), words(KnownDate.of(2021, 5, 3))] == [
        "2021",
        "2021-05",
        "2021-05-03",
    ]


def test_csv_reads_back_with_its_accents_and_line_breaks():
    data = b"".join(csv_lines(["Name", "Words"], [["Zoë", "two\nlines"], ["=cmd", 3]]))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Name", "Words"], ["Zoë", "two\nlines"], ["'=cmd", "3"]]


def test_csv_of_an_empty_list_still_has_its_header():
    assert b"".join(csv_lines(["Reference"], [])).decode("utf-8-sig") == "Reference\r\n"


def test_ods_opens_elsewhere_with_numbers_as_numbers_and_formulas_as_text():
    rows = [["Zoë & <Sons>", 3, KnownDate(date(2021, 5, 3))], ["=HYPERLINK(1)", -2, None], ["bell\x07", 1, ""]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(ods_bytes("Matters", ["Name", "Count", "On"], rows)))
    assert book.sheet_names == ["Matters"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Name", "Count", "On"],
        ["Zoë & <Sons>", 3.0, "2021-05-03"],
        ["'=HYPERLINK(1)", -2.0, ""],
        ["bell", 1.0, ""],
    ]
