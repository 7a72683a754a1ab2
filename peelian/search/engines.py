"""The two engines behind one interface: SQLite FTS5 and PostgreSQL tsvector. One index table for each kind of record.

Neither ranks. Ranking by how rare a word is in the whole collection would tell of records behind a wall.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from peelian.search.words import Sought
from peelian.terms.acts import RecordKind

TABLES = {
    RecordKind.MATTER: "search_matter",
    RecordKind.PERSON: "search_person",
    RecordKind.INTAKE_ITEM: "search_intake_item",
}

Lines = Iterable[tuple[int, str]]  # a record's key and its words in order, with a space between


class Engine(Protocol):
    """`Lines` are written over what a record had.

    `select` gives SQL and its parameters for the matching keys; `among` gives them for those of some keys; `listed` for
    some keys themselves.
    """

    def create(self, table: str) -> Sequence[str]: ...

    def write(self, table: str, lines: Lines) -> None: ...

    def remove(self, table: str, keys: Sequence[int]) -> None: ...

    def press_out(self, table: str) -> None: ...

    def select(self, table: str, sought: Sought) -> tuple[str, tuple[str, ...]]: ...

    def among(self, table: str, sought: Sought, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]: ...


class Sqlite:
    """FTS5 with its own copy of the words, so that a record's rows can be found and taken out again."""

    def create(self, table: str) -> Sequence[str]:
        return [
            f"CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = 'unicode61 remove_diacritics 0', prefix = '3')"
        ]

    def write(self, table: str, lines: Lines) -> None:
        with connection.cursor() as cursor:
            # Names of tables come from TABLES above, never from outside.
            cursor.executemany(f"INSERT OR REPLACE INTO {table}(rowid, words) VALUES (%s, %s)", list(lines))  # noqa: S608 - a table named above

    def remove(self, table: str, keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in keys])  # noqa: S608 - a table named above

    def press_out(self, table: str) -> None:
        """Merge the index into one segment: until then FTS5 keeps the words it took out beside a mark."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - a table named above

    def select(self, table: str, sought: Sought) -> tuple[str, tuple[str, ...]]:
        parts = [f'"{" ".join(phrase)}"' for phrase in sought.phrases]
        if sought.start:
            parts.append(f'"{sought.start}" *')
        return f"SELECT rowid FROM {table} WHERE {table} MATCH %s", (" AND ".join(parts),)  # noqa: S608 - a table named above

    def among(self, table: str, sought: Sought, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
        """Read in the words themselves: to meet a start of a word FTS5 would gather all that meet it, for each key."""
        parts = [f" {' '.join(phrase)} " for phrase in sought.phrases]
        if sought.start:
            parts.append(f" {sought.start}")
        holds = "".join(" AND instr(' ' || words || ' ', %s) > 0" for _ in parts)
        places = ", ".join("%s" for _ in keys)
        return f"SELECT rowid FROM {table} WHERE rowid IN ({places}){holds}", (*keys, *parts)  # noqa: S608 - a table named above


class Postgresql:
    """A tsvector of the words as they are ('simple': no stemming, no stop words) with a GIN index.

    What is taken out lies in the file until the next VACUUM, as everything deleted on PostgreSQL does.
    """

    def create(self, table: str) -> Sequence[str]:
        return [
            f"CREATE TABLE {table} (record_id bigint PRIMARY KEY, words tsvector NOT NULL)",
            f"CREATE INDEX {table}_words ON {table} USING gin (words)",
        ]

    def write(self, table: str, lines: Lines) -> None:
        statement = (
            f"INSERT INTO {table}(record_id, words) VALUES (%s, to_tsvector('simple', %s))"  # noqa: S608 - a table named above
            " ON CONFLICT (record_id) DO UPDATE SET words = excluded.words"
        )
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(lines))

    def remove(self, table: str, keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE record_id = ANY(%s)", [list(keys)])  # noqa: S608 - a table named above

    def press_out(self, table: str) -> None:
        """Nothing to do inside a transaction; autovacuum does it."""

    def select(self, table: str, sought: Sought) -> tuple[str, tuple[str, ...]]:
        """Words hold letters and digits only, so that quoting each is enough."""
        parts = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in sought.phrases]
        if sought.start:
            parts.append(f"'{sought.start}':*")
        query = " & ".join(f"({part})" for part in parts)
        return f"SELECT record_id FROM {table} WHERE words @@ %s::tsquery", (query,)  # noqa: S608 - a table named above

    def among(self, table: str, sought: Sought, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
        """The keys come from a list made before, so that the server looks up these rows and no other."""
        statement, given = self.select(table, sought)
        narrowed = statement.replace(" WHERE ", " JOIN unnest(%s::bigint[]) AS wanted(key) ON record_id = key WHERE ")
        return narrowed, (list(keys), *given)


def engine(database: BaseDatabaseWrapper = connection) -> Engine:
    """The engine of the database in use. Raises NotImplementedError for a database that is neither."""
    match database.vendor:
        case "sqlite":
            return Sqlite()
        case "postgresql":
            return Postgresql()
    raise NotImplementedError(f"no search on {database.vendor}")
