"""The joint view: all that the viewer may see of each person concerned, live and closed, every force, unproven too."""

from typing import Any

from peelian.decisions import facts
from peelian.decisions.queries.lines import option_named, step_named
from peelian.decisions.rows import Joint, JointViewRow, KnownOfPerson
from peelian.matches import queries as matches
from peelian.matches.attached import RecordRow
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.matters.rows import MatterLine
from peelian.terms.matters import Part
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names


def joint(viewer: Viewer, matter_ref: str) -> Joint:
    """The joint view of a matter for this viewer. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    lines = facts.lines_of(viewer, matter)
    known = known_of(viewer, matter)
    records = matches.records_of(viewer, known)
    held = facts.held_decisions({line.id for found in known.values() for line in found})
    here = set(matters.lines_by_id(viewer, [matter.id])[matter.id].categories)
    views = facts.joint_views(matter.id)
    names = actor_names({one.recorded_by for one in views})
    current = current_view(viewer, matter, refs_of(viewer, known, records), views)
    return Joint(
        ref=matter.ref,
        heading=matter.heading or matter.kind.words,
        people=tuple(
            KnownOfPerson(
                person=lines[person_id],
                matters=found,
                outcomes={line.ref: _outcomes(held.get(line.id, [])) for line in found},
                shares={line.ref: tuple(sorted(here & set(line.categories))) for line in found},
                records=records.get(person_id, ()),
            )
            for person_id, found in known.items()
        ),
        unknown=tuple(
            one.name for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id is None
        ),
        last=_row(current, names) if current else None,
        older=tuple(_row(one, names) for one in reversed(views) if one is not current),
    )


def covers(viewer: Viewer, matter: MatterParts) -> bool:
    """Whether the viewer's last joint view of this matter covers all that they may see of its people today."""
    views = facts.joint_views(matter.id)
    mine = any(one.user_id == viewer.user_id for one in views)
    return mine and current_view(viewer, matter, refs_of(viewer, known_of(viewer, matter)), views) is not None


def read_together(viewer: Viewer, matter: MatterParts) -> bool:
    """Whether somebody's joint view of this matter holds all that the viewer may see of its people today."""
    known = refs_of(viewer, known_of(viewer, matter))
    officers = set(facts.officers_of(matter))
    return any(officers <= set(one.officers) and known <= set(one.shown) for one in facts.joint_views(matter.id))


def current_view(viewer: Viewer, matter: MatterParts, known: set[str], views: list[Any]) -> Any | None:
    """The viewer's last joint view, if nothing that they may see has come since; None otherwise. `known`: `refs_of`."""
    mine = [one for one in views if one.user_id == viewer.user_id]
    if not mine:
        return None
    last = mine[-1]
    same = last.officers == sorted(facts.officers_of(matter)) and known <= set(last.shown)
    return last if same else None


def refs_of(
    viewer: Viewer,
    known: dict[int, tuple[MatterLine, ...]],
    records: dict[int, tuple[RecordRow, ...]] | None = None,
) -> set[str]:
    """References of all that the joint view shows: matters, and records of crimes and incidents (LES-03)."""
    records = matches.records_of(viewer, known) if records is None else records
    return {one.ref for found in known.values() for one in found} | {
        one.ref for found in records.values() for one in found
    }


def known_of(viewer: Viewer, matter: MatterParts) -> dict[int, tuple[MatterLine, ...]]:
    """For each known person concerned, the other matters in which they play a part and that the viewer may see."""
    found = matters.of_people(viewer, facts.officers_of(matter).values())
    return {person_id: tuple(line for line in lines if line.id != matter.id) for person_id, lines in found.items()}


def _outcomes(decisions: list[Any]) -> tuple[str, ...]:
    found = []
    for one in facts.standing(decisions).values():
        step = step_named(one.step)
        found.append(f"{step.words}: {option_named(step, one.option).words}")
    return tuple(found)


def _row(view: Any, names: dict[str, str]) -> JointViewRow:
    return JointViewRow(view.together, view.reasons, view.on, names.get(view.recorded_by, "Peelian"))
