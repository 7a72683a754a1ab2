"""Loads as their reports show them, for the room `loads`, which checks who may see them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from peelian.intake.loading import Aside
from peelian.intake.models import HeldRow, Load, PendingChange, SetAsideRow, Source
from peelian.terms.acts import RecordKind

LOOK_UP = 900  # keys in one question; SQLite takes 999 parameters


@dataclass(frozen=True, slots=True)
class LoadReport:
    """One load, whole. `state_words` says its state to a person."""

    id: int = field(repr=False)
    source_id: int = field(repr=False)
    ref: str
    source_key: str
    source_title: str
    file_name: str
    file_sha256: str
    file_bytes: int
    state: str
    state_words: str
    started_at: datetime
    started_by: str
    published_at: datetime | None
    ended_at: datetime | None
    job_ref: str
    last_row: int
    read: int
    accepted: int
    already_held: int
    set_aside: int
    figures: Mapping[str, Any]
    failure: str
    map_text: str


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a load says anew of one record. `content`: of the source, which tells what the fields are."""

    key_words: str
    record_kind: str
    content: str
    before: Mapping[str, Any]
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source that was loaded. `loads`: how many of its loads were published; the last of those, if any."""

    key: str
    title: str
    content: str
    loads: int
    last_ref: str
    last_on: datetime | None


def sources() -> list[SourceReport]:
    """Every source with a load, by title."""
    published = Load.objects.filter(source=OuterRef("pk"), published_at__isnull=False).order_by("-published_at", "ref")
    found = Source.objects.filter(loads__isnull=False).annotate(
        count=Count("loads", filter=Q(loads__published_at__isnull=False)),
        last_ref=Subquery(published.values("ref")[:1]),
        last_on=Subquery(published.values("published_at")[:1]),
    )
    return [
        SourceReport(one.key, one.title, one.content, one.count, one.last_ref or "", one.last_on)
        for one in found.order_by("title", "key")
    ]


def states() -> tuple[tuple[str, str], ...]:
    """States of a load, each with its label."""
    return tuple((state.value, str(state.label)) for state in Load.State)


def loads(*, state: str = "", source: str = "", start: int, most: int) -> tuple[list[LoadReport], int]:
    """Some loads, the last begun first, and how many there are. `source`: a source's key."""
    same = {"state": state, "source__key": source}
    narrowed = Load.objects.filter(**{field: value for field, value in same.items() if value})
    found = narrowed.select_related("source").order_by("-started_at", "ref")
    return [_report(one) for one in found[start : start + most]], found.count()


def load(ref: str) -> LoadReport | None:
    found = Load.objects.select_related("source").filter(ref=ref).first()
    return _report(found) if found else None


def set_aside(load_id: int, *, start: int, most: int, hidden: frozenset[int] = frozenset()) -> tuple[list[Aside], int]:
    """Some rows that a load set aside, by row number, and how many there are, without those `hidden` by number."""
    found = SetAsideRow.objects.filter(load_id=load_id).order_by("row_number")
    if hidden:
        numbers = [number for number in found.values_list("row_number", flat=True) if number not in hidden]
        page = found.filter(row_number__in=numbers[start : start + most])
        return [_aside(one) for one in page], len(numbers)
    return [_aside(one) for one in found[start : start + most]], found.count()


def aside_cells(load_id: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Each row set aside: its number and what stands in its cells."""
    rows = SetAsideRow.objects.filter(load_id=load_id).order_by("row_number").values_list("row_number", "raw")
    for number, raw in rows.iterator(chunk_size=LOOK_UP):
        yield number, frozenset(cell.strip() for cell in raw) - {""}


def source_ids(keys: Sequence[str]) -> list[int]:
    """Keys of sources by the key words that a map gives them."""
    return list(Source.objects.filter(key__in=keys).values_list("pk", flat=True))


def hidden_key_words(
    source_id: int, visible: Mapping[RecordKind, QuerySet[Any]], key_words: Sequence[str]
) -> frozenset[str]:
    """Which of these keys the ledger holds for a record that is not among the `visible` keys of its kind."""
    found: set[str] = set()
    for start in range(0, len(key_words), LOOK_UP):
        rows = HeldRow.objects.filter(source_id=source_id, key_words__in=key_words[start : start + LOOK_UP])
        found |= set(rows.exclude(_among(visible, "")).values_list("key_words", flat=True))
    return frozenset(found)


def changes(
    load_id: int, visible: Mapping[RecordKind, QuerySet[Any]], *, start: int, most: int
) -> tuple[list[ChangeReport], int]:
    """Some changes of a published load to records among the `visible` keys of their kind, by key, and how many."""
    changed = PendingChange.objects.filter(_among(visible, "held__"), load_id=load_id, load__published_at__isnull=False)
    found = changed.exclude(held__load_id=load_id).select_related("held", "held__source")
    rows = found.order_by("held__key_words", "held__key_hash")[start : start + most]
    reports = [
        ChangeReport(
            row.held.key_words,
            row.held.record_kind,
            row.held.source.content,
            row.fields["before"],
            row.fields["said"],
        )
        for row in rows
    ]
    return reports, found.count()


def _among(visible: Mapping[RecordKind, QuerySet[Any]], path: str) -> Q:
    """True of a ledger row about one of the `visible` records; `path`: how it is reached."""
    seen = Q(pk__in=[])
    for kind, keys in visible.items():
        seen |= Q(**{f"{path}record_kind": kind.value, f"{path}record_id__in": keys})
    return seen


def _aside(one: SetAsideRow) -> Aside:
    return Aside(one.row_number, one.column, one.reason, one.raw)


def _report(one: Load) -> LoadReport:
    return LoadReport(
        id=one.pk,
        source_id=one.source_id,
        ref=one.ref,
        source_key=one.source.key,
        source_title=one.source.title,
        file_name=one.file_name,
        file_sha256=one.file_sha256,
        file_bytes=one.file_bytes,
        state=one.state,
        state_words=Load.State(one.state).label,
        started_at=one.started_at,
        started_by=one.started_by,
        published_at=one.published_at,
        ended_at=one.ended_at,
        job_ref=one.job_ref,
        last_row=one.last_row,
        read=one.read,
        accepted=one.accepted,
        already_held=one.already_held,
        set_aside=one.set_aside,
        figures=one.figures,
        failure=one.failure,
        map_text=one.map_text,
    )
