"""What goes in and out of this room: what is due, one record's retention, a certificate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from peelian.matches.rows import EndedSource
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
class Bundle:
    """Pairs of one source whose lawful basis ended, each by reference and heading. `to_propose`: their schedule allows
    a disposal; `to_answer`: one was proposed by somebody else than the viewer; `proposed`: by the viewer. `in_the_way`:
    what cannot go now, with why. At most as many of each as are disposed of at once; `counts`: how many there are.
    `said`: who proposed what waits for the viewer, and why, each once."""

    source: EndedSource
    to_propose: tuple[tuple[str, str], ...]
    to_answer: tuple[tuple[str, str], ...]
    proposed: tuple[tuple[str, str], ...]
    in_the_way: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What came of an act over several pairs: those it was done on, and those left out, each with why."""

    done: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


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
