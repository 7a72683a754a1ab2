"""The structure of the invented force: its units, and a slot for everybody who serves, each under a supervisor."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from peelian.demo.sizes import Size
from peelian.demo.tables import table
from peelian.terms.people import PersonKind

TEAM = 13  # people in a team with its sergeant
SUPERVISORS_OF_TEAMS = 3  # teams under one inspector
SPECIALS = 0.035
VOLUNTEERS = 0.02
LEFT = 0.08  # of the register: those who have left
POLICE = frozenset({"Constable", "Sergeant", "Inspector", "Chief Inspector", "Superintendent", "Chief Superintendent"})


@dataclass(slots=True, eq=False)
class Slot:
    """A place to serve in. `boss`: the slot of the supervisor. `sign_in`: the username of whoever fills it."""

    unit: str
    kind: PersonKind
    rank: str
    title: str
    boss: "Slot | None" = None
    sign_in: str = ""
    code: str = ""  # letters of the collar number


@dataclass(slots=True)
class Structure:
    """`units`: each unit's name and that of the unit it stands in (empty: the force itself), parents first."""

    force: str
    units: dict[str, str] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def unit(self, name: str, parent: str = "") -> str:
        self.units.setdefault(name, parent)
        return name

    def slot(
        self, unit: str, rank: str, title: str, boss: Slot | None, kind: PersonKind | None = None, code: str = "HQ"
    ) -> Slot:
        if kind is None:
            officer = rank in POLICE or rank in ("Commander", "Assistant Commissioner", "Commissioner")
            kind = PersonKind.OFFICER if officer else PersonKind.STAFF
        made = Slot(unit, kind, rank, title, boss, code=code)
        self.slots.append(made)
        return made


def structure(size: Size) -> Structure:
    """The whole structure for a size; the number of slots and of those who left make the size's people."""
    words = table("force")
    made = Structure(words["force"]["name"])
    chief = _sign_ins(made)
    top = made.slot("Chief Officers", "Commissioner", "Commissioner", None)
    chief.boss = top
    serving = round(size.people * (1 - LEFT))
    commander = made.slot("Chief Officers", "Commander", "Commander, boroughs", chief)
    crime = made.slot("Chief Officers", "Commander", "Commander, specialist operations", chief)
    for row in words["department"]:
        _department(made, row, round(serving * row["share"] / 100), crime)
    left = serving - len(made.slots)
    boroughs = words["force"]["boroughs"][: size.boroughs]
    made.unit("Territorial Policing")
    for number, borough in enumerate(boroughs):
        part = left // len(boroughs) + (1 if number < left % len(boroughs) else 0)
        _borough(made, borough, part, commander)
    return made


def _sign_ins(made: Structure) -> Slot:
    """The slots of those who may sign in; returns the chief officer's."""
    words = table("force")
    for name, parent in words["parents"].items():
        made.unit(name, parent)
    found: dict[str, Slot] = {}
    for row in words["sign_in"]:
        made.unit(row["unit"])
        kind = PersonKind(row["kind"]) if "kind" in row else None
        one = made.slot(row["unit"], row.get("rank", ""), row["title"], found.get(row.get("under", "")), kind)
        if row.get("rank") == "Deputy Commissioner":
            one.kind = PersonKind.OFFICER
        one.sign_in = row["username"]
        found[one.sign_in] = one
    return found["chief"]


def _department(made: Structure, row: dict[str, str], people: int, under: Slot) -> None:
    name = made.unit(row["name"])
    police = row["many"] == "Constable"
    head_rank = "Superintendent" if police else row["lead"]
    head = made.slot(name, head_rank, f"Head of {name}", under)
    for number, members in enumerate(_teams(people - 1), start=1):
        team = made.unit(f"{name}, Team {number}", name)
        boss = made.slot(team, "Sergeant" if police else "Grade C", "Team leader", head)
        for _ in range(members - 1):
            made.slot(team, row["many"], row["title"], boss)


def _borough(made: Structure, borough: str, people: int, under: Slot) -> None:
    """A borough's command, its teams, its special constables and its volunteers."""
    name = made.unit(f"{borough} Borough", "Territorial Policing")
    code = _code(borough)
    specials, volunteers = round(people * SPECIALS), round(people * VOLUNTEERS)
    rest = people - specials - volunteers - 3
    chief = made.slot(name, "Chief Superintendent", "Borough commander", under, code=code)
    second = made.slot(name, "Superintendent", "Deputy borough commander", chief, code=code)
    third = made.slot(name, "Chief Inspector", "Operations manager", second, code=code)
    rows = table("force")["team"]
    whole = sum(row["share"] for row in rows)
    taken = 0
    for row in rows:
        members = rest - taken if row is rows[-1] else round(rest * row["share"] / whole)
        taken += members
        _teams_of(made, borough, name, row, members, third, code)
    special = made.unit(f"{borough} Special Constabulary", name)
    boss: Slot | None = None
    for number in range(specials):
        rank = "Special Sergeant" if number == 0 else "Special Constable"
        one = made.slot(special, rank, "Special constable", boss or third, PersonKind.SPECIAL_CONSTABLE, code)
        boss = boss or one
    for _ in range(volunteers):
        made.slot(name, "", "Police support volunteer", third, PersonKind.VOLUNTEER)


def _teams_of(
    made: Structure, borough: str, parent: str, row: dict[str, str], people: int, under: Slot, code: str
) -> None:
    """Teams of one sort under their inspectors. Custody and the front counter are police staff under a sergeant."""
    sort = made.unit(f"{borough} {row['name']}", parent)
    police = row["many"] == "Constable"
    boss = under
    for number, members in enumerate(_teams(people), start=1):
        if (number - 1) % SUPERVISORS_OF_TEAMS == 0 and police and members > 4:
            boss = made.slot(sort, "Inspector", "Inspector", under, code=code)
            members -= 1
        team = made.unit(f"{borough} {row['name']} {number}", sort)
        leader = made.slot(team, "Sergeant", "Team leader", boss, code=code)
        staff = round((members - 1) * float(row.get("staff", 0)))
        for place in range(members - 1):
            if place < staff:
                made.slot(team, row["staff_grade"], row["staff_title"], leader, code=code)
            else:
                made.slot(team, row["many"], row["title"], leader, code=code)


def _teams(people: int) -> Iterator[int]:
    """Sizes of teams of about thirteen that add up."""
    number = max(1, round(people / TEAM))
    for place in range(number):
        yield max(1, people // number + (1 if place < people % number else 0))


def _code(borough: str) -> str:
    """Two letters of a borough for its collar numbers."""
    letters = [letter for letter in borough.upper() if letter.isalpha()]
    return letters[0] + next(letter for letter in letters[1:] if letter not in "AEIOU")
