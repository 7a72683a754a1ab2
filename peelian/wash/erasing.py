"""`forget`: people who left and sources whose basis ended out of the store for good, and the coverage still adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from peelian.wash.accounts import reconcile
from peelian.wash.building import PEOPLE, write_set_aside
from peelian.wash.candidates import list_few
from peelian.wash.errors import WashError
from peelian.wash.forgetting import begin, forget
from peelian.wash.grading import grade_again
from peelian.wash.listening import Listener, silent
from peelian.wash.manifest import read_basis, refusal
from peelian.wash.model import read_model
from peelian.wash.nightly import lend_again
from peelian.wash.normal import quoted
from peelian.wash.postings import make_whole
from peelian.wash.schema import Side
from peelian.wash.store import FILE, Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went. `sources`: the titles of those whose basis ended. `pairs`: how many pairs stand no longer."""

    people: int
    records: int
    sources: tuple[str, ...]
    pairs: int


def forget_for_good(store: Store, *, people: Sequence[str], on: date, listener: Listener = silent) -> Forgotten:
    """Forget `people` (their numbers, with their associates) and every source that may not be washed on the day `on`.

    Their rows, forms, keys, scores and pairs, what was set aside of them and what nights changed of them go; what other
    records lend is decided anew, and the rows that went are counted as gone. One transaction: killed, nothing happened.
    How often a name is borne was counted when the store was built, and stays counted. Raises WashError where nothing
    was washed yet, DoesNotReconcile where something is not accounted for.
    """
    if not store.get("run"):
        raise WashError("Nothing was washed in this store yet. Say: peelian wash run")
    listener(0, None, "forgetting")
    model = read_model(store.get("model"))
    ended = _ended(store, on)
    before = int(
        store.one(
            "SELECT coalesce(max(owner), 0) FROM (FROM (SELECT owner FROM person) UNION ALL SELECT owner FROM record)"
        )
    )
    make_whole(store, listener)
    with store.all_or_nothing():
        begin(store)
        pairs = int(store.one("SELECT count(*) FROM pair"))
        number = int(store.one("SELECT max(file_no) + 1 FROM staged"))
        store.db.execute("CREATE OR REPLACE TEMP TABLE unknown_now (key VARCHAR)")
        store.db.executemany("INSERT INTO unknown_now VALUES (?)", [[key] for key in people] or [[""]])
        theirs = "SELECT {0} FROM person WHERE person_id IN (FROM unknown_now) OR associate_of IN (FROM unknown_now)"
        gone = int(store.one(theirs.format("count(*)")))
        store.db.execute(f"CREATE OR REPLACE TEMP TABLE their_key AS {theirs.format('person_id')}")
        forget(store, Side.PEOPLE, theirs.format("owner"), number, PEOPLE)
        for kept in ("set_aside", "left_out"):
            store.db.execute(f"DELETE FROM {kept} WHERE src = {PEOPLE} AND key IN (FROM their_key)")
        store.db.execute("DELETE FROM change WHERE person_id IN (FROM their_key)")
        records = 0
        for src, key, _, reason in ended:
            records += int(store.one("SELECT count(*) FROM record WHERE src = ?", [src]))
            forget(store, Side.RECORDS, f"SELECT owner FROM record WHERE src = {src}", number, src)
            for kept in ("set_aside", "left_out"):
                store.db.execute(f"DELETE FROM {kept} WHERE src = ?", [src])
            store.db.execute("DELETE FROM change WHERE source = ?", [key])
            store.db.execute("UPDATE source SET state = 'refused', reason = ? WHERE src = ?", [reason, src])
        list_few(store, int(store.get("posted_to")))
        lend_again(store, model, before, listener)
        listener(0, None, "grading")
        grade_again(store, model, "SELECT owner FROM touched")
        reconcile(store)
        left = int(store.one("SELECT count(*) FROM pair"))
        store.put("posted", "")  # the copy of the keys holds theirs too; from here on it counts no more
    write_set_aside(store)
    make_whole(store, listener)
    return Forgotten(gone, records, tuple(title for _, _, title, _ in ended), pairs - left)


def _ended(store: Store, on: date) -> list[tuple[int, str, str, str]]:
    """The sources that may not be washed on the day `on`: number, key, title and why."""
    rows = store.rows("SELECT src, id, title, basis FROM source WHERE state = 'washed' ORDER BY src")
    said = [(int(src), str(key), str(title), refusal(read_basis(basis), on)) for src, key, title, basis in rows]
    return [one for one in said if one[3]]


def write_anew(folder: Path, *, memory: str = "1100MB") -> None:
    """Write the closed store in `folder` anew, since a file of DuckDB keeps what was deleted until it is written over.

    The new file takes the place of the old one when it is whole: killed, the old one stands. Raises WashError.
    """
    path, beside = folder / FILE, folder / f"{FILE}.anew"
    beside.unlink(missing_ok=True)
    try:
        with duckdb.connect() as db:
            db.execute(
                f"SET memory_limit='{memory}'; SET threads=1; SET temp_directory={quoted(str(folder / 'spill'))}"
            )
            db.execute(f"ATTACH {quoted(str(path))} AS old (READ_ONLY); ATTACH {quoted(str(beside))} AS anew")
            db.execute("COPY FROM DATABASE old TO anew")
    except duckdb.Error as fault:
        beside.unlink(missing_ok=True)
        raise WashError(f"{path} could not be written anew: {fault}") from fault
    beside.replace(path)
