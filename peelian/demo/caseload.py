"""The matters recorded here: those that have closed, and those open today, at every stage."""

from datetime import date, timedelta

from peelian.demo.chance import Chance
from peelian.demo.history import Subjects
from peelian.demo.inquiries import Inquiry
from peelian.demo.lives import Life
from peelian.demo.publics import Public, public
from peelian.demo.routes import Route, drawn, route
from peelian.demo.stage import Stage
from peelian.demo.stories import needs_somebody, serious, story
from peelian.demo.tables import table
from peelian.demo.workforce import Servant

HANDLERS = {"handler": 30, "handler2": 23, "handler3": 21, "supervisor": 26}
INVESTIGATORS = {"investigator": 46, "investigator2": 30, "investigator3": 24}
ASSESSORS = {"assessor": 60, "assessor2": 40}
AUTHORITIES = {"authority": 65, "authority2": 35}
COMES_AGAIN = 0.1
FRESH = 3  # days within which a place is often not signed yet


class Caseload:
    """Draws lives and writes them into the diary."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.chance = Chance(stage.seed, "caseload")
        self.subjects = Subjects([one for one in stage.workforce.everyone if one.left is None])
        self.boroughs = table("force")["force"]["boroughs"][: stage.size.boroughs]
        self.publics: list[Public] = []
        self.lives: list[Life] = []

    def draw(self) -> None:
        """All lives that are not set pieces."""
        stage, chance = self.stage, self.chance
        first, today = stage.diary.first, stage.today
        room = (today - first).days
        for _ in range(stage.size.closed_here):
            way = route(chance)
            days = min(chance.days(way.days, way.spread), room - 60)
            received = first + timedelta(days=chance.between(2, max(3, room - days - 48)))
            self.life(way, received, days)
        for _ in range(stage.size.open_here):
            way = route(chance, still_open=True)
            days = max(20, chance.days(way.days, way.spread) + 8)
            age = min(round(days * (0.04 + 0.94 * chance.share())), room - 4)
            self.life(way, today - timedelta(days=max(2, age)), max(days, age + 4))
        self.lives.sort(key=lambda one: one.received)

    def life(
        self,
        way: Route,
        received: date,
        days: int,
        *,
        category: str = "",
        officers: list[Servant] | None = None,
        described: tuple[str, ...] = (),
        allegations: int = 0,
        **more: object,
    ) -> Life:
        """One life, its parts drawn where they are not given."""
        stage, chance = self.stage, self.chance
        borough = chance.one(self.boroughs)
        number = allegations or int(drawn(chance, "allegations"))
        conduct = not way.is_complaint
        if way.key == "dsi":
            tale = serious(chance, borough=borough, on=received)
        else:
            tale = story(chance, conduct=conduct, borough=borough, on=received, allegations=number, category=category)
        if officers is None:
            wanted = max(1 if conduct or needs_somebody(tale) else 0, int(drawn(chance, "officers")))
            officers = self.subjects.draw(chance, received, wanted)
        given: dict[str, object] = {
            "handler": "supervisor2" if conduct else chance.of(HANDLERS),
            "assessor": chance.of(ASSESSORS),
            "investigator": chance.of(INVESTIGATORS) if way.is_investigated else "",
            "authority": chance.of(AUTHORITIES),
            "recorded_after": chance.between(1, 5),
        }
        if (stage.today - received).days <= FRESH + 5 and chance.often(0.4):
            given["unsigned"] = frozenset({str(given["handler"])})
        if chance.often(0.12):
            given["silent_from"] = stage.today - timedelta(days=chance.between(3, 25))
        given.update(more)
        life = Life(
            stage=stage,
            chance=chance,
            route=way,
            received=received,
            days=days,
            tale=tale,
            officers=officers,
            publics=self._publics(way, received),
            described=described,
            **given,  # type: ignore[arg-type]  # names and types are those of Life, set above and by the set pieces
        )
        self.lives.append(life)
        life.begin()
        if way.is_investigated:
            Inquiry(life).begin()
        return life

    def _publics(self, way: Route, received: date) -> list[Public]:
        """Complainants; of a DSI matter the family as interested persons; of conduct matters nobody."""
        chance = self.chance
        if way.key in ("conduct", "recordable"):
            return []
        number = 2 if chance.often(0.12) else 1
        found: list[Public] = []
        for _ in range(number):
            again = chance.one(self.publics) if self.publics and chance.often(COMES_AGAIN) else None
            if again is None or again in found or way.key == "dsi":
                again = public(chance, received)
                self.publics.append(again)
            found.append(again)
        return found

    @property
    def concerned(self) -> list[Servant]:
        """Everybody complained against in these matters, in the order they first were."""
        return list(dict.fromkeys(one for life in self.lives for one in life.officers))
