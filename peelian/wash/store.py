"""The keyed store: one DuckDB file in a folder, and a copy of its keys (`postings`). One process writes at a time.

Every step is one transaction.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import duckdb

from peelian.wash.errors import WashError
from peelian.wash.normal import macros, table

VERSION = "7"
FILE = "wash.duckdb"
OWN = {"state", "source", "staged", "account"}  # tables that every wash has, whatever its edition

# The columns of a form: one way in which somebody stands in a file. People and records have the same, in both
# tables, so that the model can compare either with either. What is only ever compared for being the same (the full
# names that a forename may stand for, homes, numbers, addresses of e-mail) is a tag of 63 bits here, which is read in
# half the time; the words are in SAID.
FORM = """
    form_no BIGINT, owner BIGINT, is_first BOOLEAN,
    fn VARCHAR, fn_sound VARCHAR, roots BIGINT[], mids VARCHAR[],
    sn VARCHAR, sn_sound VARCHAR, sn_parts VARCHAR[],
    born VARCHAR, born_year SMALLINT, sex VARCHAR, birth_place VARCHAR,
    places BIGINT[], until VARCHAR[], postcodes BIGINT[], districts BIGINT[],
    phones BIGINT[], emails BIGINT[], marks BIGINT[],
    postcode BIGINT, district BIGINT, place BIGINT, phone BIGINT, email BIGINT, mark BIGINT
"""
# What is compared of a form, and nothing else.
NEAR = """
    form_no BIGINT, owner BIGINT, fn VARCHAR, fn_sound VARCHAR, roots BIGINT[], mids VARCHAR[],
    sn VARCHAR, sn_sound VARCHAR, sn_parts VARCHAR[],
    born VARCHAR, born_year SMALLINT, sex VARCHAR, birth_place VARCHAR,
    places BIGINT[], postcodes BIGINT[], districts BIGINT[], phones BIGINT[], emails BIGINT[], marks BIGINT[]
"""
# What the tags of somebody's forms stand for, in words.
SAID = """
    owner BIGINT, places VARCHAR[], until VARCHAR[], postcodes VARCHAR[],
    phones VARCHAR[], emails VARCHAR[], marks VARCHAR[]
"""
TABLES = f"""
CREATE TABLE IF NOT EXISTS state (name VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE IF NOT EXISTS source (
    src SMALLINT PRIMARY KEY, id VARCHAR, title VARCHAR, state VARCHAR, reason VARCHAR, as_of DATE, basis VARCHAR,
    protected VARCHAR);
CREATE TABLE IF NOT EXISTS staged (
    file_no INTEGER PRIMARY KEY, src SMALLINT, path VARCHAR, rows BIGINT, unread BIGINT, done_to BIGINT,
    finished BOOLEAN);
CREATE TABLE IF NOT EXISTS account (file_no INTEGER, src SMALLINT, kind VARCHAR, reason VARCHAR, rows BIGINT);
CREATE TABLE IF NOT EXISTS set_aside (
    file_no INTEGER, src SMALLINT, row_no BIGINT, key VARCHAR, reason VARCHAR, text VARCHAR);
CREATE TABLE IF NOT EXISTS left_out (
    file_no INTEGER, src SMALLINT, row_no BIGINT, key VARCHAR, field VARCHAR, written VARCHAR, reason VARCHAR);
CREATE TABLE IF NOT EXISTS person (
    owner BIGINT, person_id VARCHAR, associate_of VARCHAR, relation VARCHAR, digest UBIGINT, key_hash UBIGINT);
CREATE TABLE IF NOT EXISTS record (
    owner BIGINT, src SMALLINT, record_id VARCHAR, part VARCHAR, recorded_on VARCHAR, resolved_on VARCHAR,
    category VARCHAR, digest UBIGINT, key_hash UBIGINT);
CREATE TABLE IF NOT EXISTS person_form ({FORM});
CREATE TABLE IF NOT EXISTS record_form ({FORM});
CREATE TABLE IF NOT EXISTS near_form ({NEAR});
CREATE TABLE IF NOT EXISTS person_said ({SAID});
CREATE TABLE IF NOT EXISTS record_said ({SAID});
CREATE TABLE IF NOT EXISTS sound (name VARCHAR, code VARCHAR);
CREATE TABLE IF NOT EXISTS term (what VARCHAR, value VARCHAR, share DOUBLE);
CREATE TABLE IF NOT EXISTS night (
    night_no INTEGER PRIMARY KEY, night_on DATE, new_people BIGINT, changed_people BIGINT, new_records BIGINT,
    changed_records BIGINT, records_gone BIGINT, looked_at BIGINT);
CREATE TABLE IF NOT EXISTS change (
    night_no INTEGER, person_id VARCHAR, source VARCHAR, record_id VARCHAR, why VARCHAR, link VARCHAR, purpose VARCHAR,
    was_band VARCHAR, band VARCHAR, was_weight DOUBLE, weight DOUBLE, same_day BOOLEAN);
CREATE SEQUENCE IF NOT EXISTS number START 1;
"""


class Elsewhere(Protocol):
    """Another engine than DuckDB that puts pairs together and weighs them."""

    def score(self, into: str, candidates: str, kept: str) -> int:
        """The pairs of the query `candidates`, as `looked_at`, weighed by the query `kept` into the table `into`; how
        many pairs there were."""


class Store:
    """An open store. `db` is its connection; `folder` where what is written for people goes.

    `elsewhere`: the engine that weighs pairs in the place of DuckDB, while there is one.
    """

    elsewhere: Elsewhere | None = None

    def __init__(self, folder: Path, *, threads: int = 1, memory: str = "1100MB", make: bool = False) -> None:
        """Open the store in `folder`, making it first where `make`. Raises WashError where it cannot be."""
        self.folder, self._inside = folder, False
        path = folder / FILE
        if not path.exists() and not make:
            raise WashError(f"{folder} holds no wash. Say: peelian wash build MANIFEST --store {folder}")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self.db = duckdb.connect(str(path))
        except duckdb.IOException as fault:
            why = "another wash may be running. Wait until it is done, then say the same again"
            if "ermission denied" in str(fault) or "Read-only" in str(fault):
                why = "it may not be written by you. Give this account the right, or copy the folder to where it has it"
            raise WashError(f"{path} cannot be opened; {why}. {str(fault).splitlines()[0]}") from fault
        held = {str(name) for (name,) in self.rows("SELECT table_name FROM duckdb_tables()")}
        if held and not held >= OWN:
            self.db.close()
            raise WashError(f"{path} holds something else than a wash. Choose another folder.")
        spill = folder / "spill"
        self.db.execute(f"SET threads={int(threads)}; SET memory_limit='{memory}'; SET temp_directory='{spill}'")
        self.db.execute("SET preserve_insertion_order=true; SET enable_progress_bar=false")
        self.db.execute(TABLES)
        self.db.execute(macros())
        self._check_version()

    def _check_version(self) -> None:
        # Keys are hashes of DuckDB, which another edition may compute otherwise, of what the rules put together.
        rules = crc32(json.dumps(table("candidates")).encode())
        mine = f"{VERSION}/{rules:08x}/{duckdb.__version__}"
        held = self.get("version")
        if not held:
            self.put("version", mine)
        elif held != mine:
            raise WashError(f"{self.folder} was built by another edition ({held}); this is {mine}. Build it again.")

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """One transaction: what is killed or fails inside leaves no trace. Inside another, it is part of that one."""
        if self._inside:
            yield
            return
        self.db.execute("BEGIN")
        self._inside = True
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        finally:
            self._inside = False
        self.db.execute("COMMIT")

    def get(self, name: str) -> str:
        """A value of the state; empty where there is none."""
        found = self.rows("SELECT value FROM state WHERE name = ?", [name])
        return str(found[0][0]) if found else ""

    def put(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", [name, value])

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, values or []).fetchall()

    def like(self, name: str, query: str) -> None:
        """An empty table `name` with the columns that `query` gives, in the place of any there was.

        Not made of an empty SELECT: DuckDB 2.0 shows nobody what several threads put into such a table at once.
        """
        columns = ", ".join(f"{column} {kind}" for column, kind, *_ in self.rows(f"DESCRIBE {query}"))
        self.db.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")

    def one(self, sql: str, values: list[Any] | None = None) -> Any:
        """The first value of the first row."""
        return self.rows(sql, values)[0][0]


@contextmanager
def opened(folder: Path, *, threads: int = 1, memory: str = "1100MB", make: bool = False) -> Iterator[Store]:
    """The store in `folder`, closed afterwards."""
    store = Store(folder, threads=threads, memory=memory, make=make)
    try:
        yield store
    finally:
        store.close()
