"""A night: what came against everything, the same as a full run, accounted for, and nothing where it is killed."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from peelian.wash.accounts import reconcile, source_accounts
from peelian.wash.building import build
from peelian.wash.candidates import candidate_sql
from peelian.wash.errors import DoesNotReconcile, WashError
from peelian.wash.listening import Listener
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.nightly import Night, nightly
from peelian.wash.reporting import night_text, report, report_text, write_changes
from peelian.wash.running import finish, run
from peelian.wash.scoring import add_scores
from peelian.wash.store import Store, opened
from tests.rooms.wash.files import BASIS, ON, csv_file, manifest

NIGHT = date(2026, 11, 23)
HOME = {"address": "7 Church Way", "postcode": "VC3 2EF"}
LEN = {"person_id": "E-LEN", "family_name": "Vexworthy", "given_names": "Leonard", "birth_on": "1966-07-08"} | HOME
ADA = {"person_id": "E-ADA", "family_name": "Quennelby", "given_names": "Ada", "birth_on": "1985-09-20"}
PEOPLE = [LEN, ADA]
LENDER = {"record_id": "lender", "full_name": "Leonard Vexworthy", "birth_on": "1966-07-08", **HOME}
LENT = {"record_id": "lent", "full_name": "L Vexworthey", "phone": "07009 555666"}
ADAS = {"record_id": "adas", "full_name": "Ada Quennelby", "birth_on": "1985-09-20", "part": "suspect"}
CROWD = [
    {"record_id": f"C{n}", "full_name": name, "birth_on": f"19{60 + n % 30}-0{1 + n % 9}-1{n % 10}"}
    for n, name in enumerate(
        f"{first} {last}" for first in ("Ivo", "Una", "Leonard", "Ada") for last in ("Brack", "Cole", "Dunmore")
    )
]
WHAT = "SELECT person_id, source, record_id, weight, band, unsure, pass, words_for FROM pair ORDER BY ALL"


@pytest.fixture(scope="module")
def washed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store washed once; tests write to copies."""
    folder = tmp_path_factory.mktemp("washed")
    csv_file(folder / "people.csv", PEOPLE)
    csv_file(folder / "records.csv", [LENDER, ADAS, *CROWD])
    with opened(folder / "store", make=True) as held:
        build(held, load_manifest(manifest(folder)), on=ON)
        run(held, load_model())
    return folder


@pytest.fixture
def folder(washed: Path, tmp_path: Path) -> Path:
    return Path(copytree(washed, tmp_path / "washed"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with opened(folder / "store") as held:
        yield held


def night(
    folder: Path,
    store: Store,
    people: Sequence[dict[str, str]] = (),
    records: Sequence[dict[str, str]] = (),
    on: date = NIGHT,
) -> Night:
    """A night that brings these rows."""
    text = manifest(folder).read_text()
    for name, rows in (("people.csv", people), ("records.csv", records)):
        tonight = f"night_{name}"
        if rows:
            csv_file(folder / tonight, rows)
        text = text.replace(f'path = "{name}"', f'path = "{tonight}"' if rows else "")
    (folder / "night.toml").write_text(text, encoding="utf-8")
    return nightly(store, load_manifest(folder / "night.toml"), on=on)


def afresh(store: Store) -> list[tuple[object, ...]]:
    """What a full run over the same store comes to."""
    for name in ("score", "score_again", "loan"):
        store.db.execute(f"DELETE FROM {name}")
    model = load_model()
    add_scores(store, "score", model, candidate_sql("person_key", "true"), left="person_form")
    finish(store, model)
    return store.rows(WHAT)


def test_a_night_comes_to_what_a_full_run_comes_to(folder: Path, store: Store) -> None:
    joiner = {"person_id": "E-UNA", "family_name": "Dunmore", "given_names": "Una", "birth_on": "1966-07-16"}
    moved = LENDER | {"phone": "07009 555666"}
    found = night(folder, store, [joiner, ADA | {"phone": "07009 777888"}], [LENT, moved, *CROWD[:3]])
    assert (found.new_people, found.changed_people) == (1, 1)
    assert (found.new_records, found.changed_records, found.records_gone) == (1, 1, 1)
    pairs = store.rows(WHAT)
    assert {("E-LEN", "lent"), ("E-LEN", "lender"), ("E-ADA", "adas")} <= {(pair[0], pair[2]) for pair in pairs}
    assert afresh(store) == pairs


def test_what_changed_is_told_with_its_reason(folder: Path, store: Store) -> None:
    found = night(folder, store, [], [LENT, LENDER | {"phone": "07009 555666"}, ADAS | {"birth_on": "1985-09-21"}])
    path = write_changes(store)
    told = {line.split(",")[3]: line.split(",")[4] for line in path.read_text().splitlines()[1:]}
    assert told == {"lent": "a new record", "adas": "the record changed"}
    assert (found.appeared, found.moved, found.went) == (1, 1, 0)


def test_a_record_lent_by_another_is_found_in_a_later_night(folder: Path, store: Store) -> None:
    night(folder, store, [], [LENT])
    assert not store.rows("SELECT 1 FROM pair WHERE record_id = 'lent' AND pass = 2")
    night(folder, store, [], [LENDER | {"phone": "07009 555666"}])
    assert store.rows("SELECT pass FROM pair WHERE record_id = 'lent'") == [(2,)]
    assert afresh(store)


def test_a_lender_that_tells_nothing_any_more_leaves_no_trace_of_what_it_lent(folder: Path, store: Store) -> None:
    night(folder, store, [], [LENT, LENDER | {"phone": "07009 555666"}])
    assert store.rows("SELECT pass FROM pair WHERE record_id = 'lent'") == [(2,)]
    night(folder, store, [], [{"record_id": "lender", "full_name": "Somebody Else", "birth_on": "1950-01-02"}])
    assert not store.rows("SELECT 1 FROM pair WHERE record_id IN ('lent', 'lender')")
    assert store.rows(WHAT) == afresh(store)


def test_the_same_night_twice_changes_nothing(folder: Path, store: Store) -> None:
    night(folder, store, [ADA], [LENT])
    before = store.rows(WHAT)
    again = night(folder, store, [ADA], [LENT])
    assert (again.new_people, again.new_records, again.appeared, again.went, again.moved) == (0, 0, 0, 0, 0)
    assert store.rows(WHAT) == before
    account = source_accounts(store)[0]
    assert account.rows == account.accepted + account.already_held + account.set_aside + account.withheld
    assert account.already_held == 1
    assert "1 held already" in report_text(report(store))


@pytest.mark.parametrize(
    ("change", "raised"),
    [
        ({"category": "Rape of a female over 16"}, 1),
        ({"category": "Rape of a female over 16", "resolved_on": "2020-01-01"}, 0),
        ({"category": "Theft"}, 0),
        ({"category": "Rape of a female over 16", "part": "associate"}, 0),
    ],
)
def test_les_11_a_hit_on_an_unresolved_sexual_offence_is_raised_the_same_day(
    folder: Path, store: Store, change: dict[str, str], raised: int
) -> None:
    found = night(folder, store, [], [ADAS | {"record_id": "new"} | change])
    assert found.same_day == raised
    assert night_text(found).splitlines()[1].startswith("RAISE TODAY: 1" if raised else "Nothing is to be raised")
    assert night(folder, store, [ADA], []).same_day == 0, "it is raised once"


def test_les_11_a_record_that_becomes_one_is_raised_though_it_weighs_the_same(folder: Path, store: Store) -> None:
    found = night(folder, store, [], [ADAS | {"category": "Rape of a female over 16"}])
    assert (found.changed_records, found.moved, found.same_day) == (1, 1, 1)
    resolved = {"category": "Rape of a female over 16", "resolved_on": "2026-11-22"}
    assert night(folder, store, [], [ADAS | resolved]).same_day == 0


def test_a_suspect_who_is_a_victim_now_is_no_longer_washed(folder: Path, store: Store) -> None:
    found = night(folder, store, [], [ADAS | {"part": "victim"}])
    assert (found.records_gone, found.changed_records, found.went) == (1, 0, 1)
    assert not store.rows("SELECT 1 FROM record WHERE record_id = 'adas'")
    report(store)


def test_a_person_without_a_name_any_more_is_accounted_for(folder: Path, store: Store) -> None:
    night(folder, store, [ADA | {"family_name": "unknown", "given_names": ""}])
    assert report(store)["people"]["without_a_name"] == 1


@pytest.mark.parametrize(
    ("was", "becomes", "on", "words"),
    [
        ('id = "pnd"', 'id = "other"', NIGHT, "holds no source other"),
        ("2027-03-31", "2026-11-22", NIGHT, "may not be washed: its approval ended on 22 November 2026"),
        ('path = "night_records.csv"', 'path = "nowhere.csv"', NIGHT, "A file of the night is missing"),
        ("[[source]]", '[[source]]\nvictims_and_witnesses = "welfare"', NIGHT, "other terms for victims and witnesses"),
    ],
)
def test_a_night_is_refused_whole_with_the_reason(
    folder: Path, store: Store, was: str, becomes: str, on: date, words: str
) -> None:
    night(folder, store, [], [LENT])
    before = store.rows(WHAT)
    path = folder / "night.toml"
    path.write_text(path.read_text().replace(was, becomes))
    with pytest.raises(WashError, match=words):
        nightly(store, load_manifest(path), on=on)
    assert store.rows(WHAT) == before


def test_a_source_whose_approval_has_ended_stops_the_night(folder: Path, store: Store) -> None:
    path = manifest(folder, source=BASIS.replace("2027-03-31", "2026-11-22"))
    with pytest.raises(WashError, match="National records may no longer be washed: its approval ended on 22 Nov"):
        nightly(store, load_manifest(path), on=NIGHT)


def test_a_source_held_and_not_named_stops_the_night(folder: Path, store: Store) -> None:
    store.db.execute("INSERT INTO source VALUES (2, 'second', 'Second', 'washed', '', NULL, '', 'withheld')")
    with pytest.raises(WashError, match="does not name second"):
        night(folder, store, [], [LENT])


def killing_after(steps: int) -> Listener:
    """A listener that ends the process, as it were, at a step."""
    left = iter(range(steps))

    def killing(_done: int, _total: int | None, _message: str) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return killing


def test_killed_at_any_step_nothing_of_the_night_has_happened(folder: Path, store: Store) -> None:
    before = store.rows(WHAT)
    night(folder, store, [ADA], [ADAS])  # writes night.toml
    csv_file(folder / "night_people.csv", [ADA | {"phone": "07009 777888"}])
    csv_file(folder / "night_records.csv", [LENT, LENDER | {"phone": "07009 555666"}])
    for steps in range(5):
        with pytest.raises(KeyboardInterrupt):
            nightly(store, load_manifest(folder / "night.toml"), on=NIGHT, listener=killing_after(steps))
        assert store.rows(WHAT) == before
        report(store)
    nightly(store, load_manifest(folder / "night.toml"), on=NIGHT)
    assert store.rows("SELECT 1 FROM pair WHERE record_id = 'lent'")


def test_a_row_lost_in_the_night_undoes_it(folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(held: Store, model: object, records: str) -> None:
        held.db.execute("DELETE FROM record WHERE record_id = 'lent'")

    monkeypatch.setattr("peelian.wash.nightly.grade_again", losing)
    with pytest.raises(DoesNotReconcile):
        night(folder, store, [], [LENT])
    assert not store.rows("SELECT 1 FROM night")


def test_what_is_compared_of_a_record_is_at_hand_while_the_record_is_held(folder: Path, store: Store) -> None:
    beyond = "SELECT count(*) FROM near_form WHERE form_no NOT IN (SELECT form_no FROM record_form)"
    phones = "SELECT phones FROM near_form n JOIN record r ON r.owner = n.owner WHERE r.record_id = 'lender'"
    assert (store.rows(phones), store.one(beyond)) == ([([],)], 0)
    night(folder, store, [], [LENDER | {"phone": "07009 555666"}])
    assert (store.rows(phones), store.one(beyond)) == (store.rows("SELECT [tag('07009555666')]"), 0)


def test_a_weighed_pair_whose_record_is_not_at_hand_fails_the_account(store: Store) -> None:
    reconcile(store)
    store.db.execute("DELETE FROM near_form WHERE owner = (SELECT owner FROM record WHERE record_id = 'adas')")
    with pytest.raises(DoesNotReconcile, match="1 weighed pairs are of a record whose form is not at hand"):
        reconcile(store)


def test_nothing_was_washed_yet(folder: Path) -> None:
    with (
        opened(folder / "other", make=True) as held,
        pytest.raises(WashError, match="peelian wash run"),
    ):
        nightly(held, load_manifest(manifest(folder)), on=NIGHT)
