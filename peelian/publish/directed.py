"""What the chair directed of a letter to the public, and where that was recorded. PB-3 of `statute/access.toml`.

The directions belong to the proceedings about the person whom the letter concerns, and every letter reads them there,
each time it is read. Only where no proceedings are recorded (an older case) do they stand with the letter itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from peelian.matters.queries.parts import MatterParts
from peelian.proceedings import queries as proceedings
from peelian.publish.models import Direction
from peelian.publish.rows import DirectionRow
from peelian.publish.states import FIELD_WORDS
from peelian.publish.templates import FIELDS
from peelian.terms.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Directed:
    """What stands, field by field, by whom and when. `of_proceedings`: it is recorded there and nowhere else."""

    rows: tuple[DirectionRow, ...]
    by: str
    on: date | None
    of_proceedings: bool

    @property
    def withheld(self) -> frozenset[str]:
        return frozenset(row.field for row in self.rows if row.may_be_published is False)

    @property
    def is_whole(self) -> bool:
        return bool(self.by) and all(row.may_be_published is not None for row in self.rows)


NOTHING = Directed((), "", None, False)


def directed(viewer: Viewer, matter: MatterParts, letter: Any) -> Directed:
    """The directions that hold a letter; nothing for one that is not to the public."""
    if letter.addressee_id is not None or letter.body:
        return NOTHING
    person = next((one for one in matter.people if one.id == letter.about_id), None)
    found = proceedings.directed(viewer, matter.ref, person.key) if person else None
    if found is not None:
        said = {one.field: (one.may_be_published, one.reason) for one in found.fields}
        return Directed(_rows(said), found.chair, found.on, True)
    rows = Direction.objects.filter(letter=letter)
    own = {row.field: (row.may_be_published, row.reason) for row in rows}
    return Directed(_rows(own), letter.directed_by, letter.directed_on, False)


def _rows(said: dict[str, tuple[bool, str]]) -> tuple[DirectionRow, ...]:
    return tuple(
        DirectionRow(
            field=field,
            words=FIELD_WORDS[field],
            may_be_published=said[field][0] if field in said else None,
            reason=said[field][1] if field in said else "",
        )
        for field in FIELDS
    )
