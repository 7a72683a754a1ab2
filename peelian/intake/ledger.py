"""The ledger of a source: each record it ever gave, by key, what it said last, and what a later file says instead."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from peelian.intake.inserting import insert
from peelian.intake.models import HeldRow, PendingChange
from peelian.walls.asking import among

BATCH = 2000
LOOK_UP = 900  # keys in one question; SQLite takes 999 parameters
Said = dict[str, Any]
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Held:
    """One record in the ledger. `seen`: by the load asked about, in an earlier row. `vanished`: from the last extract.

    `digest`: of what the source says, by the change that waits for publishing where there is one.
    """

    id: int = field(repr=False)
    digest: str
    seen: bool
    record_kind: str
    record_id: int = field(repr=False)
    part_kind: str
    part_id: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewHeld:
    """A record to be held from now on."""

    key_hash: str
    digest: str
    key_words: str
    record_kind: str
    record_id: int
    part_kind: str
    part_id: int | None
    said: Said


@dataclass(frozen=True, slots=True)
class Change:
    """What a later file says of a record already held. `before`: what had been said in the fields that changed.

    `is_new`: the ledger row came with the same load; the change then adds to a record that was there before it.
    `new_part`: the kind and key of a part that the record has only since this file, such as a first allegation.
    """

    held_id: int = field(repr=False)
    digest: str
    said: Said
    before: Said
    record_kind: str = ""
    record_id: int = 0
    part_kind: str = ""
    part_id: int | None = None
    key_words: str = ""
    is_new: bool = False
    new_part: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """A held record that a complete extract no longer has."""

    key_words: str
    record_kind: str
    record_id: int = field(repr=False)


def held(source_id: int, key_hashes: Sequence[str], *, load_id: int) -> dict[str, Held]:
    """Which of these keys are held. One statement."""
    found: dict[str, Held] = {}
    columns = (
        *("key_hash", "id", "digest", "load_id", "last_load_id"),
        *("record_kind", "record_id", "part_kind", "part_id"),
    )
    rows = HeldRow.objects.filter(among("key_hash", key_hashes), source_id=source_id)
    for key_hash, pk, digest, _, last, kind, record, part_kind, part in rows.values_list(*columns):
        found[key_hash] = Held(pk, digest, last == load_id, kind, record, part_kind, part)
    return found


def pending_digests(load_id: int, held_ids: Sequence[int]) -> dict[int, str]:
    """The digests that wait in this load for the given ledger rows."""
    found: dict[int, str] = {}
    for start in range(0, len(held_ids), LOOK_UP):
        rows = PendingChange.objects.filter(load_id=load_id, held_id__in=held_ids[start : start + LOOK_UP])
        found.update(rows.values_list("held_id", "digest"))
    return found


def said(held_ids: Sequence[int]) -> dict[int, Said]:
    """What the source last said of these ledger rows."""
    found: dict[int, Said] = {}
    for start in range(0, len(held_ids), LOOK_UP):
        rows = HeldRow.objects.filter(pk__in=held_ids[start : start + LOOK_UP]).values_list("pk", "said")
        found.update((pk, json.loads(text)) for pk, text in rows)
    return found


def said_of(record_kind: str, record_id: int, *, but: str = "", most: int = 200) -> list[tuple[str, str, str, Said]]:
    """What published sources last said of one record: source's title and content, key in words, values by field.

    `but`: a content that is left out.
    """
    rows = HeldRow.objects.filter(record_kind=record_kind, record_id=record_id, load__published_at__isnull=False)
    rows = rows.exclude(source__content=but)
    columns = ("source__title", "source__content", "key_words", "said")
    found = rows.order_by("source__title", "key_words", "key_hash").values_list(*columns)
    return [(title, content, key, json.loads(text)) for title, content, key, text in found[:most]]


def said_first(load_id: int) -> Iterator[tuple[int, Said]]:
    """Each record that a load was the first to give: its key, and what the source says of it, in order of the file."""
    rows = HeldRow.objects.filter(load_id=load_id).order_by("pk").values_list("record_id", "said")
    for record_id, text in rows.iterator(chunk_size=BATCH):
        yield record_id, json.loads(text)


def hold(source_id: int, load_id: int, rows: Sequence[NewHeld]) -> Sequence[int]:
    """Enter new records in the ledger; their keys there, in order."""
    columns = {
        "source_id": source_id,
        "load_id": load_id,
        "last_load_id": load_id,
        "key_hash": [row.key_hash for row in rows],
        "digest": [row.digest for row in rows],
        "key_words": [row.key_words for row in rows],
        "record_kind": [row.record_kind for row in rows],
        "record_id": [row.record_id for row in rows],
        "part_kind": [row.part_kind for row in rows],
        "part_id": [row.part_id for row in rows],
        "said": [_json(row.said) for row in rows],
    }
    return insert(HeldRow, columns, count=len(rows))


def touch(load_id: int, held_ids: Sequence[int]) -> None:
    """Say that this load has these records too."""
    for start in range(0, len(held_ids), LOOK_UP):
        HeldRow.objects.filter(pk__in=held_ids[start : start + LOOK_UP]).update(last_load_id=load_id)


def await_changes(load_id: int, changes: Sequence[Change]) -> None:
    """Keep changes to published records until the load is published."""
    PendingChange.objects.bulk_create(
        [
            PendingChange(
                load_id=load_id,
                held_id=change.held_id,
                digest=change.digest,
                fields={"said": change.said, "before": change.before, "part": change.new_part},
            )
            for change in changes
        ],
        batch_size=BATCH,
    )


def changes(load_id: int, *, most: int = BATCH) -> Iterator[list[Change]]:
    """Every change of a load in order of its ledger row, up to `most` at a time."""
    after = 0
    columns = (
        *("held_id", "digest", "fields", "held__record_kind", "held__record_id"),
        *("held__part_kind", "held__part_id", "held__key_words", "held__load_id"),
    )
    while True:
        rows = PendingChange.objects.filter(load_id=load_id, held_id__gt=after).order_by("held_id")
        found = [
            Change(
                *(held, digest, fields["said"], fields["before"], kind, record, part_kind, part, key),
                is_new=first == load_id,
                new_part=tuple(fields["part"]) if fields.get("part") else None,
            )
            for held, digest, fields, kind, record, part_kind, part, key, first in rows.values_list(*columns)[:most]
        ]
        if not found:
            return
        yield found
        after = found[-1].held_id


def say(changed: Sequence[Change]) -> None:
    """The ledger says from now on what these changes say."""
    changed = [change for change in changed if not change.is_new]
    held_rows = HeldRow.objects.in_bulk([change.held_id for change in changed])
    for change in changed:
        row = held_rows[change.held_id]
        row.digest, row.said = change.digest, _json(change.said)
        if change.new_part:
            row.part_kind, row.part_id = change.new_part
    HeldRow.objects.bulk_create(
        held_rows.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["digest", "said", "part_kind", "part_id"],
    )


def mark_vanished(source_id: int, load_id: int) -> int:
    """Mark every held record that this complete extract lacks; returns how many vanished with it."""
    return int(_lacking(source_id, load_id).update(vanished_load_id=load_id))


def vanished_now(source_id: int, load_id: int) -> Iterator[Vanished]:
    """Held records that this extract lacks and no earlier one lacked, ordered by key."""
    rows = _lacking(source_id, load_id).order_by("key_words", "key_hash")
    for row in rows.values_list("key_words", "record_kind", "record_id").iterator(chunk_size=BATCH):
        yield Vanished(*row)


def clear_reappeared(source_id: int, load_id: int) -> int:
    """A record that had vanished and is in this file again has not vanished any more; returns how many."""
    again = HeldRow.objects.filter(source_id=source_id, last_load_id=load_id, vanished_load__isnull=False)
    return again.update(vanished_load=None)


def counts(source_id: int, load_id: int) -> dict[str, int]:
    """What the ledger itself says of a load: records `added`, records `changed`, `records` that the file spoke of."""
    rows = HeldRow.objects.filter(source_id=source_id, last_load_id=load_id)
    return {
        "added": HeldRow.objects.filter(load_id=load_id).count(),
        "changed": PendingChange.objects.filter(load_id=load_id).exclude(held__load_id=load_id).count(),
        "records": rows.aggregate(n=Count("record_id", distinct=True))["n"],
    }


def changed_fields(load_id: int) -> dict[str, int]:
    """How many changes of this load touched each field."""
    tally: dict[str, int] = {}
    for batch in changes(load_id):
        for change in (one for one in batch if not one.is_new):
            for name in changed_in(change.before, change.said):
                tally[name] = tally.get(name, 0) + 1
    return dict(sorted(tally.items()))


def changed_in(before: Mapping[str, Any], said_now: Mapping[str, Any]) -> list[str]:
    """The fields that a change speaks of, by name. A field that fell silent is among them with no new value."""
    return sorted(name for name in before if before[name] != said_now.get(name))


def discard(load_id: int, *, most: int = BATCH) -> int:
    """Take up to `most` of an unpublished load's changes and ledger rows away; 0 when none is left."""
    waiting = PendingChange.objects.filter(load_id=load_id, load__published_at__isnull=True)
    gone = PendingChange.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)[:most])).delete()[0]
    if gone:
        return int(gone)
    staged = HeldRow.objects.filter(load_id=load_id, load__published_at__isnull=True)
    return int(HeldRow.objects.filter(pk__in=list(staged.values_list("pk", flat=True)[:most])).delete()[0])


def _lacking(source_id: int, load_id: int) -> Any:
    published = HeldRow.objects.filter(
        source_id=source_id, vanished_load__isnull=True, load__published_at__isnull=False
    )
    return published.filter(~Q(last_load_id=load_id), ~Q(load_id=load_id))
