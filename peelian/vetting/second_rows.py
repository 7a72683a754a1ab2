"""What goes out of this room of decisions on clearance that are taken again, blind."""

from dataclasses import dataclass, field
from datetime import date

from peelian.people.rows import PersonLine
from peelian.rules.agreement import Agreement
from peelian.statute import Row
from peelian.vetting.rows import AgainstRow, SourceRow


@dataclass(frozen=True, slots=True)
class AgainTask:
    """A decision that fell to somebody by lot, or two that differ."""

    ref: str
    person: PersonLine
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class BlindRow:
    """What somebody reads who decides again: as it stood then, and nothing of what was made of it."""

    ref: str
    due_on: date
    person: PersonLine
    purpose: Row
    level: Row
    areas: tuple[str, ...]
    on: date
    sources: tuple[SourceRow, ...]
    against: tuple[AgainstRow, ...]
    outcomes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AgainRow:
    """Two decisions side by side. `may_look`: the viewer says what is made of the difference."""

    ref: str
    application_ref: str
    person: PersonLine
    first: str
    first_reasons: str
    first_by: str
    first_on: date
    second: str
    second_heads: tuple[str, ...]
    second_reasons: str
    second_by: str
    second_on: date
    agrees: bool
    was_blind: bool
    looked: str
    looked_by: str
    may_look: bool


@dataclass(frozen=True, slots=True)
class SecondDraw:
    """One draw in figures, of what the viewer may see. `drawn` = `answered` + `waiting` + `missing`.

    `not_blind`: of those answered, left out of the agreement. `differ`: those that differ, `looked` of them looked at.
    `pairs`: what the two decided of each that counts, from which `agreement` is computed.
    """

    ref: str
    month: date
    seed: str
    share: int
    law: str
    drawn: int
    answered: int
    waiting: int
    late: int
    missing: int
    not_blind: int
    looked: int
    differ: tuple[AgainTask, ...]
    agreement: Agreement | None
    pairs: tuple[tuple[str, str], ...] = field(default=(), repr=False)
