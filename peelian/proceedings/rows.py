"""What leaves this room: proceedings, who sits in them, what stands against a panel, what the chair directed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from peelian.statute import Row
from peelian.terms.known_dates import KnownDate
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded, Role
from peelian.terms.refusals import Refusal

FIELDS = ("name", "date", "place", "content")  # of what may be published: PB-3
FIELD_WORDS: Mapping[str, str] = {
    "name": "The name of the officer",
    "date": "The date and time",
    "place": "The place",
    "content": "What the case is about",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """A person concerned about whom proceedings can be opened now, and in which forum."""

    key: str
    name: str
    forum: Row


@dataclass(frozen=True, slots=True)
class AnswerRow:
    upheld: bool
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """`answer` is None while nobody has decided."""

    ref: str
    grounds: str
    on: date
    by: str
    answer: AnswerRow | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody named to a seat. `refusal`: why they may not sit, as the record stands today; None where they may.
    `left_on`: they no longer sit since then, for `left_reasons`."""

    ref: str
    seat: str
    role: Role
    name: str
    rank: str
    qualification: Row
    known_by: str
    on: date
    by: str
    refusal: Refusal | None
    objections: tuple[ObjectionRow, ...]
    left_on: date | None
    left_reasons: str
    user_id: int | None = field(repr=False, default=None)

    @property
    def sits(self) -> bool:
        return self.left_on is None

    @property
    def awaits(self) -> tuple[ObjectionRow, ...]:
        """Objections that nobody has decided."""
        return tuple(one for one in self.objections if one.answer is None)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat, by what somebody may take it, and who sits on it."""

    row: Row
    role: Role
    qualifications: tuple[Row, ...]
    members: tuple[MemberRow, ...]

    @property
    def is_open(self) -> bool:
        return len(self.members) < int(self.row.get("most", 0))


@dataclass(frozen=True, slots=True)
class PaperRow:
    number: int
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class AllegationLine:
    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PleadedRow:
    allegation: AllegationLine
    pleaded: Pleaded
    words: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    answers: tuple[PleadedRow, ...]
    mitigation: str
    points_of_law: str
    documents: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """`attends` is None while the chair has not directed."""

    ref: str
    name: str
    about: str
    listed_by: Named
    on: date
    attends: bool | None
    reasons: str


@dataclass(frozen=True, slots=True)
class FieldDirection:
    field: str
    may_be_published: bool
    reason: str

    @property
    def words(self) -> str:
        return FIELD_WORDS[self.field]


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """What the chair directed of every field, on one day; no fields, nobody and no day while nothing was directed."""

    fields: tuple[FieldDirection, ...] = ()
    chair: str = ""
    on: date | None = None

    @property
    def withheld(self) -> frozenset[str]:
        return frozenset(one.field for one in self.fields if not one.may_be_published)


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    who: Attending
    how: Attendance
    reasons: str
    chair: str
    on: date


@dataclass(frozen=True, slots=True)
class ProceedingLine:
    """One meeting or hearing on one line. `whole`: nothing stands against its panel."""

    ref: str
    forum: Row
    person: str
    person_key: str
    on: date
    first_day: KnownDate | None
    sitting: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class ProceedingRow:
    """One meeting or hearing, whole. `edition`: which governs the panel, in words. `against`: what stands against the
    panel today. `direction`: the one that stands; `earlier`: those before it."""

    ref: str
    matter_ref: str
    heading: str
    forum: Row
    person: str
    person_key: str
    on: date
    edition: str
    edition_law: str
    edition_unverified: bool
    seats: tuple[SeatRow, ...]
    stray: tuple[MemberRow, ...]  # they sit on a seat that the governing edition does not have
    left: tuple[MemberRow, ...]
    against: tuple[Refusal, ...]
    allegations: tuple[AllegationLine, ...]
    papers: tuple[PaperRow, ...]
    replies: tuple[ReplyRow, ...]
    witnesses: tuple[WitnessRow, ...]
    direction: DirectionRow | None
    earlier: tuple[DirectionRow, ...]
    arrangements: tuple[ArrangementRow, ...]
    first_day: KnownDate | None

    @property
    def members(self) -> tuple[MemberRow, ...]:
        """Everybody who sits, by seat."""
        return tuple(one for seat in self.seats for one in seat.members) + self.stray

    @property
    def chair(self) -> MemberRow | None:
        return next((one for one in self.members if one.role is Role.CHAIR), None)
