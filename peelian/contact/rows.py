"""What goes in and out of this room: plans, what was said, rights, referrals, keys; and one person's contact, whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.people.rows import Reach
from peelian.rules.answers import Answer
from peelian.rules.contact import KnownWay as Known
from peelian.rules.contact import Outgoing, PlanFacts, SafeWay, asked_first, may_contact
from peelian.terms.contact import ReferralState, RightState, Stance, Topic
from peelian.terms.matters import Part


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A contact plan to be agreed. Lines of `never_say` and `never_write` are words, one a line."""

    wants_contact: bool
    ways: tuple[SafeWay, ...]
    agreed_with: str
    reasons: str
    say: str = ""
    never_say: str = ""
    never_write: str = ""
    may_be_told: str = ""
    lives_there: str = ""
    interpreter: str = ""
    adjustments: str = ""
    every_days: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A contact plan as it was agreed. `number`: 1 for the first; the one with the highest stands."""

    number: int
    wants_contact: bool
    ways: tuple[SafeWay, ...]
    say: str
    never_say: tuple[str, ...]
    never_write: tuple[str, ...]
    may_be_told: str
    lives_there: str
    interpreter: str
    adjustments: str
    every_days: int | None
    agreed_with: str
    reasons: str
    on: date
    recorded_at: datetime
    recorded_by: str

    @property
    def facts(self) -> PlanFacts:
        """What the rule needs of it."""
        must_read = bool(self.say or self.never_say or self.may_be_told or self.lives_there)
        return PlanFacts(self.on, self.wants_contact, self.ways, self.never_write, must_read)


@dataclass(frozen=True, slots=True)
class SafeContact:
    """All that decides whether a message may go to somebody. `unsafe_since`: they told us that a way is not safe."""

    plan: PlanRow | None
    reach: Reach
    unsafe_since: date | None = None

    @property
    def _known(self) -> tuple[Known, ...]:
        return tuple(Known(row.channel, row.value, row.is_refused, row.safety) for row in self.reach.contacts)

    def answer(self, message: Outgoing) -> Answer[bool]:
        """Whether this message may go to them, and why not."""
        return may_contact(message, self.plan.facts if self.plan else None, self._known, self.unsafe_since)

    def asked_first(self, message: Outgoing) -> tuple[tuple[str, str], ...]:
        """What must be said or read before that can be asked."""
        return asked_first(message, self.plan.facts if self.plan else None, self._known)


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Consent or a wish. `stands`: nothing later was said of the same topic (and with the same people)."""

    ref: str
    topic: Topic
    stance: Stance
    about: str
    words: str
    said_by: str
    how: str
    reasons: str
    on: date
    recorded_at: datetime
    recorded_by: str
    stands: bool


@dataclass(frozen=True, slots=True)
class MarkRow:
    state: RightState
    reasons: str
    on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right of the Victims' Code for one person. `marks`: latest first. `state`: None while nobody judged it."""

    id: str
    text: str
    plain: str
    offer: str
    law: str
    unverified: bool
    marks: tuple[MarkRow, ...]

    @property
    def state(self) -> RightState | None:
        return self.marks[0].state if self.marks else None

    @property
    def is_judged(self) -> bool:
        """Whether somebody has judged whether it applies."""
        return self.state is not None

    @property
    def is_owed(self) -> bool:
        """It applies and was not offered. Of one that nobody judged, this is not known."""
        return self.state is RightState.APPLIES


@dataclass(frozen=True, slots=True)
class AdviserRow:
    """A kind of independent adviser, with words for the person."""

    id: str
    label: str
    plain: str
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral with what is due of it. `due_on` with its law: None where nothing is owed any more."""

    ref: str
    adviser: str
    state: ReferralState
    words: str
    on: date
    recorded_by: str
    service: str
    made_on: date | None
    answer: str
    answered_on: date | None
    due_on: date | None
    due_law: str
    unverified: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key to the view of one's own matter. `is_locked`: too many wrong codes in a row. `words_are_theirs`: whoever
    gave it said that what the matter came of is in their own words."""

    reference: str
    on: date
    reasons: str
    recorded_by: str
    is_locked: bool
    ended_on: date | None
    ended_reasons: str
    last_opened_at: datetime | None
    openings: int
    words_are_theirs: bool = False

    @property
    def is_open(self) -> bool:
        return self.ended_on is None and not self.is_locked


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is shown once and never again: the reference and the code that go with it."""

    reference: str
    code: str


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """A key that was opened with its code, for whoever shows the view. `person_ref`: empty for a person not known."""

    id: int = field(repr=False)
    matter_ref: str
    person_key: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """Something that they told us through their own view. `item_ref`: where its words stand."""

    item_ref: str
    is_unsafe: bool
    words: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class RightsCount:
    """How the rights of one person stand; together they are all of them. `given`: offered, whatever they answered."""

    owed: int
    given: int
    not_for_them: int
    unjudged: int


def rights_count(rows: Iterable[RightRow]) -> RightsCount:
    """Count rights by how they stand."""
    states = [row.state for row in rows]
    return RightsCount(
        owed=states.count(RightState.APPLIES),
        given=sum(state is not None and state.was_offered for state in states),
        not_for_them=states.count(RightState.DOES_NOT_APPLY),
        unjudged=states.count(None),
    )


@dataclass(frozen=True, slots=True)
class SomebodyLine:
    """Somebody on a matter with whom contact is planned, on one line. `key` addresses them in an address."""

    key: str
    name: str
    part: Part
    plan_on: date | None
    wants_contact: bool
    unsafe_since: date | None
    rights: RightsCount | None  # None for a part that has none of them
    referrals_overdue: int
    wants_to_withdraw: bool
    has_key: bool
    messages: int


@dataclass(frozen=True, slots=True)
class SomebodyRow:
    """Everything of one person's contact on one matter. `plans`, `said`: latest first. `may_open`: may have a key."""

    key: str
    name: str
    part: Part
    person_ref: str
    safe: SafeContact
    plans: tuple[PlanRow, ...]
    said: tuple[SaidRow, ...]
    rights: tuple[RightRow, ...]
    referrals: tuple[ReferralRow, ...]
    keys: tuple[KeyRow, ...]
    messages: tuple[MessageRow, ...]
    may_open: bool

    @property
    def rights_count(self) -> RightsCount:
        return rights_count(self.rights)
