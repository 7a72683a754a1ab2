"""What goes out of this room onto the pages of people: records that stand with them, associations that were found."""

from dataclasses import dataclass, field
from datetime import date

from peelian.terms.matches import PairState
from peelian.terms.stored_forms import day_said


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record of a crime or incident that stands on somebody's chronology.

    `is_domestic`: an incident in a domestic setting (LES-03). `state`: what people made of it. `item_ref`: the intake
    item in which it is assessed, where it is one. `is_gone`: the last run found it no more, but it was judged theirs.
    """

    ref: str
    source: str
    record_key: str
    category: str
    part: str
    recorded_on: date | None
    written_on: str  # the day as the source wrote it, where it cannot be read
    resolved_on: str
    band: str
    state: PairState
    is_domestic: bool
    serious: str
    item_ref: str
    is_gone: bool
    person_id: int = field(repr=False)

    @property
    def title(self) -> str:
        return f"{self.category or 'Record'}: {self.record_key}"

    @property
    def words(self) -> str:
        """What the source says, and how sure it is that it is about them."""
        stands = self.state.words if self.state is not PairState.WAITING else f"{self.band} match, not judged yet"
        parts = (
            f"Record of {self.source}",
            self.part,
            f"recorded “{self.written_on}”" if self.written_on else "",
            f"resolved on {day_said(self.resolved_on)}" if self.resolved_on else "not resolved",
            stands,
            f"counts as serious: {self.serious}" if self.serious else "",
            "found no more by the last run" if self.is_gone else "",
        )
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class AssociationRow:
    """An associate of somebody who works here, as records have them: a mention, unless the associate works here too.

    `name`: as it was compared. `associate_id`: the associate in the register, where they serve and the viewer may see
    them. `through`: what the record says of the association.
    """

    ref: str
    name: str
    through: str
    source: str
    record_key: str
    category: str
    recorded_on: date | None
    band: str
    state: PairState
    associate_id: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class LateRow:
    """A record whose assessment is overdue. `owner`: who answers for the item; empty while nobody does."""

    ref: str
    person: str
    person_ref: str
    what: str
    item_ref: str
    owner: str
    on: date
