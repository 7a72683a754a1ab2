"""What the rule of conflicts asks about a matter and those who might work on it, read at a fixed number of statements.

For the act that gives a place and for the proposal that comes before it, so that both say the same. Everything is read,
whoever asks: a conflict behind a wall excludes too. `known_to` says which grounds a viewer may be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from peelian.intake.queries import published
from peelian.matters.models import Involvement, Matter
from peelian.matters.queries.past import kept_from
from peelian.people.queries.serving import addresses_of, seen_among, services
from peelian.rules.conflicts import (
    IMPARTIAL,
    NOTHING,
    Candidate,
    Concerned,
    Exclusion,
    Ground,
    Serving,
    exclusions,
)
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer, system
from peelian.walls.free import ties_among
from peelian.walls.queries import places_on
from peelian.walls.rows import PlaceRow, UserRow

BECAUSE = "to find who has no conflict in a matter"
NOT_ELIGIBLE = Refusal("Not eligible.", IMPARTIAL)  # said alike of all that a viewer may not be told
NEEDS = {
    Capacity.HANDLER: Permission.RECORD_EVENT,
    Capacity.ASSESSOR: Permission.ASSESS_CONDUCT,
    Capacity.INVESTIGATOR: Permission.INVESTIGATE,
    Capacity.SUPERVISOR: Permission.ALLOCATE,
    Capacity.APPROPRIATE_AUTHORITY: Permission.DETERMINE,
    Capacity.PANEL_MEMBER: Permission.SIT,
}
READS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
UNSAID = frozenset({Ground.TIED, Ground.ADDRESS})  # of somebody's private life: told to nobody


@dataclass(frozen=True, slots=True)
class Found:
    """Exclusions, services and persons of users, by the key of the user. `parts`: keys of the people on the matter."""

    exclusions: Mapping[int, tuple[Exclusion, ...]]
    services: Mapping[int, Serving]
    subjects: Mapping[int, Serving]
    parts: frozenset[int]
    persons: Mapping[int, int | None]


def found(by: Viewer, matter: Any, users: Sequence[UserRow], capacity: Capacity, on: date) -> Found:
    """Why each of the users may not have the place on that day. Some twenty statements, however many users."""
    everywhere = system("conflicts", at=by.at, because=BECAUSE)
    rows = Involvement.objects.filter(published(), matter_id=matter.pk, person_id__isnull=False)
    parts = [(int(key), part) for key, part in rows.values_list("person_id", "part") if key]
    subjects = {key for key, part in parts if part == Part.OFFICER_CONCERNED}
    everybody = {key for key, _ in kept_from(everywhere, matter.pk).people} | {key for key, _ in parts}
    persons = {user.person_id for user in users if user.person_id}
    served = services(persons | subjects, on, because=BECAUSE)
    concerned = Concerned(
        subjects={key: served.get(key, NOTHING) for key in subjects},
        all=frozenset(everybody),
        addresses=addresses_of(everybody, on),
    )
    tied = ties_among(persons, everybody, on)
    earlier = _earlier(matter.pk, persons, subjects)
    places = places_on(RecordKind.MATTER, matter.pk)
    candidates = {
        user.id: Candidate(
            person=user.person_id,
            service=served.get(user.person_id or 0, NOTHING),
            places=frozenset(row.capacity for row in places if row.user.id == user.id and _counts(row)),
            declared=any(row.user.id == user.id and row.conflict_at is not None for row in places),
            tied_to=tied.get(user.person_id or 0, frozenset()),
            earlier=earlier.get(user.person_id or 0, {}),
        )
        for user in users
    }
    wanted = settings.PEELIAN_INVESTIGATORS_HOLD
    return Found(
        exclusions={key: exclusions(one, concerned, capacity, on, wanted=wanted) for key, one in candidates.items()},
        services={key: one.service for key, one in candidates.items()},
        subjects=concerned.subjects,
        parts=frozenset(key for key, _ in parts),
        persons={user.id: user.person_id for user in users},
    )


def known_to(viewer: Viewer, asked: Found) -> dict[int, tuple[Exclusion, ...]]:
    """Of the exclusions, those whose ground the viewer may be told, by the key of the user. Two statements.

    Told is what stands on the page of the matter, which was just shown, and what rests on pages of people and on other
    matters that the viewer may open.
    """
    people = seen_among(viewer, {*asked.parts, *(key for key in asked.persons.values() if key)})
    matters = {key for one in asked.exclusions.values() for each in one for key in each.matters}
    seen = frozenset(
        Matter.objects.visible_to(viewer).filter(pk__in=sorted(matters)).values_list("pk", flat=True)
    )  # asked even where there are none, so that the number of statements says nothing
    return {
        user_id: tuple(one for one in all_of_it if _may_be_told(one, asked, asked.persons[user_id], people, seen))
        for user_id, all_of_it in asked.exclusions.items()
    }


def told(exclusions_of: Sequence[Exclusion], known: Sequence[Exclusion]) -> tuple[Refusal, ...]:
    """What a viewer is told of the exclusions of one user: what is known to them, and that there is more where so."""
    said = tuple(dict.fromkeys(one.refusal for one in known))
    return said if len(known) == len(exclusions_of) else (*said, NOT_ELIGIBLE)


def _may_be_told(
    one: Exclusion, asked: Found, person: int | None, people: frozenset[int], matters: frozenset[int]
) -> bool:
    if one.ground in UNSAID:
        return False
    if one.ground in (Ground.DECLARED, Ground.OTHER_PLACE):
        return True
    if one.ground is Ground.INVOLVED and one.subject not in asked.parts:
        return False
    if one.ground is Ground.TOGETHER and not one.matters & matters:
        return False
    return all(key is None or key in people for key in (person, one.subject))


def _counts(row: PlaceRow) -> bool:
    """A place that stands, or that stood and was signed for; one taken back before that is as if never given."""
    return row.conflict_at is None and (row.to_on is None or row.signed_at is not None)


def _earlier(matter_id: int, persons: Iterable[int], subjects: Iterable[int]) -> dict[int, dict[int, frozenset[int]]]:
    """For each of the persons and each person concerned, the other matters in which both play a part."""
    of_subjects: dict[int, set[int]] = {}
    theirs = Involvement.objects.filter(published(), person_id__in=sorted(subjects)).exclude(matter_id=matter_id)
    for key, other in theirs.values_list("person_id", "matter_id"):
        of_subjects.setdefault(other, set()).add(int(key or 0))
    own = Involvement.objects.filter(
        published(), person_id__in=sorted(persons), matter_id__in=theirs.order_by().values("matter_id")
    )
    found: dict[int, dict[int, set[int]]] = {}
    for key, other in own.values_list("person_id", "matter_id"):
        for subject in of_subjects.get(other, set()) - {key}:
            found.setdefault(int(key or 0), {}).setdefault(subject, set()).add(other)
    return {key: {one: frozenset(keys) for one, keys in by.items()} for key, by in found.items()}
