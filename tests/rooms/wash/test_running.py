"""A whole wash over drawn people among invented ones: grades, traps, words, the second pass, and the account."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peelian.demo.washing import make
from peelian.wash.accounts import people_account, reconcile, source_accounts
from peelian.wash.building import build
from peelian.wash.errors import DoesNotReconcile, WashError
from peelian.wash.explaining import explain, explanation_text
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model, model_text, read_model
from peelian.wash.reporting import report, report_text, write_pairs
from peelian.wash.running import run
from peelian.wash.store import Store, opened
from peelian.wash.waterfall import CAPPED
from tests.rooms.wash.files import BASIS, ON, built, csv_file

HOME = {"address": "12 Mill Lane", "postcode": "VA1 4AB"}
ZED = {"person_id": "P-ZED", "family_name": "Thornquill", "given_names": "Zebedee Amos", "birth_on": "1971-04-03"}
PEOPLE: list[dict[str, str]] = [
    ZED | HOME | {"address_to": "2016-08-31", "sex": "M", "birth_place": "Ambleford"},
    {"person_id": "P-ADA", "family_name": "Quennelby", "given_names": "Ada", "other_names": "Marchwood"}
    | {
        "birth_on": "1985-09-20",
        "sex": "F",
        "address": "3 High Road",
        "town": "Ambleford",
        "postcode": "VB2 1CD",
        "phone": "07009 111222",
    },
    {"person_id": "P-ONE", "family_name": "Larkspurton", "given_names": "Obed", "birth_on": "1979-02-11"},
    {"person_id": "P-TWO", "family_name": "Larkspurton", "given_names": "Obed", "birth_on": "1979-02-11"},
    {"person_id": "P-LEN", "family_name": "Vexworthy", "given_names": "Leonard", "birth_on": "1966-07-08", "sex": "M"}
    | {"address": "7 Church Way", "postcode": "VC3 2EF"},
    {"person_id": "A-MAY", "family_name": "Ostlecombe", "given_names": "May", "birth_on": "1990-12-05", "sex": "F"}
    | {"associate_of": "P-ADA", "relation": "partner", "phone": "07009 333444"},
    {"person_id": "P-NIL", "family_name": "unknown"},
]
RECORDS: list[dict[str, str]] = [
    {"record_id": "swapped", "full_name": "THORNQUILL, Zeb", "birth_on": "1971-03-04", "sex": "M"} | HOME,
    {"record_id": "swapped whole", "full_name": "THORNQUILL, Zebedee", "birth_on": "1971-03-04", "sex": "M"} | HOME,
    {"record_id": "twin", "full_name": "THORNQUILL, Ezra", "birth_on": "1971-04-03", "sex": "M"} | HOME,
    {"record_id": "father", "full_name": "THORNQUILL, Zebedee", "birth_on": "1941-06-30", "sex": "M"} | HOME,
    {
        "record_id": "namesake",
        "full_name": "THORNQUILL, Zebedee Paul",
        "birth_on": "1971-04-03",
        "birth_place": "Accra",
    },
    {"record_id": "former", "full_name": "Ada Marchwood", "birth_on": "1985-09-20", "phone": "07009111222"},
    {"record_id": "bare", "full_name": "Ada Quennelby", "birth_on": "1985-09-20"},
    {"record_id": "no postcode", "full_name": "Ada Quennelby", "address": "3 High Rd", "town": "Ambleford"},
    {"record_id": "exchanged", "full_name": "Leoanrd Vexworthy", "birth_on": "1966-07-08"}
    | {"address": "7 Church Way", "postcode": "VC3 2EF"},
    {"record_id": "unheard of", "full_name": "Lenno Vexworthy", "birth_on": "1966-07-08"}
    | {"address": "7 Church Way", "postcode": "VC3 2EF"},
    {"record_id": "either", "full_name": "Obed Larkspurton", "birth_on": "1979-02-11"},
    {"record_id": "lender", "full_name": "Leonard Vexworthy", "birth_on": "1966-07-08", "phone": "07009 555666"}
    | {"address": "7 Church Way", "postcode": "VC3 2EF"},
    {"record_id": "lent", "full_name": "L Vexworthey", "phone": "07009 555666"},
    {"record_id": "may", "full_name": "May Ostlecombe", "birth_on": "1990-12-05", "phone": "07009333444"},
    {"record_id": "known to", "full_name": "Ada Quennelby", "birth_on": "1985-09-20", "part": "Associate of nominal"}
    | {"address": "3 High Rd", "postcode": "VB2 1CD"},
    {"record_id": "victim", "full_name": "Ada Quennelby", "birth_on": "1985-09-20", "part": "victim"}
    | {"address": "3 High Rd", "postcode": "VB2 1CD"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wash")
    made = make(folder, people=100, records=5_000, seed=5, on=ON)
    csv_file(folder / "drawn_people.csv", PEOPLE)
    everybody = folder / "everybody.parquet"
    duckdb.sql(
        f"SELECT * FROM read_csv('{folder}/people.csv', all_varchar=true) UNION ALL BY NAME"
        f" SELECT * FROM read_csv('{folder}/drawn_people.csv', all_varchar=true)"
    ).write_parquet(str(everybody))
    csv_file(folder / "drawn.csv", RECORDS)
    text = made.manifest.read_text().replace("people.csv", "everybody.parquet")
    text += f'\n[[source]]\nid = "drawn"\npath = "drawn.csv"\nvictims_and_witnesses = "welfare"\n{BASIS}'
    text += '\n[[source]]\nid = "other"\ntitle = "Another force"\npath = "other.csv"\n'
    made.manifest.write_text(text)
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with opened(folder / "store", make=True) as held:
        build(held, load_manifest(folder / "wash.toml"), on=ON)
        run(held, load_model(), part=2_000)
        yield held


def pair(store: Store, person: str, record: str) -> dict[str, Any]:
    cursor = store.db.execute("SELECT * FROM pair WHERE person_id = ? AND record_id = ?", [person, record])
    names = [column[0] for column in cursor.description or []]
    found = cursor.fetchall()
    return dict(zip(names, found[0], strict=True)) if found else {}


def test_a_hit_says_what_speaks_for_it(store: Store) -> None:
    found = pair(store, "P-ZED", "swapped whole")
    assert found["band"] == "certain"
    assert set(found["words_for"]) >= {
        "day and month of birth swapped",
        "lived at this address until 2016",
        "same sex",
    }
    assert any(words in found["words_for"] for words in ("same surname", "same rare surname"))
    assert found["words_against"] == []


def test_a_former_name_is_looked_for(store: Store) -> None:
    assert pair(store, "P-ADA", "former")["band"] == "certain"


def test_names_and_date_of_birth_alone_are_unsure_however_rare(store: Store) -> None:
    found = pair(store, "P-ADA", "bare")
    assert found["weight"] > 8
    words = "nothing beyond the names and the date of birth agrees: a namesake?"
    assert (found["band"], found["unsure"]) == ("unsure", words)


def test_an_address_agrees_though_the_record_has_no_postcode(store: Store) -> None:
    assert "lived at this address" in pair(store, "P-ADA", "no postcode")["words_for"]


def test_two_letters_exchanged_are_one_mistake(store: Store) -> None:
    found = pair(store, "P-LEN", "exchanged")
    assert "forename with two letters exchanged" in found["words_for"]
    assert found["band"] == "certain"


def test_a_short_form_nobody_listed_stands_near_the_top_and_a_twin_is_not_ruled_out(store: Store) -> None:
    found = pair(store, "P-LEN", "unheard of")
    assert found["weight"] > 2
    assert (found["band"], found["unsure"]) == (
        "unsure",
        "same day of birth and same family, another forename: a twin?",
    )


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("twin", "same day of birth and same family, another forename: a twin?"),
        ("father", "same name and same home, born a generation apart: a parent or a child?"),
        ("namesake", "same name, and something speaks against: a namesake?"),
    ],
)
def test_family_and_namesakes_are_unsure_or_left_out(store: Store, record: str, words: str) -> None:
    found = pair(store, "P-ZED", record)
    assert found == {} or (found["band"], found["unsure"]) == ("unsure", words)


def test_a_record_that_two_employees_explain_alike_is_unsure_for_both(store: Store) -> None:
    for person in ("P-ONE", "P-TWO"):
        assert pair(store, person, "either")["unsure"] == "another member of the workforce explains it about as well"


def test_a_near_certain_record_lends_its_telephone_and_another_is_found_by_it(store: Store) -> None:
    assert pair(store, "P-LEN", "lender")["pass"] == 1, "a lender is not raised by what it lent"
    found = pair(store, "P-LEN", "lent")
    assert found["pass"] == 2
    assert "same telephone number" in found["words_for"]


def test_what_a_victim_said_is_lent_to_nobody(store: Store) -> None:
    lenders = store.rows("SELECT record_id FROM record WHERE owner IN (SELECT record FROM loan)")
    assert ("lender",) in lenders
    assert ("victim",) not in lenders


def test_an_associates_record_is_an_association_and_never_the_person(store: Store) -> None:
    mays = pair(store, "A-MAY", "may")
    assert (mays["link"], mays["associate_of"], mays["relation"]) == ("association", "P-ADA", "partner")
    assert pair(store, "P-ADA", "known to")["link"] == "association"
    assert pair(store, "P-ADA", "former")["link"] == "person"


def test_a_victims_record_is_for_welfare_only(store: Store) -> None:
    assert pair(store, "P-ADA", "victim")["purpose"] == "welfare"
    assert pair(store, "P-ADA", "former")["purpose"] == "integrity"


def test_every_person_and_every_record_is_accounted_for(store: Store) -> None:
    people = people_account(store)
    assert people.without_a_name == 1
    assert people.people == people.without_a_name + people.too_little_known + people.no_trace + people.with_pairs
    sources = {one.title: one for one in source_accounts(store)}
    drawn = sources["drawn"]
    assert drawn.rows == len(RECORDS) == drawn.accepted == drawn.in_pairs + drawn.in_none
    reconcile(store)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM person WHERE person_id = 'P-ADA'", "people in, and the account comes to another number"),
        ("DELETE FROM record_key WHERE owner = (SELECT max(owner) FROM record)", "were never keyed"),
        ("DELETE FROM record WHERE record_id = 'lent'", "records were accepted and"),
        ("UPDATE state SET value = '10' WHERE name = 'scored_to'", "records were never compared with anybody"),
        ("INSERT INTO pair SELECT * FROM pair LIMIT 1", "pairs stand twice"),
    ],
)
def test_whatever_is_lost_stops_the_report(store: Store, harm: str, words: str) -> None:
    store.db.execute("BEGIN")
    try:
        store.db.execute(harm)
        with pytest.raises(DoesNotReconcile, match=words):
            report(store)
    finally:
        store.db.execute("ROLLBACK")


WHOLE = (
    "purpose: trying the wash on invented data; lawful basis: nobody in it is real;"
    " impact assessment: none needed: invented; approved by: whoever made it; expires on: 22 November 2027"
)


def test_the_report_opens_with_what_was_not_washed(store: Store) -> None:
    lines = report_text(report(store)).splitlines()
    assert lines[2] == "NOT WASHED"
    assert lines[3].startswith("  Another force: refused: not recorded: what it is washed for")
    assert lines[4] == "  To wash them: mend the manifest or bring the file, and build in another folder."
    assert lines[6:8] == ["On what basis", f"  The workforce: {WHOLE}"]
    assert lines[8].endswith(f": {WHOLE}; victims and witnesses: welfare")


def test_the_pairs_are_written_as_parquet_highest_first(store: Store, tmp_path: Path) -> None:
    path = write_pairs(store, tmp_path / "pairs.parquet")
    rows = duckdb.sql(f"SELECT person_id, record_id, weight, band FROM read_parquet('{path}')").fetchall()
    assert len(rows) == store.one("SELECT count(*) FROM pair")
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_the_steps_of_every_pair_that_is_handed_over_add_up_to_its_weight(store: Store, tmp_path: Path) -> None:
    path = write_pairs(store, tmp_path / "pairs.parquet")
    rows = duckdb.sql(f"SELECT weight, steps, pass FROM read_parquet('{path}')").fetchall()
    assert {again for _, _, again in rows} == {1, 2}
    for weight, steps, _ in rows:
        assert sum(step["bits"] for step in steps) == pytest.approx(weight, abs=2e-3)
        assert all(step["words"] for step in steps)
    assert any(step["words"] == CAPPED for _, steps, _ in rows for step in steps)


def test_an_explanation_adds_up_and_shows_both_sides(store: Store) -> None:
    found = explain(store, load_model(), "P-ZED", "swapped whole")
    assert sum(step.bits for step in found.steps) == pytest.approx(found.weight, abs=1e-3)
    assert found.weight == pytest.approx(found.base - found.capped)
    assert found.weight == pytest.approx(pair(store, "P-ZED", "swapped whole")["base"] - found.capped, abs=1e-5)
    text = explanation_text(found)
    assert "day and month of birth swapped" in text
    [born] = [line for line in text.splitlines() if line.startswith("* date of birth")]
    assert "3 April 1971" in born
    assert born.endswith(" 4 March 1971")


def test_the_evidence_of_a_household_is_capped_where_the_forename_differs(store: Store) -> None:
    found = explain(store, load_model(), "P-ZED", "twin")
    assert found.capped > 10
    assert "a home shared is not a person" in explanation_text(found)


def test_an_unknown_key_says_so(store: Store) -> None:
    with pytest.raises(WashError, match="There is no record nowhere in this store"):
        explain(store, load_model(), "P-ZED", "nowhere")


def test_no_invented_namesake_twin_or_parent_is_graded_certain(store: Store, folder: Path) -> None:
    false = store.rows(
        f"SELECT t.kind, t.record_id FROM read_csv('{folder}/truth.csv') t JOIN pair p USING (person_id, record_id)"
        " WHERE t.kind NOT IN ('same', 'association') AND p.band = 'certain'"
    )
    assert false == []


def test_washed_once_it_is_not_washed_again_and_another_model_is_refused(store: Store) -> None:
    model = load_model()
    assert not run(store, model)
    other = read_model(model_text(model).replace("m = 0.5, u = 1e-06", "m = 0.6, u = 1e-06"))
    assert other.version != model.version
    with pytest.raises(WashError, match="washed with another model"):
        run(store, other)


def test_a_run_killed_between_parts_goes_on_and_comes_to_the_same(store: Store, folder: Path) -> None:
    begun: list[int] = []

    def killing(done: int, _total: int | None, _message: str) -> None:
        begun.append(done)
        if len(begun) == 2:
            raise KeyboardInterrupt

    with opened(folder / "killed", make=True) as held:
        build(held, load_manifest(folder / "wash.toml"), on=ON)
        with pytest.raises(KeyboardInterrupt):
            run(held, load_model(), part=500, listener=killing)
    with opened(folder / "killed") as held:
        assert not held.get("run")
        assert held.get("scored_to"), "what was done is kept"
        assert run(held, load_model(), part=500)
        what = "SELECT person_id, source, record_id, weight, band, unsure FROM pair ORDER BY ALL"
        assert held.rows(what) == store.rows(what)


def test_nothing_is_washed_before_it_is_built(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", make=True)
    with pytest.raises(WashError, match="not built yet"):
        run(store, load_model())
    store.close()


def test_a_common_name_alone_puts_no_pair_together(tmp_path: Path) -> None:
    people = [{"person_id": f"E{n}", "family_name": "Smith", "given_names": "John"} for n in range(20)]
    records = [{"record_id": f"R{n}", "family_name": "Smith", "given_names": "John"} for n in range(200)]
    store = built(tmp_path, people, records)
    run(store, load_model())
    assert store.get("looked_at") == "0"
    assert people_account(store).too_little_known == 20, "and the account says that they were not washed"
    store.close()
