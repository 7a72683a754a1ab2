"""Reading the journal. For whoever holds the power to read it (the auditor), and nobody else.

The journal never decides who may see a record: an auditor sees the keys of records, not the records.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Q, QuerySet

from peelian.journal import sealing
from peelian.journal.checkpoints import row_of
from peelian.journal.models import Checkpoint, Entry, Text
from peelian.journal.rows import CheckpointRow, EntryDetail, EntryPage, EntryRow, TextRow
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import LONDON, Viewer

PAGE = 50
ERASED = "Erased: the key of this text was destroyed."
ODD = "This text does not open. Verify the journal."


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A secret of another room: under whose key, at which place, and the bytes as they lie there."""

    subject: str
    place: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What to show. Empty means any. Days are London days of the moment of writing, both included."""

    actor: str = ""
    act: Act | None = None
    kind: RecordKind | None = None
    key: str = ""
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None


def unwrapped(secrets: Sequence[Wrapped]) -> list[bytes | None]:
    """What `actions.wrap` wrapped, in order; None where its subject was erased since.

    For a room that has shown the record to its viewer. One statement, a second where a subject was erased and has a
    new key. Raises sealing.Unreadable.
    """
    keys = sealing.keys_of({one.subject for one in secrets})
    return [_unwrapped(keys[one.subject], one) if one.subject in keys else None for one in secrets]


def token(purpose: str, text: str) -> str:
    """A name for a text by which a room knows it again once the text itself is gone; the same text, the same name.

    It tells nothing without the key of this installation; whoever has that can test a guess. No statement.
    """
    return sealing.token(purpose, text)


def _unwrapped(key: AESGCM, one: Wrapped) -> bytes | None:
    try:
        return sealing.unwrap(key, one.wrapped, subject=one.subject, place=one.place)
    except sealing.Unreadable:
        if Entry.objects.filter(key=one.subject, act=Act.ERASED).exists():
            return None
        raise


def entries(viewer: Viewer, *, filters: EntryFilter | None = None, page: int = 1, size: int = PAGE) -> EntryPage:
    """One page of entries, newest first. A `page` past the end is the last one. Raises NotAllowed."""
    _must_read(viewer)
    rows = _filtered(filters or EntryFilter())
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(max(page, 1), pages)
    shown = rows.order_by("-seq")[(number - 1) * size : number * size]
    return EntryPage(tuple(_row(row) for row in shown), number, pages, total)


def entry(viewer: Viewer, seq: int) -> EntryDetail:
    """One entry with its personal texts, those erased saying so. Raises NotAllowed, NotFound."""
    _must_read(viewer)
    found = Entry.objects.filter(seq=seq).first()
    if found is None:
        raise NotFound(f"entry {seq}")
    texts = tuple(_text(text) for text in Text.objects.filter(entry_id=seq).order_by("position"))
    return EntryDetail(_row(found), found.previous, texts)


def entries_about(viewer: Viewer, key: str, *, page: int = 1, size: int = PAGE) -> EntryPage:
    """Everything done to or seen of one record, including lists that showed it; newest first. Raises NotAllowed."""
    _must_read(viewer)
    rows = Entry.objects.filter(Q(key=key) | Q(shown__contains=json.dumps(key, ensure_ascii=False)))
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(max(page, 1), pages)
    shown = rows.order_by("-seq")[(number - 1) * size : number * size]
    return EntryPage(tuple(_row(row) for row in shown), number, pages, total)


def checkpoints(viewer: Viewer, *, most: int = PAGE) -> tuple[CheckpointRow, ...]:
    """The newest checkpoints, newest first. Raises NotAllowed."""
    _must_read(viewer)
    return tuple(row_of(row) for row in Checkpoint.objects.order_by("-size")[:most])


def first_day(viewer: Viewer) -> date:
    """The London day of the first entry: since when acts are recorded here; the viewer's today where there is none.

    It names nothing and nobody, and so needs no power.
    """
    first = Entry.objects.order_by("seq").values_list("at", flat=True).first()
    return datetime.fromisoformat(first).astimezone(LONDON).date() if first else viewer.today


def _must_read(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_JOURNAL):
        raise NotAllowed(Refusal("Only an auditor may read the journal.", "Local rule: roles.toml, read_journal"))


def _filtered(filters: EntryFilter) -> QuerySet[Entry]:
    rows = Entry.objects.all()
    exact = {"actor": filters.actor, "act": filters.act or "", "kind": filters.kind or "", "key": filters.key}
    rows = rows.filter(**{name: str(value) for name, value in exact.items() if value})
    if filters.words:
        rows = rows.filter(Q(summary__icontains=filters.words) | Q(reason__icontains=filters.words))
    if filters.from_on:
        rows = rows.filter(at__gte=_midnight(filters.from_on))
    if filters.to_on:
        rows = rows.filter(at__lt=_midnight(filters.to_on + timedelta(days=1)))
    return rows


def _midnight(day: date) -> str:
    """When the London day begins, as the column holds moments."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _row(row: Entry) -> EntryRow:
    return EntryRow(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        actor=row.actor,
        act=row.act,
        kind=row.kind,
        key=row.key,
        on=date.fromisoformat(row.on) if row.on else None,
        summary=row.summary,
        reason=row.reason,
        decision=row.decision,
        shown=tuple(json.loads(row.shown)),
        texts=len(json.loads(row.payload)),
        hash=row.hash,
    )


def _text(row: Text) -> TextRow:
    """Erased when an erasure of its subject was written later; a key made since then opens later texts only."""
    if Entry.objects.filter(key=row.subject, act=Act.ERASED, seq__gt=row.entry_id).exists():
        return TextRow(row.subject, None, ERASED)
    key = sealing.keys_of([row.subject]).get(row.subject)
    if key is None:
        return TextRow(row.subject, None, ODD)
    try:
        sealed = bytes(row.sealed)
        text, _ = sealing.unseal(key, sealed, subject=row.subject, seq=row.entry_id, position=row.position)
    except sealing.Unreadable:
        return TextRow(row.subject, None, ODD)
    return TextRow(row.subject, text, "")


def looked_at(key: str) -> dict[str, frozenset[str]]:
    """Who opened a record and on which pages, in the words of the entries, by actor. For an act that asks who comes to
    it afresh; never shown."""
    found: dict[str, set[str]] = {}
    looks = Entry.objects.filter(key=key, act=Act.CONSULTED).values_list("actor", "summary")
    for actor, summary in looks:
        found.setdefault(actor, set()).add(summary)
    return {actor: frozenset(pages) for actor, pages in found.items()}
