"""What goes in and out of this room: what is due, one record's retention, a certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.retention import Keeping, Schedule
from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import Refusal

EraseMatter = Callable[..., object]  # as `matters.actions.erase_narrative`; the page gives the one that knows the files


@dataclass(frozen=True, slots=True)
class DueRow:
    """A record to be reviewed. `since`: the day on which that came due; None where no closing date is known."""

    kind: str
    ref: str
    heading: str
    closed: KnownDate | None
    schedule: Schedule
    since: date | None
    is_held: bool
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a record's retention: what, on which day, by whom, why."""

    words: str
    on: date
    by: str
    reasons: str


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A disposal that waits for its second person. `is_mine`: the viewer proposed it."""

    ref: str
    said: Said
    is_mine: bool


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """One record. `stands_in_the_way`: why it may not be disposed of now. `is_held`: a legal hold stands.
    `disposed`: the reference of its certificate; empty while it stands whole."""

    kind: str
    ref: str
    heading: str
    state: str
    closed: KnownDate | None
    schedule: Schedule
    by_rule: bool
    keeping: Answer[Keeping]
    choices: tuple[Schedule, ...]
    said: tuple[Said, ...]
    is_held: bool
    proposal: ProposedRow | None
    stands_in_the_way: tuple[Refusal, ...]
    disposed: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What went and what stays, on which schedule, who proposed and who agreed."""

    ref: str
    kind: str
    record_ref: str
    schedule: Schedule
    not_before: date | None
    proposed: Said
    agreed: Said
    went: tuple[str, ...]
    stays: tuple[str, ...]
