"""People by the number of matters about them, as far as a viewer may see; which matters were not the first. LES-18."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from peelian.intake.queries import published
from peelian.matches import queries as matches
from peelian.matters.models import Involvement, Matter
from peelian.matters.queries.parts import MatterParts
from peelian.matters.repeats import Band, RepeatedFilters, RepeatedPage, RepeatedPerson
from peelian.people import queries as people
from peelian.people.queries.kinds import of_kinds, ref_of
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterState, Part
from peelian.terms.pages import SIZE, Page
from peelian.terms.people import PersonKind
from peelian.terms.viewer import LONDON, Viewer
from peelian.walls.managed import is_visible, visible_keys

EVERYBODY = RepeatedFilters()
AT_ONCE = 500


def further_matters(viewer: Viewer, matters: Sequence[MatterParts]) -> dict[int, date]:
    """Which of these matters were recorded after another about one of their officers that the viewer may see, and on
    which day, by key. One statement for some hundreds; none where nobody concerned is known."""
    wanted = sorted(
        one.id for one in matters if any(each.person_id for each in one.people if each.part is Part.OFFICER_CONCERNED)
    )
    seen = is_visible(RecordKind.MATTER, viewer, F("matter_id"))  # few: asked one by one
    nobody = Exists(of_kinds([PersonKind.PLACEHOLDER]).filter(pk=OuterRef("person_id")))
    at = OuterRef("matter__recorded_at")
    before = Q(matter__recorded_at__lt=at) | Q(matter__recorded_at=at, matter_id__lt=OuterRef("matter_id"))
    earlier = Exists(concerned().filter(before, seen, person_id=OuterRef("person_id")))  # the first one is enough
    found: dict[int, date] = {}
    for start in range(0, len(wanted), AT_ONCE):
        about = concerned().filter(~nobody, earlier, matter_id__in=wanted[start : start + AT_ONCE])
        for matter_id, recorded_at in about.values_list("matter_id", "matter__recorded_at"):
            found[matter_id] = recorded_at.astimezone(LONDON).date()
    return found


def repeat_subjects(
    viewer: Viewer, filters: RepeatedFilters = EVERYBODY, number: int = 1, size: int = SIZE
) -> RepeatedPage:
    """People with more than one in the pattern count: matters, and records of crimes and domestic incidents (LES-03),
    as far as the viewer may see them; those with most first, with how many there are of each band. A placeholder of an
    outside file is nobody. A fixed number of statements, whatever the size."""
    rows = _groups(viewer, filters)
    bands = tuple((band, sum(band.holds(row["total"]) for row in rows)) for band in Band)
    kept = [row for row in rows if filters.band is None or filters.band.holds(row["total"])]
    number = max(1, min(number, -(-len(kept) // size)))
    found = _named(viewer, kept[(number - 1) * size : number * size])
    return RepeatedPage(Page(tuple(found), len(kept), number, size), bands)


def export_repeat_subjects(viewer: Viewer, filters: RepeatedFilters = EVERYBODY) -> Iterator[RepeatedPerson]:
    """Every row of `repeat_subjects`, in its order."""
    rows = [row for row in _groups(viewer, filters) if filters.band is None or filters.band.holds(row["total"])]
    for start in range(0, len(rows), 500):
        yield from _named(viewer, rows[start : start + 500])


def _about(viewer: Viewer) -> QuerySet[Any]:
    """Who is concerned in which matter, of those the viewer may see; a placeholder of an outside file is nobody."""
    seen = Matter.objects.visible_to(viewer).values("pk")
    return concerned().filter(matter_id__in=seen).exclude(person_id__in=of_kinds([PersonKind.PLACEHOLDER]))


def concerned() -> QuerySet[Any]:
    """Who is an officer concerned in which matter, behind no wall: for queries that put one in front."""
    return Involvement.objects.filter(published(), part=Part.OFFICER_CONCERNED, person_id__isnull=False)


def _groups(viewer: Viewer, filters: RepeatedFilters) -> list[dict[str, Any]]:
    """Everybody with more than one, as rows: `total` is the pattern count, of `matters` and `records`."""
    records = matches.counted(viewer)
    rows = [
        {**row, "matters": row["total"], "records": records.get(row["person_id"], 0)}
        for row in _matters(viewer, filters, sorted(records))
    ]
    if not filters.with_open:
        named = {row["person_id"] for row in rows}
        alone = people.refs_on_record(viewer, set(records) - named)
        rows += [
            {"person_id": key, "matters": 0, "records": records[key], "open": 0, "latest": None, "ref": ref}
            for key, (ref, _) in alone.items()
            if ref
        ]
    for row in rows:
        row["total"] = row["matters"] + row["records"]
    kept = [row for row in rows if row["total"] >= 2]
    return sorted(kept, key=lambda row: (-row["total"], -row["open"], row["ref"]))


def _matters(viewer: Viewer, filters: RepeatedFilters, also: Sequence[int]) -> QuerySet[Any]:
    """People with two matters or more, and those of `also` with one."""
    still_open = Q(matter__state=MatterState.OPEN)
    found = (
        _about(viewer)
        .filter(person_id__in=visible_keys(RecordKind.PERSON, viewer))
        .values("person_id")
        .annotate(
            total=Count("matter_id", distinct=True),
            open=Count("matter_id", filter=still_open, distinct=True),
            latest=Max("matter__came_to_attention_on"),
            ref=ref_of(OuterRef("person_id")),
        )
        .filter(Q(total__gte=2) | Q(person_id__in=also))
    )
    narrowed: QuerySet[Any] = found.filter(open__gte=1) if filters.with_open else found
    return narrowed


def _named(viewer: Viewer, rows: Sequence[Any]) -> list[RepeatedPerson]:
    lines = people.lines(viewer, [row["person_id"] for row in rows])
    return [
        RepeatedPerson(line, row["matters"], row["open"], row["latest"], row["records"])
        for row in rows
        if (line := lines.get(row["person_id"]))
    ]
