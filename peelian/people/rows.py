"""What leaves this room: people as lines of a list and as one whole page, each fact with its span of days."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from peelian.terms.known_dates import KnownDate
from peelian.terms.people import IdentifierKind, NameKind, PersonKind

HIDDEN_NAME = "a person you may not see"


class Standing(StrEnum):
    """Whether a person serves. `not stated`: an outside record that says neither, or a member of the public."""

    SERVING = "serving"
    LEFT = "left"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on one line. `id` passes between rooms only. `met_as`: the other name or identifier a search met."""

    id: int = field(repr=False)
    ref: str
    name: str
    kind: PersonKind
    standing: Standing
    rank: str = ""
    unit: str = ""
    unit_ref: str = ""
    met_as: str = ""

    @property
    def is_hidden(self) -> bool:
        return not self.ref


HIDDEN = PersonLine(id=0, ref="", name=HIDDEN_NAME, kind=PersonKind.NOT_STATED, standing=Standing.NOT_STATED)


class OnRecord(NamedTuple):
    """Somebody as a record names them. Of somebody hidden: no reference, `HIDDEN_NAME`, no kind. `left`: the day they
    left, the last that it can be."""

    ref: str
    name: str
    kind: PersonKind | None
    left: date | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int = field(repr=False)
    ref: str
    name: str
    parent_ref: str = ""
    parent: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class NameRow:
    kind: NameKind
    family: str
    given: str
    from_on: date | None
    to_on: date | None

    @property
    def words(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    kind: IdentifierKind
    value: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class RankRow:
    rank: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class PostingRow:
    """`supervisor` may be somebody the viewer may not see (`is_hidden`)."""

    unit: str
    unit_ref: str
    title: str
    supervisor: PersonLine | None
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class AccreditationRow:
    """`number` as in `ContactRow`."""

    title: str
    from_on: date | None
    to_on: date | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """`number` counts a person's restrictions from 1 in order of time; `lift` takes it."""

    number: int
    kind: str
    words: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """`safety`: when and how it is safe to use; empty where no limit was stated. `is_refused`: they asked that it not
    be used, and `safety` says why; without a `value`, whatever the address. `number` counts from 1 in order of time, 0
    where it is not asked for; `end_contact` takes it."""

    channel: str
    value: str
    is_preferred: bool
    safety: str
    from_on: date | None
    to_on: date | None
    is_refused: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class NeedRow:
    """`number` as in `ContactRow`."""

    words: str
    from_on: date | None
    to_on: date | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody on a record may be reached and what they need, on the viewer's day."""

    contacts: tuple[ContactRow, ...]
    needs: tuple[NeedRow, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """By what somebody can be known: every name ever held, every address and number, and when they were born."""

    names: tuple[NameRow, ...]
    reached_at: tuple[str, ...]
    born: KnownDate | None


@dataclass(frozen=True, slots=True)
class LifeRow:
    """When somebody was born and when they left the force; None where nobody knows, or where they serve."""

    born: KnownDate | None
    left: KnownDate | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person, whole. Spans are newest first; the end of a span is not included. `ethnicity`: as they said it; None
    for a viewer who may not see it."""

    line: PersonLine
    born: KnownDate | None
    sex: str
    ethnicity: str | None
    joined: KnownDate | None
    left: KnownDate | None
    registered_on: date | None
    from_outside: bool  # made by a load of an outside file
    names: tuple[NameRow, ...]
    identifiers: tuple[IdentifierRow, ...]
    ranks: tuple[RankRow, ...]
    postings: tuple[PostingRow, ...]
    accreditations: tuple[AccreditationRow, ...]
    restrictions: tuple[RestrictionRow, ...]
    contacts: tuple[ContactRow, ...]
    needs: tuple[NeedRow, ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What was true of a person's service on one day."""

    on: date
    rank: str
    unit: str
    unit_ref: str
    title: str
    supervisor: PersonLine | None


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """`words`: a name (former names and near spellings too), an identifier or a reference. `unit_ref`, `rank`: now."""

    words: str = ""
    kind: PersonKind | None = None
    unit_ref: str = ""
    rank: str = ""
    standing: Standing | None = None


RANKS = (
    "Constable",
    "Sergeant",
    "Inspector",
    "Chief Inspector",
    "Superintendent",
    "Chief Superintendent",
    "Commander",
    "Assistant Chief Constable",
    "Deputy Assistant Commissioner",
    "Deputy Chief Constable",
    "Assistant Commissioner",
    "Chief Constable",
    "Deputy Commissioner",
    "Commissioner",
    "Special Constable",
    "Special Sergeant",
    "Special Inspector",
)  # offered where a rank is asked for; Police Act 1996 s9H, s13; staff hold grades in words of their own
