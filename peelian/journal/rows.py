"""What the journal's queries return: frozen, complete, small."""

from dataclasses import dataclass
from datetime import date, datetime

from peelian.journal.verifier import Finding


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the journal. `shown`: what a look showed. `texts`: how many personal texts stand beside it."""

    seq: int
    at: datetime
    actor: str
    act: str
    kind: str
    key: str
    on: date | None
    summary: str
    reason: str
    decision: str
    shown: tuple[str, ...]
    texts: int
    hash: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A personal text beside an entry. `text` is None once it is erased; `words` says which it is."""

    subject: str
    text: dict[str, object] | None
    words: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries, newest first. `number` counts from 1."""

    rows: tuple[EntryRow, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class EntryDetail:
    entry: EntryRow
    previous: str
    texts: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A signed checkpoint: the first `size` entries have `root` (hex). `note` is the text to keep elsewhere."""

    size: int
    root: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `limits` says in words what it does not rule out. `root`: hex, of all entries."""

    entries: int
    texts: int
    root: str
    checkpoints: int
    agreed: int
    findings: tuple[Finding, ...]
    more: int
    limits: str

    @property
    def is_whole(self) -> bool:
        return not self.findings

    @property
    def words(self) -> str:
        found = len(self.findings) + self.more
        verdict = "Whole" if self.is_whole else f"NOT whole: {found} finding{'' if found == 1 else 's'}"
        counted = f"Entries: {self.entries}. Personal texts: {self.texts}."
        return f"{verdict}. {counted} Checkpoints in this database: {self.checkpoints}."
