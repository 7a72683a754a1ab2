"""Who is far enough from whoever acted before to do an act of a withdrawal: not the granter, nor of their line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from peelian.people.queries.serving import postings
from peelian.rules.conflicts import Stretch
from peelian.rules.signing import Posted, Tie, tied
from peelian.rules.vetting import StepTaken
from peelian.statute import Row
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.queries import users_by_actor

LAW = "Local rule (LES-32)"
TIES = {
    Tie.UNIT: "You work in the unit of whoever decided before.",
    Tie.MANAGES: "You manage whoever decided before.",
    Tie.MANAGED: "Whoever decided before manages you.",
    Tie.MANAGER: "You have the same line manager as whoever decided before.",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the viewer and those who acted before serve: by actor."""

    mine: Posted
    theirs: dict[str, Posted]


def places(viewer: Viewer, actors: Iterable[str]) -> Places:
    """Where they serve, by the register and by their sign-in. Two statements; none where nobody acted."""
    wanted = sorted({one for one in actors if one})
    if not wanted:
        return Places(Posted(), {})
    users = users_by_actor(wanted)
    everybody = {viewer.actor: (viewer.person_id, viewer.unit_id)}
    everybody |= {actor: (user.person_id, user.unit_id) for actor, user in users.items()}
    units, managers = postings(person for person, _ in everybody.values() if person)
    posted = {
        actor: Posted(
            person,
            (*units.get(person or 0, ()), *((Stretch(unit),) if unit else ())),
            tuple(managers.get(person or 0, ())),
        )
        for actor, (person, unit) in everybody.items()
    }
    return Places(posted[viewer.actor], {actor: posted[actor] for actor in users})


def deciders(rows: Iterable[Row], taken: Iterable[StepTaken]) -> set[str]:
    """Those of whose line the acts ask somebody outside."""
    keys = {key for row in rows for key in row.get("line", ())}
    return {one.by for one in taken if one.key in keys}


def why_not(
    viewer: Viewer, row: Row, clearance: Any, taken: Iterable[StepTaken], known: Places, on: date
) -> Refusal | None:
    """Why the viewer may not do this act: they granted the clearance, or serve with whoever decided before. LES-32."""
    granted_by = clearance.decision.recorded_by if clearance.decision else ""
    if row.get("not_granter") and viewer.actor == granted_by:
        return Refusal("You granted this clearance. Somebody independent decides.", f"{row.law}; {LAW}")
    for one in taken:
        asked = one.key in row.get("line", ()) and one.by in known.theirs
        if asked and (found := tied(known.mine, known.theirs[one.by], one.on, max(on, one.on))):
            return Refusal(f"{TIES[found]} Somebody outside their line decides.", f"{row.law}; {LAW}")
    return None
