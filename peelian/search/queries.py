"""Which records hold some words. Unranked, unlimited, unwalled: the caller narrows, orders and pages the keys."""

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
