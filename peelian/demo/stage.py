"""The stage on which the demonstration acts: who acts, at which moment, and how people and units are addressed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from peelian.demo.chance import Chance
from peelian.demo.diary import Diary
from peelian.demo.sizes import Size
from peelian.demo.workforce import Servant, Workforce
from peelian.intake import loading
from peelian.people import loading as people
from peelian.terms.viewer import Viewer, system

BECAUSE = "the demonstration force"


@dataclass(slots=True)
class Stage:
    """What every part of the demonstration shares. `refs`, `ids`: of servants by key, `user_refs` by username."""

    size: Size
    seed: int
    today: date
    workforce: Workforce
    diary: Diary
    chance: Chance
    units: dict[str, str] = field(default_factory=dict)
    unit_ids: dict[str, int] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    user_refs: dict[str, str] = field(default_factory=dict)
    user_ids: dict[str, int] = field(default_factory=dict)
    own_view: tuple[str, str] = ("", "")  # the reference and the code of one key, for a visitor to try

    def as_user(self, username: str, at: datetime) -> Viewer:
        """A user at a moment. Roles do not change in the demonstration, so they are read once."""
        return replace(self.viewers[username], at=at)

    def as_system(self, at: datetime, because: str = BECAUSE) -> Viewer:
        return system("demonstration", at=at, because=because)

    def ref(self, one: Servant) -> str:
        return self.refs[one.key]

    def meet(self, servants: Iterable[Servant], register: str) -> None:
        """Learn how servants are addressed, from the key that the register gave them."""
        wanted = [one.key for one in servants if one.key not in self.refs]
        source = loading.source(register, title=f"Register “{register}”", content="people")
        found = people.known(source, wanted)
        said = people.keys_by_id([one.id for one in found.values()])
        for key, one in found.items():
            self.ids[key], self.refs[key] = one.id, said[one.id][0]
