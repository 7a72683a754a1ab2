"""From stored events to the frozen facts that the rules take."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from peelian.clocks.models import Event
from peelian.intake.queries import published
from peelian.matters.queries import MatterParts
from peelian.rules.facts import EventFact, MatterFacts, PersonOwed
from peelian.terms.known_dates import KnownDate, Precision

AT_ONCE = 500
FURTHER = "further_matter"


class Standing(NamedTuple):
    """What the rules and the pages ask of a stored event. Plain values: a page reads some hundreds of them."""

    matter_id: int
    key: str
    on: date
    precision: str
    at: datetime | None
    involvement_id: int | None
    clock: str
    agreed_on: date | None
    agreed_words: str


def standing_events(matter_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """The events of each matter that stand (not corrected, not withdrawn), in the order they were recorded."""
    wanted = sorted(set(matter_ids))
    found: dict[int, list[Standing]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Event.objects.filter(
            published(), matter_id__in=wanted[start : start + AT_ONCE], withdrawn=False, corrected_by__isnull=True
        )
        for row in rows.order_by("recorded_at", "pk").values_list(*Standing._fields):
            found.setdefault(row[0], []).append(Standing._make(row))
    return found


def matter_facts(matter: MatterParts, events: Sequence[Standing], further_on: date | None = None) -> MatterFacts:
    """The facts of one matter. `further_on`: the day it was recorded though an earlier one is about the same person, as
    far as whoever asks may see; nobody records that.

    A matter from an outside file without a single recorded act gives no day to count from. A day known only to the
    month or the year counts as the last it can be when a matter closed.
    """
    keys = {one.id: one.key for one in matter.people}
    counts = bool(events) or not matter.has_load
    further = (EventFact(FURTHER, KnownDate(further_on)),) if further_on and counts else ()
    return MatterFacts(
        kind=matter.kind,
        came_to_attention=matter.came_to_attention if counts else None,
        closed_on=_last_day(matter.closed),
        events=(*further, *(_fact(event, keys) for event in events)),
        people_owed=tuple(dict.fromkeys(PersonOwed(one.key, one.part, one.kind) for one in matter.people)),
    )


def _fact(event: Standing, keys: dict[int, str]) -> EventFact:
    return EventFact(
        key=event.key,
        on=KnownDate(event.on, Precision(event.precision)),
        at=event.at,
        person_key=keys.get(event.involvement_id, "") if event.involvement_id else "",
        clock_id=event.clock,
        until=event.agreed_on,
        who=event.agreed_words,
    )


def _last_day(known: KnownDate | None) -> date | None:
    return known.latest if known else None
