"""Storage units, and which exhibits lay in one on a day. What a viewer may not see is neither listed nor counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from peelian.evidence.models import Exhibit, Failure, Placement, Reading, StorageUnit
from peelian.evidence.queries.exhibits import holder_words
from peelian.evidence.rows import FailureRow, LyingRow, ReadingRow, UnitLine, UnitRow
from peelian.evidence.standing import standing_of
from peelian.evidence.states import UnitKind
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.queries import actor_names, users_by_id

MOST_READINGS = 60
AT_ONCE = 500


def units(viewer: Viewer) -> tuple[UnitLine, ...]:
    """Every storage unit, by name. Four statements."""
    return _lines(viewer, list(StorageUnit.objects.order_by("name")))


def unit(viewer: Viewer, unit_ref: str) -> UnitRow:
    """One unit with its last readings and all its failures, the latest first. Raises NotFound."""
    found = unit_row(unit_ref)
    read = list(Reading.objects.filter(unit=found).order_by("-on", "-pk")[:MOST_READINGS])
    names = actor_names({one.recorded_by for one in read})
    return UnitRow(
        line=_lines(viewer, [found])[0],
        readings=tuple(ReadingRow(one.celsius, _is_out(found, one), one.on, names[one.recorded_by]) for one in read),
        failures=tuple(_failure(one) for one in _failures(unit=found)),
    )


def failure(viewer: Viewer, failure_ref: str) -> FailureRow:
    """One failure of a unit. Raises NotFound. Every reader of a matter may know that a unit failed."""
    found = _failures(ref=failure_ref).first()
    if found is None:
        raise NotFound(f"failure {failure_ref}")
    return _failure(found)


def items_in(viewer: Viewer, unit_ref: str, day: date) -> tuple[LyingRow, ...]:
    """The exhibits that lay in a unit on any part of a day, of the matters that the viewer may see, by matter and mark.

    Raises NotFound.
    """
    return _lying(viewer, _spans(viewer, unit_row(unit_ref).pk, day, day))


def affected(viewer: Viewer, failure_ref: str) -> tuple[LyingRow, ...]:
    """The exhibits that lay in a unit on any day of a failure of it, so far where it lasts. Raises NotFound."""
    found = _failures(ref=failure_ref).first()
    if found is None:
        raise NotFound(f"failure {failure_ref}")
    ended = getattr(found, "ended", None)
    last = ended.last_on if ended else max(viewer.today, found.from_on)
    return _lying(viewer, _spans(viewer, found.unit_id, found.from_on, last))


def unit_row(unit_ref: str) -> Any:
    """The stored unit, for the actions of this room. Raises NotFound."""
    found = StorageUnit.objects.filter(ref=unit_ref).first()
    if found is None:
        raise NotFound(f"storage unit {unit_ref}")
    return found


def lying_in(viewer: Viewer, unit_id: int, day: date) -> int:
    """How many exhibits that the viewer may see lie in a unit at the end of a day."""
    return _now(viewer).filter(unit_id=unit_id, on__lte=day).count()


def _seen(viewer: Viewer) -> QuerySet[Placement]:
    if viewer.is_system:
        return Placement.objects.all()
    return Placement.objects.filter(is_visible(RecordKind.MATTER, viewer, F("exhibit__matter_id")))


def _with_next(viewer: Viewer) -> QuerySet[Any]:
    """Placements that the viewer may see, each with the day of the one after it: `next_on`, None for the last."""
    later = Placement.objects.filter(exhibit_id=OuterRef("exhibit_id"), pk__gt=OuterRef("pk")).order_by("pk")
    return _seen(viewer).annotate(next_on=Subquery(later.values("on")[:1]))


def _now(viewer: Viewer) -> QuerySet[Any]:
    return _with_next(viewer).filter(next_on__isnull=True, unit_id__isnull=False)


def _spans(viewer: Viewer, unit_id: int, first: date, last: date) -> QuerySet[Any]:
    """What lay there on any part of the days from `first` to `last`. What left on a day was there on it."""
    still = Q(next_on__isnull=True) | Q(next_on__gte=first)
    return _with_next(viewer).filter(still, unit_id=unit_id, on__lte=last)


def _lying(viewer: Viewer, spans: QuerySet[Any]) -> tuple[LyingRow, ...]:
    """One row an exhibit: its first day there of those found, and the day it left after the last."""
    found: dict[int, list[Any]] = {}
    for one in spans.order_by("pk"):
        found.setdefault(one.exhibit_id, []).append(one)
    keys, rows = list(found), []
    for start in range(0, len(keys), AT_ONCE):
        some = Exhibit.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("matter_ref", "mark", "ref")
        held = standing_of(some)
        seen = matters.parts_by_id(viewer, {one.exhibit.matter_id for one in held.values()})
        who = users_by_id({one.holder_id for one in held.values() if one.holder_id is not None})
        names = {key: user.name for key, user in who.items()}
        for key, one in held.items():
            matter, spans_of = seen[one.exhibit.matter_id], found[key]
            rows.append(
                LyingRow(
                    exhibit_ref=one.exhibit.ref,
                    matter_ref=matter.ref,
                    matter_heading=matter.heading or matter.kind.words,
                    mark=one.exhibit.mark,
                    description=one.words(one.exhibit, "description"),
                    holder=holder_words(one, names),
                    shelf=spans_of[-1].shelf,
                    from_on=spans_of[0].on,
                    until=spans_of[-1].next_on,
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.matter_ref, row.mark, row.exhibit_ref)))


def _failures(**which: Any) -> QuerySet[Failure]:
    return Failure.objects.filter(**which).select_related("unit", "ended").order_by("-from_on", "ref")


def _failure(one: Any) -> FailureRow:
    ended = getattr(one, "ended", None)
    return FailureRow(
        ref=one.ref,
        unit_ref=one.unit.ref,
        unit=one.unit.name,
        what=one.what,
        from_on=one.from_on,
        last_on=ended.last_on if ended else None,
        done=ended.done if ended else "",
    )


def _is_out(unit: Any, reading: Any) -> bool:
    return unit.lowest is not None and not unit.lowest <= reading.celsius <= unit.highest


def _lines(viewer: Viewer, listed: Iterable[Any]) -> tuple[UnitLine, ...]:
    held = dict(_now(viewer).order_by().values_list("unit_id").annotate(Count("pk")))
    latest = Reading.objects.filter(unit_id=OuterRef("unit_id")).order_by("-on", "-pk").values("pk")[:1]
    read = {one.unit_id: one for one in Reading.objects.filter(pk=Subquery(latest))}
    failing = {one.unit_id: one.from_on for one in Failure.objects.filter(ended__isnull=True)}
    return tuple(
        UnitLine(
            id=one.pk,
            ref=one.ref,
            name=one.name,
            kind=UnitKind(one.kind),
            site=one.site,
            capacity=one.capacity,
            lowest=one.lowest,
            highest=one.highest,
            from_on=one.from_on,
            held=held.get(one.pk, 0),
            celsius=read[one.pk].celsius if one.pk in read else None,
            read_on=read[one.pk].on if one.pk in read else None,
            is_out=one.pk in read and _is_out(one, read[one.pk]),
            failing_since=failing.get(one.pk),
        )
        for one in listed
    )
