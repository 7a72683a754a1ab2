"""What leaves this room about letters: lines of a list, a letter whole, and what stands against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from peelian.contact.rows import SafeContact
from peelian.decisions.rows import ServedStep
from peelian.people.rows import Reach
from peelian.publish.rendering import Sheet
from peelian.publish.states import Ground, LetterState, Move
from peelian.publish.templates import Paragraph, Template
from peelian.publish.wording import Block
from peelian.rules.service import Way
from peelian.terms.matters import Part


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter on one line. `to`: the addressee in words. `mine`: the viewer wrote it."""

    ref: str
    matter_ref: str
    matter_heading: str
    title: str
    to: str
    state: LetterState
    written_at: datetime
    written_by: str
    is_mine: bool
    issued_on: date | None = None
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a letter gives away somebody whose identity is protected.

    `rule`: PB-1, PB-2, PB-3 or `Marked`. `found`: the words of the letter. `block`: which of its headings, paragraphs
    and items, from 1. `around`: the words about it.
    """

    rule: str
    law: str
    why: str
    found: str
    block: int
    around: str

    @property
    def words(self) -> str:
        return f"{self.rule}: {self.why} It stands in “{self.around}”, part {self.block} of the letter."


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """What the chair said of one field; `may_be_published` is None while nothing was recorded."""

    field: str
    words: str
    may_be_published: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    move: Move
    at: datetime
    by: str
    reasons: str


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """What was issued, as it was issued."""

    text: str
    sheet: Sheet
    blocks: tuple[Block, ...]
    sha256: str
    pdf_sha256: str
    template_version: int
    template_sha256: str
    law: str
    issued_on: date
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True)
class ServedRow:
    way_words: str
    address: str
    sent_on: date
    served_on: date
    law: str
    unverified: bool
    note: str
    recorded_at: datetime
    recorded_by: str
    sent_at: time | None = None


OUTCOMES = ("outcome_published", "accelerated_outcome_published")  # events of what the public reads of a finding


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter, whole. `blocks`: as it reads now (as submitted once it is). `missing`: facts the record does not
    hold. `namings`: whom it gives away. `asked`: paragraphs that must still be written. `reach`: how its addressee may
    be reached. `template` is None where no template of that key is held any more. `may_approve`: the viewer may."""

    line: LetterLine
    version: int
    part: Part | None
    is_public: bool
    template: Template | None
    about: str
    written: Mapping[str, str]
    text: str
    text_sha256: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]
    asked: tuple[Paragraph, ...]
    namings: tuple[Naming, ...]
    directions: tuple[DirectionRow, ...]
    directed_by: str
    directed_on: date | None
    of_proceedings: bool  # the directions are recorded with the proceedings, and nowhere else
    moves: tuple[MoveRow, ...]
    reach: Reach
    issued: IssuedRow | None
    served: ServedRow | None
    may_write: bool
    may_approve: bool
    wrote_it: bool
    unread: bool = False  # the template changed since the text was submitted
    safe: SafeContact | None = None  # what was agreed with its addressee; None where it is to nobody on the matter

    @property
    def is_outcome(self) -> bool:
        """Whether it publishes how a hearing ended. PB-4."""
        records = self.template.records if self.template else ()
        return self.is_public and any(one in OUTCOMES for one in records)

    @property
    def withheld(self) -> frozenset[str]:
        """The fields that the chair does not let be published."""
        return frozenset(row.field for row in self.directions if row.may_be_published is False)

    @property
    def undirected(self) -> bool:
        """Something to be published for which the chair's directions are not all recorded."""
        return self.is_public and (not self.directed_by or any(row.may_be_published is None for row in self.directions))

    @property
    def is_ready(self) -> bool:
        return not (self.missing or self.asked or self.namings or self.undirected)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters that wait for a viewer: to approve, to finish or follow, to serve."""

    to_approve: tuple[LetterLine, ...]
    writing: tuple[LetterLine, ...]
    to_serve: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A letter that can be to or about nobody on a matter. `instead`: letters that stand in its place and can be.

    `lacks_person`: nobody there has the part it is for.
    """

    template: Template
    reasons: tuple[str, ...]
    instead: tuple[Template, ...]
    lacks_person: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A template that fits a matter. `people`: keys and words of whom it can be to or about. `owed`: what is owed that
    its service would meet, in words; empty where nothing is. `stage`: of casework, by its key; may be empty."""

    template: Template
    people: tuple[tuple[str, str], ...]
    owed: tuple[str, ...] = ()
    stage: str = ""


@dataclass(frozen=True, slots=True)
class ProtectedRow:
    """Somebody on a matter who may not be named in what leaves it. `rules`: why, in sentences with their law.
    `key`: addresses them for a mark. `mark`: the ground of the standing mark, if a person set one."""

    key: str
    name: str
    part: Part
    rules: tuple[str, ...]
    mark: Ground | None
    mark_reason: str
    marked_on: date | None


@dataclass(frozen=True, slots=True)
class Serving:
    """How an issued letter may be served on a day: the ways of the law, and what is known of reaching its addressee."""

    ways: tuple[Way, ...]
    reach: Reach
    records: tuple[str, ...] = field(default=())  # words of the events that its service records and no step does
    steps: tuple[ServedStep, ...] = ()  # the steps of casework that its service is
    safe: SafeContact | None = None
