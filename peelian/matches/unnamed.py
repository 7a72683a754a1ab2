"""Records without a name, put beside whoever of those who serve had the vehicle. LES-10; docs/adr/0226."""

from collections.abc import Sequence
from dataclasses import dataclass

from peelian.matches.read import day_of
from peelian.matches.rows import Found
from peelian.people import queries as people
from peelian.people.vehicles import KeeperRow
from peelian.rules import crime_records as rules
from peelian.statute import product
from peelian.terms.viewer import Viewer, system

WHAT = "vehicle marks and numbers"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """One record that names nobody. `marks`: letters and digits only. `keepers`: keys of the workforce's own file."""

    source: str
    record_id: str
    marks: tuple[str, ...]
    part: str
    category: str
    recorded_on: str
    resolved_on: str
    keepers: tuple[str, ...]


def by_vehicle(by: Viewer, records: Sequence[Unnamed]) -> list[Found]:
    """Pairs of these records with whoever had such a vehicle on the day of the record, to be taken in with a run.

    By the register, and by the file of the workforce. Where several had it, each is unsure. Somebody who bears no
    number cannot be told by a pair, and is left out.
    """
    row = product().table("vehicle_link")[0]
    everybody = system("matches", at=by.at, because="to find whose vehicle a record without a name tells of")
    held: dict[str, list[KeeperRow]] = {}
    for keeper in people.keepers(everybody, {mark for one in records for mark in one.marks}):
        held.setdefault(keeper.folded, []).append(keeper)
    found = []
    for one in records:
        keys = _keys(one, [keeper for mark in one.marks for keeper in held.get(mark, [])])
        sexual = rules.sexual(product(), one.category)
        for key in keys:
            several = len(keys) > 1
            found.append(
                Found(
                    person_id=key,
                    source=one.source,
                    record_id=one.record_id,
                    weight=float(row["weight"]),
                    band=str(row["grade_of_several"] if several else row["grade"]),
                    unsure=str(row["unsure"]) if several else "",
                    words_for=(str(row["words"]),),
                    part=one.part,
                    category=one.category,
                    recorded_on=one.recorded_on,
                    resolved_on=one.resolved_on,
                    serious=sexual is not None,
                    same_day=sexual is not None and not one.resolved_on,
                    sides=((WHAT, "; ".join(one.marks), "; ".join(one.marks)),),
                )
            )
    return found


def _keys(one: Unnamed, keepers: Sequence[KeeperRow]) -> list[str]:
    """Whoever had the vehicle on the day, each once: by the workforce's key where the file knows them too."""
    keys = list(one.keepers)
    for keeper in keepers:
        if keeper.had_it_on(day_of(one.recorded_on)) and keeper.numbers and not set(keeper.numbers) & set(keys):
            keys.append(keeper.numbers[0])
    return sorted(set(keys))
