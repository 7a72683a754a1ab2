"""The list of people: filtered, sorted, paged, exported."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.intake.queries import published
from peelian.people.models import Person, Posting, RankHeld
from peelian.people.queries.finding import ranked_lines, ranking
from peelian.people.queries.naming import lasts_on, lines_of
from peelian.people.rows import PeopleFilters, PersonLine, Standing
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer
from peelian.walls.lists import ordering, part_of

SORTS = {
    "name": ("sort_name",),
    "kind": ("kind", "sort_name"),
    "joined": ("joined_on", "sort_name"),
    "left": ("left_on", "sort_name"),
}
BY_NAME = Sort("name")
EVERYONE = PeopleFilters()
CHUNK = 500


def people(
    viewer: Viewer,
    filters: PeopleFilters = EVERYONE,
    sort: Sort = BY_NAME,
    number: int = 1,
) -> Page[PersonLine]:
    """One page of the people the viewer may see. With words, the nearest come first whatever the sort.

    Raises NotValid for a sort the list does not offer. Five statements at most, whatever the size.
    """
    narrowed = _filtered(viewer, filters)
    if filters.words.strip():
        ranked = ranking(narrowed, filters.words)
        total = len(ranked)
        number = max(1, min(number, -(-total // SIZE)))
        return Page(ranked_lines(viewer, ranked[(number - 1) * SIZE : number * SIZE]), total, number, SIZE)
    found = part_of(narrowed.order_by(*ordering(sort, SORTS)), number)
    return Page(tuple(lines_of(viewer, found.rows)), found.total, found.number, SIZE, found.more)


def export_people(
    viewer: Viewer,
    filters: PeopleFilters = EVERYONE,
    sort: Sort = BY_NAME,
) -> Iterator[PersonLine]:
    """Every line of the list, in its order, some hundreds in memory at a time."""
    narrowed = _filtered(viewer, filters)
    if filters.words.strip():
        ranked = ranking(narrowed, filters.words)
        for start in range(0, len(ranked), CHUNK):
            yield from ranked_lines(viewer, ranked[start : start + CHUNK])
        return
    chunk: list[Any] = []
    for person in narrowed.order_by(*ordering(sort, SORTS)).iterator(chunk_size=CHUNK):
        chunk.append(person)
        if len(chunk) == CHUNK:
            yield from lines_of(viewer, chunk)
            chunk = []
    yield from lines_of(viewer, chunk)


def _filtered(viewer: Viewer, filters: PeopleFilters) -> QuerySet[Any]:
    narrowed: QuerySet[Any] = Person.objects.visible_to(viewer)
    now = lasts_on(viewer.today) & published()
    if filters.kind:
        narrowed = narrowed.filter(kind=filters.kind)
    if filters.unit_ref:
        there = Posting.objects.filter(now, unit__ref=filters.unit_ref, person=OuterRef("pk"))
        narrowed = narrowed.filter(Exists(there))
    if filters.rank:
        narrowed = narrowed.filter(
            Exists(RankHeld.objects.filter(now, rank__iexact=filters.rank, person=OuterRef("pk")))
        )
    if filters.standing:
        narrowed = narrowed.filter(_standing(filters.standing, viewer))
    return narrowed


def _standing(wanted: Standing, viewer: Viewer) -> Q:
    left = Q(left_on__isnull=False, left_on__lte=viewer.today)
    serves = Q(kind__in=[kind for kind in PersonKind if kind.serves])
    serving = ~left & serves & (Q(load__isnull=True) | Q(joined_on__isnull=False))
    return {Standing.LEFT: left, Standing.SERVING: serving, Standing.NOT_STATED: ~left & ~serving}[wanted]
