"""Who might be given a place on a matter: proposed by the rule of conflicts and by what they have in hand."""

from datetime import date
from typing import Any

from peelian.matters.models import Matter, SetAside
from peelian.matters.queries.conflicting import NEEDS, READS, found, known_to, told
from peelian.matters.rows import Proposal, Proposed, SetAsideRow
from peelian.rules.conflicts import INDEPENDENT, needs_another_force
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, MatterState
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.free import in_hand
from peelian.walls.queries import actor_names, users_by_id, users_holding
from peelian.walls.rows import UserRow

NOBODY = 0  # the key of no user: somebody of the register who does not sign in


def proposal(viewer: Viewer, matter_ref: str, capacity: Capacity, on: date) -> Proposal:
    """Everybody whose role fits the place, those who may have it first, each group by what they have in hand.

    What is in hand counts open matters that the viewer may see. A ground that the viewer may not be told is said as
    "Not eligible." alone. Raises NotFound. The number of statements does not depend on how many people there are.
    """
    matter = _held(viewer, matter_ref)
    fits = {user.id for user in users_holding(NEEDS[capacity], on)} if capacity in NEEDS else None
    readers = {user.id: user for power in READS for user in users_holding(power, on)}
    users = [user for user in readers.values() if fits is None or user.id in fits]
    asked = found(viewer, matter, users, capacity, on)
    known = known_to(viewer, asked)
    still_open = Matter.objects.as_system(because="to count what users have in hand").filter(state=MatterState.OPEN)
    load = in_hand(viewer, RecordKind.MATTER, [user.id for user in users], still_open.values("pk"))
    rows = []
    for user in users:
        grounds = asked.exclusions[user.id]
        rows.append(
            Proposed(
                user=user,
                load=load.get(user.id, 0),
                accreditations=tuple(sorted(asked.services[user.id].held)),
                refusals=told(grounds, known[user.id]),
                may_be_set_aside=bool(grounds)
                and len(known[user.id]) == len(grounds)
                and all(one.ground.may_be_set_aside for one in grounds),
            )
        )
    ordered = sorted(rows, key=lambda row: (not row.is_eligible, row.load, row.user.name, row.user.ref))
    is_chief = capacity in INDEPENDENT and needs_another_force(asked.subjects.values())
    return Proposal(capacity, on, tuple(ordered), is_chief)


def why_not_placed(
    viewer: Viewer, matter_ref: str, user: UserRow | None, person_id: int | None, capacity: Capacity, on: date
) -> tuple[Refusal, ...]:
    """Why a user, or somebody of the register who does not sign in, may not have a place; none for somebody eligible.

    What the viewer may not be told is said as "Not eligible." alone. Raises NotFound.
    """
    one = user or UserRow(NOBODY, "", "", "", None, person_id, True)
    asked = found(viewer, _held(viewer, matter_ref), [one], capacity, on)
    return told(asked.exclusions[one.id], known_to(viewer, asked)[one.id])


def set_aside_on(held: Any) -> tuple[SetAsideRow, ...]:
    """Places given though a local rule barred them, with the reasons; for a matter that was shown to its viewer."""
    rows = list(SetAside.objects.filter(matter=held).order_by("on", "pk"))
    names = actor_names({row.recorded_by for row in rows}) if rows else {}
    users = users_by_id(row.user_id for row in rows) if rows else {}
    return tuple(
        SetAsideRow(users[row.user_id].name, Capacity(row.capacity), row.reasons, row.on, names[row.recorded_by])
        for row in rows
    )


def _held(viewer: Viewer, matter_ref: str) -> Any:
    held = Matter.objects.visible_to(viewer).filter(ref=matter_ref).first()
    if held is None:
        raise NotFound(f"matter {matter_ref}")
    return held
