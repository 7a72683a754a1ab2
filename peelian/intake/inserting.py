"""Many rows into one table at once, past the ORM's work on every cell; for loads only (docs/adr/0046).

`bulk_create` spent more than half of a load's time on making SQL of every cell. This writes the same rows with the
database's own way for many: `executemany` on SQLite, `COPY` on PostgreSQL. Keys are reserved first, so that rows of
several tables can point at each other without reading anything back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import Any

from django.db import connection, models

CACHE = -128_000  # KiB of pages held
FOLD_IN = 32_000  # pages of the log (128 MB) after which they are folded into the file


@contextmanager
def many_writes() -> Iterator[None]:
    """For the process of a load: on SQLite a larger page cache, and the log folded in less often, while it lasts.

    Rows come in the order of their file, so every batch touches pages all over the indexes; the same page is then
    written to the log many times but folded into the file only once. Nothing about what a commit promises changes.
    """
    if connection.vendor != "sqlite":
        yield
        return
    before = [_pragma("cache_size"), _pragma("wal_autocheckpoint")]
    _pragma("cache_size", CACHE)
    _pragma("wal_autocheckpoint", FOLD_IN)
    try:
        yield
    finally:
        _pragma("cache_size", before[0])
        _pragma("wal_autocheckpoint", before[1])


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name}={value}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def insert(model: type[models.Model], columns: Mapping[str, Any], *, count: int) -> Sequence[int]:
    """Insert `count` rows and return their keys, in order; call inside a transaction.

    `columns`: by the field's column name (`matter_id`), a list with one value a row, or one value for all of them. A
    column that is not named gets its field's default. Values are plain: text, whole numbers, truth values, days,
    moments with a time zone, None. No model code runs; the database's own constraints hold as ever.
    """
    if not count:
        return range(0)
    fields = {str(field.column): field for field in model._meta.concrete_fields if not field.primary_key}
    if strange := set(columns) - set(fields):
        raise KeyError(f"{model.__name__} has no column {sorted(strange)[0]}")
    keys = _reserve(model, count)
    every: list[Any] = [keys]
    for name, field in fields.items():
        given = columns[name] if name in columns else field.get_default()
        every.append(_many(field, given) if isinstance(given, list) else repeat(_one(field, given), count))
    _write(model._meta.db_table, ["id", *fields], zip(*every, strict=False))
    return keys


def _one(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _many(field: Any, values: list[Any]) -> Any:
    """Text and numbers go as they are; days and moments repeat, so each is made ready once."""
    if not isinstance(field, models.DateField | models.JSONField):
        return values
    ready: dict[Any, Any] = {None: None}
    if isinstance(field, models.JSONField):
        return [_one(field, value) for value in values]
    for value in set(values) - {None}:
        if not isinstance(value, date | datetime):
            raise TypeError(f"{field.column} holds days, not {type(value).__name__}")
        ready[value] = _ready(field, value)
    return [ready[value] for value in values]


@lru_cache(maxsize=32_768)
def _ready(field: Any, value: date | datetime) -> Any:
    """A day or a moment as this database is given it: the same few thousand in batch after batch."""
    return _one(field, value)


def _reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else will get."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the IMMEDIATE transaction keeps every other writer out until the commit
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            first = (found[0] if found else 0) + 1
            return range(first, first + count)
        query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(query, [table, count])
        return [row[0] for row in cursor.fetchall()]


def _write(table: str, names: Sequence[str], rows: Any) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    place = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {place} ({quoted}) VALUES ({marks})", rows)  # noqa: S608 - names of the models
            return
        with cursor.copy(f"COPY {place} ({quoted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
