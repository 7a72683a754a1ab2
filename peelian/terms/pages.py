"""A page of a list, and how it is sorted: the shape that every list query takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Other = TypeVar("Other")

SIZE = 25


@dataclass(frozen=True, slots=True)
class Sort:
    """`key`: one of the keys that the list offers. Ties are always broken the same way, by reference."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list. `total`: how many the viewer may see in all. `number`: from 1. `size`: rows a page.

    `more`: there are more than `total`, which is as far as the list counts.
    """

    rows: tuple[Row, ...]
    total: int
    number: int = 1
    size: int = SIZE
    more: bool = False

    @property
    def last(self) -> int:
        """The number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.size))

    def of(self, row: Callable[[Row], Other]) -> "Page[Other]":
        """The same page with each row turned into another."""
        return Page(tuple(row(one) for one in self.rows), self.total, self.number, self.size, self.more)
