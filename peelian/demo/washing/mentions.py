"""What records say of an invented life, with the dirt that real records have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.demo.chance import Chance
from peelian.demo.tables import table
from peelian.demo.washing.lives import Life

PARTS = {"suspect": 45, "victim": 20, "witness": 12, "convicted": 10, "associate": 8, "applicant": 5}
CATEGORIES = (
    "assault",
    "harassment",
    "theft",
    "fraud",
    "criminal damage",
    "drugs",
    "rape",
    "domestic abuse",
    "driving",
)


@dataclass(frozen=True, slots=True)
class Dirt:
    """How often each thing goes wrong in a record."""

    typo: float
    home_form: float
    initial: float
    former: float
    no_birth: float
    year_only: float
    swapped: float
    wrong_digit: float
    new_year: float
    no_address: float
    moved: float
    phone: float
    place: float
    crossed: float
    middle: float


STANDARD = Dirt(0.06, 0.25, 0.03, 0.5, 0.12, 0.03, 0.02, 0.03, 0.01, 0.25, 0.12, 0.35, 0.4, 0.015, 0.35)
HARDER = Dirt(0.13, 0.4, 0.07, 0.6, 0.22, 0.05, 0.04, 0.06, 0.03, 0.4, 0.3, 0.25, 0.25, 0.03, 0.2)


@dataclass(frozen=True, slots=True)
class Mention:
    """One record about somebody. `key`: of the life it is about; `kind`: how it stands to the workforce."""

    key: str
    kind: str
    fields: dict[str, str]


def mentions_of(chance: Chance, one: Life, kind: str, dirt: Dirt, on: date, number: int) -> Sequence[Mention]:
    """`number` records about `one`; the key is the person's whom they are, or are taken for."""
    key = one.key if kind in ("same", "association") else one.key.rsplit("-", 1)[0]
    return [Mention(key, kind, _fields(chance, one, dirt, on)) for _ in range(number)]


def _fields(chance: Chance, one: Life, dirt: Dirt, on: date) -> dict[str, str]:
    given, middle = one.given, one.middle if chance.often(dirt.middle) else ""
    forms = table("washing")["home_forms"].get(given, "").split()
    if forms and chance.often(dirt.home_form):
        given = chance.one(forms)
    elif one.middle and chance.often(0.03):
        given, middle = one.middle, ""
    if chance.often(dirt.initial):
        given, middle = given[:1], middle[:1]
    family = one.families[0]
    if len(one.families) > 1 and chance.often(dirt.former):
        family = chance.one(one.families[1:])
    given = typo(chance, given) if chance.often(dirt.typo) else given
    family = typo(chance, family) if chance.often(dirt.typo) else family
    if chance.often(dirt.crossed):
        given, family = family, given
    home = chance.one(one.homes)
    fields = {
        "family_name": family,
        "given_names": f"{given} {middle}".strip(),
        "birth_on": _birth(chance, one.born, dirt),
        "sex": one.sex[:1] if chance.often(0.93) else "",
        "birth_place": one.birth_place if chance.often(dirt.place) else "",
        "part": chance.of(PARTS),
        "category": chance.one(CATEGORIES),
        "recorded_on": (on - timedelta(days=chance.between(5, 5000))).isoformat(),
    }
    if not chance.often(dirt.no_address) and not chance.often(dirt.moved):
        short = table("washing")["short_ways"]
        address = home.address
        for long, brief in short.items():
            address = address.replace(long, brief) if chance.often(0.5) else address
        fields |= {"address": address, "town": home.town, "postcode": home.postcode if chance.often(0.8) else ""}
    numbers = [number for number in (*one.phones, one.landline) if number]
    if numbers and chance.often(dirt.phone):
        number = chance.one(numbers)
        fields["phone"] = f"+44 {number[1:5]} {number[5:]}" if chance.often(0.3) else number
    if chance.often(0.08):
        fields["email"] = one.email
    if chance.often(0.06):
        fields["vehicle"] = one.vehicle
    if chance.often(0.15):  # a source that keeps whole names in one cell
        fields["full_name"] = f"{fields['family_name'].upper()}, {fields.pop('given_names')}"
        del fields["family_name"]
    return fields


def _birth(chance: Chance, born: date, dirt: Dirt) -> str:
    if chance.often(dirt.no_birth):
        return ""
    if chance.often(dirt.year_only):
        return str(born.year)
    if chance.often(dirt.new_year):
        return f"{born.year}-01-01"
    if born.day <= 12 and chance.often(dirt.swapped * 2):
        return date(born.year, born.day, born.month).isoformat()
    if chance.often(dirt.wrong_digit):
        return date(born.year + chance.one((-1, 1, -10, 10)), born.month, min(born.day, 28)).isoformat()
    return born.strftime("%d/%m/%Y") if chance.often(0.4) else born.isoformat()


def typo(chance: Chance, word: str) -> str:
    """One letter left out, exchanged with the next, or mistaken."""
    if len(word) < 3:
        return word
    at = chance.between(1, len(word) - 2)
    match chance.between(1, 3):
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.one("aeiounrstl") + word[at + 1 :]
