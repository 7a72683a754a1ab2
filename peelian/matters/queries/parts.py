"""What the rooms above need of matters in bulk: kinds, dates, people and their parts, already behind the wall."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from peelian.intake.queries import published
from peelian.matters.models import Involvement, Matter
from peelian.matters.queries.lines import known
from peelian.people import queries as people
from peelian.people.rows import OnRecord
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.standing import signed_places


class Linked(NamedTuple):
    """One row of a matter's involvements, as it is stored."""

    id: int
    number: int | None
    person_id: int | None
    description: str
    part: str


@dataclass(frozen=True, slots=True)
class PersonPart:
    """One involvement: `key` is the person's reference, or `number:<n>` while nobody knows who it is
    (`outside:<n>`, in order of part and words, where an outside file gave no name). `kind` None: not known to the
    reader. `left`: the day they left the force, the last that it can be."""

    id: int = field(repr=False)
    person_id: int | None = field(repr=False)
    key: str
    name: str
    part: Part
    kind: PersonKind | None = None
    left: date | None = None


@dataclass(frozen=True, slots=True)
class MatterParts:
    """A matter as the clocks need it. `has_load`: it came from an outside file. `reader`: whom it was read for."""

    id: int = field(repr=False)
    ref: str
    heading: str
    kind: MatterKind
    state: MatterState
    came_to_attention: KnownDate | None
    closed: KnownDate | None
    unit_id: int | None = field(repr=False)
    version: int
    has_load: bool
    has_no_dates: bool
    people: tuple[PersonPart, ...]
    reader: str = field(repr=False, compare=False)


def key_of(viewer: Viewer, matter_ref: str | MatterParts) -> int:
    """The key of a matter the viewer may see. Raises NotFound. No statement for one that was read for them already."""
    if isinstance(matter_ref, MatterParts):
        return parts(viewer, matter_ref).id
    key = Matter.objects.visible_to(viewer).filter(ref=matter_ref).values_list("pk", flat=True).first()
    if key is None:
        raise NotFound(f"matter {matter_ref}")
    return int(key)


def parts(viewer: Viewer, matter_ref: str | MatterParts) -> MatterParts:
    """One matter. Raises NotFound. Three statements; none for one that was read for the same viewer at this moment."""
    if isinstance(matter_ref, MatterParts):
        if matter_ref.reader != _reader(viewer):
            raise NotFound(f"matter {matter_ref.ref}")
        return matter_ref
    found = _parts(viewer, Matter.objects.visible_to(viewer).filter(ref=matter_ref))
    if not found:
        raise NotFound(f"matter {matter_ref}")
    return found[0]


def parts_by_id(viewer: Viewer, matter_ids: Iterable[int]) -> dict[int, MatterParts]:
    """Those of the matters that the viewer may see, by key. Three statements for some hundreds."""
    found = _parts(viewer, Matter.objects.visible_to(viewer).filter(pk__in=list(matter_ids)))
    return {one.id: one for one in found}


def parts_of_placed(viewer: Viewer) -> tuple[MatterParts, ...]:
    """The open matters on which the viewer has a place and has signed. Three statements, however many there are."""
    mine = list(signed_places(viewer, RecordKind.MATTER).values_list("record_id", flat=True))
    narrowed = Matter.objects.visible_to(viewer).filter(pk__in=mine, state=MatterState.OPEN)
    return _parts(viewer, narrowed)


def parts_of_unit(viewer: Viewer, unit_ids: Iterable[int]) -> tuple[MatterParts, ...]:
    """The open matters of these units that the viewer may see. Three statements, however many there are."""
    narrowed = Matter.objects.visible_to(viewer).filter(unit_id__in=list(unit_ids), state=MatterState.OPEN)
    return _parts(viewer, narrowed)


def parts_unanswered(
    viewer: Viewer, kinds: Iterable[str], *, started: QuerySet[Any], answered: QuerySet[Any], counts: QuerySet[Any]
) -> tuple[MatterParts, ...]:
    """The open matters of these kinds that the viewer may see, that came to attention before the viewer's day and of
    which nothing in `answered` says that they were answered, or that `started` names; subqueries of keys of matters.
    Of those that an outside file brought, only such as `counts` names. Three statements; two where there is none.
    """
    came = Q(came_to_attention_on__lt=viewer.today, kind__in=list(kinds)) & ~Q(pk__in=answered)
    came &= Q(load__isnull=True) | Q(pk__in=counts)
    narrowed = Matter.objects.visible_to(viewer).filter(came | Q(pk__in=started), state=MatterState.OPEN)
    return _parts(viewer, narrowed)


def _parts(viewer: Viewer, narrowed: QuerySet[Any]) -> tuple[MatterParts, ...]:
    listed = list(narrowed.order_by("ref"))
    keys = [matter.pk for matter in listed]
    involved: dict[int, list[Linked]] = {}
    for start in range(0, len(keys), 500):
        rows = Involvement.objects.filter(published(), matter_id__in=keys[start : start + 500])
        for matter_id, pk, number, person_id, description, part in rows.values_list(
            "matter_id", "pk", "number", "person_id", "description", "part"
        ):
            involved.setdefault(matter_id, []).append(Linked(pk, number, person_id, description, part))
    named = people.known_on_record(
        viewer, {one.person_id for found in involved.values() for one in found if one.person_id}
    )
    return tuple(
        MatterParts(
            id=matter.pk,
            ref=matter.ref,
            heading=matter.heading,
            kind=MatterKind(matter.kind),
            state=MatterState(matter.state),
            came_to_attention=known(matter.came_to_attention_on, matter.came_to_attention_precision),
            closed=known(matter.closed_on, matter.closed_precision),
            unit_id=matter.unit_id,
            version=matter.version,
            has_load=matter.load_id is not None,
            has_no_dates=not (matter.came_to_attention_on or matter.incident_on or matter.closed_on),
            people=_people(involved.get(matter.pk, []), named),
            reader=_reader(viewer),
        )
        for matter in listed
    )


def _reader(viewer: Viewer) -> str:
    """For whom and when something was read: one page of one person, since a wall may stand a moment later."""
    return f"{viewer.actor} {viewer.at.isoformat()}"


def _people(involved: list[Linked], named: dict[int, OnRecord]) -> tuple[PersonPart, ...]:
    found = []
    ordered = sorted(involved, key=lambda one: (one.number or 0, one.part, one.description))
    for place, one in enumerate(ordered, start=1):
        ref, name, kind, left = named[one.person_id] if one.person_id else OnRecord("", one.description, None)
        unknown = f"number:{one.number}" if one.number else f"outside:{place}"
        found.append(PersonPart(one.id, one.person_id, ref or unknown, name, Part(one.part), kind, left))
    return tuple(sorted(found, key=lambda one: (one.part.value, one.name, one.key)))
