"""People as one line each: names for other rooms to show, hidden where the viewer may not see the person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake.queries import published
from peelian.people.models import Identifier, Person, Posting, RankHeld
from peelian.people.names import folded_identifier
from peelian.people.rows import HIDDEN, HIDDEN_NAME, OnRecord, PersonLine, Standing
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

AT_ONCE = 500  # keys in one statement


def lasts_on(day: date) -> Q:
    """Spans that hold the day; a start that is not known counts as begun."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return begun & (Q(to_on__isnull=True) | Q(to_on__gt=day))


def known(on: date | None, precision: str) -> KnownDate | None:
    """A stored date with its precision, or None."""
    return KnownDate(on, Precision(precision or Precision.DAY)) if on else None


def lines(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, PersonLine]:
    """A line for each key, `HIDDEN` for whoever the viewer may not see. Three statements for up to 500 people."""
    wanted = sorted({key for key in person_ids if key})
    return _lines(viewer, Person.objects.visible_to(viewer), wanted) if wanted else {}


def lines_on_record(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, PersonLine]:
    """As `lines`, for people who play a part in a record that the viewer was just shown.

    A role that does not read the register still reads the names on its own record; whoever the viewer is tied to or
    declared a conflict about stays hidden.
    """
    wanted = sorted({key for key in person_ids if key})
    return _lines(viewer, Person.objects.open_to(viewer), wanted) if wanted else {}


def line(viewer: Viewer, ref: str) -> PersonLine:
    """One person's line. Raises NotFound for nobody, and for somebody the viewer may not see."""
    person = Person.objects.visible_to(viewer).filter(ref=ref).first()
    if person is None:
        raise NotFound(f"person {ref}")
    return lines_of(viewer, [person])[0]


def ids(viewer: Viewer, refs: Iterable[str]) -> dict[str, int]:
    """The keys of the people the viewer may see among `refs`; the others are left out."""
    wanted = sorted({ref for ref in refs if ref})
    return dict(Person.objects.visible_to(viewer).filter(ref__in=wanted).values_list("ref", "pk"))


def restricted_to(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, bool]:
    """Of these people, which are known only through records (they need a tether to each), by key. For other rooms."""
    everyone = Person.objects.as_system(because="to tether the people on a record to it")
    rows = everyone.filter(pk__in=list(person_ids)).values_list("pk", "registered_on")
    return {pk: registered_on is None for pk, registered_on in rows}


def lines_of(viewer: Viewer, people: Iterable[Any], met_as: Mapping[int, str] | None = None) -> list[PersonLine]:
    """Lines for models already narrowed to the viewer, in their order, with rank and unit on the viewer's day."""
    listed = list(people)
    keys = [person.pk for person in listed]
    now = lasts_on(viewer.today) & published()
    ranks = dict(RankHeld.objects.filter(now, person_id__in=keys).order_by("from_on").values_list("person_id", "rank"))
    posts = {
        person_id: (name, ref)
        for person_id, name, ref in Posting.objects.filter(now, person_id__in=keys)
        .order_by("from_on")
        .values_list("person_id", "unit__name", "unit__ref")
    }
    return [
        PersonLine(
            id=person.pk,
            ref=person.ref,
            name=person.display_name,
            kind=PersonKind(person.kind),
            standing=standing(person, viewer.today),
            rank=ranks.get(person.pk, ""),
            unit=posts.get(person.pk, ("", ""))[0],
            unit_ref=posts.get(person.pk, ("", ""))[1],
            met_as=(met_as or {}).get(person.pk, ""),
        )
        for person in listed
    ]


def standing(person: Any, day: date) -> Standing:
    """Whether they serve on `day`, as far as the record says."""
    if person.left_on is not None and person.left_on <= day:
        return Standing.LEFT
    if PersonKind(person.kind).serves and (person.load_id is None or person.joined_on is not None):
        return Standing.SERVING
    return Standing.NOT_STATED


def _lines(viewer: Viewer, narrowed: QuerySet[Any], wanted: Sequence[int]) -> dict[int, PersonLine]:
    found: dict[int, PersonLine] = {}
    for start in range(0, len(wanted), AT_ONCE):
        chunk = list(narrowed.filter(pk__in=wanted[start : start + AT_ONCE]))
        found |= {row.id: row for row in lines_of(viewer, chunk)}
    return {key: found.get(key, HIDDEN) for key in wanted}


def names_on_record(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, str]:
    """Names only, for people who play a part in a record that the viewer was just shown (see `lines_on_record`)."""
    return {key: name for key, (_, name) in refs_on_record(viewer, person_ids).items()}


def refs_on_record(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Reference and name of each, as `names_on_record`; somebody hidden has neither. One statement for 500 people."""
    return {key: (one.ref, one.name) for key, one in known_on_record(viewer, person_ids).items()}


def known_on_record(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, OnRecord]:
    """As `refs_on_record`, with the kind of each and the day they left; somebody hidden has neither.

    One statement for 500 people.
    """
    wanted = sorted({key for key in person_ids if key})
    found: dict[int, OnRecord] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Person.objects.open_to(viewer).filter(pk__in=wanted[start : start + AT_ONCE])
        listed = rows.values_list("pk", "ref", "display_name", "kind", "left_on", "left_precision")
        for pk, ref, name, kind, left_on, precision in listed:
            left = known(left_on, precision)
            found[pk] = OnRecord(ref, name, PersonKind(kind), left.latest if left else None)
    return {key: found.get(key, OnRecord("", HIDDEN_NAME, None)) for key in wanted}


def held_by(viewer: Viewer, numbers: Iterable[str]) -> dict[str, int]:
    """Who of the people the viewer may see bears each number (warrant, collar, staff, key of a file), by the number as
    it was asked; one that nobody bears, or several do, is left out."""
    wanted = {number: folded for number in numbers if (folded := folded_identifier(number))}
    values = sorted(set(wanted.values()))
    people: dict[str, set[int]] = {}
    for start in range(0, len(values), AT_ONCE):
        held = Identifier.objects.filter(published(), folded__in=values[start : start + AT_ONCE])
        bears = Person.objects.visible_to(viewer).filter(pk__in=held.values("person_id"))
        rows = held.filter(person__in=bears.values("pk")).values_list("folded", "person_id")
        for folded, person_id in rows:
            people.setdefault(folded, set()).add(person_id)
    return {
        number: next(iter(found)) for number, folded in wanted.items() if len(found := people.get(folded, set())) == 1
    }
