"""Who may sit in proceedings against whom, and when a panel is whole.

In: rows of `statute/panels.toml`, facts of the officer concerned and of whoever is to sit. Out: refusals with their
law. A seat is asked of the edition of the law that governs the proceedings; somebody qualifies for it by rank and
service, which the register holds, or by what is stated of them with how it is known.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peelian.rules.limits import add_months
from peelian.rules.registered import implements
from peelian.statute import Register, Row
from peelian.terms.people import PersonKind
from peelian.terms.refusals import Refusal

SENIOR = "Chief Superintendent"  # a senior officer holds a rank above it: SI 2020/4 reg 2(1)
CI_6 = "SI 2020/4; PRA Sch 3 (CI-6)"


class Standing(StrEnum):
    """What the officer concerned is, as seats are asked by it."""

    OFFICER = "officer"
    SPECIAL_CONSTABLE = "special_constable"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """The officer concerned on the day. `rank`: held, or last held by a former officer; empty where it is not known."""

    kind: PersonKind | None
    rank: str

    def standing(self, law: Register) -> Standing:
        if self.kind is PersonKind.SPECIAL_CONSTABLE:
            return Standing.SPECIAL_CONSTABLE
        level, highest = level_of(law, self.rank), level_of(law, SENIOR)
        return Standing.SENIOR if level is not None and level > (highest or 0) else Standing.OFFICER


@dataclass(frozen=True, slots=True)
class Sitter:
    """Whoever is to sit. `kind`: None for somebody who is not in the register. `rank`: held, or last held."""

    kind: PersonKind | None
    rank: str = ""
    left_on: date | None = None


def level_of(law: Register, rank: str) -> int | None:
    """Where a rank stands; None for words that are no rank of the table."""
    return next((int(row.get("level", 0)) for row in law.table("rank") if row.key == rank), None)


def seats(law: Register, forum: str, edition: str, standing: Standing) -> tuple[Row, ...]:
    """The seats of a forum under an edition of the scheme, for an officer of this standing; none where none is held."""
    return tuple(
        row
        for row in law.table("panel_seat")
        if row.get("forum") == forum
        and (not row.get("editions") or edition in row.get("editions", ()))
        and (not row.get("officers") or standing in row.get("officers", ()))
    )


@implements("SI 2020/4 reg 28; SI 2020/4 reg 55; SI 2024/521 reg 3")
def may_sit(
    law: Register, seat: Row, qualification: str, sitter: Sitter, officer: OfficerFacts, on: date
) -> Refusal | None:
    """Why somebody may not take a seat by this qualification on a day; None where they may."""
    if qualification not in seat.get("by", ()):
        return Refusal(f"Nobody sits as “{seat.title}” in that way. Choose one of those the law names.", seat.law)
    row = law.row("panel_qualification", qualification)
    return _wrong_service(row, sitter, on) or _wrong_rank(law, row, sitter, officer)


@implements("SI 2020/4 reg 28; SI 2020/4 reg 55")
def incomplete(asked: Iterable[Row], filled: Mapping[str, int], forum: Row) -> tuple[Refusal, ...]:
    """What a panel lacks or has too many of. `filled`: how many sit on each seat, by its key."""
    asked = tuple(asked)
    if not asked:
        reason = f"The tables hold no seats for “{forum.title}” against an officer of this standing under this edition."
        return (Refusal(f"{reason} Nobody can be held eligible.", forum.law),)
    found = []
    for row in asked:
        sits, least, most = filled.get(row.key, 0), int(row.get("least", 0)), int(row.get("most", 0))
        if sits < least:
            found.append(Refusal(f"{row.title}: {_wanted(least)} wanted, {sits or 'none'} named.", row.law))
        elif sits > most:
            found.append(Refusal(f"{row.title}: {sits} named, and at most {most} may sit.", row.law))
    stray = [key for key, sits in filled.items() if sits and key not in {row.key for row in asked}]
    if stray:
        reason = "Somebody sits on a seat that the edition governing these proceedings does not have."
        found.append(Refusal(reason, forum.law))
    return tuple(found)


def took_part(forum: Row, taken: Mapping[str, Collection[str]], actor: str) -> Refusal | None:
    """Why a user may sit on no seat: they took a step that the panel must be independent of. `taken`: by step."""
    for step in forum.get("independent_of", ()):
        if actor in taken.get(step, ()):
            reason = (
                "Took part in the investigation or decided that it goes to proceedings, so does not sit on the panel."
            )
            return Refusal(reason, CI_6)
    return None


def _wrong_service(row: Row, sitter: Sitter, on: date) -> Refusal | None:
    years = row.get("left_within_years")
    if row.get("outside") and sitter.kind is not None and sitter.kind.serves:
        return Refusal(f"{row.title}: serves in this force, so cannot sit in that way.", row.law)
    kinds = row.get("kinds", ())
    if kinds and sitter.kind is None:
        return Refusal(
            f"{row.title}: choose them from the register, where their service can be held against it.", row.law
        )
    if kinds and sitter.kind not in kinds:
        return Refusal(f"{row.title}: the register holds them as {_kind(sitter)}.", row.law)
    if years is None and kinds and sitter.left_on is not None and sitter.left_on <= on:
        return Refusal(f"{row.title}: the register says that they have left.", row.law)
    if years is not None and (sitter.left_on is None or sitter.left_on > on):
        return Refusal(f"{row.title}: the register does not say that they have left.", row.law)
    if years is not None and sitter.left_on and add_months(sitter.left_on, 12 * int(years)) < on:
        return Refusal(f"{row.title}: they left more than {years} years ago.", row.law)
    return None


def _wrong_rank(law: Register, row: Row, sitter: Sitter, officer: OfficerFacts) -> Refusal | None:
    least, above = row.get("rank_at_least", ""), row.get("ranks_above")
    if not least and above is None:
        return None
    level = level_of(law, sitter.rank)
    if level is None:
        return Refusal(f"{row.title}: the register holds no rank of theirs on this day.", row.law)
    if least and level < (level_of(law, least) or 0):
        return Refusal(f"{row.title}: the rank of {sitter.rank.lower()} is not enough.", row.law)
    if above is not None:
        theirs = level_of(law, officer.rank)
        if theirs is None:
            reason = f"{row.title}: the register holds no rank of the officer concerned. Record it first."
            return Refusal(reason, row.law)
        if level < theirs + int(above):
            reason = f"{row.title}: {sitter.rank.lower()} does not stand above {officer.rank.lower()}."
            return Refusal(reason, row.law)
    return None


def _kind(sitter: Sitter) -> str:
    return sitter.kind.words.lower() if sitter.kind else "nobody"


def _wanted(least: int) -> str:
    return {1: "one is", 2: "two are", 3: "three are"}.get(least, f"{least} are")
