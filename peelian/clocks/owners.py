"""One owner for each duty: the user in the right place, or the next in `owners.toml`, or the unit's supervisor."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from peelian.matters.queries import MatterParts
from peelian.people.rows import UnitRow
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.viewer import Viewer
from peelian.walls.holders import holders
from peelian.walls.queries import users_holding
from peelian.walls.rows import UserRow

SUPERVISOR = "supervisor"


@cache
def fallbacks() -> dict[Capacity, tuple[Capacity, ...]]:
    """For each place, the places asked in turn. Raises ValueError for a place that does not exist."""
    raw = tomllib.loads(Path(__file__).with_name("owners.toml").read_text())
    return {Capacity(row["capacity"]): tuple(Capacity(key) for key in row["then"]) for row in raw["owner"]}


@dataclass(frozen=True, slots=True)
class Owner:
    """`user_id` is None where nobody answers yet; `words` then says who must allocate. `ref`: of the user."""

    words: str
    user_id: int | None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who holds what on some matters, gathered in four statements; `of` then asks no more."""

    held: Mapping[int, Mapping[Capacity, tuple[UserRow, ...]]]
    supervisors: Mapping[int, tuple[UserRow, ...]]
    units: Mapping[int, UnitRow]
    answered: dict[tuple[int, Capacity], Owner] = field(default_factory=dict)  # a matter owes many things to one place

    def of(self, matter: MatterParts, capacity: Capacity) -> Owner:
        """The one owner of what falls to `capacity`. Somebody involved in the matter never owns anything of it."""
        asked = (matter.id, capacity)
        if asked not in self.answered:
            self.answered[asked] = self._find(matter, capacity)
        return self.answered[asked]

    def _find(self, matter: MatterParts, capacity: Capacity) -> Owner:
        involved = {one.person_id for one in matter.people if one.person_id}
        places = self.held.get(matter.id, {})
        for place in fallbacks().get(capacity, (capacity, Capacity.HANDLER)):
            for user in places.get(place, ()):
                if user.person_id not in involved:
                    return Owner(user.name, user.id, user.ref)
        for user in self.supervisors.get(matter.unit_id or 0, ()):
            if user.person_id is None or user.person_id not in involved:
                return Owner(user.name, user.id, user.ref)
        unit = self.units.get(matter.unit_id or 0)
        return Owner(f"nobody yet: {unit.name if unit else 'no unit is named'}", None)


def owners_of(viewer: Viewer, matters: Sequence[MatterParts], units: Mapping[int, UnitRow]) -> Owners:
    """What `Owners.of` needs for these matters, at a fixed number of statements."""
    supervisors: dict[int, tuple[UserRow, ...]] = {}
    for user in users_holding(SUPERVISOR, viewer.today):
        if user.unit_id is not None:
            supervisors[user.unit_id] = (*supervisors.get(user.unit_id, ()), user)
    return Owners(holders(viewer, RecordKind.MATTER, [one.id for one in matters]), supervisors, units)
