"""Invented lives: names over time, homes, telephones; what an employer knows of them, and people close to them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from peelian.demo.chance import Chance
from peelian.demo.naming import birth, identity
from peelian.demo.tables import table

RARE_NAME = 0.22  # of people bear a family name that few bear


@dataclass(frozen=True, slots=True)
class Home:
    """`until` is empty for the present home."""

    address: str
    town: str
    postcode: str
    until: str


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody invented. `families`: the present family name first, then former ones."""

    key: str
    given: str
    middle: str
    families: tuple[str, ...]
    known_as: str
    born: date
    sex: str
    birth_place: str
    homes: tuple[Home, ...]
    phones: tuple[str, ...]
    landline: str
    email: str
    vehicle: str

    def as_employer_sees(self, chance: Chance) -> list[dict[str, str]]:
        """Rows of a staff register: most former names, up to four homes, one or two telephones; little dirt."""
        former = [name for name in self.families[1:] if chance.often(0.8)]
        homes = self.homes[:4]
        phones = [number for number in (*self.phones, self.landline) if number and chance.often(0.85)]
        return [
            {
                "person_id": self.key,
                "family_name": self.families[0],
                "given_names": f"{self.given} {self.middle}".strip(),
                "other_names": "; ".join(former),
                "known_as": self.known_as if chance.often(0.6) else "",
                "birth_on": self.born.isoformat(),
                "sex": self.sex,
                "birth_place": self.birth_place if chance.often(0.7) else "",
                "address": "; ".join(home.address for home in homes),
                "town": "; ".join(home.town for home in homes),
                "postcode": "; ".join(home.postcode for home in homes),
                "address_to": "; ".join(home.until for home in homes),
                "phone": "; ".join(phones),
                "email": self.email if chance.often(0.7) else "",
                "vehicle": self.vehicle if chance.often(0.5) else "",
            }
        ]

    def somebody_else(self, chance: Chance, kind: str, on: date) -> "Life":
        """Somebody who is not this person but is easily taken for them."""
        other = life(chance, on, f"{self.key}-{kind}")
        if kind in ("twin", "parent", "sibling", "partner"):
            other = replace(other, homes=self.homes, landline=self.landline)
        if kind in ("twin", "sibling"):
            given = _another(chance, other.given, self.given)
            other = replace(other, families=self.families, birth_place=self.birth_place, given=given)
        match kind:
            case "twin":
                return replace(other, born=self.born, sex=self.sex)
            case "parent":
                born = self.born - timedelta(days=chance.between(20 * 365, 38 * 365))
                return replace(other, families=self.families, given=self.given, sex=self.sex, born=born)
            case "sibling":
                born = self.born + timedelta(days=chance.between(300, 2400) * (1 if chance.often(0.5) else -1))
                return replace(other, born=born)
            case "partner":
                return replace(other, families=(self.families[0], other.families[0]))
            case "namesake_same_day":
                return replace(other, given=self.given, families=self.families[:1], sex=self.sex, born=self.born)
        born = date(self.born.year, chance.between(1, 12), chance.between(1, 28))
        return replace(other, given=self.given, families=self.families[:1], sex=self.sex, born=born)


def _another(chance: Chance, drawn: str, taken: str) -> str:
    return drawn if drawn != taken else chance.one(["Robin", "Morgan", "Kerry", "Lindsay"])


def life(chance: Chance, on: date, key: str, lives_with: Life | None = None) -> Life:
    """Somebody between 19 and 64 on the day `on`."""
    born = birth(chance, on, 19, 64)
    who = identity(chance, born=born, among="force", female=0.36)
    given, _, middle = who.given.partition(" ")
    family = rare_name(chance) if chance.often(RARE_NAME) else who.family
    families: tuple[str, ...] = (family,)
    if who.sex == "Female" and chance.often(0.4):
        before = (
            rare_name(chance)
            if chance.often(RARE_NAME)
            else identity(chance, born=born, among="force", female=1).family
        )
        families = (family, before)
        if chance.often(0.06):
            families = (f"{before}-{family}", before, family)
    forms = table("washing")["home_forms"].get(given, "").split()
    homes = _homes(chance, on)
    if lives_with:
        homes = (lives_with.homes[0], *homes[1:])
    return Life(
        key,
        given,
        middle,
        families,
        chance.one(forms) if forms and chance.often(0.4) else "",
        born,
        who.sex,
        _town(chance),
        homes,
        tuple(_phone(chance, "07") for _ in range(chance.between(1, 2))),
        lives_with.landline if lives_with else (_phone(chance, "01") if chance.often(0.5) else ""),
        f"{given}.{family}{chance.between(1, 9999)}@example.org".lower().replace("'", ""),
        f"{chance.one('ABCDEFGHKLM')}{chance.one('ABCDEFGHKLM')}{chance.between(51, 75)} {_letters(chance, 3)}",
    )


def rare_name(chance: Chance) -> str:
    """A family name that few bear."""
    beginnings, ends = rare_parts()
    return chance.one(beginnings) + chance.one(ends)


@cache
def rare_parts() -> tuple[list[str], list[str]]:
    data = table("washing")
    return data["beginnings"].split(), data["ends"].split()


def _letters(chance: Chance, number: int) -> str:
    return "".join(chance.one(table("washing")["letters"]) for _ in range(number))


def _phone(chance: Chance, start: str) -> str:
    return f"{start}0{chance.between(10_000_000, 99_999_999)}"


def _town(chance: Chance) -> str:
    towns = table("washing")["towns"].split()
    return str(towns[int(len(towns) * chance.share() ** 1.7)])


def postcode(chance: Chance) -> str:
    """A postcode that no place has."""
    data = table("washing")
    area = chance.one(data["areas"].split())
    return f"{area}{chance.between(1, 20)} {chance.between(1, 9)}{_letters(chance, 2)}"


def _homes(chance: Chance, on: date) -> tuple[Home, ...]:
    data = table("washing")
    homes, until = [], on
    near = postcode(chance).split(" ")[0]
    for number in range(chance.between(1, 4)):
        place = postcode(chance)
        if chance.often(0.6):
            place = f"{near} {place.split(' ')[1]}"  # most moves are short
        street = f"{chance.between(1, 180)} {chance.one(data['streets'].split())} {chance.one(data['ways'].split())}"
        homes.append(Home(street, _town(chance), place, until.isoformat() if number else ""))
        until -= timedelta(days=chance.between(200, 2200))
    return tuple(homes)
