"""What leaves this room: the schedule of a matter, an item whole, redactions without their words, and packs."""

from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.disclosure.states import Decision, How, ItemKind, PackMove, PackState
from peelian.people.rows import Reach
from peelian.rules.disclosure import Audience, Ground


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Something of a matter that can stand on its schedule. `media`: empty for what is no file. `is_gone`: erased.

    `file_ref`: the file whose content goes with it; of an exhibit the first that was attached to it and not erased.
    `where`: of an exhibit, where it can be looked at. `goes_with`: the mark of the exhibit whose content this file is.
    """

    ref: str
    kind: ItemKind
    name: str
    media: str
    media_words: str
    sha256: str
    on: date
    is_gone: bool = False
    file_ref: str = ""
    where: str = ""
    goes_with: str = ""

    @property
    def may_be_redacted(self) -> bool:
        return self.media in ("application/pdf", "text/plain", "image/jpeg", "image/png") and not self.is_gone


@dataclass(frozen=True, slots=True)
class SecondRow:
    agrees: bool
    reasons: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What was said and decided of an item. `is_mine`: by the viewer. `asks_second`: the rule that asks for a second
    person; empty where none does. `second`: what that person said."""

    number: int
    title: str
    is_used: bool
    is_sensitive: bool
    decision: Decision
    grounds: tuple[Ground, ...]
    reasons: str
    review_on: date | None
    days_late: int  # since the day of that review; 0 until it has passed
    on: date
    at: datetime
    by: str
    is_mine: bool
    asks_second: str
    second: SecondRow | None

    @property
    def is_unread(self) -> bool:
        """Whether it waits for a second person, or that person did not agree."""
        return bool(self.asks_second) and (self.second is None or not self.second.agrees)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """`ground`: the ground in force today, or its key where none of that key is held any more."""

    number: int
    is_words: bool
    ground: str
    reason: str
    places: int
    pages: str


@dataclass(frozen=True, slots=True)
class ServesRow:
    """An audience that a copy serves. `reasons`: why it was chosen again; empty for the one it was made for."""

    audience: str
    words: str
    made_for: bool
    reasons: str
    at: datetime
    by: str
    id: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """A redacted copy and everything blacked out on it, without the words that stood there.

    `serves`: whom it may go to, the audience it was made for first. None: it was made before copies had audiences.
    """

    ref: str
    file_ref: str
    media: str
    source_sha256: str
    copy_sha256: str
    pages: int
    pictured: str
    unread: str
    dropped: tuple[str, ...]
    left: int
    left_reason: str
    marks: tuple[MarkRow, ...]
    at: datetime
    by: str
    grounds: frozenset[str] = field(repr=False)
    serves: tuple[ServesRow, ...]

    def serving(self, audience: str) -> ServesRow | None:
        """That it serves an audience, as it was said last; None where it does not."""
        return next((one for one in reversed(self.serves) if one.audience == audience), None)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item, whole. `versions`: the last one first. `redactions`: the last one first."""

    id: int = field(repr=False)
    ref: str
    number: int
    kind: ItemKind
    source: SourceRow
    versions: tuple[VersionRow, ...]
    redactions: tuple[RedactionRow, ...]

    @property
    def now(self) -> VersionRow:
        return self.versions[0]

    def copy_for(self, audience: str) -> RedactionRow | None:
        """The copy that stands for an audience: the one said last to serve it, made of the original as it is now.

        No copy that was made for others alone.
        """
        wanted = self.source.sha256
        found = [one for one in self.redactions if not wanted or one.source_sha256 == wanted]
        said = [(serves.at, serves.id, one) for one in found if (serves := one.serving(audience))]
        return max(said, key=lambda row: row[:2])[2] if said else None

    def standing_for(self, copy: RedactionRow) -> tuple[ServesRow, ...]:
        """The audiences for which this copy is the one that stands."""
        keys = dict.fromkeys(one.audience for one in copy.serves)
        return tuple(row for key in keys if self.copy_for(key) is copy and (row := copy.serving(key)))


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack on one line. `to`: who it goes to, in words."""

    ref: str
    to: str
    audience_words: str
    state: PackState
    count: int
    on: date
    made_by: str
    given_on: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of a matter. `unscheduled`: what the matter holds that is not on it yet."""

    matter_ref: str
    matter_heading: str
    items: tuple[ItemRow, ...]
    unscheduled: tuple[SourceRow, ...]
    packs: tuple[PackLine, ...]
    reviews_due: int
    may_disclose: bool
    may_approve: bool

    @property
    def undecided(self) -> int:
        return sum(one.now.decision is Decision.UNDECIDED for one in self.items)

    @property
    def unread(self) -> int:
        return sum(one.now.is_unread for one in self.items)


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An item as it may go to the audience of a pack. `ways`: how it may; empty with `why_not` where it may not.

    `chosen`: how it stands in the pack; None where it is not in it. `offered`: a new pack holds it by the rules.
    `copy`: the redacted copy that stands for this audience.
    """

    audience: str
    item: ItemRow
    ways: tuple[How, ...]
    why_not: str
    chosen: How | None
    offered: bool
    copy: RedactionRow | None

    @property
    def copy_again(self) -> ServesRow | None:
        """Why a copy that was made for others goes to this audience; None for one that was made for it."""
        rows = [] if self.copy is None else self.item.standing_for(self.copy)
        return next((one for one in rows if one.audience == self.audience and not one.made_for), None)


@dataclass(frozen=True, slots=True)
class StepRow:
    move: PackMove
    at: datetime
    by: str
    reasons: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    sha256: str
    size: int
    index: str
    way: str
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack, whole. `against`: what keeps it from being submitted or given, a sentence each. `changed`: what it
    holds is not any more what was submitted or approved. `concerns`: consent and contact, to be read
    before it is given.
    """

    line: PackLine
    version: int
    audience: Audience
    basis: str
    purpose: str
    digest: str
    choices: tuple[ChoiceRow, ...]
    against: tuple[str, ...]
    changed: bool
    unscheduled: int
    undecided: int
    reach: Reach
    concerns: tuple[str, ...]
    steps: tuple[StepRow, ...]
    given: GivenRow | None
    may_disclose: bool
    may_approve: bool
    made_it: bool

    @property
    def held(self) -> tuple[ChoiceRow, ...]:
        return tuple(one for one in self.choices if one.chosen)


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Somebody on a matter to whom a pack of an audience may go."""

    key: str
    words: str
