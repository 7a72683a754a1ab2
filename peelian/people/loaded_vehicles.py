"""Vehicles as outside files state them: by mark, one row a mark, none twice; what a later file leaves out ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from peelian.intake.loading import Loading
from peelian.people.models import Vehicle
from peelian.people.names import folded_identifier

SOURCE = "the file of the workforce"
AT_ONCE = 900  # keys in one question; SQLite takes 999 parameters


def held_marks(person_ids: Sequence[int]) -> set[tuple[int, str]]:
    """Person and folded mark of every vehicle that these people have now, so that a row which repeats one adds none."""
    found: set[tuple[int, str]] = set()
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), AT_ONCE):
        held = Vehicle.objects.filter(person_id__in=wanted[start : start + AT_ONCE], to_on__isnull=True)
        found.update(held.values_list("person_id", "folded"))
    return found


def rows_of(person_id: int, marks: Sequence[str], held: set[tuple[int, str]]) -> list[tuple[Any, ...]]:
    """Rows to enter: the person, no first day (a file states none), the mark, the mark folded, who says so."""
    rows = []
    for mark in marks:
        folded = folded_identifier(mark)[:20]
        if folded and (person_id, folded) not in held:
            held.add((person_id, folded))
            rows.append((person_id, None, mark[:20], folded, SOURCE))
    return rows


def end_unstated(loading: Loading, stated: Mapping[int, Sequence[str]]) -> None:
    """A vehicle that an earlier load gave ends on the day of the load that no longer states it, but states others."""
    wanted = sorted(key for key, marks in stated.items() if marks)
    for start in range(0, len(wanted), AT_ONCE):
        held = Vehicle.objects.filter(person_id__in=wanted[start : start + AT_ONCE], to_on__isnull=True)
        earlier = held.filter(load__isnull=False).exclude(load_id=loading.load_id)
        ending = [
            row for row in earlier if row.folded not in {folded_identifier(one)[:20] for one in stated[row.person_id]}
        ]
        for row in ending:
            row.to_on = max(loading.on, row.from_on) if row.from_on else loading.on
        Vehicle.objects.bulk_update(ending, ["to_on"], batch_size=200)
