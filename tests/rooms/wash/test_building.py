"""Files into the store: every row accepted, set aside with its reason or withheld; killed and resumed; one form."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from peelian.wash import building
from peelian.wash.building import build
from peelian.wash.candidates import key_columns
from peelian.wash.errors import DoesNotReconcile, WashError
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.normal import table
from peelian.wash.reporting import report, report_text
from peelian.wash.running import run
from peelian.wash.store import FILE, Store, opened
from tests.rooms.wash.files import BASIS, ON, built, csv_file, manifest

PEOPLE = [
    {"person_id": "E1", "family_name": "O'Brien-Shah", "given_names": "Mary Jane", "other_names": "Jones; Molly Byrne"},
    {"person_id": "E2", "family_name": "Smith", "given_names": "John", "birth_on": "1980-02-03"},
    {"person_id": "E2", "family_name": "Smith", "address": "5 The Ave", "postcode": "hu11aa", "phone": "01482 111222"},
]
RECORDS = [
    {"record_id": "R1", "full_name": "SHAH, Molly", "birth_on": "03/04/1971", "part": "suspect"},
    {"record_id": "R2", "full_name": "Ann Lee", "part": "Victim of assault"},
    {"record_id": "R1", "full_name": "Again", "part": "suspect"},
    {"record_id": "R4", "full_name": "", "part": "suspect"},
    {"record_id": "", "full_name": "No Key", "part": "suspect"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    csv_file(tmp_path / "people.csv", PEOPLE)
    csv_file(tmp_path / "records.csv", RECORDS)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with opened(folder / "store", make=True) as held:
        yield held


def account(store: Store) -> dict[str, int]:
    return {
        f"{kind}: {reason}" if reason else kind: int(rows)
        for kind, reason, rows in store.rows("SELECT kind, reason, sum(rows) FROM account WHERE src = 1 GROUP BY ALL")
    }


def test_every_record_in_is_accounted_for(folder: Path, store: Store) -> None:
    assert build(store, load_manifest(manifest(folder)), on=ON)
    assert account(store) == {
        "accepted": 1,
        "withheld: victims and witnesses: not in the terms of this source": 1,
        "set aside: the same record_id stands in an earlier row": 1,
        "set aside: no name that can be compared": 1,
        "set aside: no key": 1,
    }
    assert store.rows("SELECT record_id FROM record") == [("R1",)]
    with (folder / "store" / "set_aside.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["source"], row["row"], row["reason"]) for row in rows] == [
        ("pnd", "3", "the same record_id stands in an earlier row"),
        ("pnd", "4", "no name that can be compared"),
        ("pnd", "5", "no key"),
    ]
    assert "Again" in rows[0]["text"]


def test_victims_and_witnesses_are_washed_only_where_the_terms_of_the_source_say_so(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder, more='victims_and_witnesses = "welfare"')), on=ON)
    assert store.rows("SELECT record_id FROM record ORDER BY 1") == [("R1",), ("R2",)]


def test_a_line_that_is_no_row_is_kept_with_its_reason(folder: Path, store: Store) -> None:
    path = folder / "records.csv"
    path.write_text('record_id,full_name\nR1,"Ann\nLee"\n\nR2,Bob Ray,too,many\nR3,Cy Dee\n', encoding="utf-8")
    build(store, load_manifest(manifest(folder)), on=ON)
    assert account(store) == {"accepted": 2, "set aside: this line is not a row: too many columns": 1}
    assert store.rows("SELECT text FROM set_aside") == [("R2,Bob Ray,too,many",)]


def test_an_open_quotation_mark_that_swallows_rows_stops_the_build(folder: Path, store: Store) -> None:
    rows = "\n".join(f"R{n},Ann Lee,x" for n in range(50))
    (folder / "records.csv").write_text(f'record_id,full_name,part\nQ1,"Bob Ray,x\n{rows}\n', encoding="utf-8")
    with pytest.raises(DoesNotReconcile, match=r"records.csv, line 2: what is no row goes on over several lines"):
        build(store, load_manifest(manifest(folder)), on=ON)
    assert store.one("SELECT count(*) FROM staged WHERE src = 1") == 0, "nothing of the file is kept"


def test_a_sum_that_does_not_come_out_fails(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder)), on=ON)
    store.db.execute("DELETE FROM account WHERE kind = 'withheld'")
    with pytest.raises(DoesNotReconcile, match=r"records.csv: 5 rows in, 4 accounted for"):
        building.reconcile_reading(store)


def test_a_record_lost_from_the_store_fails(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder)), on=ON)
    store.db.execute("DELETE FROM record")
    with pytest.raises(DoesNotReconcile, match="1 records were accepted and 0 are held"):
        building.reconcile_reading(store)


@pytest.mark.parametrize("lacks", ["purpose", "lawful_basis", "impact_assessment", "approved_by", "expires_on"])
def test_a_source_that_lacks_a_part_of_its_lawful_basis_is_refused(folder: Path, lacks: str) -> None:
    basis = "\n".join(line for line in BASIS.splitlines() if not line.startswith(lacks))
    told = load_manifest(manifest(folder, source=basis))
    assert told.sources[0].refusal(ON).startswith("not recorded: ")


def test_nothing_of_a_refused_source_is_read(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder, source="")), on=ON)
    assert store.one("SELECT state FROM source") == "refused"
    assert store.one("SELECT reason FROM source").startswith("not recorded: ")
    assert store.one("SELECT count(*) FROM record") == 0


def test_a_source_whose_approval_has_ended_is_refused(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder, source=BASIS.replace("2027-03-31", "2026-11-21"))), on=ON)
    assert store.rows("SELECT state, reason FROM source") == [("refused", "its approval ended on 21 November 2026")]


def test_a_source_is_washed_on_the_last_day_of_its_approval(folder: Path) -> None:
    told = load_manifest(manifest(folder, source=BASIS.replace("2027-03-31", "2026-11-22")))
    assert told.sources[0].refusal(ON) == ""


def test_a_source_without_its_file_is_missing_and_the_rest_is_built(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder, records="elsewhere.csv")), on=ON)
    assert store.rows("SELECT state, reason FROM source") == [("missing", "its file was not there")]
    assert any("missing: its file was not there" in line for line in building.figures(store))


def test_a_workforce_without_a_lawful_basis_is_not_washed(folder: Path, store: Store) -> None:
    with pytest.raises(WashError, match="The workforce may not be washed: not recorded"):
        build(store, load_manifest(manifest(folder, people="")), on=ON)


def test_a_build_killed_between_batches_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    records = [
        {"record_id": f"R{n}", "full_name": f"Ann{'abcdefghij'[n % 10]} Lee", "part": "suspect"} for n in range(95)
    ]
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    whole = built(tmp_path / "whole", PEOPLE, records)
    csv_file(tmp_path / "killed" / "people.csv", PEOPLE)
    csv_file(tmp_path / "killed" / "records.csv", records)
    told = load_manifest(manifest(tmp_path / "killed"))

    def killing(done: int, _total: int | None, _message: str) -> None:
        if done >= 40:
            raise KeyboardInterrupt

    with opened(tmp_path / "killed" / "store", make=True) as store, pytest.raises(KeyboardInterrupt):
        build(store, told, on=ON, batch=20, listener=killing)
    with opened(tmp_path / "killed" / "store") as store:
        assert store.one("SELECT count(*) FROM record") == 40
        assert build(store, told, on=ON, batch=20)
        what = (
            "SELECT r.record_id, f.fn, f.sn, f.roots FROM record r JOIN record_form f ON f.owner = r.owner ORDER BY 1"
        )
        assert store.rows(what) == whole.rows(what)
        assert not build(store, told, on=ON), "built once, it is not built again"
    whole.close()


def test_a_manifest_with_a_word_that_is_not_known_is_refused(folder: Path) -> None:
    """Or what it was to say, of victims and witnesses for one, would be passed over without a sound."""
    with pytest.raises(WashError, match="the source pnd says victims_and_witneses, which is not known"):
        load_manifest(manifest(folder, more='victims_and_witneses = "welfare"'))
    with pytest.raises(WashError, match=r"\[people\] says title"):
        load_manifest(manifest(folder, people=f'title = "x"\n{BASIS}'))


def test_whoever_of_the_workforce_was_set_aside_stands_in_the_report(folder: Path, store: Store) -> None:
    csv_file(folder / "people.csv", [*PEOPLE, {"person_id": "", "family_name": "Nokey"}])
    build(store, load_manifest(manifest(folder)), on=ON)
    run(store, load_model())
    found = report(store)
    assert found["people_rows"] == {"rows": 4, "accepted": 3, "already_held": 0, "set_aside": 1}
    lines = report_text(found).splitlines()
    assert "The workforce: 4 rows in = 3 accepted + 1 set aside, NOT WASHED: see set_aside.csv" in lines


def test_another_manifest_needs_another_store(folder: Path, store: Store) -> None:
    build(store, load_manifest(manifest(folder)), on=ON)
    with pytest.raises(WashError, match="built from another manifest"):
        build(store, load_manifest(manifest(folder, more='victims_and_witnesses = "welfare"')), on=ON)


def test_a_parquet_file_is_read_through_a_column_map(folder: Path, store: Store) -> None:
    duckdb.sql("SELECT 7 AS nominal, 'Lee' AS surname, DATE '1980-02-03' AS dob").write_parquet(
        str(folder / "r.parquet")
    )
    more = '[source.columns]\nrecord_id = "nominal"\nfamily_name = "surname"\nbirth_on = "dob"'
    build(store, load_manifest(manifest(folder, records="r.parquet", more=more)), on=ON)
    assert store.rows("SELECT r.record_id, f.sn, f.born FROM record r JOIN record_form f USING (owner)") == [
        ("7", "lee", "1980-02-03")
    ]


def test_a_column_map_that_names_no_column_of_the_file_says_so(folder: Path, store: Store) -> None:
    with pytest.raises(WashError, match=r"records\.csv has no column DOB\. It has: .* Say in the manifest"):
        build(store, load_manifest(manifest(folder, more='[source.columns]\nbirth_on = "DOB"')), on=ON)


def test_many_records_keyed_by_several_threads_at_once_are_all_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", threads=2, make=True)
    with store.all_or_nothing():
        store.db.execute(
            "INSERT INTO record_form (form_no, owner, fn, sn, born) SELECT range, range, 'ada', 'n' || range % 900,"
            " '1980-02-03' FROM range(1, 250_001)"
        )
        key_columns(store)
        seen = "SELECT count(*), max(owner), count(DISTINCT form_no) FROM record_key"
        assert store.rows(seen) == [(250_000, 250_000, 250_000)]
    assert store.rows(seen) == [(250_000, 250_000, 250_000)]
    store.close()


def test_a_store_keyed_by_other_rules_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, PEOPLE, RECORDS).close()
    fewer = {"rare_expected": 4.0, "rule": table("candidates")["rule"][1:]}
    monkeypatch.setattr("peelian.wash.store.table", lambda _name: fewer)
    with pytest.raises(WashError, match="was built by another edition"):
        Store(tmp_path / "store")


def test_a_manifest_that_names_a_column_wrongly_may_be_mended(folder: Path, store: Store) -> None:
    with pytest.raises(WashError, match="no column NOMINAL"):
        build(store, load_manifest(manifest(folder, more='[source.columns]\nrecord_id = "NOMINAL"')), on=ON)
    assert build(store, load_manifest(manifest(folder)), on=ON)


def test_the_files_of_the_reference_are_washed_as_they_stand(tmp_path: Path) -> None:
    page = Path("docs/reference/wash.md").read_text(encoding="utf-8")
    blocks = [block.split("\n", 1)[1] for block in page.split("```")[1::2]]
    for name, text in zip(("wash.toml", "people.csv", "records.csv"), blocks, strict=False):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with opened(tmp_path / "store", make=True) as store:
        build(store, load_manifest(tmp_path / "wash.toml"), on=ON)
        run(store, load_model())
        assert store.rows("SELECT person_id, record_id FROM pair") == [("E100234", "CR/2019/004411-2")]


def test_what_is_no_file_for_a_wash_says_so(folder: Path, store: Store, tmp_path: Path) -> None:
    (folder / "records.csv").write_text("record_id,family_name\nR1,Lee\n", encoding="utf-16")
    with pytest.raises(WashError, match=r"records\.csv is UTF-16\. Save it as UTF-8"):
        build(store, load_manifest(manifest(folder)), on=ON)
    (tmp_path / "other").mkdir()
    with duckdb.connect(str(tmp_path / "other" / FILE)) as other:
        other.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(WashError, match="holds something else than a wash"):
        Store(tmp_path / "other", make=True)
    with duckdb.connect(str(tmp_path / "other" / FILE)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]
