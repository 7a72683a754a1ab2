"""The sorted copy of the records' keys: it gives the pairs that a join gives; one that is not whole is made again."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from peelian.demo import washing
from peelian.wash import postings
from peelian.wash.building import build
from peelian.wash.candidates import candidate_sql, list_few
from peelian.wash.listening import silent
from peelian.wash.manifest import load_manifest
from peelian.wash.store import Store, opened
from tests.rooms.wash.files import ON

Pairs = set[tuple[int, int]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("posted")
    washing.make(folder, people=300, records=3_000, seed=11, on=ON)
    with opened(folder / "store", make=True) as held:
        build(held, load_manifest(folder / "wash.toml"), on=ON)
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    with opened(Path(copytree(built / "store", tmp_path / "store"))) as held:
        yield held


def looked_up(store: Store, keys: str = "person_key") -> Pairs:
    postings.make_whole(store, silent)
    list_few(store, int(store.get("posted_to")))
    return {(int(left), int(right)) for left, right in store.rows(postings.pairs_of(store, keys))}


def joined(store: Store) -> Pairs:
    return {(int(left), int(right)) for left, right in store.rows(candidate_sql("person_key", "true"))}


def copies(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.glob("postings-*"))


def test_it_gives_the_pairs_that_a_join_of_every_rule_gives(store: Store) -> None:
    pairs = joined(store)
    assert len(pairs) > 40
    assert looked_up(store) == pairs
    store.db.execute("CREATE TEMP TABLE nobodys AS FROM person_key LIMIT 0")
    assert looked_up(store, "nobodys") == set()


def test_keys_sorted_in_parts_give_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "AT_ONCE", 500)
    store.put("posted", "")
    assert looked_up(store) == joined(store)


@pytest.mark.parametrize("harm", ["gone", "keys cut short", "forms cut short", "never made", "half made"])
def test_a_copy_that_is_not_whole_is_made_again(store: Store, harm: str) -> None:
    (name,) = copies(store)
    held = store.folder / name
    if harm == "gone":
        rmtree(held)
    elif harm.endswith("cut short"):
        file = held / f"k_born_initials.{harm.split()[0]}"
        file.write_bytes(file.read_bytes()[:-4])
    elif harm == "never made":
        rmtree(held)
        store.put("posted", "")
    else:
        held.rename(store.folder / "postings-begun")
    assert looked_up(store) == joined(store)
    assert copies(store) == [name]


def test_what_was_deleted_is_found_no_more_and_what_came_later_is(store: Store) -> None:
    pairs = joined(store)
    (gone,) = store.rows(f"SELECT owner, form_no FROM record_key WHERE form_no = {min(pairs)[1]}")
    store.db.execute(f"DELETE FROM record_key WHERE owner = {gone[0]}")
    left = looked_up(store)
    assert left == joined(store)
    assert left < pairs
    later = int(store.one("SELECT max(form_no) + 1 FROM record_key"))
    like = f"SELECT * REPLACE ({later} AS form_no, {later} AS owner) FROM record_key WHERE form_no = {max(left)[1]}"
    store.db.execute(f"INSERT INTO record_key {like}")
    assert later in {right for _, right in looked_up(store)}
    assert looked_up(store) == joined(store)


def test_it_is_written_anew_once_much_came_since(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = copies(store)
    later = int(store.one("SELECT max(form_no) + 1 FROM record_key"))
    for further in range(3):
        like = f"SELECT * REPLACE ({later + further} AS form_no) FROM record_key ORDER BY form_no LIMIT 1"
        store.db.execute(f"INSERT INTO record_key {like}")
    postings.post_again(store, silent)
    assert copies(store) == [before], "a few are joined from the table"
    monkeypatch.setattr(postings, "LATER", 2)
    postings.post_again(store, silent)
    assert copies(store) != [before]
    assert int(store.get("posted_to")) == later + 2
    assert looked_up(store) == joined(store)
