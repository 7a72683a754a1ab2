"""Everybody who serves or served in the invented force, with their whole service before it moves to Peelian."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from peelian.demo.chance import Chance
from peelian.demo.naming import birth, identity, surname
from peelian.demo.sizes import Size
from peelian.demo.structure import Slot, Structure, structure
from peelian.terms.people import PersonKind

FEMALE = {
    PersonKind.OFFICER: 0.35,
    PersonKind.STAFF: 0.6,
    PersonKind.SPECIAL_CONSTABLE: 0.3,
    PersonKind.VOLUNTEER: 0.55,
    PersonKind.CONTRACTOR: 0.4,
}
LADDER = (
    ("Constable", 0),
    ("Sergeant", 4),
    ("Inspector", 8),
    ("Chief Inspector", 11),
    ("Superintendent", 14),
    ("Chief Superintendent", 17),
    ("Commander", 19),
    ("Assistant Commissioner", 21),
    ("Deputy Commissioner", 23),
    ("Commissioner", 25),
)  # each rank with the fewest years of service at which it is reached here
FORMER = 0.22  # of women over 27: hold a former name
REASONS = {"Retired": 42, "Resigned": 46, "Transferred to another force": 8, "Dismissed": 2, "Died in service": 2}


@dataclass(slots=True, eq=False)
class Servant:
    """One who serves or served. `ranks`, `posts`: from which day which; the last is the one held at the end."""

    key: str
    kind: PersonKind
    family: str
    given: str
    former: str
    sex: str
    ethnicity: str
    heritage: str
    born: date
    joined: date
    left: date | None
    reason: str
    slot: Slot | None
    ranks: list[tuple[date, str]]
    posts: list[tuple[date, str, str]]  # first day, unit, title
    warrant: str = ""
    collar: str = ""
    weight: float = 0.0  # how likely to be complained against, beside others

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    def serves_on(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or day < self.left)

    def rank_on(self, day: date) -> tuple[date, str] | None:
        return next((one for one in reversed(self.ranks) if one[0] <= day), None)

    def post_on(self, day: date) -> tuple[date, str, str] | None:
        return next((one for one in reversed(self.posts) if one[0] <= day), None)


@dataclass(slots=True)
class Workforce:
    """`everyone`: by key. `by_slot`: who fills a slot. `by_sign_in`: who may sign in."""

    structure: Structure
    everyone: list[Servant]
    by_slot: dict[int, Servant] = field(default_factory=dict)
    by_sign_in: dict[str, Servant] = field(default_factory=dict)

    def supervisor_of(self, one: Servant) -> Servant | None:
        if one.slot is None or one.slot.boss is None:
            return None
        return self.by_slot.get(id(one.slot.boss))


def workforce(size: Size, seed: int, day: date) -> Workforce:
    """Everybody in the register on `day`, the day on which the force moves to Peelian."""
    made = structure(size)
    chance = Chance(seed, "workforce")
    people = [_serving(chance, slot, made, day) for slot in made.slots]
    people += [_left(chance, made, day) for _ in range(size.people - len(people))]
    people.sort(key=lambda one: (one.joined, one.born, one.family, one.given))
    found = Workforce(made, people)
    warrant = 180_000
    for number, one in enumerate(people, start=1):
        one.key = f"T{100_000 + number * 3}"
        if one.kind in (PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE):
            warrant += chance.between(1, 3)
            one.warrant = str(warrant)
            one.collar = f"{number + 100}{one.slot.code if one.slot else 'HQ'}"
        one.weight = _weight(chance, one)
        if one.slot is not None:
            found.by_slot[id(one.slot)] = one
            if one.slot.sign_in:
                found.by_sign_in[one.slot.sign_in] = one
    return found


def _serving(chance: Chance, slot: Slot, made: Structure, day: date) -> Servant:
    years, at_least = _service(chance, slot)
    joined = day - timedelta(days=years)
    one = _person(chance, slot.kind, joined, slot)
    one.ranks = _ranks(chance, slot, joined, day, at_least)
    here = max(joined, one.ranks[-1][0] if one.ranks else joined, day - timedelta(days=chance.between(60, 2200)))
    one.posts = _posts(chance, made, slot, joined, here)
    return one


def _left(chance: Chance, made: Structure, day: date) -> Servant:
    model = chance.one(made.slots)
    while model.sign_in or model.kind in (PersonKind.CONTRACTOR, PersonKind.VOLUNTEER) or _step(model.rank) > 4:
        model = chance.one(made.slots)
    left = day - timedelta(days=chance.between(20, 2900))
    years, at_least = _service(chance, model)
    joined = left - timedelta(days=years)
    one = _person(chance, model.kind, joined, None)
    one.left, one.reason = left, chance.of(REASONS)
    one.ranks = _ranks(chance, model, joined, left, at_least)
    one.posts = _posts(chance, made, model, joined, max(joined, left - timedelta(days=chance.between(300, 2000))))
    return one


def _person(chance: Chance, kind: PersonKind, joined: date, slot: Slot | None) -> Servant:
    oldest = 33 if kind in (PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE) else 50
    born = birth(chance, joined, 19, oldest)
    who = identity(chance, born=born, among="force", female=FEMALE[kind])
    former = ""
    grown = joined.year - born.year > 22
    if who.sex == "Female" and chance.often(FORMER if grown else FORMER / 2):
        former = surname(chance, who.heritage, who.sex)
    return Servant(
        key="",
        kind=kind,
        family=who.family,
        given=who.given,
        former=former if former != who.family else "",
        sex=who.sex,
        ethnicity=who.ethnicity,
        heritage=who.heritage,
        born=born,
        joined=joined,
        left=None,
        reason="",
        slot=slot,
        ranks=[],
        posts=[],
    )


def _step(rank: str) -> int:
    return next((place for place, (name, _) in enumerate(LADDER) if name == rank), 0)


def _service(chance: Chance, slot: Slot) -> tuple[int, int]:
    """Days of service so far, and the fewest years that the rank asks for."""
    at_least = LADDER[_step(slot.rank)][1]
    most = min(30, at_least + (22 if at_least < 8 else 10))
    low, high = max(90, at_least * 366 + 200), most * 365
    return min(chance.between(low, high), chance.between(low, high)), at_least


def _ranks(chance: Chance, slot: Slot, joined: date, day: date, at_least: int) -> list[tuple[date, str]]:
    """The ranks held one after another; staff have held the grade below for some years, some of them."""
    if not slot.rank:
        return []
    if slot.rank not in dict(LADDER):
        lower = {"Grade B": "Grade C", "Grade C": "Grade D", "Grade D": "Grade E"}.get(slot.rank)
        served = (day - joined).days
        if lower and served > 1500 and chance.often(0.4):
            return [(joined, lower), (joined + timedelta(days=chance.between(700, served - 400)), slot.rank)]
        return [(joined, slot.rank)]
    climbed = LADDER[: _step(slot.rank) + 1]
    spare = max(0, (day - joined).days - at_least * 366)
    slack = [chance.between(0, spare * 2 // 3) for _ in climbed[1:]]
    held = [(joined, climbed[0][0])]
    for (name, years), extra in zip(climbed[1:], sorted(slack), strict=True):
        held.append((joined + timedelta(days=years * 365 + extra), name))
    return held


def _posts(chance: Chance, made: Structure, slot: Slot, joined: date, here: date) -> list[tuple[date, str, str]]:
    """Up to three earlier postings of the same kind of person, then the slot's."""
    posts: list[tuple[date, str, str]] = []
    start = joined
    for _ in range(8):
        if (here - start).days <= 500 or len(posts) == 3:
            break
        other = chance.one(made.slots)
        if other.kind is slot.kind and not other.sign_in and "lead" not in other.title.lower():
            posts.append((start, other.unit, other.title))
            start += timedelta(days=chance.between(400, max(401, (here - start).days - 60)))
    posts.append((max(here, start) if posts else joined if (here - joined).days < 500 else here, slot.unit, slot.title))
    return posts


def _weight(chance: Chance, one: Servant) -> float:
    """Who meets the public most is complained of most, and a few are complained of far more than their colleagues."""
    if one.slot is not None and (one.slot.sign_in or one.slot.boss is None):
        return 0.0
    at = {PersonKind.OFFICER: 1.0, PersonKind.SPECIAL_CONSTABLE: 0.25, PersonKind.STAFF: 0.3}.get(one.kind, 0.0)
    post = one.posts[-1][1] if one.posts else ""
    busy = 2.2 if "Response" in post else 1.3 if "Custody" in post or "Contact" in post else 1.0
    return at * busy * chance.heavy()
