"""What goes in and out of this room: drafts of what is recorded; matters as lines of a list and as one whole page."""

from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.matters.repeats import JointReviewRow, KindChangeRow
from peelian.people.rows import PersonLine
from peelian.rules.alerts import AlertGround
from peelian.rules.outside import OutsideGround
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import Refusal
from peelian.walls.rows import PlaceRow, UserRow


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A member of the public to be taken in with the matter. `channel`: one of `people.actions.CHANNELS`, with `value`
    the address or number; `safety`: when and how it is safe to use; `need`: what they need so as to take part."""

    family: str
    given: str = ""
    channel: str = ""
    value: str = ""
    safety: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class InvolvedDraft:
    """Somebody to be linked to a matter: a person in the register by reference, or `new` to it, or a description."""

    person_ref: str = ""
    description: str = ""
    new: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class AllegationDraft:
    """`category`: a leaf code of the categories table. `factors`: its factor codes. `against`: places, from 0, in the
    list of officers concerned given with the matter (on a matter already recorded: numbers of involvements)."""

    category: str
    text: str
    factors: tuple[str, ...] = ()
    against: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterFilters:
    """`words`: a reference or words of the heading and narrative. `category`: a code or the letter of its group.
    `force`: a force's name, or `this force`. `source`: the title of an outside source, or `recorded here`.
    `person_ref`: somebody who plays any part."""

    words: str = ""
    kind: MatterKind | None = None
    state: MatterState | None = None
    unit_ref: str = ""
    category: str = ""
    force: str = ""
    source: str = ""
    from_on: date | None = None
    to_on: date | None = None  # not included
    person_ref: str = ""


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter on one line. `id` passes between rooms only. `officers`: names of those concerned."""

    id: int = field(repr=False)
    ref: str
    kind: MatterKind
    state: MatterState
    heading: str
    force: str
    came_to_attention: KnownDate | None
    closed: KnownDate | None
    unit: str
    unit_ref: str
    is_sensitive: bool
    source_key: str
    officers: tuple[str, ...]
    categories: tuple[str, ...]  # titles
    allegations: int


@dataclass(frozen=True, slots=True)
class InvolvementRow:
    """`number` addresses it within its matter (None on a row from an outside file that names its person).
    `person` is None while nobody knows who it is; after an identification both the description and the person stand."""

    number: int | None
    part: Part
    person: PersonLine | None
    description: str
    added_on: date | None
    identified_on: date | None = None
    evidence: str = ""
    id: int = field(repr=False, default=0)

    @property
    def words(self) -> str:
        """The person's name, or the description of somebody unknown."""
        return self.person.name if self.person else self.description

    @property
    def contact_key(self) -> str:
        """What addresses their contact (as `PersonPart.key`); empty for an officer concerned and for one not seen."""
        if self.part is Part.OFFICER_CONCERNED or (self.person and self.person.is_hidden):
            return ""
        return self.person.ref if self.person else f"number:{self.number}" if self.number else ""


@dataclass(frozen=True, slots=True)
class FactorRow:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class AllegationRow:
    """`…_words`: the words of an outside source. `against`: names or descriptions."""

    number: int
    category: str
    category_title: str
    category_words: str
    text: str
    finding_words: str
    outcome_words: str
    factors: tuple[FactorRow, ...]
    against: tuple[InvolvementRow, ...]


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter, whole, as far as the viewer may see it. `version` is given back with each act on it."""

    line: MatterLine
    incident: KnownDate | None
    narrative: str
    sensitive_on: date | None
    sensitive_reason: str
    intake_ref: str
    source: str  # title of the outside source; empty for a matter recorded here
    recorded_at: datetime
    recorded_by: str
    version: int
    has_no_dates: bool  # a history without dates: no clock can start, and the page says so
    involvements: tuple[InvolvementRow, ...]
    allegations: tuple[AllegationRow, ...]
    places: tuple[PlaceRow, ...]
    set_aside: tuple["SetAsideRow", ...] = ()
    outside: tuple["OutsideRow", ...] = ()
    kinds: tuple[KindChangeRow, ...] = ()  # what governed it before
    joint_reviews: tuple[JointReviewRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SigningPage:
    """All that somebody just placed on a matter sees until they sign: names, and in which part."""

    ref: str
    capacities: tuple[Capacity, ...]
    names: tuple[tuple[str, str], ...]  # part in words, name or description
    version: int


@dataclass(frozen=True, slots=True)
class ToSign:
    """A matter on which the viewer has a place and has yet to sign that there is no conflict."""

    ref: str
    capacity: Capacity
    from_on: date


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """One group of national categories. `leaves`: code and title of what an allegation may be coded to."""

    code: str
    title: str
    leaves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecordingTest:
    """One reason for which a complaint must be recorded, with its law. `unverified`: nobody has read it in the text."""

    id: str
    test: str
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Recording:
    """All that is said when a matter is recorded.

    `tests`: ids of the recording tests that are met (a complaint under Schedule 3 needs one). `no_conflict`: whoever
    records declares that they have no conflict of interest. `handler_ref`: the user who will handle it; empty for
    whoever records it. `sensitive_reason`: makes it sensitive from the start.
    """

    kind: MatterKind
    came_to_attention: KnownDate
    heading: str
    narrative: str
    reasons: str
    no_conflict: bool
    unit_ref: str = ""
    incident: KnownDate | None = None
    intake_ref: str = ""
    officers: tuple[InvolvedDraft, ...] = ()
    complainants: tuple[InvolvedDraft, ...] = ()
    interested: tuple[InvolvedDraft, ...] = ()
    witnesses: tuple[InvolvedDraft, ...] = ()
    allegations: tuple[AllegationDraft, ...] = ()
    tests: tuple[str, ...] = ()
    handler_ref: str = ""
    sensitive_reason: str = ""


@dataclass(frozen=True, slots=True)
class PastCriteria:
    """By what past matters are chosen to be looked at again. Whatever is empty narrows nothing.

    `from_on`, `to_on` (not included): when it came to attention; `undated` takes in those for which no day is known.
    `categories`: codes, or letters of groups. `workers`: kinds of the officers concerned. `forces`: names, or
    `this force`. `outcome`: words within a finding or outcome as its source wrote it. `closed`: closed matters alone.
    """

    from_on: date | None = None
    to_on: date | None = None
    undated: bool = False
    kinds: tuple[MatterKind, ...] = ()
    categories: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    workers: tuple[PersonKind, ...] = ()
    forces: tuple[str, ...] = ()
    outcome: str = ""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class PastMatter:
    """One matter that met the criteria, as it stood then."""

    id: int = field(repr=False)
    ref: str
    kind: MatterKind
    state: MatterState
    came_to_attention: KnownDate | None


@dataclass(frozen=True, slots=True)
class EndedMatter:
    """A matter as retention needs it. `officer_ids`: keys of those concerned. `item_id`: key of the item it came of."""

    id: int = field(repr=False)
    ref: str
    heading: str
    state: MatterState
    closed: KnownDate | None
    version: int
    item_id: int | None = field(repr=False)
    has_load: bool
    officer_ids: tuple[int, ...] = field(repr=False)
    categories: frozenset[str]
    factors: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """Who must never see what comes of a matter, by key with the ground, and why it is open to those named alone."""

    people: tuple[tuple[int, str], ...] = field(repr=False)
    sensitive_reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who might be given a place. `load`: open matters they have in hand and that the viewer may see.

    `refusals`: why not, as far as the viewer may be told; none for somebody eligible. `may_be_set_aside`: all of them
    are known to the viewer and rest on local rules.
    """

    user: UserRow
    load: int
    accreditations: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    may_be_set_aside: bool

    @property
    def is_eligible(self) -> bool:
        return not self.refusals


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everybody whose role fits a place. `needs_another_force`: a chief officer is concerned."""

    capacity: Capacity
    on: date
    candidates: tuple[Proposed, ...]
    needs_another_force: bool

    @property
    def eligible(self) -> tuple[Proposed, ...]:
        return tuple(one for one in self.candidates if one.is_eligible)

    @property
    def others(self) -> tuple[Proposed, ...]:
        return tuple(one for one in self.candidates if not one.is_eligible)


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A place given though a local rule barred it."""

    name: str
    capacity: Capacity
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class OutsideAnswerRow:
    agreed: bool
    words: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A request to another force. `answer` is None while it is awaited."""

    ref: str
    matter_ref: str
    heading: str
    capacity: Capacity
    ground: OutsideGround
    force: str
    reasons: str
    owner: str
    due_on: date
    on: date
    by: str
    answer: OutsideAnswerRow | None


@dataclass(frozen=True, slots=True)
class AlertNoteRow:
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Somebody connected with a person concerned opened a page about a matter or its people, or was refused it."""

    ref: str
    who: str
    ground: AlertGround
    matter_ref: str
    heading: str
    page: str
    kind: RecordKind
    key: str
    was_refused: bool
    at: datetime
    note: AlertNoteRow | None
