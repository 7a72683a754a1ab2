"""Where Spark takes the place of DuckDB: a part of a run goes out as Parquet, and its scores come back as Parquet."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peelian.wash.errors import WashError
from peelian.wash.normal import quoted
from peelian.wash.spark.joining import put_together
from peelian.wash.spark.session import Session
from peelian.wash.spark.spoken import spoken, tables
from peelian.wash.store import Store

# Tables of the store that do not change while it is washed: written out once.
FIXED = {"person_form", "person_key", "record_form", "record_key", "term"}


class Elsewhere:
    """Spark, for one store. `folder`: seen under one path by this machine and by those that compute."""

    def __init__(self, store: Store, session: Session, folder: Path) -> None:
        self._store, self.session, self._folder = store, session, folder
        self._written: set[str] = set()
        self._rounds = 0

    def score(self, into: str, candidates: str, kept: str) -> int:
        """Put the pairs of the query `candidates` together as `looked_at`, and the rows that the query `kept` gives of
        them into the store's table `into`. How many pairs there were. Raises WashError where Spark fails.
        """
        self._rounds += 1
        looked_at, scored = self._folder / f"looked_at-{self._rounds}", self._folder / f"scored-{self._rounds}"
        try:
            for name in sorted((tables(candidates) | tables(kept)) - {"looked_at"}):
                self._write(name)
            self._compute(put_together(candidates), looked_at)
            self._view("looked_at", looked_at)
            self._narrow()
            self._compute(spoken(kept), scored)
            self._view("record_form", self._folder / "record_form")
        except Exception as fault:
            said = next(iter(str(fault).splitlines()), "")
            raise WashError(f"Spark could not finish: {said} Its log ends: {self.session.said()}") from fault
        self._store.db.execute(f"INSERT INTO {into} SELECT * FROM {_rows(scored)}")
        count = int(self._store.one(f"SELECT count(*) FROM {_rows(looked_at)}"))
        shutil.rmtree(looked_at)
        shutil.rmtree(scored)
        return count

    def _write(self, name: str) -> None:
        """A table of the store as Parquet, unless it is there. Keys are 64 bits without a sign, which Spark has not:
        they are moved down by half, all alike."""
        if name in self._written:
            return
        moved = ", ".join(
            f"CAST(CAST({column} AS HUGEINT) - 9223372036854775808 AS BIGINT) AS {column}"
            for column, kind in self._store.rows(f"SELECT column_name, column_type FROM (DESCRIBE {name})")
            if kind == "UBIGINT"
        )
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        columns = f"* REPLACE ({moved})" if moved else "*"
        self._store.db.execute(
            f"COPY (SELECT {columns} FROM {name}) TO {quoted(str(folder))} (FORMAT parquet, FILE_SIZE_BYTES '128MB')"
        )
        self._view(name, folder)
        if name in FIXED:
            self._written.add(name)

    def _view(self, name: str, folder: Path) -> None:
        spark: Any = self.session.spark
        spark.read.parquet(_uri(folder)).createOrReplaceTempView(name)

    def _narrow(self) -> None:
        """Only records that were put together with somebody are laid beside people: a few in a thousand."""
        everything = _uri(self._folder / "record_form")
        self.session.spark.sql(
            f"SELECT /*+ BROADCAST(u) */ r.* FROM parquet.`{everything}` r"
            " LEFT SEMI JOIN (SELECT DISTINCT r_form FROM looked_at) u ON u.r_form = r.form_no"
        ).createOrReplaceTempView("record_form")

    def _compute(self, query: str, to: Path) -> None:
        self.session.spark.sql(query).write.mode("overwrite").parquet(_uri(to))


def _uri(folder: Path) -> str:
    return f"file://{folder}"  # as it is written: Hadoop reads no percent signs


def _rows(folder: Path) -> str:
    return f"read_parquet({quoted(str(folder / '*.parquet'))})"


@contextmanager
def on_spark(store: Store, master: str, place: Path, *, memory: str) -> Iterator[None]:
    """Inside, pairs of `store` are put together and weighed by the Spark at `master`.

    `place`: a folder that both see, made here for its owner alone and deleted afterwards: it holds what the store
    holds. Raises WashError where Spark cannot be had.
    """
    place.mkdir(parents=True, mode=0o700)
    try:
        session = Session(master, place, memory=memory)
        store.elsewhere = Elsewhere(store, session, place)
        try:
            yield
        finally:
            store.elsewhere = None
            session.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
