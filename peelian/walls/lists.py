"""Pages of records: sorted without the internal key, counted only after the wall has been applied.

Counting goes `AHEAD` of the page that was asked for and stops at `MOST`, so that a page costs the same however long the
list is; past that the list says that there are more. The count is of what the viewer may see and of nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy

from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.refusals import NotValid

Row = TypeVar("Row")
MOST = 10_000
AHEAD = 2_500  # a hundred pages; whoever turns them finds that the list counts further


def ordering(
    sort: Sort,
    keys: Mapping[str, Sequence[str]],
    *,
    then: Sequence[str] = ("ref",),
    model: type[Model] | None = None,
) -> list[OrderBy]:
    """Columns to order by: those of the key, then `then`; what is empty comes last in both directions.

    `keys`: what the list may be sorted by, each with its columns. `model`: whose columns they are, so that those
    that are never empty are sorted by their index. Raises NotValid for a key it does not offer.
    """
    if sort.key not in keys:
        raise NotValid("sort", f"This list is not sorted by {sort.key!r}.")
    chosen = keys[sort.key]
    columns = [_directed(model, column, descending=sort.descending) for column in chosen]
    return [*columns, *(F(column).asc() for column in then if column not in chosen)]


def _directed(model: type[Model] | None, column: str, *, descending: bool) -> OrderBy:
    """Says where empty ones go only for a column that may be empty: saying so keeps a database from its index."""
    fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
    last = True if column not in fields or fields[column].null else None
    return F(column).desc(nulls_last=last) if descending else F(column).asc(nulls_last=last)


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
    """One page of `queryset` (already narrowed to the viewer) as rows, and how many there are, as `part_of` counts.

    A number past the end gives the last page. Raises NotValid as `ordering` does.
    """
    found = part_of(queryset.order_by(*ordering(sort, keys, then=then, model=queryset.model)), number, size)
    return found.of(row)


def part_of(ordered: QuerySet[Any], number: int, size: int = SIZE) -> Page[Any]:
    """One page of records already narrowed and ordered. `total` is counted a little further than the page.

    A number past the end gives the last page.
    """
    most = min(MOST, (number * size // AHEAD + 1) * AHEAD)
    counted = ordered.order_by()[: most + 1].count()
    total = min(counted, most)
    number = max(1, min(number, -(-total // size)))
    rows = tuple(ordered[(number - 1) * size : min(number * size, total)])
    return Page(rows, total, number, size, more=counted > most)
