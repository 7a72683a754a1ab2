"""The state of a list page, read from its address: sort, page, filters, export.

In: a request and the columns. Out: a frozen state that the list components draw and the query is given.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from peelian.terms.pages import Page, Sort

EXPORTS = {"csv": "CSV", "ods": "ODS (OpenDocument)"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` (what the query sorts by), `words` (its heading), whether it sorts, whether it holds figures."""

    key: str
    words: str
    sortable: bool = True
    number: bool = False


@dataclass(frozen=True, slots=True)
class ListState:
    """`order`: what the query sorts by. `page`: the number asked for, from 1. `export`: "csv", "ods" or "" (a page).

    `kept`: the filters as they stand in the address, so that every link of the list keeps them.
    """

    order: Sort
    page: int
    export: str
    kept: tuple[tuple[str, str], ...]

    def page_url(self, page: int) -> str:
        return self._url(sort=self._sort_text(), page=page if page > 1 else None)

    def sort_url(self, key: str) -> str:
        """Sorting by the column that is already sorted turns it round."""
        turned = f"-{key}" if key == self.order.key and not self.order.descending else key
        return self._url(sort=turned)

    def export_url(self, kind: str) -> str:
        return self._url(sort=self._sort_text(), **{"as": kind})

    def aria_sort(self, key: str) -> str:
        if key != self.order.key:
            return "none"
        return "descending" if self.order.descending else "ascending"

    def _sort_text(self) -> str:
        return f"-{self.order.key}" if self.order.descending else self.order.key

    def _url(self, **changes: Any) -> str:
        pairs = [*self.kept, *((key, str(value)) for key, value in changes.items() if value)]
        return "?" + urlencode(pairs)

    def pages(self, found: Page[Any]) -> dict[str, Any]:
        """The parameters of the pagination component; empty where one page holds all."""
        number, last = found.number, found.last
        if last == 1:
            return {}
        wanted = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
        items: list[dict[str, Any]] = []
        for before, one in zip([0, *wanted], wanted, strict=False):
            if one - before > 1:
                items.append({"ellipsis": True})
            items.append({"number": one, "href": self.page_url(one), "current": one == number})
        params: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of the list"}
        if number > 1:
            params["previous"] = {"href": self.page_url(number - 1)}
        if number < last:
            params["next"] = {"href": self.page_url(number + 1)}
        return params


def shown_words(found: Page[Any]) -> str:
    """`51 to 75 of 31,271`, or `51 to 75 of more than 10,000` where the list counts no further."""
    if not found.rows:
        return f"0 of {found.total:,}"
    start = (found.number - 1) * found.size
    total = f"more than {found.total:,}" if found.more else f"{found.total:,}"
    return f"{start + 1:,} to {start + len(found.rows):,} of {total}"


def list_state(request: HttpRequest, columns: tuple[Column, ...], *, default: str) -> ListState:
    """Read the state; anything the address gets wrong falls back to `default` (a key, with `-` for descending)."""
    asked = request.GET.get("sort", "") or default
    keys = {column.key for column in columns if column.sortable}
    if asked.removeprefix("-") not in keys:
        asked = default
    text = request.GET.get("page", "1")
    page = int(text) if text.isdecimal() and 0 < int(text[:9]) < 1_000_000 else 1
    export = request.GET.get("as", "")
    kept = tuple(
        (key, value)
        for key in request.GET
        if key not in ("sort", "page", "as")
        for value in request.GET.getlist(key)
        if value
    )
    return ListState(
        order=Sort(asked.removeprefix("-"), asked.startswith("-")),
        page=page,
        export=export if export in EXPORTS else "",
        kept=kept,
    )
