"""What leaves this room of vehicles: whose they are, and who else has one of them."""

from dataclasses import dataclass, field
from datetime import date

from peelian.people.rows import PersonLine


@dataclass(frozen=True, slots=True)
class VehicleRow:
    """`words`: make, model, colour. `source`: who says so. `number` addresses it; `end_vehicle` takes it."""

    mark: str
    words: str
    source: str
    from_on: date | None
    to_on: date | None
    number: int


@dataclass(frozen=True, slots=True)
class SharedVehicle:
    """Somebody else who has or had the same vehicle at the same time."""

    other: PersonLine
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class KeeperRow:
    """Somebody who has or had a vehicle. `folded`: its mark, letters and digits only. `numbers`: held now."""

    folded: str
    numbers: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    person_id: int = field(repr=False)

    def had_it_on(self, day: date | None) -> bool:
        """Whether it was theirs on the day; a day or a span that is not known rules nothing out."""
        if day is None:
            return True
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)
