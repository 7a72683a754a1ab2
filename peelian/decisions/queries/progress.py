"""How long open matters have been open, why they still are, and what comes next (LES-15)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peelian.clocks.facts import matter_facts, standing_events
from peelian.clocks.law import law
from peelian.clocks.recordable import OPENING
from peelian.decisions import facts
from peelian.decisions.rows import Progress, Reported
from peelian.matters.queries import MatterParts, parts, parts_by_id
from peelian.rules.age import StillOpen, age, still_open
from peelian.statute import Register
from peelian.terms.matters import MatterState
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names

REPORT = ("timeliness_report", None)


def progress(viewer: Viewer, matter_ref: str | MatterParts) -> Progress | None:
    """Of one matter; None for one that is not open, or does not say. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    return _of(viewer, [matter]).get(matter.id)


def progress_of(viewer: Viewer, matter_ids: Iterable[int]) -> dict[int, Progress]:
    """Of those of the matters that the viewer may see and that are open, by key. A fixed number of statements for some
    hundreds; none for no matter."""
    wanted = list(matter_ids)
    return _of(viewer, list(parts_by_id(viewer, wanted).values())) if wanted else {}


def _of(viewer: Viewer, matters: Sequence[MatterParts]) -> dict[int, Progress]:
    matters = [one for one in matters if one.state is MatterState.OPEN]
    held = facts.held_decisions(one.id for one in matters)
    events, rows = standing_events(one.id for one in matters), law()
    cases = facts.cases(viewer, matters, held, events)
    reports = {key: found for key, of_one in held.items() if (found := facts.standing(of_one).get(REPORT))}
    names = actor_names({one.recorded_by for one in reports.values()}) if reports else {}
    open_now = {
        one.id: still_open(rows, cases[one.id], {(row.key, row.person_key) for row in found if row.key not in OPENING})
        for one in matters
        for found in (matter_facts(one, events.get(one.id, [])).events,)
    }
    return {one.id: _row(viewer, one, open_now[one.id], reports.get(one.id), names, rows) for one in matters}


def _row(
    viewer: Viewer, matter: MatterParts, open_now: StillOpen, report: Any, names: Mapping[str, str], rows: Register
) -> Progress:
    came = matter.came_to_attention
    said = Reported(report.reasons, report.on, names.get(report.recorded_by, "Peelian")) if report else None
    return Progress(
        age=age(rows, came, viewer.today) if came else None,
        at_most=bool(came and not came.is_exact),
        why=open_now.why,
        following=open_now.following,
        reported=said,
    )
