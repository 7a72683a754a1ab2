"""What decides whether a message may go to somebody: their plan, the register, and what they told us since."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from peelian.contact.held import somebody
from peelian.contact.models import Message, Plan
from peelian.contact.rows import PlanRow, SafeContact
from peelian.contact.words import GONE, Words, opened
from peelian.matters.queries import MatterParts
from peelian.matters.queries.parts import PersonPart
from peelian.people import queries as people
from peelian.people.rows import Reach
from peelian.rules.contact import SafeWay
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names

NOTHING = Reach((), ())


def safe_contact(viewer: Viewer, matter_ref: str, person_key: str) -> SafeContact:
    """What whoever sends must know of somebody on a matter. Raises NotFound, also for an officer concerned."""
    return safe_for(viewer, *somebody(viewer, matter_ref, person_key))


def safe_for(viewer: Viewer, matter: MatterParts, person: PersonPart) -> SafeContact:
    """The same for a matter and a person that the viewer was just shown; an officer has no plan, but has ways."""
    held = Plan.objects.filter(involvement_id=person.id).order_by("-version").first()
    told = Message.objects.filter(involvement_id=person.id, is_unsafe=True).order_by("-recorded_at").first()
    is_unsafe = told is not None and (held is None or held.recorded_at <= told.recorded_at)
    words = opened(matter.ref, [held]) if held else {}
    return SafeContact(
        plan=plan_row(held, words[held], actor_names([held.recorded_by])) if held else None,
        reach=people.reach_on_record(viewer, person.person_id) if person.person_id else NOTHING,
        unsafe_since=told.on if told is not None and is_unsafe else None,
    )


def told_items(matter_id: int) -> tuple[str, ...]:
    """Which intake items hold what was told through one's own view of a matter, for a room that was shown it."""
    told = Message.objects.filter(matter_id=matter_id).order_by("recorded_at", "pk")
    return tuple(told.values_list("item_ref", flat=True))


def plan_row(held: Any, words: Words, names: Mapping[str, str]) -> PlanRow:
    """A plan as a row. `words`: what it says, none where they were erased. `names`: of the actors."""
    return PlanRow(
        number=held.version,
        wants_contact=held.wants_contact,
        ways=tuple(_way(one) for one in words.get("ways", ())),
        say=words.get("say", ""),
        never_say=_lines(words.get("never_say", "")),
        never_write=_lines(words.get("never_write", "")),
        may_be_told=words.get("may_be_told", ""),
        lives_there=words.get("lives_there", ""),
        interpreter=words.get("interpreter", ""),
        adjustments=words.get("adjustments", ""),
        every_days=held.every_days,
        agreed_with=words.get("agreed_with", GONE),
        reasons=words.get("reasons", GONE),
        on=held.on,
        recorded_at=held.recorded_at,
        recorded_by=names[held.recorded_by],
    )


def _way(kept: Mapping[str, Any]) -> SafeWay:
    return SafeWay(
        channel=kept["channel"],
        address=kept["address"],
        days=frozenset(kept["days"]),
        from_time=time.fromisoformat(kept["from"]) if kept["from"] else None,
        to_time=time.fromisoformat(kept["to"]) if kept["to"] else None,
        note=kept["note"],
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
