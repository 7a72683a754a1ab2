"""Entries as they were hashed, in order, a few at a time: a million of them need no more memory than a thousand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection

from peelian.journal.models import Entry

COLUMNS = (
    "seq",
    "at",
    "actor",
    "act",
    "kind",
    "key",
    "on",
    "summary",
    "reason",
    "decision",
    "shown",
    "payload",
    "previous",
    "hash",
)
CHUNK = 2000


def stored(after: int = 0, until: int | None = None) -> Iterator[tuple[dict[str, object], str]]:
    """Each entry with `after` < seq <= `until` as the mapping that was hashed, and the hash stored with it."""
    rows = Entry.objects.filter(seq__gt=after).order_by("seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    for values in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        entry: dict[str, object] = dict(zip(COLUMNS, values, strict=True))
        kept = str(entry.pop("hash"))
        entry["shown"] = listed(values[10])
        entry["payload"] = listed(values[11])
        yield entry, kept


def listed(text: str) -> object:
    """The list in a column. What cannot be read stays as it is, so that its hash will not match."""
    if text == "[]":
        return []
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return text


@contextmanager
def as_it_stands() -> Iterator[None]:
    """Reads text that is not Unicode, which only tampering can leave in SQLite, as text whose hash cannot match."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    connection.connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        connection.connection.text_factory = str


def leaves(until: int) -> Iterator[bytes]:
    """The stored hashes of the first `until` entries, in order."""
    hashes = Entry.objects.filter(seq__lte=until).order_by("seq").values_list("hash", flat=True)
    for kept in hashes.iterator(chunk_size=10_000):
        yield bytes.fromhex(kept)


def last_seq() -> int:
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
