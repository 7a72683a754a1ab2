"""How a matter is handled and how long that takes, drawn from the published mixes and durations."""

from dataclasses import dataclass
from functools import cache

from peelian.demo.chance import Chance
from peelian.demo.tables import table
from peelian.terms.matters import MatterKind


@dataclass(frozen=True, slots=True)
class Route:
    """`key`: outside, otherwise, investigated, conduct, recordable or dsi. `days`: mean from arrival to closing."""

    key: str
    kind: MatterKind
    share: float
    days: float
    spread: float

    @property
    def is_complaint(self) -> bool:
        return self.kind in (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3)

    @property
    def is_investigated(self) -> bool:
        return self.key not in ("outside", "otherwise")


@cache
def routes() -> tuple[Route, ...]:
    return tuple(
        Route(row["key"], MatterKind(row["kind"]), row["share"], row["days"], row["spread"])
        for row in table("mixes")["route"]
    )


def route(chance: Chance, *, still_open: bool = False) -> Route:
    """A route. `still_open`: as often as it is met among matters open on one day, where long ones stay longer."""
    weights = {one: one.share * (one.days if still_open else 1) for one in routes()}
    return chance.of(weights)


def drawn(chance: Chance, section: str, key: str = "") -> str:
    """A word of the mixes by its share, such as `drawn(chance, "received", "complaint")`."""
    found = table("mixes")[section]
    return str(chance.of(found[key] if key else found["shares"]))
