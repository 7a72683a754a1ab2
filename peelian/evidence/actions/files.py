"""Keeping files under seal, opening them, and erasing them for good."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from peelian.evidence import cleaning, kinds, scanning, store
from peelian.evidence.files import WRAPPED_AT, Secret, label
from peelian.evidence.files import content as content_of
from peelian.evidence.models import StoredFile
from peelian.evidence.queries.files import held_file
from peelian.evidence.rows import Content, Which
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.holding import must_not_be_held
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

TOO_MUCH = (
    "The virus scanner does not read files as large, or packed as deeply, as this one. It was not kept. Unpack it,"
    " or ask whoever runs Peelian to raise the limits of the scanner."
)
SCANNED = "Local rule: where a virus scanner is set, no file is kept that it did not pass"
PIECE = 1 << 20


@store.whole_or_nothing()
def keep(
    *,
    by: Viewer,
    matter_ref: str,
    name: str,
    content: Iterable[bytes] | bytes,
    about: str = "",
    made_from: str = "",
    on: date,
) -> str:
    """Keep a file on a matter: the original untouched, a clean copy where its kind allows one; returns its reference.

    `content`: pieces of it, read once. `made_from`: the reference of the file on the same matter of which this is a
    worked copy (a redaction). Needs KEEP_EVIDENCE. The content is sealed and scanned before the transaction begins, so
    call it outside one where it is large; whoever calls it inside one stands that in `whole_or_nothing`. Raises
    NotFound; NotValid for an empty or too large file; NotAllowed where the scanner finds something or does not answer:
    then nothing is kept.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    not_ahead(by, on)
    name = sound("name", name, most=200, needed="Say what the file is called.")
    about = sound("about", about, most=2000)
    matter_id = matters.key_of(by, matter_ref)
    source = held_file(by, made_from) if made_from else None
    if source is not None and source.matter_id != matter_id:
        raise NotValid("made_from", "A worked copy belongs to the matter of the file it was made from.")
    ref, key = new_reference("PF"), store.new_key()
    arrived = _Arriving([content] if isinstance(content, bytes) else content)
    original = _original(arrived, key, ref)
    kind = kinds.recognised(bytes(arrived.first))
    clean, words = _clean(arrived, kind, key, ref)
    secret = Secret(key, name, about, original.sha256, clean.sha256 if clean else "")
    with transaction.atomic():
        if matters.key_of(by, matter_ref) != matter_id:
            raise NotValid("matter", "This matter changed while the file was on its way.")
        _enter(by, matter_ref, Act.COLLECTED, f"kept a file: {ref}, {kind.media}", on)
        StoredFile.objects.create(
            ref=ref,
            matter_id=matter_id,
            made_from=source,
            secret=journal.wrap(subject_key=ref, place=WRAPPED_AT, secret=secret.sealed_form()),
            on_disk=original.name,
            size=original.size,
            media=kind.media,
            scanned="clamd" if scanning.is_set() else "",
            clean_on_disk=clean.name if clean else "",
            clean_size=clean.size if clean else None,
            clean_words=words,
            on=on,
            recorded_at=by.at,
            recorded_by=by.actor,
        )
    return ref


@transaction.atomic
def open_file(*, by: Viewer, file_ref: str, which: Which = Which.ORIGINAL) -> Content:
    """Open a file for somebody who may see its matter, and write in the journal that they did.

    A page that says what it showed writes its own look and calls `queries.content`. Raises NotFound, also behind a wall
    and for what was erased.
    """
    file = held_file(by, file_ref)
    opened = content_of(file, which)
    _enter(by, matters.parts_by_id(by, [file.matter_id])[file.matter_id].ref, Act.CONSULTED, _opened(opened), by.today)
    return opened


@transaction.atomic
def erase_file(*, by: Viewer, file_ref: str, reason: str, on: date) -> None:
    """Erase one file for good: its key goes, and the content with it. That it was, its size and dates stay.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. Raises NotFound; NotAllowed while a legal hold stands on its matter;
    NotValid without a reason or where it was erased before.
    """
    must_hold(by, Permission.ERASE)
    not_ahead(by, on)
    file = held_file(by, file_ref)
    reason = must_say(reason, why="Say why this file is erased.")
    must_not_be_held(file.matter_id)
    if not erase_content(by=by, files=[file], reason=reason, on=on):
        raise NotValid("reason", "This file was erased before.")


def erase_content(*, by: Viewer, files: Iterable[Any], reason: str, on: date) -> int:
    """Destroy the keys of these files inside the caller's transaction, and take them off the disk after it; how many
    were not erased before. Raises as `journal.erase_subject` does."""
    known = StoredFile.objects.filter(pk__in=[one.pk for one in files]).order_by("pk")
    gone = 0
    for file in known:
        if not journal.holds_key(file.ref):
            continue
        gone += 1
        journal.erase_subject(by=by, kind=RecordKind.MATTER, subject_key=file.ref, reason=reason, on=on)
        for name in filter(None, (file.on_disk, file.clean_on_disk)):
            transaction.on_commit(lambda name=name: store.remove(name))  # type: ignore[misc]  # a default binds it
    return gone


class _Arriving:
    """Content on its way in: its first bytes, and all of it while it is small enough to be cleaned."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = pieces
        self.first = bytearray()
        self.whole: bytearray | None = bytearray()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if len(self.first) < kinds.FIRST:
                self.first += piece[: kinds.FIRST - len(self.first)]
            if self.whole is not None:
                self.whole += piece
                if len(self.whole) > cleaning.MOST_BYTES:
                    self.whole = None
            for start in range(0, len(piece), PIECE):
                yield piece[start : start + PIECE]


def _original(arrived: _Arriving, key: bytes, ref: str) -> store.Sealed:
    """The original in the store, scanned where a scanner is set."""
    most = scanning.most_mb()

    def sealed(pieces: Iterable[bytes]) -> store.Sealed:
        return store.seal(pieces, key=key, label=label(ref, Which.ORIGINAL), most=most * 10**6)

    try:
        if scanning.is_set():
            with scanning.Scan(settings.PEELIAN_CLAMD) as scan:
                kept = sealed(scan.through(arrived))
                scan.passed()
        else:
            kept = sealed(arrived)
    except store.TooLarge:
        raise NotValid("file", f"The file is larger than {most:,} MB.") from None
    except scanning.Infected as found:
        reason = f"The virus scanner found {found.signature} in this file. It was not kept."
        raise NotAllowed(Refusal(reason, SCANNED)) from found
    except scanning.TooMuch as unread:
        raise NotAllowed(Refusal(TOO_MUCH, SCANNED)) from unread
    except scanning.NoScanner as silent:
        reason = "The virus scanner did not pass this file, because it could not be asked. Nothing was kept. Try later."
        raise NotAllowed(Refusal(reason, SCANNED)) from silent
    if not kept.size:
        raise NotValid("file", "The file is empty.")
    return kept


def _clean(arrived: _Arriving, kind: kinds.Kind, key: bytes, ref: str) -> tuple[store.Sealed | None, str]:
    """The clean copy in the store, and what was taken out of it or why there is none."""
    if arrived.whole is None and cleaning.may_be_cleaned(kind):
        made = cleaning.too_large()
    else:
        made = cleaning.cleaned_apart(bytes(arrived.whole or b""), kind)
    if made.content is None:
        return None, made.words
    kept = store.seal([made.content], key=key, label=label(ref, Which.CLEAN), most=len(made.content))
    return kept, made.words


def _opened(content: Content) -> str:
    return f"opened the file {content.file.ref} ({content.which})"


def _enter(by: Viewer, matter_ref: str, act: Act, summary: str, on: date) -> None:
    journal.record(by=by, act=act, kind=RecordKind.MATTER, key=matter_ref, summary=summary, on=on)
