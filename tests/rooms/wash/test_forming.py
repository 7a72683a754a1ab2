"""Names, dates, addresses and telephones in one form, however a file writes them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from peelian.wash.building import figures
from peelian.wash.normal import listed, macros, table
from tests.rooms.wash.files import built

SOMEBODY = [{"person_id": "E1", "family_name": "Somebody"}]


def formed(tmp_path: Path, column: str, records: Sequence[dict[str, str]]) -> list[object]:
    """A column of the first form of each of `records`."""
    rows = [{"record_id": f"R{n:03}", "family_name": "Lee", **cells} for n, cells in enumerate(records)]
    store = built(tmp_path, SOMEBODY, rows)
    found = store.rows(
        f"SELECT {column} FROM record r JOIN (SELECT f.* REPLACE (s.places AS places, s.postcodes AS postcodes,"
        " s.phones AS phones, s.emails AS emails, s.marks AS marks) FROM record_form f JOIN record_said s USING (owner)"
        ") f USING (owner)"
        " QUALIFY row_number() OVER (PARTITION BY owner ORDER BY form_no) = 1 ORDER BY r.record_id"
    )
    store.close()
    return [row[0] for row in found]


def test_a_name_is_parted_and_folded(tmp_path: Path) -> None:
    cases: list[tuple[dict[str, str], tuple[str, list[str], str]]] = [
        ({"full_name": "SHAH, Molly Ann"}, ("molly", ["ann"], "shah")),
        ({"full_name": "Molly Ann Shah"}, ("molly", ["ann"], "shah")),
        ({"full_name": "Ada Lee"}, ("ada", [], "lee")),  # `da` belongs to a family name only as a word of its own
        ({"full_name": "KHAN Mohammed Ali"}, ("mohammed", ["ali"], "khan")),
        ({"full_name": "Mr. Jan van der Berg"}, ("jan", [], "vanderberg")),
        ({"full_name": "Sgt Zoë O’Neill"}, ("zoe", [], "oneill")),
        ({"family_name": "Wiśniewska", "given_names": "Łucja"}, ("lucja", [], "wisniewska")),
        ({"family_name": "Smith-Jones", "given_names": "J"}, ("j", [], "smithjones")),
        ({"family_name": "Null", "given_names": "Na"}, ("na", [], "null")),
    ]
    records = [{"family_name": "", **cells} for cells, _ in cases]
    assert formed(tmp_path, "(fn, mids, sn)", records) == [wanted for _, wanted in cases]


def test_a_date_of_birth_is_read_in_every_common_form(tmp_path: Path) -> None:
    cases: dict[str, tuple[str | None, int | None]] = {
        "1971-04-03": ("1971-04-03", 1971),
        "03/04/1971": ("1971-04-03", 1971),
        "3 Apr 1971": ("1971-04-03", 1971),
        "19710403": ("1971-04-03", 1971),
        "1971": (None, 1971),
        "1971-04": (None, 1971),
        "04/1971": (None, 1971),
        "03/04/71": ("1971-04-03", 1971),
        "03-Apr-71": ("1971-04-03", 1971),
        "03/04/45": ("1945-04-03", 1945),
        "1971-04-03T00:00:00": ("1971-04-03", 1971),
        "1971-04-03 00:00:00.000": ("1971-04-03", 1971),
        "31/02/1971": (None, None),
        "1871-04-03": (None, None),
        "2027-01-01": (None, None),
    }
    found = formed(tmp_path, "(born, born_year)", [{"birth_on": written} for written in cases])
    assert dict(zip(cases, found, strict=True)) == cases


@pytest.mark.parametrize("order", ["day_first", "month_first"])
def test_a_date_of_a_usual_shape_is_read_as_every_form_in_turn_would_read_it(order: str) -> None:
    written = ["1971-04-03", "1971-13-03", "1971-02-30", "03/04/1971", "13/04/1971", "04/13/1971", "00/04/1971"]
    with duckdb.connect() as db:
        db.execute(macros())
        ways = listed(table("normal")[order])
        said = f"SELECT {order}(x), try_strptime(x, {ways}) FROM (SELECT unnest(?) AS x)"
        found = db.execute(said, [written]).fetchall()
    assert [quick for quick, _ in found] == [slow for _, slow in found]
    assert len([quick for quick, _ in found if quick]) == 3


def test_a_date_that_cannot_be_read_is_counted_and_the_record_kept(tmp_path: Path) -> None:
    people = [*SOMEBODY, {"person_id": "E2", "family_name": "Other", "birth_on": "soon"}]
    records = [
        {"record_id": "R0", "family_name": "Lee"},
        {"record_id": "R1", "family_name": "Lee", "birth_on": "31/02/1971"},
    ]
    store = built(tmp_path, people, records)
    assert figures(store)[-1] == f"Cells left out of rows that were kept, 2: {tmp_path / 'store' / 'left_out.csv'}"
    with (tmp_path / "store" / "left_out.csv").open(encoding="utf-8") as file:
        told = [(row["source"], row["row"], row["key"], row["field"], row["written"]) for row in csv.DictReader(file)]
    assert told == [("people", "2", "E2", "birth_on", "soon"), ("pnd", "2", "R1", "birth_on", "31/02/1971")]
    assert store.rows("SELECT reason, rows FROM account WHERE kind = 'note'") == [
        ("a date of birth that cannot be read was left out", 1),
        ("a date of birth that cannot be read was left out", 1),
    ]
    store.close()


def test_an_address_becomes_its_postcode_and_house(tmp_path: Path) -> None:
    cases = [
        ({"address": "12 Mill Lane", "postcode": "QA1 4AB"}, ["QA14AB/12"]),
        ({"address": "12, Mill Ln., Leeds, qa1 4ab"}, ["QA14AB/12"]),
        ({"address": "12 Mill Ln", "town": "Leeds"}, ["12 mill lane/leeds"]),
        ({"address": "No fixed abode", "postcode": "ZZ99 3VZ"}, []),
        ({"address": "1 A St; 2 B St", "postcode": "QA1 4AB; QA1 4AC"}, ["QA14AB/1", "QA14AC/2"]),
    ]
    assert formed(tmp_path, "places", [cells for cells, _ in cases]) == [wanted for _, wanted in cases]


def test_telephones_lose_their_prefixes_and_placeholders(tmp_path: Path) -> None:
    written = "+44 7700 900123; 0044 1482 111222; 00000000000; 123"
    assert formed(tmp_path, "list_sort(phones)", [{"phone": written}]) == [["01482111222", "07700900123"]]


def test_two_people_in_one_cell_are_two_forms_of_one_record(tmp_path: Path) -> None:
    store = built(tmp_path, SOMEBODY, [{"record_id": "R1", "full_name": "John SMITH & Ann Jones"}])
    assert store.rows("SELECT fn, sn FROM record_form ORDER BY fn") == [("ann", "jones"), ("john", "smith")]
    assert store.one("SELECT count(*) FROM record") == 1
    store.close()


def test_a_person_is_formed_under_every_name_they_ever_had(tmp_path: Path) -> None:
    person = {
        "person_id": "E1",
        "family_name": "O'Brien-Shah",
        "given_names": "Mary Jane",
        "other_names": "Jones; Peg Byrne",
        "known_as": "Molly",
    }
    store = built(tmp_path, [person], [{"record_id": "R1", "family_name": "Lee"}])
    names = {row[0] for row in store.rows("SELECT fn || ' ' || sn FROM person_form")}
    assert names >= {
        "mary obrienshah",
        "mary jones",
        "molly jones",
        "peg byrne",
        "jane jones",
        "mary shah",
        "molly obrien",
    }
    store.close()
