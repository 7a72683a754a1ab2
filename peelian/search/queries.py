"""Which records hold some words. Unranked, unlimited, unwalled: the caller narrows, orders and pages the keys."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from peelian.search.engines import TABLES, engine
from peelian.search.words import Sought, sought
from peelian.terms.acts import RecordKind
from peelian.walls.asking import listed
from peelian.walls.sifting import SAMPLE, Sieve

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


def sieve(kind: RecordKind, typed: str) -> Sieve:
    """The records of `kind` that hold every word typed, for `walls.sifting.sifted`; none where no word is typed.

    Raises KeyError as `matching`.
    """
    asked, table = sought(typed), TABLES[kind]
    if not asked:
        return Sieve(lambda most: [], lambda: Q(pk__in=[]), lambda count: [], lambda keys: [])
    whole = Sought((*asked.phrases, (asked.start,)) if asked.start else asked.phrases)

    def met() -> Q:
        """Of many, the list is read in its order: a database must not begin with the keys that match."""
        return Q(In(F("pk") + 0, matching(kind, typed)))

    gathered: dict[Sought, list[int]] = {}  # SQLite looks up all that begin so for the first of them: once is enough

    def keys_of(asked: Sought, most: int) -> list[int]:
        if asked not in gathered:
            gathered[asked] = _keys(table, asked, SAMPLE)
        return gathered[asked][:most]

    def first(count: int) -> RawSQL:
        """Those that hold the last word whole, if they suffice: they are found one by one, without gathering all."""
        enough = whole != asked and len(keys_of(whole, count)) == count
        return listed(keys_of(whole if enough else asked, count))

    def among(keys: Sequence[int]) -> set[int]:
        if not keys:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(*engine().among(table, asked, keys))
            return {key for (key,) in cursor.fetchall()}

    def few(most: int) -> list[int] | None:
        if whole != asked and len(keys_of(whole, most + 1)) > most:
            return None
        keys = keys_of(asked, most + 1)
        return keys if len(keys) <= most else None

    return Sieve(few, met, first, among)


def _keys(table: str, asked: Sought, most: int) -> list[int]:
    statement, given = engine().select(table, asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {most:d}", given)
        return [key for (key,) in cursor.fetchall()]
