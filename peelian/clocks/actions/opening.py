"""Opening a matter with the facts that start its clocks, and closing it when nothing stands in the way."""

from datetime import date

from django.db import transaction

from peelian.clocks.actions.events import write
from peelian.clocks.queries.duties import blocking
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.matters.rows import Recording
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

COMPLAINTS = (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3)
CONDUCT = (MatterKind.CONDUCT_MATTER, MatterKind.RECORDABLE_CONDUCT_MATTER)


@transaction.atomic
def open_matter(*, by: Viewer, recording: Recording, handling_started_on: date | None = None, on: date) -> str:
    """Record a matter and the dated facts that recording it makes; returns its reference.

    `handling_started_on`: from when the four weeks to the first update run; None for the day it is recorded. SI 2020/2
    reg 34(2). Raises as `matters.actions.record_matter`.
    """
    started = handling_started_on or on
    not_ahead(by, started, field="handling_started_on")
    if started < recording.came_to_attention.earliest:
        raise NotValid("handling_started_on", "Handling starts on or after the day it came to attention.")
    ref = matters.record_matter(by=by, recording=recording, on=on)
    matter = parts(by, ref)
    facts: list[tuple[str, KnownDate]] = []
    if recording.kind in COMPLAINTS:
        facts.append(("complaint_received", recording.came_to_attention))
    if recording.kind is MatterKind.COMPLAINT_UNDER_SCHEDULE_3:
        facts.append(("complaint_recorded", KnownDate(on)))
    if recording.kind in CONDUCT:
        facts.append(("assessment_reached_assessor", KnownDate(on)))
    facts.append(("handling_started", KnownDate(started)))
    for key, day in facts:
        write(by, matter, key=key, on=day)
    return ref


@transaction.atomic
def close_matter(*, by: Viewer, matter_ref: str, version: int, on: date, reasons: str) -> None:
    """Close a matter on `on`. Needs RECORD_EVENT.

    Raises NotAllowed while something is owed without which the law's table says it cannot close (CMP-05: everyone is
    told the outcome), naming what; and as `matters.actions.mark_closed`.
    """
    must_hold(by, Permission.RECORD_EVENT)
    owed = blocking(by, matter_ref, on)
    if owed:
        names = "; ".join(f"{row.clock} {row.name}{f' ({row.person})' if row.person else ''}" for row in owed)
        law = "; ".join(dict.fromkeys(row.provision for row in owed))
        raise NotAllowed(Refusal(f"This matter cannot close while this is owed: {names}.", law))
    matters.mark_closed(by=by, matter_ref=matter_ref, version=version, on=on, reasons=reasons)
