"""Who is apart from whoever took a decision, so that they may be its second person: read at four statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from peelian.decisions.queries.lines import option_named, step_named
from peelian.people.queries.serving import postings
from peelian.rules.conflicts import Stretch
from peelian.rules.signing import Posted, why_not_apart
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.holders import ever_placed
from peelian.walls.queries import users_by_actor
from peelian.walls.rows import UserRow

OTHERS = frozenset(Capacity) - {Capacity.INVESTIGATOR}


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who may be asked to sign: who they are among users, in the register, and where they work now."""

    user_id: int
    actor: str
    name: str
    person_id: int | None
    unit_id: int | None

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        return cls(viewer.user_id or 0, viewer.actor, viewer.name, viewer.person_id, viewer.unit_id)

    @classmethod
    def of_user(cls, user: UserRow) -> Self:
        return cls(user.id, f"user:{user.ref}", user.name, user.person_id, user.unit_id)


def apart(by: Viewer, decisions: Sequence[Any], asked: Iterable[Asked]) -> dict[tuple[int, int], Refusal | None]:
    """Why each of those asked may not sign each of the decisions, by keys of both; None where they may.

    Where somebody works is what the register says, and the unit that their sign-in says, which counts for every day. No
    statement where no decision asks for somebody apart; else three.
    """
    everybody = list(asked)
    options = {one.pk: option_named(step_named(one.step), one.option) for one in decisions}
    found: dict[tuple[int, int], Refusal | None] = {}
    found.update({(one.pk, each.user_id): None for one in decisions for each in everybody})
    strict = [one for one in decisions if options[one.pk].apart]
    if not strict:
        return found
    users = users_by_actor({one.recorded_by for one in strict})
    deciders = {actor: Asked.of_user(user) for actor, user in users.items()}
    units, managers = postings(one.person_id for one in (*everybody, *deciders.values()) if one.person_id)
    investigated = ever_placed(RecordKind.MATTER, {one.matter_id for one in strict}, but=OTHERS)

    def posted(one: Asked, matter_id: int) -> Posted:
        own = (Stretch(one.unit_id),) if one.unit_id else ()
        return Posted(
            one.person_id,
            (*units.get(one.person_id or 0, ()), *own),
            tuple(managers.get(one.person_id or 0, ())),
            one.user_id in investigated.get(matter_id, ()),
        )

    for one in strict:
        if decider := deciders.get(one.recorded_by):
            for each in everybody:
                found[one.pk, each.user_id] = why_not_apart(
                    options[one.pk],
                    posted(each, one.matter_id),
                    posted(decider, one.matter_id),
                    one.on,
                    by.today,
                )
    return found
