"""The deep past: matters as the force's older system holds them, in the form of the shipped map of a history."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from peelian.demo.chance import Chance
from peelian.demo.extracts import written
from peelian.demo.naming import birth, identity
from peelian.demo.routes import Route, drawn, route
from peelian.demo.sizes import Size
from peelian.demo.stories import needs_somebody, serious, story
from peelian.demo.tables import table
from peelian.demo.workforce import Servant

HISTORY = (
    *("Case Reference", "Case Type", "Allegation Number", "Subject Reference", "Rank at Incident", "Unit at Incident"),
    *("Incident Date", "Date Received", "Date Recorded", "Date Finalised", "Case Status", "Allegation Category"),
    *("Category Code", "National Factor", "Allegation Summary", "Decision", "Outcome", "Circumstances"),
    *("Complainant Reference", "Complainant Surname", "Complainant Forenames", "Complainant Date of Birth"),
)
TYPES = {
    "outside": "Complaint (outside Schedule 3)",
    "otherwise": "Complaint (Schedule 3)",
    "investigated": "Complaint (Schedule 3)",
    "conduct": "Conduct Matter",
    "recordable": "Recordable Conduct Matter",
    "dsi": "DSI",
}
NOBODY = ("Organisational", "Unknown")  # what the older system wrote where no individual was named
SCHEME = date(2020, 2, 1)  # the national categories; before it the system held only words
NARRATED_YEARS = 6
COMES_AGAIN = 0.12


class Subjects:
    """Draws people complained against by how likely that is, among those serving on the day."""

    def __init__(self, people: list[Servant]) -> None:
        self.people = [one for one in people if one.weight > 0]
        self.cumulative = list(accumulate(one.weight for one in self.people))

    def draw(self, chance: Chance, day: date, number: int) -> list[Servant]:
        """Different people who served on the day; fewer where the force was that small."""
        found: list[Servant] = []
        for _ in range(number * 40):
            if len(found) == number:
                break
            place = bisect_left(self.cumulative, chance.share() * self.cumulative[-1])
            one = self.people[min(place, len(self.people) - 1)]
            if one.serves_on(day) and one not in found:
                found.append(one)
        return found


def how_many(size: Size, begins: date, ends: date) -> int:
    """How many matters a force of this size has between two days, as published bulletins show."""
    a_year: float = table("mixes")["volume"]["a_year_per_1000"]
    return round(size.people / 1000 * a_year * (ends - begins).days / 365.25)


def matter_rows(
    seed: int, size: Size, people: list[Servant], begins: date, ends: date, count: int
) -> Iterator[list[tuple[str, ...]]]:
    """The rows of each of `count` matters received between two days, oldest first; closed before the second day."""
    chance = Chance(seed, f"history {begins.year}")
    subjects = Subjects(people)
    boroughs = table("force")["force"]["boroughs"][: size.boroughs]
    span = (ends - begins).days
    received = sorted(begins + timedelta(days=int(span * chance.share())) for _ in range(count))
    publics: list[tuple[str, str, str, str]] = []
    for number, day in enumerate(received, start=1):
        way = route(chance)
        complainant = _complainant(chance, publics, day, begins.year) if way.is_complaint else ("", "", "", "")
        yield _matter(chance, subjects, way, day, ends, f"{day.year}/{number:06d}", complainant, chance.one(boroughs))


def _matter(
    chance: Chance,
    subjects: Subjects,
    way: Route,
    day: date,
    ends: date,
    reference: str,
    complainant: tuple[str, str, str, str],
    borough: str,
) -> list[tuple[str, ...]]:
    happened = day - timedelta(days=min(900, chance.days(25, 1.2)))
    closed = min(day + timedelta(days=chance.days(way.days, way.spread)), ends - timedelta(days=1))
    conduct = not way.is_complaint
    number = int(drawn(chance, "allegations"))
    tale = (
        serious(chance, borough=borough, on=day)
        if way.key == "dsi"
        else story(chance, conduct=conduct, borough=borough, on=day, allegations=number)
    )
    wanted = max(1 if conduct or needs_somebody(tale) else 0, int(drawn(chance, "officers")))
    concerned = subjects.draw(chance, happened, wanted)
    narrated = tale.narrative if (ends - day).days < NARRATED_YEARS * 365 else ""
    sort = "conduct" if conduct else "complaint"
    rows: list[tuple[str, ...]] = []
    keys: list[Servant | str] = list(concerned) or [NOBODY[0] if chance.often(0.7) else NOBODY[1]]
    for place, (code, text, factors) in enumerate(tale.alleged or (("", "", ()),), start=1):
        finding, outcome = drawn(chance, "findings", sort), drawn(chance, "outcomes", sort)
        for one in keys if place == 1 else keys[:1]:
            rank, post = (one.rank_on(happened), one.post_on(happened)) if isinstance(one, Servant) else (None, None)
            rows.append(
                (
                    reference,
                    TYPES[way.key],
                    str(place),
                    one.key if isinstance(one, Servant) else one,
                    rank[1] if rank else "",
                    post[1] if post else "",
                    written(happened) if chance.often(0.9) or len(rows) else f"{happened.month:02d}/{happened.year}",
                    written(day),
                    written(day + timedelta(days=place % 3)) if place == 1 else "",
                    written(closed),
                    "Finalised",
                    "" if day >= SCHEME else text,
                    code if day >= SCHEME else "",
                    factors[0] if factors else "",
                    text,
                    finding if tale.alleged else "",
                    outcome if tale.alleged else "",
                    narrated if not rows else "",
                    *complainant,
                )
            )
    return _agreeing(rows)


def _agreeing(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows of one matter state its day in one way."""
    return [(*row[:6], rows[0][6], row[7], rows[0][8], *row[9:]) for row in rows]


def _complainant(
    chance: Chance, publics: list[tuple[str, str, str, str]], day: date, prefix: int
) -> tuple[str, str, str, str]:
    if publics and chance.often(COMES_AGAIN):
        return chance.one(publics)
    who = identity(chance, born=birth(chance, day, 18, 78), among="public", female=0.48)
    made = (f"C{prefix}-{len(publics) + 1:06d}", who.family, who.given, written(who.born))
    publics.append(made)
    return made
