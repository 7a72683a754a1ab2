"""To whom material may be given, on what law, and on which grounds something is kept back. SI 2020/4 reg 6.

Audiences, grounds and what a second person reads are rows of the tables (`disclosure.toml`). Nothing here decides: a
person says what is given, what is kept back and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.statute import Register, Row
from peelian.terms.matters import Part


class UnknownAudience(KeyError):
    """No audience has this key on that day."""


class UnknownGround(KeyError):
    """No ground has this key on that day."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Those to whom a pack may go, as `disclosure_audience` says. `parts`: whose holders on a matter it may go to."""

    key: str
    words: str
    parts: tuple[Part, ...]
    body: str
    gives: str
    used: bool
    unused: bool
    sensitive: bool
    harm_test: bool
    protects: bool
    lists_withheld: bool
    law: str
    unverified: bool

    def gets(self, *, used: bool, sensitive: bool) -> bool:
        """Whether a new pack holds such an item unless somebody takes it out."""
        return (self.used if used else self.unused) and (self.sensitive or not sensitive)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for keeping something back. `label` stands on the box; `is_harm`: it is one of the harm test."""

    key: str
    label: str
    words: str
    audiences: tuple[str, ...]
    is_harm: bool
    law: str
    unverified: bool


def audiences(law: Register, on: date) -> tuple[Audience, ...]:
    """Everybody to whom a pack may go on that day, in the order of the table."""
    return tuple(_audience(row) for row in law.table("disclosure_audience", on=on))


def audience(law: Register, key: str, on: date) -> Audience:
    """One of them. Raises UnknownAudience."""
    for one in audiences(law, on):
        if one.key == key:
            return one
    raise UnknownAudience(key)


def grounds(law: Register, on: date, *, audience: str = "") -> tuple[Ground, ...]:
    """The grounds that stand on that day, in the order of the table; with `audience`, those against that one."""
    found = (_ground(law, row) for row in law.table("disclosure_ground", on=on))
    return tuple(one for one in found if not audience or audience in one.audiences)


def ground(law: Register, key: str, on: date) -> Ground:
    """One of them. Raises UnknownGround."""
    for one in grounds(law, on):
        if one.key == key:
            return one
    raise UnknownGround(key)


def harm_grounds(law: Register, on: date) -> tuple[Ground, ...]:
    """The grounds of the harm test against whom the case is about; clearance is withdrawn on the same ones.

    SI 2020/4 reg 6. The text of SI 2025/502 reg 8 was not read: that its grounds are these is unverified.
    """
    return tuple(one for one in grounds(law, on, audience="officer_concerned") if one.is_harm)


@implements("SI 2020/4 reg 6; SI 2020/2 reg 35")
def may_keep_back(law: Register, to: str, keys: Iterable[str], on: date) -> Answer[bool]:
    """Whether something may be kept back from an audience on these grounds: at least one, and each against them.

    Raises UnknownAudience, UnknownGround.
    """
    recipient, named = audience(law, to, on), [ground(law, key, on) for key in keys]
    cited = "; ".join(dict.fromkeys(one.law for one in named)) or recipient.law
    unverified = recipient.unverified or any(one.unverified for one in named)
    if not named:
        return Answer(False, cited, ("Nothing is kept back without a ground.",), unverified)
    against = [one for one in named if to in one.audiences]
    if not against:
        why = f"Not a ground against this recipient ({recipient.words}): {', '.join(one.label for one in named)}."
        return Answer(False, cited, (why,), unverified)
    return Answer(True, cited, tuple(f"{one.label}: {one.words}" for one in against), unverified)


@implements("SI 2020/4 reg 6")
def review_on(law: Register, keys: Iterable[str], decided_on: date) -> Answer[date | None]:
    """The day by which what the harm test keeps back is looked at again; None where no ground of it is named.

    Raises UnknownGround.
    """
    row = law.row("disclosure_rule", "harm_review")
    if not any(ground(law, key, decided_on).is_harm for key in keys):
        return Answer(None, row.law, ("No ground of the harm test is named.",), row.unverified)
    value = decided_on + timedelta(days=int(row["days"]))
    because = f"Decided on {day_words(decided_on)}; it is looked at again {row['days']} days later."
    return Answer(value, row.law, (because,), row.unverified)


def needs_second_person(law: Register, decision: str) -> str:
    """The law or rule by which a second person confirms a decision on an item; empty where none does."""
    row = law.row("disclosure_rule", "second_person")
    return f"Local rule: {row['rule']}" if decision in row["decisions"] else ""


def _audience(row: Row) -> Audience:
    return Audience(
        key=row.key,
        words=row.title,
        parts=tuple(Part(one) for one in row["parts"]),
        body=str(row["body"]),
        gives=str(row["gives"]),
        used=bool(row["used"]),
        unused=bool(row["unused"]),
        sensitive=bool(row["sensitive"]),
        harm_test=bool(row["harm_test"]),
        protects=bool(row["protects"]),
        lists_withheld=bool(row["lists_withheld"]),
        law=row.law,
        unverified=row.unverified,
    )


def _ground(law: Register, row: Row) -> Ground:
    harm = str(row.get("harm", ""))
    words = law.row("harm_ground", harm)["text"] if harm else row["text"]
    return Ground(
        key=row.key,
        label=str(row["label"]),
        words=str(words),
        audiences=tuple(row["audiences"]),
        is_harm=bool(harm),
        law=row.law,
        unverified=row.unverified,
    )
