"""Every kind of file gives the same rows; a file that cannot be read says where and why."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from peelian.feeds.errors import FeedError, UnknownHeader
from peelian.feeds.maps import known_maps, parse_map
from peelian.feeds.readers import inspect, map_for, read
from peelian.feeds.readers.opening import open_source
from peelian.feeds.rows import Reason
from peelian.terms.known_dates import KnownDate
from tests.rooms.feeds import files

FIRST = {
    "matter_reference": "0012345",
    "person_key": "A1",
    "complaint_on": KnownDate(date(2021, 5, 3)),
    "category": "Searches",
}


def written(folder: Path, kind: str) -> Path:
    """ROWS in a file of that kind."""
    text = files.lines(files.ROWS)
    if kind in ("gz", "zip", "bz2", "xz"):
        return files.packed(folder, kind, text.encode())
    if kind == "parquet":
        return files.parquet(folder, files.ROWS)
    if kind == "xlsx":
        return files.xlsx(folder, files.ROWS)
    if kind == "ods":
        return files.ods(folder, files.ROWS)
    coded = {
        "plain": text.encode(),
        "bom": text.encode("utf-8-sig"),
        "utf-16": text.encode("utf-16"),
        "windows-1252": text.replace("Searches", "Searches \x96 caf\xe9").encode("latin-1"),
        "semicolons": files.lines(files.ROWS, ";").encode(),
        "tabs": files.lines(files.ROWS, "\t").encode(),
    }
    return files.write(folder / "export.csv", coded[kind])


@pytest.mark.parametrize(
    "kind", ["plain", "bom", "utf-16", "semicolons", "tabs", "gz", "zip", "bz2", "xz", "parquet", "xlsx", "ods"]
)
def test_every_kind_of_file_gives_the_same_rows(tmp_path: Path, kind: str) -> None:
    accepted, refused = files.everything(written(tmp_path, kind), files.a_map())
    assert refused == []
    assert [row.key for row in accepted] == ["0012345|A1", "0012346|A2", "0012347|A1"]
    assert accepted[0].fields == FIRST
    assert "category" not in accepted[2].fields
    first_row = 1 if kind == "parquet" else 2
    assert [row.row_number for row in accepted] == [first_row, first_row + 1, first_row + 2]


def test_the_digest_of_a_row_is_the_same_from_every_kind_of_file(tmp_path: Path) -> None:
    digests = set()
    for kind in ("plain", "bom", "gz", "parquet", "xlsx", "ods"):
        accepted, _ = files.everything(written(tmp_path, kind), files.a_map())
        digests.add(tuple(row.digest for row in accepted))
    assert len(digests) == 1


def test_windows_1252_is_found_out_and_dashes_survive(tmp_path: Path) -> None:
    path = written(tmp_path, "windows-1252")
    accepted, _ = files.everything(path, files.a_map())
    assert accepted[0].fields["category"] == "Searches – café"
    assert inspect(path, files.a_map()).encoding == "windows-1252"


def test_dates_and_whole_numbers_of_a_workbook_read_as_a_csv_would(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path, [files.ROWS[0], [12345, "A1", date(2021, 5, 3), "Searches"]])
    accepted, _ = files.everything(path, files.a_map())
    assert accepted[0].fields == {**FIRST, "matter_reference": "12345"}


def test_a_header_under_title_rows_and_in_from_the_margin_is_found(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path, [["Professional standards", *[None] * 3], *files.ROWS], at=(3, 2))
    accepted, _ = files.everything(path, files.a_map())
    assert [row.row_number for row in accepted] == [5, 6, 7]
    assert accepted[0].fields == FIRST


def test_the_sheet_that_has_the_columns_is_read(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path, files.ROWS, first="Read me")
    assert inspect(path, files.a_map()).sheet == "Data"
    assert map_for(path, [files.a_map()]).source == "test"


def test_a_header_is_matched_without_case_punctuation_or_order(tmp_path: Path) -> None:
    rows = [["RECEIVED", "case_ref", "Category.", "officer"], ["03/05/2021", "0012345", "Searches", "A1"]]
    here, _ = files.everything(files.csv(tmp_path, rows), files.a_map())
    there, _ = files.everything(files.csv(tmp_path, files.ROWS), files.a_map())
    assert here[0].fields == FIRST
    assert here[0].digest == there[0].digest


@pytest.mark.parametrize("kind", ["plain", "gz", "parquet", "xlsx", "ods"])
def test_a_read_resumes_after_any_row(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, kind)
    whole, _ = files.everything(path, files.a_map())
    for row in whole:
        rest, _ = files.everything(path, files.a_map(), start_after=row.row_number)
        assert [one.row_number for one in rest] == [r.row_number for r in whole if r.row_number > row.row_number]


def test_batches_say_how_far_the_file_is_read(tmp_path: Path) -> None:
    path = files.csv(tmp_path, [files.ROWS[0], *[[str(n), "A", "03/05/2021", ""] for n in range(10)]])
    batches = list(read(path, files.a_map(), batch=4))
    assert [batch.rows for batch in batches] == [4, 4, 2]
    assert [batch.last_row for batch in batches] == [5, 9, 11]
    shares = [batch.share for batch in batches]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert shares[0] < 0.5


def test_blank_rows_are_counted_and_shift_no_row_number(tmp_path: Path) -> None:
    path = files.write(tmp_path / "export.csv", files.lines([*files.ROWS[:2], [""], ["", "", "", ""], files.ROWS[2]]))
    (batch,) = read(path, files.a_map())
    assert batch.blank_rows == 2
    assert [row.row_number for row in batch.accepted] == [2, 5]


def test_a_file_with_a_header_alone_gives_one_empty_batch(tmp_path: Path) -> None:
    (batch,) = read(files.csv(tmp_path, files.ROWS[:1]), files.a_map())
    assert (batch.rows, batch.last_row, batch.share) == (0, 1, 1.0)


def test_a_line_break_inside_quotes_is_one_row(tmp_path: Path) -> None:
    path = files.write(tmp_path / "export.csv", files.lines(files.ROWS[:1]) + '1,A1,03/05/2021,"two\nlines"\n2,A2,,\n')
    accepted, _ = files.everything(path, files.a_map())
    assert accepted[0].fields["category"] == "two lines"
    assert [row.row_number for row in accepted] == [2, 3]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        name = f"{rows}.csv"
        path = files.csv(tmp_path, [files.ROWS[0], *[[f"c{n}", f"o{n}", "03/05/2021", "x"] for n in range(rows)]], name)
        tracemalloc.start()
        for _ in read(path, files.a_map(), batch=500):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(20_000) < peak(4_000) * 1.5


def refusal(path: Path, extra: str = "", text: str = files.MAP) -> FeedError:
    with pytest.raises(FeedError) as caught:
        files.everything(path, files.a_map(extra, text=text))
    assert caught.value.file == path.name
    return caught.value


def test_no_file_a_folder_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.csv").reason
    assert "not a file" in refusal(tmp_path).reason
    assert "is empty" in refusal(files.write(tmp_path / "export.csv", "")).reason


def test_an_unknown_ending_says_what_can_be_read(tmp_path: Path) -> None:
    assert "Parquet" in refusal(files.write(tmp_path / "export.pdf", "x")).reason
    assert "CSV" in refusal(files.write(tmp_path / "export.gz", b"\x1f\x8b")).reason


def test_a_file_under_a_false_name_is_refused(tmp_path: Path) -> None:
    assert "workbook" in refusal(files.write(tmp_path / "a.csv", b"PK\x03\x04 and so on")).reason
    assert "no such workbook" in refusal(files.write(tmp_path / "a.xlsx", "Case Ref,Officer")).reason
    assert "no Parquet" in refusal(files.write(tmp_path / "a.parquet", "Case Ref,Officer")).reason
    assert "no such archive" in refusal(files.write(tmp_path / "a.csv.gz", "Case Ref,Officer")).reason


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zip"])
def test_a_truncated_archive_is_named_as_such(tmp_path: Path, kind: str) -> None:
    text = files.lines([files.ROWS[0], *[[str(n * 7919), f"A{n}", "03/05/2021", ""] for n in range(2000)]])
    whole = files.packed(tmp_path, kind, text.encode()).read_bytes()
    path = files.write(tmp_path / f"cut.csv.{kind}", whole[: len(whole) // 2])
    assert "truncated" in refusal(path).reason


def test_a_damaged_archive_is_named_as_such(tmp_path: Path) -> None:
    whole = bytearray(files.packed(tmp_path, "gz", files.lines(files.ROWS).encode()).read_bytes())
    whole[-6] ^= 0xFF  # the checksum
    assert "damaged" in refusal(files.write(tmp_path / "bad.csv.gz", bytes(whole))).reason


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "ods"])
def test_a_truncated_workbook_or_parquet_file_is_refused(tmp_path: Path, kind: str) -> None:
    whole = written(tmp_path, kind).read_bytes()
    path = files.write(tmp_path / f"cut.{kind}", whole[: len(whole) * 2 // 3])
    assert "truncated" in refusal(path).reason


def test_an_archive_of_two_files_is_refused(tmp_path: Path) -> None:
    path = files.packed(tmp_path, "zip", b"a,b\n")
    with files.zipfile.ZipFile(path, "a") as archive:
        archive.writestr("second.csv", "a,b\n")
    assert "exactly one" in refusal(path).reason


def test_password_protected_files_are_named_as_such(tmp_path: Path) -> None:
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refusal(files.write(tmp_path / "locked.xlsx", office)).reason
    assert "password" in refusal(files.ods(tmp_path, files.ROWS, manifest="<manifest:encryption-data/>")).reason


def test_a_wrong_encoding_names_the_row(tmp_path: Path) -> None:
    text = files.lines([*files.ROWS[:3], ["9", "A1", "", "caf\xe9"]]).encode("latin-1")
    fault = refusal(files.write(tmp_path / "export.csv", text), '\n[file]\nencoding = "utf-8"\n')
    assert fault.row == 4
    assert "0xE9" in fault.reason
    assert "windows-1252" in fault.reason
    neither = files.write(tmp_path / "other.csv", files.lines(files.ROWS).encode() + b"9,A1,,\x81\xe9\n")
    assert refusal(neither).row == 5


def test_a_map_that_asks_for_windows_1252_does_not_garble_utf_8(tmp_path: Path) -> None:
    path = files.csv(tmp_path, [*files.ROWS, ["9", "A1", "", "café"]])
    assert "is UTF-8" in refusal(path, '\n[file]\nencoding = "windows-1252"\n').reason


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    fault = refusal(files.write(tmp_path / "export.csv", b"Case Ref,Officer\r\n1,\x00\r\n"))
    assert (fault.row, "zero byte" in fault.reason) == (2, True)


def test_a_missing_column_lists_what_was_found_and_what_is_near(tmp_path: Path) -> None:
    rows = [["Case Ref", "Oficer", "Received", "Category"], files.ROWS[1]]
    fault = refusal(files.csv(tmp_path, rows))
    assert (fault.column, fault.row) == ("Officer", 1)
    assert "Did you mean “Oficer”?" in fault.reason
    assert "“Received”" in fault.reason


def test_a_file_without_the_header_is_refused(tmp_path: Path) -> None:
    assert "no header" in refusal(files.csv(tmp_path, files.ROWS[1:])).reason


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    fault = refusal(files.csv(tmp_path, [[*files.ROWS[0], "case ref"], [*files.ROWS[1], "x"]]))
    assert (fault.column, "2 columns" in fault.reason) == ("Case Ref", True)


def test_a_quotation_mark_never_closed_stops_the_file_where_it_opens(tmp_path: Path) -> None:
    path = files.write(tmp_path / "export.csv", files.lines(files.ROWS[:3]) + '9,"A1,,\n10,A2,,\n11,A3,,\n')
    fault = refusal(path)
    assert (fault.row, "never closed" in fault.reason) == (4, True)


def test_quotation_marks_that_do_not_balance_set_the_row_aside_with_its_text(tmp_path: Path) -> None:
    path = files.write(tmp_path / "export.csv", files.lines(files.ROWS[:1]) + '9,"A1"x,,\n10,A2,,\n')
    accepted, refused = files.everything(path, files.a_map())
    assert [row.key for row in accepted] == ["10|A2"]
    assert (refused[0].code, refused[0].raw) == (Reason.BROKEN_QUOTES, ('9,"A1"x,,\n',))


def test_a_sheet_the_map_names_but_the_workbook_lacks_is_refused(tmp_path: Path) -> None:
    fault = refusal(files.xlsx(tmp_path, files.ROWS), '\n[file]\nsheet = "Cases"\n')
    assert "no sheet “Cases”" in fault.reason


def test_a_formula_error_is_seen_in_xlsx_and_in_ods(tmp_path: Path) -> None:
    rows = [files.ROWS[0], ["1", "A1", "03/05/2021", "#REF!"], files.ROWS[2]]
    for path in (files.xlsx(tmp_path, rows), files.ods(tmp_path, rows), files.csv(tmp_path, rows)):
        accepted, refused = files.everything(path, files.a_map())
        assert [row.key for row in accepted] == ["0012346|A2"]
        assert (refused[0].row_number, refused[0].column, refused[0].code) == (2, "Category", Reason.FORMULA_ERROR)
        assert "#REF!" in refused[0].reason


def test_a_workbook_with_xml_entities_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    body = files.ODS.format(rows='<x calcext:value-type="error"/>')
    text = body.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n', 1)
    with files.zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
    with pytest.raises(FeedError):
        open_source(path, files.a_map().hints)


def test_a_known_header_finds_its_map_and_an_unknown_one_says_what_it_holds(tmp_path: Path) -> None:
    path = files.csv(tmp_path, [["subject-ref", "CASE REF"], ["s", "c"]])
    assert map_for(path, known_maps()).source == "met_foi"
    with pytest.raises(UnknownHeader) as caught:
        map_for(files.csv(tmp_path, [["Colour", "Shape"], ["red", "round"]], "other.csv"), known_maps())
    assert caught.value.header == ("Colour", "Shape")


def test_two_maps_that_fit_are_not_chosen_between(tmp_path: Path) -> None:
    again = parse_map(files.MAP.replace('source = "test"', 'source = "again"'), "again.toml")
    with pytest.raises(FeedError, match="several maps fit"):
        map_for(files.csv(tmp_path, files.ROWS), [files.a_map(), again])
