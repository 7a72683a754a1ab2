"""Which records hold some words. Unranked, unlimited, unwalled: the caller narrows, orders and pages the keys."""

from django.db import connection
from django.db.models.expressions import RawSQL

from peelian.search.engines import TABLES, engine
from peelian.search.words import sought
from peelian.terms.acts import RecordKind

NOTHING = "SELECT NULL WHERE 1 = 0"


def matching(kind: RecordKind, typed: str) -> RawSQL:
    """The keys of the records of `kind` that hold every word typed, as a subquery for `filter(pk__in=…)`.

    The last word may be the start of one; words in quotes must stand in a row; case, accents and punctuation do not
    count; nothing typed matches nothing. A subquery and not a list, so that a page is cut only after the wall: a limit
    before it would let a hidden record push out one that is seen. Raises KeyError for a kind that is not searched.
    """
    table = TABLES[kind]
    asked = sought(typed)
    statement, given = engine().select(table, asked) if asked else (NOTHING, ())
    return RawSQL(statement, given)  # noqa: S611 - the statement is the engine's own; what was typed is a parameter


def are_many(kind: RecordKind, typed: str, *, than: int) -> bool:
    """Whether more than `than` records hold every word typed, hidden ones too: to choose a way to read, never to show.

    Raises KeyError as `matching`.
    """
    asked = sought(typed)
    if not asked:
        return False
    statement, given = engine().select(TABLES[kind], asked)
    with connection.cursor() as cursor:
        # The statement is the engine's own; what was typed is a parameter.
        cursor.execute(f"SELECT COUNT(*) FROM ({statement} LIMIT {than + 1:d}) AS met", given)  # noqa: S608 - the engine's own
        return bool(cursor.fetchone()[0] > than)
