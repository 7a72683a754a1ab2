"""What people held before vetting moved to Peelian: the export of the older system, granted there one by one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from peelian.demo.chance import Chance
from peelian.demo.extracts import written
from peelian.demo.stage import Stage
from peelian.demo.tables import table
from peelian.demo.workforce import Servant
from peelian.rules.limits import add_months
from peelian.terms.people import PersonKind

CLEARANCES = (
    *("Staff Number", "Level", "Granted On", "Expires On", "Granting Force", "Last Annual Review", "Contractor"),
)
MONTHS = {"NPPV1": 12, "NPPV2F": 36, "NPPV3": 60, "RV": 120, "MV": 84, "BPSS": 0}
DESIGNATED = ("Professional Standards", "Unit", "Chief Officers", "Specialist Crime", "Armed Policing", "Digital")
ON_EACH = ("Public Protection", "Custody", "Armed Policing", "Specialist Crime", "Response")
RAN_OUT, UNREADABLE = 0.028, 0.008  # of those who serve
LONGEST = 640  # days since the oldest clearance ran out
NOT_REVIEWED = 0.02  # hold clearance and had no annual review for longer than a year
FROM_ELSEWHERE = 0.06
OLD_WORD = "Recruit vetting (1998 scheme)"


@dataclass(slots=True)
class Before:
    """Of whom the file says something of its own. `ends`: the last day it gives; `without`: not in it."""

    ends: dict[str, date] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)


def clearance_rows(stage: Stage, day: date, before: Before) -> Iterator[tuple[str, ...]]:
    """One row for each clearance held on `day`: most in force, a handful run out, a few that cannot be read."""
    chance, others = Chance(stage.seed, "cleared"), table("force")["force"]["others"]
    serving = [one for one in stage.workforce.everyone if one.slot is not None and one.left is None]
    able = [one for one in serving if one.key not in before.without | set(before.ends)]
    ran_out = _ran_out(chance, able, day, round(RAN_OUT * len(serving)))
    rest = [one for one in able if one.key not in ran_out and one.slot and not one.slot.sign_in]
    police = [one for one in rest if one.kind is PersonKind.OFFICER]
    unreadable = {one.key for one in chance.some(police, max(2, round(UNREADABLE * len(serving))))}
    lower = next((one.key for one in rest[::-1] if one.kind is PersonKind.STAFF), "")
    for one in serving:
        if one.key in before.without:
            continue
        level = "BPSS" if one.key == lower else _level(chance, one)
        granted = _granted(chance, one, level, day)
        if one.key in before.ends:
            granted = max(one.joined, add_months(before.ends[one.key], -MONTHS[level]))
        if one.key in ran_out:
            granted = add_months(day - timedelta(days=ran_out[one.key]), -MONTHS[level])
        until = before.ends.get(one.key) or (add_months(granted, MONTHS[level]) if MONTHS[level] else day)
        yield (
            one.warrant or one.key,
            OLD_WORD if one.key in unreadable else level,
            written(granted),
            written(before.ends.get(one.key)),
            chance.one(others) if chance.often(FROM_ELSEWHERE) else stage.workforce.structure.force,
            written(_reviewed(chance, granted, min(day, until))),
            "Yes" if one.kind is PersonKind.CONTRACTOR else "No",
        )


def _level(chance: Chance, one: Servant) -> str:
    if one.kind is PersonKind.VOLUNTEER:
        return chance.one(("NPPV1", "NPPV2F"))
    if one.kind is PersonKind.CONTRACTOR:
        return "NPPV3"
    unit = one.slot.unit if one.slot else ""
    senior = bool(one.ranks) and one.ranks[-1][1] in ("Superintendent", "Chief Superintendent", "Commander")
    return "MV" if senior or any(word in unit for word in DESIGNATED) else "RV"


def _granted(chance: Chance, one: Servant, level: str, day: date) -> date:
    """When what is held was granted: on joining, and again shortly before each time it would have run out."""
    granted = one.joined - timedelta(days=chance.between(20, 80))
    if not MONTHS[level]:
        return granted
    while True:
        again = add_months(granted, MONTHS[level]) - timedelta(days=chance.between(5, 60))
        if again >= day:
            return granted
        granted = again


def _ran_out(chance: Chance, able: Collection[Servant], day: date, number: int) -> dict[str, int]:
    """Who holds one that ran out, and how many days before; somebody on each kind of sensitive work among them."""
    long = [one for one in able if one.slot and not one.slot.sign_in and one.joined < add_months(day, -150)]
    mixed = chance.shuffled([one for one in long if one.kind is not PersonKind.VOLUNTEER])
    first = [next((one for one in mixed if one.slot and word in one.slot.unit), None) for word in ON_EACH]
    chosen = list(dict.fromkeys(one for one in (*first, *mixed) if one is not None))[: max(3, number)]
    return {one.key: chance.between(3, LONGEST if place % 3 == 0 else 90) for place, one in enumerate(chosen)}


def _reviewed(chance: Chance, granted: date, day: date) -> date | None:
    """The last annual review before `day`; none in the first year."""
    ago = chance.between(366, 430) if chance.often(NOT_REVIEWED) else chance.between(2, 335)
    reviewed = day - timedelta(days=ago)
    return reviewed if reviewed > add_months(granted, 6) else None
