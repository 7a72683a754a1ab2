"""Who is looking or acting, at which moment, with which powers.

The type lives here so that the journal can name an actor without knowing the walls.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from peelian.terms.permissions import Permission

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or the system, for a stated reason) at one moment.

    `actor`: an opaque key that the journal writes (`user:<ref>` or `system:<name>`), never a name.
    `at`: the moment, read from the clock at the edge (web or command line) and nowhere else; time zone aware.
    `user_id`: the key of the user's row; None for the system.
    `person_id`: the key of the person in the register this user is; None where there is none.
    `unit_id`: the key of the unit the user works in; None where there is none.
    `because`: for the system, the reason that goes to the journal with everything it does.
    """

    actor: str
    at: datetime
    user_id: int | None = None
    person_id: int | None = None
    unit_id: int | None = None
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    because: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a viewer's moment must carry a time zone")

    @property
    def today(self) -> date:
        """The day in London at the viewer's moment."""
        return self.at.astimezone(LONDON).date()

    @property
    def is_system(self) -> bool:
        return self.user_id is None

    def may(self, permission: Permission) -> bool:
        return self.is_system or permission in self.permissions


def system(name: str, *, at: datetime, because: str) -> Viewer:
    """The system acting for a stated reason, such as `system("load", at=..., because="load of …")`."""
    if not because:
        raise ValueError("the system may act only for a stated reason")
    return Viewer(actor=f"system:{name}", at=at, name="Peelian", because=because)
