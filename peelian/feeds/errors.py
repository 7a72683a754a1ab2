"""What stops a whole file, said so that the person who sent it can mend it."""

from pathlib import Path


class FeedError(Exception):
    """The file cannot be read further. Names the file and, where they are known, the row and the column.

    `reason` is a sentence for a person. Rows that came before it were yielded and are still good as read, but a
    load that meets this is not to be published: what follows is unknown.
    """

    is_for_people = True

    def __init__(self, path: Path | str, reason: str, *, row: int | None = None, column: str = "") -> None:
        self.file = Path(path).name
        self.reason = reason
        self.row = row
        self.column = column
        super().__init__(self.words)

    @property
    def words(self) -> str:
        """`export.csv, row 12, column “Closed”: reason`."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row:,}"
        if self.column:
            place += f", column “{self.column}”"
        return f"{place}: {self.reason}"


class MapError(FeedError):
    """A column map that cannot stand: names the map's file and what is wrong in it."""


class UnknownHeader(FeedError):
    """No map known here fits the file's header; `header` holds the names found."""

    def __init__(self, path: Path | str, reason: str, header: tuple[str, ...]) -> None:
        super().__init__(path, reason)
        self.header = header
