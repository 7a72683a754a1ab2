"""What goes in and out of this room: drafts of reviews; cohorts, cases and tasks as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from peelian.lookback.criteria import Criteria, Words
from peelian.matters.rows import MatterLine, PastMatter
from peelian.rules.agreement import Agreement
from peelian.rules.lookback import Partition
from peelian.terms.known_dates import KnownDate
from peelian.terms.lookback import Consent, Position, Reading, Recontact, ReviewCategory, Stage, TaskKind
from peelian.terms.matters import MatterKind
from peelian.terms.pages import Page
from peelian.walls.rows import UserRow


@dataclass(frozen=True, slots=True)
class CohortDraft:
    """What is said when a cohort is frozen. `expected`: how many matters whoever freezes it saw in the preview.

    `owner_ref`: the user who answers for what comes of it. `follow_up_days`: for the task of a case that comes to
    risk management. No text of it names a person.
    """

    title: str
    purpose: str
    reasons: str
    criteria: Criteria
    target_on: date
    owner_ref: str
    expected: int
    follow_up_days: int = 28
    reading: Reading = Reading.CONDUCT


@dataclass(frozen=True, slots=True)
class EnquiryDraft:
    words: str
    owner_ref: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What a reviewer says of a case when they lock their review."""

    category: ReviewCategory
    reasons: str
    enquiries: tuple[EnquiryDraft, ...] = ()
    recontact: Recontact = Recontact.NOT_PLANNED
    recontact_how: str = ""
    recontact_owner_ref: str = ""
    recontact_due_on: date | None = None
    consent: Consent = Consent.NOT_ASKED
    consent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What criteria would choose today. `undated`: how many more would meet them, had their day been recorded.

    `too_many`: more than a cohort holds; `count` then stands at the most that it could.
    """

    count: int
    first: tuple[MatterLine, ...]
    undated: int
    too_many: bool
    chosen: tuple[PastMatter, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One cohort on one line; every figure counts cases that the viewer may see."""

    ref: str
    title: str
    frozen_on: date
    target_on: date
    partition: Partition
    is_late: bool


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One cohort as it was frozen. `id` passes between rooms only."""

    id: int = field(repr=False)
    ref: str
    title: str
    purpose: str
    reasons: str
    reading: Reading
    criteria: Words
    target_on: date
    follow_up_days: int
    owner: str
    leader: str
    frozen_on: date
    frozen_at: datetime
    chosen_by: Criteria = field(repr=False)
    leader_id: int | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class SeatRow:
    user: UserRow
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class SignOffRow:
    name: str
    cases: int
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Figures:
    """A cohort in figures, each of the cases that the viewer may see.

    `locked` of `wanted`: first and second reviews. `stages`: cases in each. `late`: cases not decided after the target
    day. `tasks`: open tasks, of which `tasks_late` are past their day. `agreement`: of first and second reviews of the
    cases that have both; `table`: the same as counts, first reviewers in rows, in the order of the categories.
    """

    partition: Partition
    stages: Mapping[Stage, int]
    locked: int
    wanted: int
    late: int
    in_time: int
    days_left: int
    tasks: int
    tasks_late: int
    tasks_done: int
    agreement: Agreement
    table: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """Who holds a position on a case. `locked`: their review (the last of a third reviewer) is in."""

    position: Position
    user: UserRow
    given_on: date
    locked: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case on one line. `category`: what it came to, once decided."""

    cohort_ref: str
    matter: MatterLine
    kind: MatterKind
    came_to_attention: KnownDate | None
    stage: Stage
    reviewers: tuple[ReviewerRow, ...]
    category: ReviewCategory | None
    decided_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What the list of cases is narrowed by; empty means not narrowed. `late`: not decided after the target day."""

    stage: Stage | None = None
    category: ReviewCategory | None = None
    reviewer_ref: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class CohortBoard:
    """A cohort on one page: as it was frozen, in figures, its panel, and a page of its cases."""

    row: CohortRow
    figures: Figures
    seats: tuple[SeatRow, ...]
    sign_offs: tuple[SignOffRow, ...]
    reviewers: tuple[UserRow, ...]
    found: Page[CaseLine]


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    words: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A locked review that the viewer may read."""

    position: Position
    round: int
    user: UserRow
    category: ReviewCategory
    reasons: str
    enquiries: tuple[EnquiryRow, ...]
    recontact: Recontact
    recontact_how: str
    recontact_owner: str
    recontact_due_on: date | None
    consent: Consent
    consent_on: date | None
    locked_at: datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    round: int
    user: UserRow
    agrees: bool
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class ConsentRow:
    consent: Consent
    on: date
    words: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`is_late`: open after its day, or done after it. `consents`: of a task of contact that is read on its own page,
    what was said of being contacted, the last at the end.
    """

    cohort_ref: str
    matter_ref: str
    number: int
    kind: TaskKind
    words: str
    owner: UserRow
    due_on: date
    done_on: date | None
    done_words: str
    is_late: bool
    consents: tuple[ConsentRow, ...] = ()

    @property
    def has_consent(self) -> bool:
        return bool(self.consents) and self.consents[-1].consent is Consent.GIVEN


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case, whole, as far as the viewer may read it.

    `hidden`: reviews that are locked and closed to the viewer until both of the first two are in. `proposed`: what
    stands before the panel. `mine`: the position the viewer holds. `may_write`, `may_note`: what waits for the viewer.
    `readers`: who of the panel may read it.
    """

    cohort: CohortRow
    matter: MatterLine
    stage: Stage
    round: int
    reviewers: tuple[ReviewerRow, ...]
    reviews: tuple[ReviewRow, ...]
    hidden: int
    proposed: ReviewCategory | None
    notes: tuple[NoteRow, ...]
    readers: tuple[UserRow, ...]
    category: ReviewCategory | None
    decided_on: date | None
    intake_ref: str
    tasks: tuple[TaskRow, ...]
    consents: tuple[ConsentRow, ...]
    is_late: bool
    mine: Position | None
    may_write: bool
    may_note: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class MyReview:
    """Something of a look-back that waits for the viewer. `what` says which, in words.

    `must_sign`: all they may see is the reference, until they sign that they have no conflict.
    """

    cohort_ref: str
    cohort: str
    matter_ref: str
    part: str
    what: str
    target_on: date
    is_late: bool
    must_sign: bool


@dataclass(frozen=True, slots=True)
class MyReviews:
    """What waits for the viewer: reviews and cases before the panel by the target day, tasks by their day.

    Long lists are cut: `…_in_all` says how many there are. `to_sign`: tasks on matters for which they have yet to
    sign. `done`: reviews that the viewer has locked.
    """

    reviews: tuple[MyReview, ...]
    reviews_in_all: int
    panel: tuple[MyReview, ...]
    panel_in_all: int
    tasks: tuple[TaskRow, ...]
    to_sign: tuple[MyReview, ...]
    done: int

    @property
    def is_empty(self) -> bool:
        return not (self.reviews or self.panel or self.tasks or self.to_sign)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could review a case, and why not: empty for one who may."""

    user: UserRow
    in_hand: int
    why_not: str


@dataclass(frozen=True, slots=True)
class EvenShare:
    """A proposal for a cohort. `shares`: how many cases each reviewer would take, with what they have in hand.

    `wanted`: positions to fill. `short`: cases for which too few independent reviewers are among those named.
    """

    shares: tuple[tuple[UserRow, int, int], ...]
    wanted: int
    short: tuple[str, ...]
    given: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    @property
    def filled(self) -> int:
        return sum(number for _, number, _ in self.shares)


Said = dict[str, Any]  # what the form of a draft held
