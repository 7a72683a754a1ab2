"""What a page or a command sees of a load."""

from dataclasses import dataclass
from datetime import datetime

from peelian.intake.reports import LoadReport


@dataclass(frozen=True, slots=True)
class PlaceholderRow:
    """A key proposed as standing for nobody: `rows` that name it, the rule in words. `rejected`: a person after all."""

    key: str
    person_ref: str
    rows: int
    reason: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class LoadRow(LoadReport):
    """One load. `state`: staging, published, failed or cancelled; `state_words` says it to a person.

    `read` = `accepted` + `already_held` + `set_aside`. `figures`: see docs/reference/loads.md. `has_set_aside_file`,
    `has_vanished_file`: whether the file stands beside the report. `failure`: a sentence that names file, row, column.
    """

    placeholders: tuple[PlaceholderRow, ...]
    has_set_aside_file: bool
    has_vanished_file: bool

    @property
    def adds_up(self) -> bool:
        return self.read == self.accepted + self.already_held + self.set_aside

    @property
    def changed_nothing(self) -> bool:
        """Published without a row that was new or changed, and without a record that vanished."""
        return self.state == "published" and not self.accepted and not self.figures.get("vanished")

    @property
    def unchanged_words(self) -> str:
        """Why a load changed nothing. A file nobody could read says so, and does not pass for one held already."""
        if not self.read:
            return "The file has no rows below its header."
        if not self.already_held:
            return "No row could be used: every row was set aside, with its reason."
        return "Every row that could be used was held already." if self.set_aside else "Every row was held already."


@dataclass(frozen=True, slots=True)
class LoadFilters:
    """What the list of loads is narrowed by; empty means not narrowed. `source`: its key."""

    state: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, what its rows speak of, how many of its loads were published, and the last of those."""

    key: str
    title: str
    content_words: str
    loads: int
    last_ref: str
    last_on: datetime | None


@dataclass(frozen=True, slots=True)
class SetAsideRowRow:
    """A row set aside. `cells`: as they stood; None for a viewer who may see reports but not load."""

    row_number: int
    column: str
    reason: str
    cells: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A record that a load changed, among those the viewer may see: the fields, with what was said before and now."""

    key: str
    record_kind: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What a source last said of a record: fields in words with their values, in the order of the field list."""

    source_title: str
    key: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of a file through a map: values by field in words, or why it would be set aside."""

    row_number: int
    values: tuple[tuple[str, str], ...]
    reason: str
