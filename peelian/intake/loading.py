"""The loads of outside files, from the first row staged to the pointer that makes them readable.

Called by the room `loads`, which checks the power and writes the journal. A load moves on only through `advance`, a
compare-and-set in the transaction of its batch, so that two processes at one load cannot both stage a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from peelian.intake.channels import LOAD
from peelian.intake.models import Item, KeptOut, Load, SetAsideRow, Source
from peelian.search import actions as search
from peelian.terms.acts import RecordKind
from peelian.terms.references import new_reference

BATCH = 2000
WORKING = "working"  # counts kept while a load runs, inside `figures`
DISCARDED = "discarded"  # set in `figures` once the staged rows of a load that ended without publishing are gone


@dataclass(frozen=True, slots=True)
class Loading:
    """The load at work: its key, the day and moment it began, and who began it. Rows it makes carry all of these."""

    load_id: int = field(repr=False)
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OpenLoad:
    """A load as it stands. Counts add up: read = accepted + already held + set aside. `id`s pass between rooms."""

    id: int = field(repr=False)
    ref: str
    source_id: int = field(repr=False)
    source_key: str
    state: str
    file_name: str
    file_sha256: str
    map_text: str
    started_at: datetime
    started_by: str
    job_ref: str
    last_row: int
    read: int
    accepted: int
    already_held: int
    set_aside: int
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch adds to a load: `last_row` is where a resumed load goes on."""

    last_row: int
    read: int
    accepted: int
    already_held: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A row set aside: its number in the file, the column at fault (empty: the whole row), why, and its cells."""

    row_number: int
    column: str
    reason: str
    raw: Sequence[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a load found that a person must assess. `kept_out`: people who must never see it, with the ground."""

    heading: str
    words: str
    about_key: str
    kept_out: tuple[tuple[int, str], ...] = ()
    is_sensitive: bool = False


def source(key: str, *, title: str, content: str) -> int:
    """The key of a source, made on first use. Safe against a second process that makes the same one."""
    found, _ = Source.objects.get_or_create(key=key, defaults={"title": title[:200], "content": content})
    return int(found.pk)


def titles(source_ids: Sequence[int]) -> dict[int, str]:
    """Titles of sources by key."""
    return dict(Source.objects.filter(pk__in=source_ids).values_list("pk", "title"))


def create(
    *, source_id: int, file_name: str, file_sha256: str, file_bytes: int, map_text: str, at: datetime, by: str
) -> OpenLoad:
    """A new load of a file, staging from its first row."""
    load = Load.objects.create(
        ref=new_reference("PL"),
        source_id=source_id,
        file_name=file_name[:255],
        file_sha256=file_sha256,
        file_bytes=file_bytes,
        map_text=map_text,
        started_at=at,
        started_by=by,
    )
    return open_load(load.ref)


def open_load(ref: str) -> OpenLoad:
    """The load `ref` as it stands now. Raises Load.DoesNotExist as a KeyError for a reference that is none."""
    found = Load.objects.select_related("source").filter(ref=ref).first()
    if found is None:
        raise KeyError(ref)
    return _open(found)


def staging() -> list[OpenLoad]:
    """Every load that has begun and not ended."""
    found = Load.objects.filter(state=Load.State.STAGING).select_related("source").order_by("started_at", "ref")
    return [_open(load) for load in found]


def to_discard() -> list[OpenLoad]:
    """Loads that ended without publishing and whose staged rows may still lie there."""
    ended = Load.objects.filter(state__in=[Load.State.FAILED, Load.State.CANCELLED])
    found = ended.exclude(figures__has_key=DISCARDED).select_related("source").order_by("started_at", "ref")
    return [_open(load) for load in found]


def take_up(load_id: int, *, job_ref: str) -> None:
    """From now on only the job `job_ref` may move this load on."""
    Load.objects.filter(pk=load_id).update(job_ref=job_ref)


def advance(load: OpenLoad, step: Step) -> bool:
    """Count a batch, first thing in its transaction; False where another process has moved the load on or ended it."""
    return bool(
        _mine(load).update(
            last_row=step.last_row,
            read=load.read + step.read,
            accepted=load.accepted + step.accepted,
            already_held=load.already_held + step.already_held,
            set_aside=load.set_aside + step.set_aside,
        )
    )


def set_rows_aside(load_id: int, rows: Sequence[Aside]) -> None:
    """Keep rows that could not be used, with their reasons."""
    SetAsideRow.objects.bulk_create(
        [
            SetAsideRow(
                load_id=load_id,
                row_number=row.row_number,
                column=row.column[:200],
                reason=row.reason[:500],
                raw=[cell.replace("\x00", "\ufffd") for cell in row.raw],  # PostgreSQL keeps no NUL in a text
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def aside_rows(load_id: int, *, after: int = 0, most: int = BATCH) -> list[Aside]:
    """Rows set aside, by row number, from behind `after`."""
    found = SetAsideRow.objects.filter(load_id=load_id, row_number__gt=after).order_by("row_number")[:most]
    return [Aside(row.row_number, row.column, row.reason, row.raw) for row in found]


def aside_count(load_id: int) -> int:
    return SetAsideRow.objects.filter(load_id=load_id).count()


def publish(load: OpenLoad, *, at: datetime, figures: Mapping[str, Any]) -> bool:
    """Move the pointer: every row of the load is readable once this transaction commits. False as for `advance`."""
    changes = {"state": Load.State.PUBLISHED, "published_at": at, "ended_at": at, "figures": dict(figures)}
    return bool(_mine(load).update(**changes))


def end_without_publishing(load: OpenLoad, *, cancelled: bool, at: datetime, failure: str = "") -> bool:
    """Close a load that will not be published; False where it ended already or another job has taken it up.

    What it staged is then discarded.
    """
    state = Load.State.CANCELLED if cancelled else Load.State.FAILED
    going = Load.objects.filter(pk=load.id, state=Load.State.STAGING, job_ref=load.job_ref)
    return bool(going.update(state=state, ended_at=at, failure=failure[:5000]))


def mark_discarded(load_id: int) -> None:
    """Say that nothing staged by this load is left."""
    load = Load.objects.get(pk=load_id)
    load.figures = {**load.figures, DISCARDED: True}
    load.save(update_fields=["figures"])


def note(load_id: int, figures: Mapping[str, Any]) -> None:
    """Replace the figures of a load."""
    Load.objects.filter(pk=load_id).update(figures=dict(figures))


def rejected_placeholders(source_id: int) -> list[str]:
    """Keys of a source that a person said are people after all, so that they are not proposed again."""
    figures = Load.objects.filter(source_id=source_id, published_at__isnull=False).values_list("figures", flat=True)
    return [one["key"] for held in figures for one in held.get("placeholders", []) if one.get("rejected")]


def open_items(loading: Loading, findings: Sequence[Finding], *, owner_id: int | None) -> int:
    """One item waiting for assessment for each finding; returns how many."""
    items = [
        Item(
            ref=new_reference("PI"),
            channel=LOAD,
            words=finding.words,
            heading=finding.heading[:200],
            received_on=loading.on,
            recorded_at=loading.at,
            recorded_by=loading.by,
            owner_id=owner_id,
            about_key=finding.about_key[:200],
            load_id=loading.load_id,
            sensitive_on=loading.on if finding.is_sensitive else None,
        )
        for finding in findings
    ]
    Item.objects.bulk_create(items, batch_size=BATCH)
    kept_out = [
        KeptOut(item=item, person_id=person_id, ground=ground[:200])
        for item, finding in zip(items, findings, strict=True)
        for person_id, ground in finding.kept_out
    ]
    KeptOut.objects.bulk_create(kept_out, batch_size=BATCH)
    search.index_many(RecordKind.INTAKE_ITEM, [(item.pk, f"{item.heading}\n{item.words}") for item in items])
    return len(items)


def _mine(load: OpenLoad) -> Any:
    unmoved = Q(last_row=load.last_row, read=load.read, state=Load.State.STAGING, job_ref=load.job_ref)
    return Load.objects.filter(unmoved, pk=load.id)


def _open(load: Load) -> OpenLoad:
    return OpenLoad(
        id=load.pk,
        ref=load.ref,
        source_id=load.source_id,
        source_key=load.source.key,
        state=load.state,
        file_name=load.file_name,
        file_sha256=load.file_sha256,
        map_text=load.map_text,
        started_at=load.started_at,
        started_by=load.started_by,
        job_ref=load.job_ref,
        last_row=load.last_row,
        read=load.read,
        accepted=load.accepted,
        already_held=load.already_held,
        set_aside=load.set_aside,
        figures=load.figures,
    )
