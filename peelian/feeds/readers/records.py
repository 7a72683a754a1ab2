"""What every kind of file gives: numbered records of text cells, before anything is made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be cut into cells; `text` is what stood there."""

    text: str
    reason: str


Record = list[str] | Broken


class Source(Protocol):
    """An opened file. `count`: records in it (see FileFacts.records). `first`: the number of its first record."""

    path: Path
    kind: str
    count: int
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]  # all that hold a cell; none but a workbook has any

    def records(self) -> Iterator[tuple[int, Record]]:
        """Records with their numbers, from the start. Raises FeedError where the file cannot be read on."""
        ...
