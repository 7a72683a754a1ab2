"""Writing to the journal. Nothing else writes its tables.

`record` belongs in the transaction of the act it records, as late in it as can be: writers wait for one another from
there to the commit. `look` and `refused` are short transactions of their own.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, transaction

from peelian.journal import sealing
from peelian.journal.models import Entry, SubjectKey, Text
from peelian.journal.verifier import ZERO, canonical, leaf_hash, plain, text_hash
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer

BATCH = 500
KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What an entry will say. `summary`, `reason` and `decision` hold no personal text; `texts` may.

    `texts`: pairs of the subject's key (a person's reference, or the record's own) and a mapping of plain values.
    `shown`: the keys that a look showed.
    """

    act: Act
    kind: RecordKind
    key: str
    summary: str
    reason: str = ""
    decision: str = ""
    on: date | None = None
    texts: Sequence[tuple[str, Mapping[str, object]]] = ()
    shown: Sequence[str] = ()


class OutsideTransaction(RuntimeError):
    """An act and its entry stand or fall together, so an entry is written only inside a transaction."""


class Unlocked(RuntimeError):
    """Nothing keeps writers apart, so nothing is written."""


def record(
    *,
    by: Viewer,
    act: Act,
    kind: RecordKind,
    key: str,
    summary: str,
    reason: str = "",
    decision: str = "",
    on: date | None = None,
    texts: Sequence[tuple[str, Mapping[str, object]]] = (),
) -> int:
    """Write one entry inside the caller's transaction and return its sequence number.

    `key`: the record's reference. `on`: the day the act happened (the entry's moment is `by.at`). The system's own
    reason (`by.because`) stands where `reason` is empty. Raises OutsideTransaction; NotValid for what cannot be kept.
    DPA 2018 s62(1).
    """
    draft = EntryDraft(act, kind, key, summary, reason, decision, on, texts)
    return record_many(by=by, entries=[draft])[0]


def record_many(*, by: Viewer, entries: Iterable[EntryDraft]) -> range:
    """Write entries in order under one lock, inside the caller's transaction; returns their sequence numbers.

    All of them are held in memory: give some thousands at a time. Raises as `record` does.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("journal entries are written inside the transaction of their act")
    drafts = list(entries)
    size, previous = _hold()
    if not drafts:
        return range(size + 1, size + 1)
    subjects = {subject for draft in drafts for subject, _ in draft.texts}
    keys = sealing.keys_for(subjects, since=size) if subjects else {}
    at, rows, texts = moment(by.at), [], []
    for seq, draft in enumerate(drafts, start=size + 1):
        payload = []
        for position, (subject, text) in enumerate(draft.texts):
            plain_text, salt = _text(text), os.urandom(sealing.SALT)
            payload.append(text_hash(salt, plain_text))
            sealed = sealing.seal(keys[subject], plain_text, salt, subject=subject, seq=seq, position=position)
            texts.append(Text(entry_id=seq, position=position, subject=subject, sealed=sealed))
        row = _row(seq, at, by, draft, payload, previous)
        rows.append(row)
        previous = row.hash
    Entry.objects.bulk_create(rows, batch_size=BATCH)
    if texts:
        Text.objects.bulk_create(texts, batch_size=BATCH)
    return range(size + 1, size + 1 + len(drafts))


def look(
    *,
    by: Viewer,
    kind: RecordKind,
    key: str,
    summary: str,
    shown: Sequence[str] = (),
    reason: str = "",
    decision: str = "",
) -> int:
    """Write that a record or a list was consulted, in a short transaction of its own; returns its sequence number.

    `shown`: the references that the page showed, all of them.
    """
    draft = EntryDraft(Act.CONSULTED, kind, key, summary, reason, decision, shown=shown)
    with transaction.atomic(durable=True):
        return record_many(by=by, entries=[draft])[0]


def refused(*, by: Viewer, kind: RecordKind, key: str, refusal: Refusal) -> int:
    """Write that something was refused, in a transaction of its own. Called at the edge only, after the rollback.

    `key` may be what an address bar held: it is cut and cleaned rather than refused in turn.
    """
    cleaned = key.encode("utf-8", "replace").decode().replace("\x00", "?")[:KEY_LENGTH]
    draft = EntryDraft(Act.REFUSED, kind, cleaned, "refused", refusal.reason, refusal.law)
    with transaction.atomic(durable=True):
        return record_many(by=by, entries=[draft])[0]


@transaction.atomic
def erase_subject(
    *, by: Viewer, kind: RecordKind, subject_key: str, reason: str, on: date, text_is_elsewhere: bool = False
) -> int:
    """Make every personal text under `subject_key` unreadable for good; returns the sequence of the entry that says so.

    `text_is_elsewhere`: the caller erases words of its own, so the entry is written even where the journal holds none.

    The entries stay, and the chain with them; only the key goes (and with it the salts). Copies in older backups
    live as long as those do. UK GDPR art 17; DPA 2018 s47. Raises NotAllowed, NotValid without a reason, NotFound
    when nothing is held under that key.
    """
    if not by.may(Permission.ERASE):
        raise NotAllowed(Refusal("You may not erase a person's text.", "DPA 2018 s47"))
    if not reason:
        raise NotValid("reason", "Say why this text is erased.")
    _hold()
    if not text_is_elsewhere and not SubjectKey.objects.filter(subject=subject_key).exists():
        raise NotFound(subject_key)
    seq = record(
        by=by, act=Act.ERASED, kind=kind, key=subject_key, summary="erased personal text", reason=reason, on=on
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")  # overwrite the key's bytes in the file, not only unlink them
    SubjectKey.objects.filter(subject=subject_key).delete()
    return seq


def holds_key(subject_key: str) -> bool:
    """Whether there is anything under this subject's key that could be erased."""
    return SubjectKey.objects.filter(subject=subject_key).exists()


def wrap(*, subject_key: str, place: str, secret: bytes) -> bytes:
    """A secret of another room, wrapped under the key of a subject, which is made where there is none.

    `place`: where it will lie, asked for again to open it. Call it inside the transaction that keeps the result;
    `queries.unwrapped` opens it, until the subject is erased. Raises OutsideTransaction.
    """
    return wrap_many([(subject_key, place, secret)])[0]


def wrap_many(secrets: Sequence[tuple[str, str, bytes]]) -> list[bytes]:
    """Secrets of another room as (subject, place, secret), each wrapped as by `wrap`, in order, under one lock."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("a secret is wrapped inside the transaction that keeps it")
    size, _ = _hold()
    keys = sealing.keys_for({subject for subject, _, _ in secrets}, since=size)
    return [sealing.wrap(keys[subject], secret, subject=subject, place=place) for subject, place, secret in secrets]


def moment(at: datetime) -> str:
    """The one written form of a moment: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _hold() -> tuple[int, str]:
    """Keep other writers out until the transaction ends; the number and hash of the last entry.

    SQLite transactions are IMMEDIATE, so this writer already has the file to itself.
    """
    with connection.cursor() as cursor:  # by hand: building these queries anew would double the price of an entry
        if connection.features.has_select_for_update:
            cursor.execute("SELECT id FROM journal_lock WHERE id = 1 FOR UPDATE")
            if cursor.fetchone() is None:
                raise Unlocked("the row that writers lock is gone from journal_lock: migrate, or put id 1 back")
        cursor.execute("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")
        return cursor.fetchone() or (0, ZERO)


def _row(seq: int, at: str, by: Viewer, draft: EntryDraft, payload: list[str], previous: str) -> Entry:
    if not draft.key or len(draft.key) > KEY_LENGTH:
        raise NotValid("key", f"A record's key has 1 to {KEY_LENGTH} characters.")
    shown = list(draft.shown)
    words = {
        "at": at,
        "actor": by.actor,
        "act": str(draft.act),
        "kind": str(draft.kind),
        "key": draft.key,
        "on": draft.on.isoformat() if draft.on else "",
        "summary": draft.summary,
        "reason": draft.reason or by.because,
        "decision": draft.decision,
        "previous": previous,
    }
    if "\x00" in "".join(words.values()):
        raise NotValid("summary", "A journal entry cannot hold the character NUL.")
    try:
        body = canonical({**words, "seq": seq, "shown": shown, "payload": payload})
    except UnicodeEncodeError as error:
        raise NotValid("summary", "A journal entry holds Unicode text only.") from error
    lists = {"shown": canonical(shown).decode(), "payload": canonical(payload).decode()}
    return Entry(seq=seq, **words, **lists, hash=leaf_hash(body).hex())


def _text(text: Mapping[str, object]) -> bytes:
    try:
        return canonical(plain(dict(text)))
    except (TypeError, UnicodeEncodeError) as error:
        raise NotValid("texts", f"Personal text in the journal is made of plain values: {error}.") from error
