"""What goes in and out of this room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from peelian.evidence.kinds import Kind


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
