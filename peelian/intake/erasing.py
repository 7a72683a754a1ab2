"""What loads kept of a record's words, erased with the record's own: the ledger, its changes, rows set aside.

Long texts go (narratives, allegations in words); keys, dates, names and coded values stay, since the matter still
stands. A mark stays in the place of each text, so that a later extract that says it again does not bring it back.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from peelian.intake.models import HeldRow, PendingChange, SetAsideRow

LONG_TEXTS = frozenset({"narrative", "text", "allegation_text"})  # as column maps name them; a test compares
MARK = "!"  # before a field's name in the ledger: its text was erased here
ROW_ERASED = "(erased)"
Said = dict[str, Any]


def erase_said(record_kind: str, record_id: int, *, source_key: str, words: Iterable[str] = ()) -> tuple[str, ...]:
    """Erase the long texts that sources gave of one record, inside the caller's act, which the journal tells of.

    `source_key`: the record's key in its source. `words`: texts erased from the record itself. A row set aside belongs
    to the record where one of its cells is that key or one of these texts; all its cells go. Returns the references of
    loads of which a row set aside was erased: their file beside the report is to be written anew.
    """
    overwrite()
    held = list(HeldRow.objects.filter(record_kind=record_kind, record_id=record_id))
    gone = {text.strip() for text in words if text.strip()}
    for row in held:
        said, texts = _without(json.loads(row.said))
        row.said, gone = json.dumps(said, ensure_ascii=False, separators=(",", ":")), gone | texts
    HeldRow.objects.bulk_update(held, ["said"], batch_size=200)
    changes = list(PendingChange.objects.filter(held__record_kind=record_kind, held__record_id=record_id))
    for change in changes:
        said, texts = _without(change.fields["said"])
        before, earlier = _without(change.fields["before"])
        change.fields, gone = {**change.fields, "said": said, "before": before}, gone | texts | earlier
    PendingChange.objects.bulk_update(changes, ["fields"], batch_size=200)
    return _erase_aside({row.source_id for row in held}, {source_key.strip()} - {""} | gone)


def overwrite() -> None:
    """On SQLite, what goes from here on is written over in the file, not only let go of."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def keep_erased(before: Mapping[str, Any], now: Said) -> Said:
    """What a later extract says, without the texts that were erased here; their marks stay."""
    erased = {name for name in before if name.startswith(MARK)}
    kept = {name: value for name, value in now.items() if MARK + name not in erased}
    return kept | dict.fromkeys(sorted(erased), True)


def _without(said: Mapping[str, Any]) -> tuple[Said, set[str]]:
    """`said` with a mark in the place of each long text, and those texts."""
    kept = {name: value for name, value in said.items() if name not in LONG_TEXTS}
    gone = {str(said[name]).strip() for name in LONG_TEXTS if said.get(name)}
    return kept | {MARK + name: True for name in sorted(LONG_TEXTS) if name in said}, gone - {""}


def _erase_aside(source_ids: set[int], cells: set[str]) -> tuple[str, ...]:
    changed, loads = [], set()
    found = SetAsideRow.objects.filter(load__source__in=source_ids).select_related("load")
    for row in found.iterator(chunk_size=500):
        if cells & {cell.strip() for cell in row.raw}:
            row.raw, row.reason = [""] * len(row.raw), ROW_ERASED
            changed.append(row)
            loads.add(row.load.ref)
    SetAsideRow.objects.bulk_update(changed, ["raw", "reason"], batch_size=200)
    return tuple(sorted(loads))
