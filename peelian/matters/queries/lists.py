"""The list of matters: filtered, sorted, paged, exported.

Counting goes as far as `walls.lists.part_of` says, with words or a category to `walls.sifting.MOST`: past that the list
says `more than`. The count is of what the viewer may see and of nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from peelian.intake.queries import published, sources_among
from peelian.matters.models import Allegation, Involvement, Matter
from peelian.matters.queries.lines import lines_of
from peelian.matters.rows import MatterFilters, MatterLine
from peelian.people import queries as people
from peelian.search.queries import sieve
from peelian.terms.acts import RecordKind
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.lists import MOST, part_of
from peelian.walls.sifting import Sieve, sifted

CHUNK = 500
SORTS = {
    "came_to_attention": ("came_to_attention_on", "ref"),
    "reference": ("ref",),
    "closed": ("closed_on", "ref"),
}
LATEST = Sort("came_to_attention", descending=True)
EVERYTHING = MatterFilters()
THIS_FORCE = "this force"
RECORDED_HERE = "recorded here"
REFERENCE = re.compile(r"PM-[0-9A-Z]{5}-[0-9A-Z]{5}")


def matters(
    viewer: Viewer,
    filters: MatterFilters = EVERYTHING,
    sort: Sort = LATEST,
    number: int = 1,
    size: int = SIZE,
) -> Page[MatterLine]:
    """One page of the matters the viewer may see. Raises NotValid for a sort the list does not offer.

    Twelve statements at most, whatever the size. `total` counts a hundred pages further than the one asked for, to
    10,000, with words or a category to 1,000; `more` says that there are more.
    """
    order = _ordering(sort)
    narrowed, sifter = _sieved(viewer, filters)
    if sifter:
        found = sifted(narrowed, sifter, order=order, number=number, size=size)
    else:
        found = part_of(narrowed.order_by(*order), number, size)
    return Page(lines_of(viewer, found.rows), found.total, found.number, size, found.more)


def export_matters(viewer: Viewer, filters: MatterFilters = EVERYTHING, sort: Sort = LATEST) -> Iterator[MatterLine]:
    """Every line of the list in its order, all of them, some hundreds in memory at a time."""
    chunk: list[Any] = []
    narrowed, sifter = _sieved(viewer, filters)
    if sifter:
        narrowed = narrowed.filter(sifter.whole())
    for row in narrowed.order_by(*_ordering(sort)).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from lines_of(viewer, chunk)
            chunk = []
    yield from lines_of(viewer, chunk)


def of_person(viewer: Viewer, person_id: int) -> tuple[MatterLine, ...]:
    """The matters in which a person plays a part and that the viewer may see, latest first, at most `MOST`."""
    narrowed = Matter.objects.visible_to(viewer).filter(_plays_a_part(person_id))
    return lines_of(viewer, list(narrowed.order_by(*_ordering(LATEST))[:MOST]))


def of_people(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, tuple[MatterLine, ...]]:
    """As `of_person` for each of several people, in as many statements as for one."""
    wanted = list(dict.fromkeys(person_ids))
    parts = Involvement.objects.filter(published(), person_id__in=wanted).values_list("matter_id", "person_id")
    played: dict[int, set[int]] = {}
    for matter_id, person_id in parts:
        played.setdefault(matter_id, set()).add(person_id or 0)
    seen = Matter.objects.visible_to(viewer).filter(pk__in=played).order_by(*_ordering(LATEST))
    lines = lines_of(viewer, list(seen))
    return {one: tuple(line for line in lines if one in played[line.id])[:MOST] for one in wanted}


def sources(viewer: Viewer) -> tuple[str, ...]:
    """Titles of the outside sources whose matters the viewer may see."""
    return sources_among(Matter.objects.visible_to(viewer))


def forces(viewer: Viewer) -> tuple[str, ...]:
    """Forces other than this one whose matters the viewer may see."""
    seen = Matter.objects.visible_to(viewer).filter(force__gt="")
    return tuple(seen.values_list("force", flat=True).order_by("force").distinct())


def _sieved(viewer: Viewer, filters: MatterFilters) -> tuple[QuerySet[Any], Sieve | None]:
    """The matters narrowed by what an index of the list knows, and a sieve for what none does: words or a category."""
    narrowed = _narrowed(viewer, filters)
    words = filters.words.strip()
    coded = _coded(filters.category) if filters.category else None
    if not words:
        return narrowed, coded
    if coded:
        narrowed = narrowed.filter(coded.whole())
    if found := REFERENCE.fullmatch(words.upper()):
        return narrowed.filter(ref=found[0]), None
    with_words = sieve(RecordKind.MATTER, words)
    of_a_source = narrowed.filter(source_key=words)
    if of_a_source.exists():
        return narrowed.filter(with_words.whole() | Q(pk__in=of_a_source.values("pk"))), None
    return narrowed, with_words


def _narrowed(viewer: Viewer, filters: MatterFilters) -> QuerySet[Any]:
    narrowed: QuerySet[Any] = Matter.objects.visible_to(viewer)
    same = {
        "kind": filters.kind,
        "state": filters.state,
        "came_to_attention_on__gte": filters.from_on,
        "came_to_attention_on__lt": filters.to_on,
    }
    narrowed = narrowed.filter(**{field: value for field, value in same.items() if value})
    if filters.unit_ref:
        narrowed = narrowed.filter(unit_id=people.unit(viewer, filters.unit_ref).id)
    if filters.force:
        here = filters.force == THIS_FORCE  # nearly all of them: not an index to read a page from
        narrowed = narrowed.exclude(force__gt="") if here else narrowed.filter(force=filters.force)
    if filters.source == RECORDED_HERE:
        narrowed = narrowed.filter(load__isnull=True)
    elif filters.source:
        narrowed = narrowed.filter(load__source__title=filters.source)
    if filters.person_ref:
        key = people.ids(viewer, [filters.person_ref]).get(filters.person_ref, 0)
        narrowed = narrowed.filter(_plays_a_part(key))
    return narrowed


def _coded(category: str) -> Sieve:
    """Matters with an allegation of the category, or of the group of one letter."""
    coded = Q(category__startswith=category) if len(category) == 1 else Q(category=category)
    allegations = Allegation.objects.filter(published(), coded)

    def few(most: int) -> list[int] | None:
        keys = list(allegations.values_list("matter_id", flat=True)[: most + 1])
        return keys if len(keys) <= most else None

    return Sieve(
        few=few,
        met=lambda: Q(Exists(allegations.filter(matter=OuterRef("pk")))),
        sample=lambda count: allegations.values("matter_id")[:count],
        among=lambda keys: allegations.filter(matter__in=keys).values_list("matter_id", flat=True),
    )


def _plays_a_part(person_id: int) -> Q:
    return Q(pk__in=Involvement.objects.filter(published(), person_id=person_id).values("matter_id"))


def _ordering(sort: Sort) -> list[Any]:
    """Both columns of an index the same way, so that a page is read off the index; what is empty comes last."""
    if sort.key not in SORTS:
        raise NotValid("sort", f"This list is not sorted by {sort.key!r}.")
    return [
        F(column).desc(nulls_last=True) if sort.descending else F(column).asc(nulls_last=True)
        for column in SORTS[sort.key]
    ]
