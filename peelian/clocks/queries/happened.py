"""What happened on a matter, and what may be recorded as having happened."""

from datetime import date
from typing import Any

from peelian import statute
from peelian.clocks.facts import standing_events
from peelian.clocks.models import Event
from peelian.clocks.recordable import NOT_BY_HAND, fits, follows_a_decision
from peelian.clocks.rows import EventRow, RecordableEvent
from peelian.intake.queries import published
from peelian.matters.queries import MatterParts, parts
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names

LEFT = "person_left_force"


def events(viewer: Viewer, matter_ref: str | MatterParts) -> tuple[EventRow, ...]:
    """Every event of a matter by day, those that were corrected or withdrawn too. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    held = Event.objects.filter(published(), matter_id=matter.id).order_by("on", "recorded_at", "pk")
    rows = list(held)
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    names = actor_names({row.recorded_by for row in rows})
    people = {one.id: one.name for one in matter.people}
    return tuple(_row(row, people, names, row.pk in corrected) for row in rows)


def leavers(viewer: Viewer, matter_ref: str | MatterParts) -> dict[str, date]:
    """Who left the force, by person key, as this matter has it: the last that the day can be. Raises NotFound.

    The register may not say so yet; it is kept by others than those who work on the matter.
    """
    matter = parts(viewer, matter_ref)
    keys = {one.id: one.key for one in matter.people}
    return {
        keys[one.involvement_id]: KnownDate(one.on, Precision(one.precision)).latest
        for one in standing_events([matter.id]).get(matter.id, ())
        if one.key == LEFT and one.involvement_id in keys
    }


def may_record(viewer: Viewer, matter_ref: str) -> tuple[RecordableEvent, ...]:
    """The events that may be recorded on this kind of matter, in the order of the table. Raises NotFound.

    What only a decision records is left out: it is taken in casework, under the joint view.
    """
    matter = parts(viewer, matter_ref)
    people = tuple(dict.fromkeys((one.key, f"{one.name} ({one.part.words.lower()})") for one in matter.people))
    return tuple(
        RecordableEvent(
            key=row.key,
            title=row.words,
            each_person=row.needs_person,
            has_time=row.needs_moment,
            people=people,
            may_be_ahead=row.may_be_ahead,
            law=row.law,
        )
        for row in statute.events()
        if row.key not in NOT_BY_HAND | follows_a_decision() and fits(row, matter.kind)
    )


def _row(row: Any, people: dict[int, str], names: dict[str, str], corrected: bool) -> EventRow:
    known = statute.product().events.get(row.key)
    return EventRow(
        ref=row.ref,
        key=row.key,
        title=known.words if known else row.key,
        on=KnownDate(row.on, Precision(row.precision)),
        at=row.at,
        person=people.get(row.involvement_id, ""),
        note=row.note,
        recorded_at=row.recorded_at,
        recorded_by=names.get(row.recorded_by, ""),
        agreed_on=row.agreed_on,
        agreed_words=row.agreed_words,
        corrected=corrected,
        withdrawn=row.withdrawn,
    )
