"""A wall as SQL that was written once for a viewer, and is put into each query that asks for it.

In: the wall of a root as a `Q`. Out: an expression to filter by. Django writes a wall of ten subqueries slower than a
database answers it, and a page asks the same wall in several queries. What is kept says what to ask and holds no
answer, so that it cannot grow stale; the day and the moment themselves are put in when the query is made. A wall may
therefore pass the viewer's day or moment on to the database, but not reckon with them
(`tests/walls/test_prepared_walls.py`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models import F, Func, OuterRef, Q

from peelian.terms.viewer import Viewer

KEPT = 1024  # of all viewers and walls; some kilobytes each
SOME_TIME = datetime(1907, 3, 5, 12, 0, 0, 987_654, UTC)  # stands for any moment and its day; no wall asks for these
ROW = "THIS_ROW"  # stands for the table whose rows are asked about, whatever a query calls it
ROW_GOES_HERE = re.compile(rf'"?\b{ROW}\b"?\.')
ALIAS = re.compile(r"\b([A-Z]+\d+)\b")  # how Django calls a table of a subquery, or one was called here before


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL cut into `pieces` where something goes in, and the values `given` for its placeholders, in order."""

    pieces: tuple[str, ...]
    given: tuple[Any, ...]


def some_time(viewer: Viewer) -> Viewer:
    """The viewer at a moment that stands for all moments of all days."""
    return replace(viewer, at=SOME_TIME)


def at_moment(viewer: Viewer, given: tuple[Any, ...]) -> tuple[Any, ...]:
    """Values prepared for `some_time(viewer)`, at the viewer's own moment and day."""
    moment, day = _stored(some_time(viewer))
    own_moment, own_day = _stored(viewer)
    return tuple(own_moment if value == moment else own_day if value == day else value for value in given)


def _stored(viewer: Viewer) -> tuple[Any, Any]:
    """The viewer's moment and day as this database is given them."""
    moment: Any = models.DateTimeField().get_db_prep_value(viewer.at, connection)
    return moment, models.DateField().get_db_prep_value(viewer.today, connection)


def prepared(model: type[models.Model], wall: Callable[[Viewer], Q], viewer: Viewer) -> "Q | Condition":
    """What to filter records of `model` by, so that `wall(viewer)` is true of each."""
    written = _written(model, wall, some_time(viewer), connection.vendor)
    return written if isinstance(written, Q) else Condition(written.pieces, at_moment(viewer, written.given))


@lru_cache(maxsize=KEPT)
def _written(model: type[models.Model], wall: Callable[[Viewer], Q], viewer: Viewer, vendor: str) -> Prepared | Q:
    """The wall as a condition on one table. Raises RuntimeError for a wall that joins another table to it."""
    query = models.sql.Query(model)
    query.add_q(wall(viewer))
    if sum(1 for alias in query.alias_map if query.alias_refcount[alias]) > 1:
        raise RuntimeError(f"the wall of {model.__name__} joins a table: write it as a subquery of keys")
    query.change_aliases({query.get_initial_alias(): ROW})
    compiler = query.get_compiler(connection=connection)
    try:
        sql, given = compiler.compile(query.where)
    except EmptyResultSet:
        return Q(pk__in=[])
    except FullResultSet:
        return Q()
    # Renamed, so that no name inside is the one that a query around it gives the table; every name, so that two that
    # differ still do where a wall was put into this one that was written before.
    return Prepared(tuple(ROW_GOES_HERE.split(ALIAS.sub(r"W\1", sql))), tuple(given))


class Condition(Func):
    """A prepared wall, true or false of a row."""

    output_field = models.BooleanField()

    def __init__(self, pieces: tuple[str, ...], given: tuple[Any, ...]) -> None:
        super().__init__(F("pk"))
        self.pieces, self.given = pieces, given

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        column: Any = self.source_expressions[0]
        table = compiler.quote_name_unless_alias(column.alias)
        return f"({f'{table}.'.join(self.pieces)})", self.given


class OneOf(Func):
    """EXISTS of a prepared look-up, with the row's own column as the key; values are given before it and after it."""

    output_field = models.BooleanField()

    def __init__(self, column: OuterRef | F, pieces: tuple[str, ...], given: tuple[tuple[Any, ...], ...]) -> None:
        super().__init__(column)
        self.pieces, self.given = pieces, given

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        if len(self.pieces) == 1:
            return f"EXISTS({self.pieces[0]})", ()
        column, its_own = compiler.compile(self.source_expressions[0])
        before, after = self.given
        return f"EXISTS({self.pieces[0]}{column}{self.pieces[1]})", (*before, *its_own, *after)
