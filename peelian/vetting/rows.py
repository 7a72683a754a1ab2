"""What goes out of this room: applications as lines and whole, what stands against somebody, clearances, duties."""

from dataclasses import dataclass, field
from datetime import date

from peelian.people.rows import PersonLine
from peelian.rules.vetting import Weighing
from peelian.statute import Row
from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import Refusal
from peelian.terms.vetting import ClearanceState, Said, SourceState
from peelian.vetting.kept_rows import RefusedRow


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One thing said of a source. `found`: of an answer, whether it holds anything."""

    said: Said
    on: date
    by: str
    to_whom: str
    found: bool | None
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of an application. `waits_days`: since it was first asked, while it is silent."""

    key: str
    title: str
    area: str
    law: str
    unverified: bool
    state: SourceState
    waits_days: int
    said: tuple[SaidLine, ...]

    @property
    def words(self) -> str:
        return f"{self.title}, {self.area}" if self.area else self.title

    @property
    def last(self) -> SaidLine | None:
        return self.said[-1] if self.said else None


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """One piece of adverse information. `key` passes through forms; `kind`: its words; `test`: what it stands on."""

    key: str
    kind: str
    title: str
    words: str
    on: KnownDate | None
    test: str
    details: tuple[tuple[str, str], ...] = ()
    matter_ref: str = ""
    matter_state: str = ""
    is_open: bool = False
    is_serious: bool = False


@dataclass(frozen=True, slots=True)
class WeightRow:
    title: str
    weight: str
    reasons: tuple[str, ...]
    words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """`heads`: those answered yes. `controls`: what they are and when each is reviewed."""

    heads: tuple[str, ...]
    withhold: bool | None
    outcome: Row
    reasons: str
    disparity: str
    controls: tuple[tuple[str, date], ...]
    weights: tuple[WeightRow, ...]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control with the day of its next review, none where one ended it. `told`: what line managers are told of it."""

    number: int
    words: str
    next_on: date | None
    reviewed: tuple[tuple[date, str, str], ...]
    told: str = ""

    @property
    def is_open(self) -> bool:
        return self.next_on is not None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    outcome: Row
    is_override: bool
    is_routine: bool
    reasons: str
    by: str
    on: date
    clearance_ref: str
    controls: tuple[ControlRow, ...]


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application on one line. `stage`: in words. `settled` of `sources` are answered or explained."""

    ref: str
    person: PersonLine
    purpose: str
    level: str
    on: date
    stage: str
    sources: int
    settled: int
    silent: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application, whole, as far as the viewer may see it.

    `undecidable`: why no recommendation or decision can be recorded yet. `unread`: what came since the recommendation
    and is not weighed. `pair_ref`: of the wash, where it raised it and the viewer may see that. `not_routine`: why one
    person cannot renew it alone; None too where it is no renewal.
    """

    line: ApplicationLine
    purpose: Row
    level: Row
    trigger: str
    is_contractor: bool
    areas: tuple[str, ...]
    words: str
    matter_ref: str
    pair_ref: str
    sources: tuple[SourceRow, ...]
    against: tuple[AgainstRow, ...]
    undecidable: Refusal | None
    unread: Refusal | None
    not_routine: Refusal | None
    recommendation: RecommendationRow | None
    decision: DecisionRow | None
    closed: tuple[date, str, str] | None
    opened_by: str
    holds: tuple["ClearanceRow", ...] = ()
    refused: RefusedRow | None = None
    id: int = field(repr=False, default=0)

    @property
    def is_open(self) -> bool:
        return self.decision is None and self.closed is None

    @property
    def is_renewal(self) -> bool:
        return self.purpose.key == "renewal"


@dataclass(frozen=True, slots=True)
class ClearanceRow:
    """Clearance of somebody. `because`: how its last day was counted. `overridden`: against a recommendation.

    `ended_under`: the provision by which it ended on leaving (VET-02). `force`, `load_ref`: who granted it where it was
    not decided here, and the load that gave it; `reviewed_there`: the last annual review that was held there.
    """

    ref: str
    person: PersonLine
    level: str
    title: str
    granted_on: date
    expires_on: date | None
    because: tuple[str, ...]
    law: str
    unverified: bool
    state: ClearanceState
    since: date
    overridden: bool
    application_ref: str
    controls: tuple[ControlRow, ...]
    reviewed_on: date | None
    review_due: date | None
    reviews: tuple[tuple[date, str, str], ...]
    ended_under: str = ""
    force: str = ""
    load_ref: str = ""
    reviewed_there: date | None = None

    @property
    def is_in_force(self) -> bool:
        return self.state.is_in_force


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A decision against a recommendation: what was recommended, what was decided, by whom."""

    application_ref: str
    person: PersonLine
    level: str
    recommended: str
    decided: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class PostRow:
    """Somebody in post without clearance that is enough for it. `work`: their post; `why`: in words.

    `sensitive`: what makes their work sensitive, empty where nothing does; `since`: when the last one ended.
    """

    person: PersonLine
    work: str
    why: str
    application_ref: str
    sensitive: str
    since: date | None


@dataclass(frozen=True, slots=True)
class VettingDuty:
    """Something the vetting unit owes. `clock`: its id, empty where a person set the day. `page`: its name, `ref`."""

    what: str
    person: PersonLine
    due_on: date
    is_overdue: bool
    clock: str
    law: str
    unverified: bool
    page: str
    ref: str


@dataclass(frozen=True, slots=True)
class RaisedRow:
    """A review of clearance that the casework of a matter asks for and that nobody has opened."""

    person: PersonLine
    matter_ref: str
    heading: str
    what: str
    on: date
    trigger: str
    law: str


@dataclass(frozen=True, slots=True)
class Board:
    """What waits for the viewer in vetting: applications, and declarations on which nothing was decided.

    `again`: decisions to be taken again by lot, each with its person, its day, whether that is past. `refused`: what
    a refusal still asks for, each application with its person and what is to be done. `appeals`: of business interests.
    """

    to_recommend: int = 0
    to_decide: int = 0
    undecided: int = 0
    duties: tuple[VettingDuty, ...] = ()
    raised: tuple[RaisedRow, ...] = ()
    again: tuple[tuple[str, PersonLine, date, bool], ...] = ()
    refused: tuple[tuple[str, PersonLine, str], ...] = ()
    appeals: tuple[tuple[str, PersonLine], ...] = ()

    @property
    def person_refs(self) -> tuple[str, ...]:
        """Whoever it names."""
        again = (person.ref for _, person, _, _ in self.again)
        refused = (*(one[1].ref for one in self.refused), *(one[1].ref for one in self.appeals))
        raised = (one.person.ref for one in self.raised)
        return (*(one.person.ref for one in self.duties), *raised, *again, *refused)

    @property
    def is_empty(self) -> bool:
        counted = self.to_recommend or self.to_decide or self.undecided
        return not (counted or self.duties or self.raised or self.again or self.refused or self.appeals)


@dataclass(frozen=True, slots=True)
class Recommended:
    """What a recommendation says. `weights`: by the key of each piece; `controls`: words and the day of review."""

    heads: tuple[str, ...]
    withhold: bool | None
    outcome: str
    reasons: str
    weights: dict[str, Weighing]
    disparity: str = ""
    controls: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class LotRow:
    """One month's random draw: `drawn` of `of` who hold clearance, with the chance in a hundred and its seed."""

    month: date
    seed: str
    share: int
    of: int
    drawn: int
    on: date
    by: str
