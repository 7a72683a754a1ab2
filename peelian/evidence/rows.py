"""What goes in and out of this room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from peelian.evidence.kinds import Kind
from peelian.evidence.states import EndingKind, ExhibitState, Step, SubmissionKind, SubmissionState, UnitKind


class Which(StrEnum):
    """Which of the two contents of a file."""

    ORIGINAL = "original"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `name`, `about`: as its keeper gave them; empty once erased. `clean_words`: what the clean copy lacks,
    or why there is none. `scanned`: empty where no scanner was set. `made_from`: of which file it is a worked copy."""

    id: int = field(repr=False)
    ref: str
    matter_id: int = field(repr=False)
    name: str
    about: str
    kind: Kind
    size: int
    sha256: str
    scanned: str
    has_clean: bool
    clean_sha256: str
    clean_size: int | None
    clean_words: str
    made_from: str
    on: date
    kept_at: datetime
    kept_by: str
    is_erased: bool

    @property
    def shown_name(self) -> str:
        return "Erased" if self.is_erased else self.name

    @property
    def size_words(self) -> str:
        """`412 bytes`, `3.4 MB`."""
        if self.size < 1000:
            return f"{self.size} bytes"
        for unit, of in (("kB", 10**3), ("MB", 10**6), ("GB", 10**9)):
            if self.size < of * 1000:
                return f"{self.size / of:.1f} {unit}"
        return f"{self.size / 10**12:.1f} TB"


@dataclass(frozen=True, slots=True)
class Content:
    """An opened content. `pieces` can be read once, each found sound before it is given; the last only when all were
    and the whole has the hash kept. `name`: neutral, for taking it away."""

    file: FileRow
    which: Which
    name: str
    size: int
    pieces: Iterator[bytes] = field(repr=False)

    def whole(self) -> bytes:
        return b"".join(self.pieces)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a check found of one content: `fault` is empty where it opens to the hash kept."""

    ref: str
    which: Which
    fault: str


@dataclass(frozen=True, slots=True)
class ExhibitLine:
    """An exhibit on one line. `holder`, `place`: as it stands now. `waits`: what waits for somebody, in words.

    `description` and what names somebody are empty once erased.
    """

    id: int = field(repr=False)
    ref: str
    matter_ref: str
    mark: str
    description: str
    found_on: date
    booked_at: datetime
    state: ExhibitState
    holder: str
    place: str
    unit_ref: str
    shelf: str
    seal: str
    waits: str
    submissions_open: int

    @property
    def shown(self) -> str:
        return self.description or "Erased"


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """One link of the chain of custody, or one that was not made. `answered_on`: None while it waits."""

    ref: str
    giver: str
    receiver: str
    reasons: str
    on: date
    accepted: bool | None
    answered_on: date | None
    answered_by: str
    answer_words: str
    may_accept: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SealRow:
    """A seal put on or broken, with why."""

    number: str
    is_broken: bool
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class LayRow:
    """Where an exhibit lay: `until` is the day it left; None where it lies there. `unit` empty: in no unit."""

    unit: str
    unit_ref: str
    shelf: str
    on: date
    until: date | None
    by: str


@dataclass(frozen=True, slots=True)
class EndingRow:
    """A return or destruction proposed, and what the second person said of it."""

    ref: str
    kind: EndingKind
    how: str
    reasons: str
    on: date
    by: str
    agreed: bool | None
    answered_on: date | None
    answered_by: str
    answer_words: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """One exhibit whole. `may_act`: the viewer holds it and nothing waits. `may_take_in`: nobody who could hand it over
    holds it."""

    line: ExhibitLine
    where: str
    found_by: str
    booked_on: date
    booked_by: str
    custody: tuple[CustodyRow, ...]
    seals: tuple[SealRow, ...]
    lay: tuple[LayRow, ...]
    endings: tuple[EndingRow, ...]
    files: tuple[FileRow, ...]
    submissions: tuple["SubmissionLine", ...]
    may_act: bool
    may_take_in: bool


@dataclass(frozen=True, slots=True)
class ToAccept:
    """A hand-over or an ending that waits for the viewer. `words`: what it is."""

    matter_ref: str
    exhibit_ref: str
    mark: str
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A storage unit. `held`: exhibits in it now that the viewer may see. `celsius`, `read_on`: the last reading.
    `is_out`: that reading is outside its range. `failing_since`: of a failure that has not ended."""

    id: int = field(repr=False)
    ref: str
    name: str
    kind: UnitKind
    site: str
    capacity: int
    lowest: Decimal | None
    highest: Decimal | None
    from_on: date
    held: int
    celsius: Decimal | None
    read_on: date | None
    is_out: bool
    failing_since: date | None

    @property
    def range_words(self) -> str:
        return "" if self.lowest is None else f"{self.lowest} to {self.highest} °C"


@dataclass(frozen=True, slots=True)
class ReadingRow:
    celsius: Decimal
    is_out: bool
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class LyingRow:
    """An exhibit that lay in a unit, with its matter. `until`: the day it left; None where it is there still."""

    exhibit_ref: str
    matter_ref: str
    matter_heading: str
    mark: str
    description: str
    holder: str
    shelf: str
    from_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A failure of a unit. `last_on`: None while it lasts."""

    ref: str
    unit_ref: str
    unit: str
    what: str
    from_on: date
    last_on: date | None
    done: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    line: UnitLine
    readings: tuple[ReadingRow, ...]
    failures: tuple[FailureRow, ...]


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission. `days`: from the day it was asked to its results, or to today while none have come: it is `open`
    then. `is_late`: it is open and past what was promised."""

    id: int = field(repr=False)
    ref: str
    matter_ref: str
    kind: SubmissionKind
    to: str
    asked: str
    on: date
    promised_on: date | None
    state: SubmissionState
    days: int
    is_open: bool
    is_late: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    step: Step
    words: str
    on: date
    promised_on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One submission whole. `may`: the steps that can follow."""

    line: SubmissionLine
    steps: tuple[StepRow, ...]
    exhibits: tuple[tuple[str, str], ...]
    by: str
    may: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long submissions wait, those open counted as waiting still. `half`: days after which half have results
    (Kaplan and Meier); None where fewer than half have. `longest`: of those open."""

    count: int
    open: int
    late: int
    half: int | None
    longest: int | None
