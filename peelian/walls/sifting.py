"""Pages of a list that is narrowed by something its own order knows nothing of: a word, a category.

In: records already narrowed to the viewer, and a sieve. Out: the same page that filtering and sorting all of them would
give. Where few records meet the sieve they are gathered and sorted; where many do, the list is read in its order, some
hundreds at a time, until the page is full. So a page costs the same however many records meet the sieve and however
long the list is; only what is met by many, but by hardly any of the newest, is still looked for in all of it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy

from peelian.terms.pages import Page

MOST = 1_000  # counted and paged: nobody turns the pages of more
SAMPLE = 3 * MOST  # records that meet the sieve, among which more than `MOST` are nearly always seen by the viewer
WINDOWS = (300, 1_000, 3_000)  # of the list in its order, read in turn until a page is full


@dataclass(frozen=True, slots=True)
class Sieve:
    """A condition on the records of a list, asked in four ways that agree with each other.

    `few`: the keys of all that meet it, hidden ones too, or None where they are more than so many; to be narrowed to
    the viewer. `met`: true of the records that meet it. `sample`: keys of so many that meet it, as a subquery.
    `among`: which of some keys meet it.
    """

    few: Callable[[int], Sequence[int] | None]
    met: Callable[[], Q]
    sample: Callable[[int], Any]
    among: Callable[[Sequence[int]], Collection[int]]

    def whole(self) -> Q:
        """True of the records that meet it: by their keys where they are few, which no database plans badly."""
        keys = self.few(MOST)
        return self.met() if keys is None else Q(pk__in=keys)


def sifted(records: QuerySet[Any], sieve: Sieve, *, order: Sequence[OrderBy], number: int, size: int) -> Page[Any]:
    """One page of those of `records` (already narrowed to the viewer) that meet the sieve, counted to `MOST`.

    A number past the end gives the last page.
    """
    few = sieve.few(MOST)
    found = records.filter(sieve.met() if few is None else Q(pk__in=few))
    counted = 0
    if few is None:  # enough of them in a sample is enough
        counted = records.order_by().filter(pk__in=sieve.sample(SAMPLE))[: MOST + 1].count()
    if counted <= MOST:
        counted = found.order_by()[: MOST + 1].count()
    total = min(counted, MOST)
    number = max(1, min(number, -(-total // size)))
    start, end = (number - 1) * size, min(number * size, total)
    keys = _newest(records.order_by(*order), sieve, end) if counted > MOST else None
    if keys is None:
        rows = list(found.order_by(*order)[start:end])
    else:
        rows = list(records.filter(pk__in=keys[start:end]).order_by(*order))
    return Page(tuple(rows), total, number, size, more=counted > MOST)


def _newest(ordered: QuerySet[Any], sieve: Sieve, wanted: int) -> list[int] | None:
    """The first `wanted` keys of the list that meet the sieve, or None where they are not near its beginning."""
    for window in WINDOWS:
        if window < wanted:
            continue
        keys = list(ordered.values_list("pk", flat=True)[:window])
        met = set(sieve.among(keys))
        found = [key for key in keys if key in met]
        if len(found) >= wanted:
            return found[:wanted]
    return None
