"""What goes in and out of this room: decisions, steps to take, the joint view, what waits for a second person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from peelian.matches.attached import RecordRow
from peelian.matters.rows import MatterLine
from peelian.people.rows import PersonLine
from peelian.rules.age import Age
from peelian.rules.steps import WouldChange
from peelian.statute import Option, Question, Step, stage_words
from peelian.terms.investigations import LineState
from peelian.terms.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SignatureRow:
    agreed: bool
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class ByLetter:
    """The letter by which a step is taken. `counts_on`: the day on which the law counts it as given; may lie ahead."""

    ref: str
    counts_on: date


@dataclass(frozen=True, slots=True)
class ServedStep:
    """A step that the service of a letter is, as it stands now. `options`: the outcomes that record what the letter
    says was done. `refusal`: why the viewer may not take it. `standing`: the decision that it would replace."""

    step: Step
    person_key: str
    options: tuple[Option, ...]
    refusal: Refusal | None
    standing: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision. `stands`: it is in effect. `waits`: for a signature. `replaced`: a later one took its place.
    `indicated`: in words; empty where no rule indicated anything. `answers`: question, yes or no."""

    ref: str
    step: Step
    option: Option
    person: str
    person_key: str
    indicated: str
    differs: bool
    answers: tuple[tuple[str, bool], ...]
    reasons: str
    fixed_on: date | None
    on: date
    by: str
    recorded_at: datetime
    stands: bool
    waits: bool
    replaced: bool
    signature: SignatureRow | None
    together: bool | None  # whether matters were taken together; None where no joint view was asked for
    said: tuple[tuple[str, str], ...] = ()  # details and answers in words: what was asked, what was said
    lines: tuple["CitedLine", ...] = ()  # lines of enquiry as they stood
    letter: str = ""  # of the letter by whose service the step was taken


@dataclass(frozen=True, slots=True)
class CitedLine:
    """A line of enquiry as it stood on the day of a decision."""

    number: int
    what: str
    owner: str
    due_on: date
    state: LineState
    result: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that can be taken now. `may`: by this viewer; else `refusal` says why not."""

    step: Step
    person: str
    person_key: str
    refusal: Refusal | None
    needs_joint_view: bool
    again: bool

    @property
    def may(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class StageRow:
    key: str
    decisions: tuple[DecisionRow, ...]
    steps: tuple[OpenStep, ...]

    @property
    def words(self) -> str:
        return stage_words(self.key)

    @property
    def mine(self) -> tuple[tuple[Step, tuple[OpenStep, ...]], ...]:
        """The steps that the viewer may take now, each with those for whom."""
        return _by_step(one for one in self.steps if one.may)

    @property
    def others(self) -> tuple[tuple[Step, tuple[OpenStep, ...]], ...]:
        """The open steps that others may take, each with those for whom and why the viewer may not."""
        return _by_step(one for one in self.steps if not one.may)


def _by_step(steps: Iterable[OpenStep]) -> tuple[tuple[Step, tuple[OpenStep, ...]], ...]:
    return tuple((found[0].step, found) for _, rows in groupby(steps, lambda one: one.step.key) if (found := (*rows,)))


@dataclass(frozen=True, slots=True)
class Casework:
    """All stages of a matter, in the order of the tables; `edition`: which edition of the scheme governs, in words."""

    ref: str
    heading: str
    version: int
    edition: str
    edition_law: str
    stages: tuple[StageRow, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The page of one step. `before`: the decision a new one would replace. `closed`: outcomes not open, and why.
    `lines`: the lines of enquiry that it cites, as they stand; `lines_stamp`: the mark of these."""

    ref: str
    heading: str
    step: Step
    person: str
    person_key: str
    refusal: Refusal | None
    questions: tuple[Question, ...]
    options: tuple[Option, ...]
    closed: tuple[tuple[Option, Refusal], ...]
    before: DecisionRow | None
    needs_joint_view: bool
    lines: tuple[CitedLine, ...] = ()
    lines_stamp: str = ""

    @property
    def open_lines(self) -> bool:
        return any(one.state is LineState.OPEN for one in self.lines)


@dataclass(frozen=True, slots=True)
class Indicated:
    """What the answers given so far indicate, the working in words, and what would change it."""

    option: Option | None
    law: str
    because: tuple[str, ...]
    unverified: bool
    would_change: tuple[WouldChange, ...]


@dataclass(frozen=True, slots=True)
class KnownOfPerson:
    """One person concerned and every other matter the viewer may see in which they play a part, latest first.

    `outcomes`: standing decisions on each matter, by its reference. `shares`: its categories that this matter has too.
    `records`: of crimes and incidents that stand with them (LES-03).
    """

    person: PersonLine
    matters: tuple[MatterLine, ...]
    outcomes: dict[str, tuple[str, ...]]
    shares: dict[str, tuple[str, ...]]
    records: tuple[RecordRow, ...] = ()

    @property
    def pattern(self) -> int:
        """The pattern count: other matters, and records that count beside them."""
        return len(self.matters) + len(self.records)


@dataclass(frozen=True, slots=True)
class JointViewRow:
    together: bool
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint view of a matter. `unknown`: descriptions of those not identified. `last`: the viewer's last, if it
    still covers all that is known; `older`: earlier ones by anybody who decides here."""

    ref: str
    heading: str
    people: tuple[KnownOfPerson, ...]
    unknown: tuple[str, ...]
    last: JointViewRow | None
    older: tuple[JointViewRow, ...]


@dataclass(frozen=True, slots=True)
class ToSign:
    """A decision that awaits a second person."""

    matter_ref: str
    heading: str
    decision: DecisionRow


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may sign a decision. `names`: in their order; `refusal`: why the viewer, who may sign for others, may not;
    `may_sign`: the viewer is one of those who may."""

    matter_ref: str
    heading: str
    decision: DecisionRow
    names: tuple[str, ...]
    refusal: Refusal | None
    may_sign: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """An independent reading asked of the viewer. `matters`: what the decision-maker may not see."""

    ref: str
    matter_ref: str
    heading: str
    decider: str
    asked_at: datetime
    answered_on: date | None
    shared: bool | None
    matters: tuple[MatterLine, ...]
    id: int = field(repr=False, default=0)


@dataclass(frozen=True, slots=True)
class Reported:
    """What the last timeliness report said, in the words of whoever recorded it."""

    words: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How long an open matter has been open, why, and what comes next (LES-15). `age` is None where no day is known."""

    age: Age | None
    at_most: bool  # of the age: only the month or the year is known
    why: tuple[str, ...]
    following: tuple[Step, ...]
    reported: Reported | None
