"""A cell becomes a value, is missing with its word, or sets its row aside with the reason; no row is lost."""

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peelian.feeds.dates import read_date
from peelian.feeds.maps import ColumnMap, parse_map
from peelian.feeds.rows import AcceptedRow, Reason, RefusedRow
from peelian.terms.known_dates import KnownDate, Precision
from tests.rooms.feeds import files

STAFF = """
source = "staff"
title = "Staff"
content = "staff_register"
key = ["Id"]
[[column]]
name = "Id"
field = "person_key"
"""


def staff_map(*columns: str, order: str = "") -> ColumnMap:
    """A staff register with an Id and the columns given as TOML lines (`name` is the field's)."""
    return parse_map(STAFF + "".join(f"[[column]]\n{column}\n" for column in columns) + order, "staff.toml")


def one_row(folder: Path, column_map: ColumnMap, **cells: str) -> AcceptedRow | RefusedRow:
    with (folder / "one.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["Id", *cells])
        writer.writerow(["7", *cells.values()])
    accepted, refused = files.everything(folder / "one.csv", column_map)
    (row,) = [*accepted, *refused]
    return row


def accepted_row(folder: Path, column_map: ColumnMap, **cells: str) -> AcceptedRow:
    row = one_row(folder, column_map, **cells)
    assert isinstance(row, AcceptedRow), row
    return row


def refused_row(folder: Path, column_map: ColumnMap, **cells: str) -> RefusedRow:
    row = one_row(folder, column_map, **cells)
    assert isinstance(row, RefusedRow), row
    return row


DAY = 'name = "Left"\nfield = "left_on"\nforms = ["%d/%m/%Y", "%m/%Y", "year"]'


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("03/05/2021", KnownDate(date(2021, 5, 3))),
        ("2021-05-03", KnownDate(date(2021, 5, 3))),
        ("2021-05-03 14:22:00", KnownDate(date(2021, 5, 3))),
        ("2021-05-03T14:22:00+01:00", KnownDate(date(2021, 5, 3))),
        ("05/2021", KnownDate(date(2021, 5, 1), Precision.MONTH)),
        ("1986", KnownDate(date(1986, 1, 1), Precision.YEAR)),
        ("1986.0", KnownDate(date(1986, 1, 1), Precision.YEAR)),
        ("29/02/2020", KnownDate(date(2020, 2, 29))),
    ],
)
def test_a_date_is_known_as_far_as_it_is_written(tmp_path: Path, cell: str, expected: KnownDate) -> None:
    assert accepted_row(tmp_path, staff_map(DAY), Left=cell).fields["left_on"] == expected


@pytest.mark.parametrize("cell", ["31/02/2021", "29/02/2021", "2021-13-01", "0021-01-01", "soon", "05/13/2021"])
def test_an_impossible_date_sets_the_row_aside_and_names_the_cell(tmp_path: Path, cell: str) -> None:
    row = refused_row(tmp_path, staff_map(DAY), Left=cell)
    assert (row.row_number, row.column, row.code) == (2, "Left", Reason.IMPOSSIBLE_DATE)
    assert cell in row.reason
    assert row.raw == ("7", cell)


def test_a_two_digit_year_goes_by_the_pivot_and_is_reported(tmp_path: Path) -> None:
    column_map = staff_map('name = "Left"\nfield = "left_on"\nforms = ["%d/%m/%y"]\npivot = 30')
    late = accepted_row(tmp_path, column_map, Left="01/02/30")
    early = accepted_row(tmp_path, column_map, Left="01/02/31")
    assert late.fields["left_on"] == KnownDate(date(2030, 2, 1))
    assert early.fields["left_on"] == KnownDate(date(1931, 2, 1))
    assert [(note.kind, note.column) for note in early.notes] == [("two_digit_year", "Left")]
    assert "1931" in early.notes[0].text


def test_a_leap_day_of_a_century_the_pivot_rules_out_is_refused() -> None:
    with pytest.raises(ValueError, match="29/02/00"):
        read_date("29/02/00", ("%d/%m/%y",), -1)


def test_a_day_outside_what_the_map_allows_is_refused(tmp_path: Path) -> None:
    column_map = staff_map('name = "Left"\nfield = "left_on"\nnot_before = 1990-01-01\nnot_after = 2025-12-31')
    assert "before 1990-01-01" in refused_row(tmp_path, column_map, Left="1989-12-31").reason
    assert "after 2025-12-31" in refused_row(tmp_path, column_map, Left="2026-01-01").reason
    accepted_row(tmp_path, column_map, Left="2025-12-31")


def test_a_spreadsheets_day_number_is_read_where_the_map_says_so(tmp_path: Path) -> None:
    column_map = staff_map('name = "Left"\nfield = "left_on"\nforms = ["serial"]')
    assert accepted_row(tmp_path, column_map, Left="44319").fields["left_on"] == KnownDate(date(2021, 5, 3))


def test_a_word_for_missing_is_kept_and_the_field_stays_missing(tmp_path: Path) -> None:
    column_map = staff_map('name = "Left"\nfield = "left_on"\nmissing = ["No outcome date"]')
    row = accepted_row(tmp_path, column_map, Left="no  outcome DATE")
    assert "left_on" not in row.fields
    assert row.missing == {"left_on": "no outcome DATE"}


def test_zero_is_missing_only_where_the_column_says_so(tmp_path: Path) -> None:
    plain = staff_map('name = "Code"\nfield = "ethnicity"')
    coded = staff_map('name = "Code"\nfield = "ethnicity"\nmissing = ["0"]')
    assert accepted_row(tmp_path, plain, Code="0").fields["ethnicity"] == "0"
    assert accepted_row(tmp_path, coded, Code="0").missing == {"ethnicity": "0"}


def test_null_and_na_are_names_in_a_name_and_missing_elsewhere(tmp_path: Path) -> None:
    column_map = staff_map('name = "Name"\nfield = "family_name"', 'name = "Rank"\nfield = "rank"')
    row = accepted_row(tmp_path, column_map, Name="Null", Rank="NULL")
    assert row.fields["family_name"] == "Null"
    assert row.missing == {"rank": "NULL"}


def test_identifiers_stay_text_with_their_leading_zeros(tmp_path: Path) -> None:
    column_map = staff_map('name = "W"\nfield = "warrant_number"\ndigits = 7')
    assert accepted_row(tmp_path, column_map, W="0012345").fields["warrant_number"] == "0012345"
    short = accepted_row(tmp_path, column_map, W="12345")
    assert short.fields["warrant_number"] == "12345"
    assert [note.kind for note in short.notes] == ["short_identifier"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.23E+15", Reason.SCIENTIFIC_FORM),
        ("1E+05", Reason.SCIENTIFIC_FORM),
        ("Oct-17", Reason.DATE_IN_IDENTIFIER),
        ("17-Oct", Reason.DATE_IN_IDENTIFIER),
        ("x" * 201, Reason.TOO_LONG),
        ("a\x07b", Reason.CONTROL_CHARACTER),
    ],
)
def test_an_identifier_that_a_spreadsheet_spoiled_is_refused(tmp_path: Path, cell: str, code: Reason) -> None:
    row = refused_row(tmp_path, staff_map('name = "W"\nfield = "warrant_number"'), W=cell)
    assert (row.column, row.code) == ("W", code)


def test_a_hexadecimal_key_is_not_taken_for_scientific_form(tmp_path: Path) -> None:
    column_map = staff_map('name = "W"\nfield = "warrant_number"')
    assert accepted_row(tmp_path, column_map, W="5e1234567890").fields["warrant_number"] == "5e1234567890"


def test_a_long_number_of_a_workbook_is_refused_since_its_digits_are_lost(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path, [files.ROWS[0], [1234567890123456.0, "A1", "", ""]])
    _, (row,) = files.everything(path, files.a_map())
    assert (row.column, row.code) == ("Case Ref", Reason.SCIENTIFIC_FORM)


def test_a_table_of_values_maps_without_regard_to_case_and_dashes_and_notes_what_it_lacks(tmp_path: Path) -> None:
    column_map = staff_map('name = "Rank"\nfield = "rank"\nvalues = { "PC - A" = "Constable" }')
    assert accepted_row(tmp_path, column_map, Rank="pc – a").fields["rank"] == "Constable"
    other = accepted_row(tmp_path, column_map, Rank="DCI")
    assert other.fields["rank"] == "DCI"
    assert [note.kind for note in other.notes] == ["not_in_table"]


def test_a_choice_outside_its_list_is_missing_or_refused_as_the_map_says(tmp_path: Path) -> None:
    kind = 'name = "Type"\nfield = "person_kind"\nvalues = { "PCSO" = "staff" }'
    assert accepted_row(tmp_path, staff_map(kind), Type="pcso").fields["person_kind"] == "staff"
    assert accepted_row(tmp_path, staff_map(kind), Type="volunteer").fields["person_kind"] == "volunteer"
    assert accepted_row(tmp_path, staff_map(kind), Type="Dog").missing == {"person_kind": "Dog"}
    assert refused_row(tmp_path, staff_map(kind + '\nunmapped = "refuse"'), Type="Dog").code is Reason.NOT_IN_TABLE


def test_a_formula_error_is_missing_where_the_map_says_so(tmp_path: Path) -> None:
    column_map = staff_map('name = "Rank"\nfield = "rank"\nformula_errors = "missing"')
    assert accepted_row(tmp_path, column_map, Rank="#N/A").missing == {"rank": "#N/A"}


def test_several_names_and_several_columns_of_names_become_one_list(tmp_path: Path) -> None:
    column_map = staff_map('name = "Née"\nfield = "former_names"', 'name = "Once"\nfield = "former_names"')
    row = accepted_row(tmp_path, column_map, **{"Née": "Okoro; Bell", "Once": "Shah"})
    assert row.fields["former_names"] == ("Okoro", "Bell", "Shah")


@pytest.mark.parametrize("cell", ["Bell, Ann Marie", "Ann Marie Bell"])
def test_a_whole_name_is_cut_in_two(tmp_path: Path, cell: str) -> None:
    fields = accepted_row(tmp_path, staff_map('name = "Name"\nfield = "full_name"'), Name=cell).fields
    assert (fields["family_name"], fields["given_names"]) == ("Bell", "Ann Marie")


def test_an_age_below_zero_or_a_word_is_no_year(tmp_path: Path) -> None:
    column_map = staff_map('name = "Born"\nfield = "birth_year"')
    assert accepted_row(tmp_path, column_map, Born="1977.0").fields["birth_year"] == 1977
    for cell in ("-5", "77", "old"):
        assert refused_row(tmp_path, column_map, Born=cell).code is Reason.IMPOSSIBLE_NUMBER


ORDER = '[[order]]\nfirst = "appointed_on"\nthen = "left_on"\nbroken = "{}"\n'
SPAN = ('name = "From"\nfield = "appointed_on"\nforms = ["year"]', 'name = "To"\nfield = "left_on"\nforms = ["year"]')


def test_dates_that_run_backwards_are_noted_or_refused_as_the_map_says(tmp_path: Path) -> None:
    cells = {"From": "2021-05-04", "To": "2021-05-03"}
    noted = accepted_row(tmp_path, staff_map(*SPAN, order=ORDER.format("note")), **cells)
    assert [note.kind for note in noted.notes] == ["dates_out_of_order"]
    refused = refused_row(tmp_path, staff_map(*SPAN, order=ORDER.format("refuse")), **cells)
    assert (refused.column, refused.code) == ("From", Reason.DATES_OUT_OF_ORDER)


def test_a_day_within_a_year_does_not_run_backwards(tmp_path: Path) -> None:
    column_map = staff_map(*SPAN, order=ORDER.format("refuse"))
    accepted_row(tmp_path, column_map, From="2021-05-04", To="2021")


def test_a_row_without_its_key_is_set_aside_and_a_totals_row_says_so(tmp_path: Path) -> None:
    rows = [files.ROWS[0], ["", "A1", "", ""], ["Total", "3", "", ""], ["", "", "", "Grand total"], ["1", "", "", ""]]
    accepted, refused = files.everything(files.csv(tmp_path, rows), files.a_map())
    assert [row.code for row in refused] == [Reason.NO_KEY, Reason.TOTALS_ROW, Reason.TOTALS_ROW]
    assert [row.key for row in accepted] == ["1|"]


def test_a_row_of_the_wrong_width_is_set_aside_but_empty_cells_beyond_are_let_go(tmp_path: Path) -> None:
    rows = [files.ROWS[0], ["1", "A1"], ["2", "A1", "", "", "more"], ["3", "A1", "", "", "", ""]]
    accepted, refused = files.everything(files.csv(tmp_path, rows), files.a_map())
    assert [(row.row_number, row.code) for row in refused] == [(2, Reason.WRONG_CELLS), (3, Reason.WRONG_CELLS)]
    assert "2 cells where the header has 4" in refused[0].reason
    assert [row.key for row in accepted] == ["3|A1"]


def test_two_keys_never_run_together(tmp_path: Path) -> None:
    rows = [files.ROWS[0], ["a|b", "c", "", ""], ["a", "b|c", "", ""], ["a\\", "|c", "", ""]]
    accepted, _ = files.everything(files.csv(tmp_path, rows), files.a_map())
    assert len({row.key for row in accepted}) == 3


def test_a_digest_changes_with_any_value_and_with_how_far_a_date_is_known(tmp_path: Path) -> None:
    column_map = staff_map(DAY, 'name = "Rank"\nfield = "rank"')
    rows = [("2021-01-01", "PC"), ("2021", "PC"), ("2021-01-01", "PS"), ("", "PC"), ("-", "PC")]
    digests = [accepted_row(tmp_path, column_map, Left=left, Rank=rank).digest for left, rank in rows]
    assert len(set(digests)) == len(rows)


def test_a_digest_does_not_change_with_spaces_or_with_an_empty_optional_column(tmp_path: Path) -> None:
    column_map = staff_map('name = "Rank"\nfield = "rank"', 'name = "Sex"\nfield = "sex"\noptional = true')
    with_column = accepted_row(tmp_path, column_map, Rank=" PC\xa0 1 ", Sex="")
    without = accepted_row(tmp_path, column_map, Rank="PC 1")
    assert with_column.digest == without.digest


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=30), st.integers(1, 7))
@example([("", "", ";\x0c", ";")], 1)
@example([("", "", ";;;;;;;;;;;;", "")], 1)
def test_every_row_is_accepted_or_set_aside_whatever_it_holds(rows: list[tuple[str, ...]], batch: int) -> None:
    """The figures add up: records under the header = accepted + refused + blank, each row number once."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([files.ROWS[0], *rows])
    with TemporaryDirectory() as folder:
        path = files.write(Path(folder) / "export.csv", out.getvalue())
        found = list(files.read(path, files.a_map("\nunmapped = 'keep'\n"), batch=batch))
    numbers = [row.row_number for one in found for row in (*one.accepted, *one.refused)]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) + sum(one.blank_rows for one in found) == len(rows)


@given(st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]))
def test_a_date_written_in_a_form_reads_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), (form,), None) == (KnownDate(day), None)
