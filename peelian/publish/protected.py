"""Whom what leaves may not give away, and where a text does. PB-1 to PB-3 of `statute/access.toml`.

In: a matter as its reader sees it, and by what its people can be known (read by the system, compared with, never
shown). Out: the places in a text that name somebody who is protected. Names are compared as whole words with a
capital letter; addresses and numbers wherever they stand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peelian.matters.queries.parts import MatterParts, PersonPart
from peelian.matters.rows import MatterRow
from peelian.people.rows import Identity
from peelian.publish.rows import Naming
from peelian.publish.states import Ground
from peelian.publish.wording import Block
from peelian.statute import Register
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Part

MARKED = "Marked"
MARKED_LAW = "Local rule: whoever is marked is not named"
IN_PUBLIC = (Part.COMPLAINANT, Part.INTERESTED_PERSON, Part.WITNESS)
SHORTEST_NAME, SHORTEST_ADDRESS = 3, 5
AROUND = 40


@dataclass(frozen=True, slots=True)
class Protection:
    """One reason why one person on a matter may not be named."""

    involvement_id: int
    rule: str
    law: str
    why: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to look for, and why they may not stand. `anywhere`: also inside other words and in any case."""

    words: str
    rule: str
    law: str
    why: str
    anywhere: bool = False


def protections(
    law: Register,
    matter: MatterRow,
    people: Sequence[PersonPart],
    known: Mapping[int, Identity],
    marks: Mapping[int, tuple[Ground, str]],
    *,
    on: date,
    is_public: bool,
) -> tuple[Protection, ...]:
    """Everybody on a matter who may not be named, each reason once. `marks`: ground and reason by involvement."""
    found = []
    sexual, child = law.row("protected_identity", "PB-1"), law.row("protected_identity", "PB-2")
    about_a_sexual_offence = _is_about(matter, tuple(sexual["categories"]), frozenset(sexual["factors"]))
    for one in people:
        if about_a_sexual_offence and one.part is Part.COMPLAINANT:
            why = "A complainant of a sexual offence is never identified, for life."
            found.append(Protection(one.id, sexual.key, sexual.law, why))
        identity = known.get(one.person_id) if one.person_id else None
        born = identity.born if identity else None
        if born is not None and is_child(born, on, int(child["age"])):
            found.append(Protection(one.id, child.key, child.law, "A child is never named."))
        if is_public and one.part in IN_PUBLIC:
            why = f"In what is published no {one.part.words.lower()} is named."
            found.append(Protection(one.id, child.key, child.law, why))
        if one.id in marks:
            ground = marks[one.id][0]
            found.append(Protection(one.id, MARKED, MARKED_LAW, f"{ground.words}, so they are not named."))
    return tuple(found)


def is_child(born: KnownDate, on: date, age: int) -> bool:
    """Whether somebody is, or may be, younger than `age` on a day; a birth known to the year counts as its last day."""
    last = born.latest
    try:
        grown = last.replace(year=last.year + age)
    except ValueError:  # 29 February
        grown = date(last.year + age, 3, 1)
    return on < grown


def sought(
    held: Iterable[Protection],
    parts: MatterParts,
    known: Mapping[int, Identity],
    *,
    allowed: PersonPart | None,
) -> tuple[tuple[Sought, ...], tuple[str, ...]]:
    """The words by which the protected can be known, and the full names that may stand although a part of one is such
    a word (of people on the matter who are not protected, and of `allowed`, to whom the letter is)."""
    own = {one.id for one in parts.people if allowed and (one.id == allowed.id or _same(one, allowed))}
    by_id = {one.id: one for one in parts.people}
    reasons = [one for one in held if one.involvement_id not in own]
    hidden = {one.involvement_id for one in reasons}
    hidden_people = {by_id[key].person_id for key in hidden} - {None}
    shown = {one.person_id for one in parts.people if one.id not in hidden and one.person_id} - hidden_people
    open_names = [name for key in sorted(shown) if key in known for name in known[key].names]
    may_stand = {word for name in open_names for word in (name.family, *name.given.split())}
    found: dict[str, Sought] = {}
    for reason in reasons:
        one = by_id[reason.involvement_id]
        for words, anywhere in _words_of(one, known.get(one.person_id or 0), may_stand):
            found.setdefault(words, Sought(words, reason.rule, reason.law, reason.why, anywhere))
    return tuple(found.values()), tuple(sorted({name.words for name in open_names}, key=len, reverse=True))


def namings(blocks: Sequence[Block], looked_for: Iterable[Sought], may_stand: Iterable[str]) -> tuple[Naming, ...]:
    """Where a text gives somebody away, in its order; each word once a block."""
    found = []
    wanted = sorted(looked_for, key=lambda one: len(one.words), reverse=True)
    for number, block in enumerate(blocks, start=1):
        masked = block.text
        for name in may_stand:
            masked = re.sub(rf"\b{_spaced(name)}\b", lambda hit: "\x00" * len(hit[0]), masked, flags=re.IGNORECASE)
        for one in wanted:
            hit = _search(masked, one)
            if hit is None:
                continue
            start, end = hit
            around = block.text[max(0, start - AROUND) : end + AROUND].strip()
            found.append(Naming(one.rule, one.law, one.why, block.text[start:end], number, around))
            masked = masked[:start] + "\x00" * (end - start) + masked[end:]
    return tuple(found)


def _search(text: str, one: Sought) -> tuple[int, int] | None:
    pattern = _spaced(one.words)
    if one.anywhere:
        hit = re.search(pattern, text, re.IGNORECASE)
        return hit.span() if hit else None
    for hit in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
        if hit[0][:1].isupper():
            return hit.span()
    return None


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _words_of(one: PersonPart, identity: Identity | None, may_stand: set[str]) -> list[tuple[str, bool]]:
    if identity is None:
        return [(one.name, True)] if len(one.name) >= SHORTEST_ADDRESS else []
    found: list[tuple[str, bool]] = []
    for name in identity.names:
        found.append((name.words, False))
        found += [
            (word, False)
            for word in (name.family, *name.given.split())
            if len(word) >= SHORTEST_NAME and word not in may_stand
        ]
    found += [(value, True) for value in identity.reached_at if len(value) >= SHORTEST_ADDRESS]
    return found


def _same(one: PersonPart, other: PersonPart) -> bool:
    return one.person_id is not None and one.person_id == other.person_id


def _is_about(matter: MatterRow, categories: tuple[str, ...], factors: frozenset[str]) -> bool:
    return any(
        row.category.startswith(categories) or factors & {factor.code for factor in row.factors}
        for row in matter.allegations
    )
