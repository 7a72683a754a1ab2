"""What was decided about whom in some days: to be counted, and never shown."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peelian.decisions.facts import held_decisions, standing, takes_effect
from peelian.decisions.models import Decision
from peelian.matters.queries import parts_by_id
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class CountedDecision:
    """A decision that took effect, about one person. `stands`: none has taken its place. `in_period`: taken in it."""

    person_id: int = field(repr=False)
    matter_id: int = field(repr=False)
    step: str
    option: str
    stands: bool
    in_period: bool


def decided_counted(
    viewer: Viewer, steps: Collection[str], from_on: date, to_on: date, *, also: Collection[int] = ()
) -> tuple[CountedDecision, ...]:
    """What took effect at these steps before the end of the period, on matters that the viewer may see and on which one
    was taken in it, or whose key is in `also`. A decision on the whole matter counts for each officer concerned.

    For figures alone. Needs READ_DISPARITY.
    """
    must_hold(viewer, Permission.READ_DISPARITY)
    asked = Decision.objects.filter(step__in=list(steps), on__gte=from_on, on__lt=to_on)
    keys = sorted({*also, *asked.values_list("matter_id", flat=True)})
    found: list[CountedDecision] = []
    for start in range(0, len(keys), AT_ONCE):
        seen = parts_by_id(viewer, keys[start : start + AT_ONCE])
        for key, held in held_decisions(seen).items():
            people = {one.id: one.person_id for one in seen[key].people if one.part is Part.OFFICER_CONCERNED}
            taken = [one for one in held if one.step in steps and one.on < to_on and takes_effect(one)]
            last = {one.pk for one in standing(taken).values()}
            found += [
                CountedDecision(person_id, key, one.step, one.option, one.pk in last, one.on >= from_on)
                for one in taken
                for person_id in _about(one, people)
                if person_id
            ]
    return tuple(found)


def _about(one: Any, people: dict[int, int | None]) -> list[int | None]:
    return list(people.values()) if one.involvement_id is None else [people.get(one.involvement_id)]
