"""Members of the public: complainants and bereaved families, how to reach them safely, and what they need."""

from dataclasses import dataclass
from datetime import date

from peelian.demo.chance import Chance
from peelian.demo.naming import Identity, birth, identity
from peelian.demo.stories import words
from peelian.people import actions as people
from peelian.people import queries as known
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer

SAFETY, NEED = 0.12, 0.14


@dataclass(slots=True)
class Public:
    """Somebody outside the force. `ref` is empty until they are taken into the record."""

    who: Identity
    channel: str
    value: str
    safety: str
    need: str
    ref: str = ""
    reached: bool = False

    @property
    def from_words(self) -> str:
        return f"{self.who.given.split()[0]} {self.who.family}, {self.value}"

    def register(self, by: Viewer, on: date) -> None:
        """Take them into the record, unless they are in it from an earlier matter that `by` may see."""
        if self.ref and self.ref in known.ids(by, [self.ref]):
            return
        self.reached = False
        self.ref = people.register_person(
            by=by,
            kind=PersonKind.PUBLIC,
            family=self.who.family,
            given=self.who.given,
            born=KnownDate(self.who.born),
            sex=self.who.sex,
            ethnicity=self.who.ethnicity,
            on=on,
        )

    def reach(self, by: Viewer, on: date) -> None:
        """Say how to reach them and what they need, once a record is there through which they are known."""
        if self.reached:
            return
        self.reached = True
        people.add_contact(
            by=by,
            person_ref=self.ref,
            channel=self.channel,
            value=self.value,
            preferred=True,
            safety=self.safety,
            on=on,
        )
        if self.need:
            people.add_need(by=by, person_ref=self.ref, words=self.need, on=on)


def public(chance: Chance, day: date) -> Public:
    """Somebody who complains. Addresses and numbers are of the ranges kept for invented people."""
    who = identity(chance, born=birth(chance, day, 18, 80), among="public", female=0.49)
    channel = chance.of({"email": 48, "telephone": 30, "text message": 12, "post": 10})
    if channel == "email":
        letters = "".join(letter for letter in f"{who.given.split()[0]}.{who.family}".lower() if letter.isascii())
        value = f"{letters.replace(chr(39), '')}{chance.between(1, 99)}@example.com"
    elif channel == "post":
        value = f"Flat {chance.between(1, 40)}, {chance.between(1, 180)} Lantern House"
    else:
        value = f"07700 900{chance.between(100, 999)}"  # Ofcom keeps 07700 900000 to 900999 for drama
    return Public(
        who=who,
        channel=channel,
        value=value,
        safety=words(chance, "safety", "words") if chance.often(SAFETY) else "",
        need=words(chance, "needs", "words") if chance.often(NEED) else "",
    )
