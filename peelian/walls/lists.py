"""Pages of records: sorted without the internal key, counted only after the wall has been applied."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.refusals import NotValid

Row = TypeVar("Row")


def ordering(sort: Sort, keys: Mapping[str, Sequence[str]], *, then: Sequence[str] = ("ref",)) -> list[OrderBy]:
    """Columns to order by: those of the key, then `then`; what is empty comes last in both directions.

    `keys`: what the list may be sorted by, each with its columns. Raises NotValid for a key it does not offer.
    """
    if sort.key not in keys:
        raise NotValid("sort", f"This list is not sorted by {sort.key!r}.")
    columns = [
        F(column).desc(nulls_last=True) if sort.descending else F(column).asc(nulls_last=True)
        for column in keys[sort.key]
    ]
    return [*columns, *(F(column).asc() for column in then if column not in keys[sort.key])]


def page_of(
    queryset: QuerySet[Any],
    *,
    sort: Sort,
    keys: Mapping[str, Sequence[str]],
    row: Callable[[Any], Row],
    number: int = 1,
    size: int = SIZE,
    then: Sequence[str] = ("ref",),
) -> Page[Row]:
    """One page of `queryset` (already narrowed to the viewer) as rows, and how many there are in all.

    A number past the end gives the last page. Raises NotValid as `ordering` does.
    """
    ordered = queryset.order_by(*ordering(sort, keys, then=then))
    total = queryset.count()
    number = max(1, min(number, -(-total // size)))
    start = (number - 1) * size
    return Page(tuple(row(one) for one in ordered[start : start + size]), total, number, size)
