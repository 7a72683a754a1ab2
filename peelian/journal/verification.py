"""Reads the whole journal and says whether it is whole, and if not, where. Trusts nothing that it can recompute.

Reads entries in order in bounded memory and takes no lock: entries are only added, so those up to the last one at the
start are checked while work goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import OperationalError, connection

from peelian.journal import guards, sealing
from peelian.journal.keys import signer
from peelian.journal.models import Checkpoint, Entry, Text
from peelian.journal.rows import Verdict
from peelian.journal.stream import CHUNK, as_it_stands, last_seq, stored
from peelian.journal.verifier import Chain, Signed, opened_checkpoint
from peelian.terms.acts import Act

TextValues = tuple[int, int, str, bytes | memoryview]
KEYS_HELD = 5000


def verify(
    *,
    elsewhere: Iterable[tuple[str, str]] = (),
    vkey: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Check every entry, text and checkpoint, and the database's guards.

    `elsewhere`: (name, signed note) of checkpoints kept elsewhere, trusted above those in the database. `vkey`: the
    public key that signed them; this installation's own when empty. `progress` is told (done, of all) now and then.
    Raises ValueError when a checkpoint kept elsewhere is not signed by `vkey`.
    """
    vkey = vkey or signer().vkey
    given = [(name, opened_checkpoint(note, vkey)) for name, note in elsewhere]
    try:
        return _read(given, vkey, progress)
    except OperationalError:  # text that is no text, which SQLite lets in: read again, slower, as bytes stand there
        with as_it_stands():
            return _read(given, vkey, progress)


def _read(given: list[tuple[str, Signed]], vkey: str, progress: Callable[[int, int], None] | None) -> Verdict:
    held, unsigned = _checkpoints(vkey)
    chain = Chain([*given, *held], elsewhere=[name for name, _ in given])
    for name in unsigned:
        chain.found("checkpoint", 0, 0, name)
    for name in guards.missing(connection):
        chain.found("guard", 0, 0, name)
    until = last_seq()
    texts = _Texts(chain, until)
    for entry, kept in stored(until=until):
        chain.see(entry, kept)
        texts.beside(entry)
        if progress and chain.last % CHUNK == 0:
            progress(chain.last, until)
    chain.end()
    texts.end()
    if progress:
        progress(until, until)
    return Verdict(
        entries=chain.tree.size,
        texts=texts.count,
        root=chain.tree.root().hex(),
        checkpoints=len(held),
        agreed=chain.agreed,
        findings=tuple(chain.findings),
        more=chain.more,
        limits=chain.limits(),
    )


def _checkpoints(vkey: str) -> tuple[list[tuple[str, Signed]], list[str]]:
    """Those of this database whose signature stands, and the names of those whose does not."""
    held, unsigned = [], []
    for size, root, note in Checkpoint.objects.order_by("size").values_list("size", "root", "note"):
        name = f"checkpoint {size} in this database"
        try:
            signed = opened_checkpoint(str(note), vkey)
        except ValueError:
            unsigned.append(name)
            continue
        if (signed.size, signed.root.hex()) == (size, root):
            held.append((name, signed))
        else:
            unsigned.append(name)
    return held, unsigned


class _Texts:
    """Walks the sealed texts beside the entries and opens each one that still has its key."""

    def __init__(self, chain: Chain, until: int) -> None:
        self.chain, self.count = chain, 0
        self.keys: dict[str, AESGCM | None] = {}
        erasures = Entry.objects.filter(act=Act.ERASED).order_by("seq").values_list("key", "seq")
        self.erased: dict[str, int] = dict(erasures)
        rows = Text.objects.filter(entry_id__lte=until).order_by("entry_id", "position")
        values: Iterator[TextValues] = rows.values_list("entry_id", "position", "subject", "sealed").iterator(
            chunk_size=CHUNK
        )
        self.groups = groupby(values, key=lambda text: text[0])
        self.waiting = next(self.groups, None)

    def beside(self, entry: dict[str, object]) -> None:
        """Compare the texts of `entry` with the hashes it carries."""
        seq, hashes = entry["seq"], entry["payload"]
        while self.waiting and isinstance(seq, int) and self.waiting[0] < seq:
            self.chain.found("text", self.waiting[0], self.waiting[0], "a text without its entry")
            self.waiting = next(self.groups, None)
        texts: list[TextValues] = []
        if self.waiting and self.waiting[0] == seq:
            texts = list(self.waiting[1])
            self.waiting = next(self.groups, None)
        if not texts and not hashes:
            return
        if not isinstance(hashes, list) or [text[1] for text in texts] != list(range(len(hashes))):
            self.chain.found("text", self.chain.last, self.chain.last, f"{len(texts)} stand beside it")
            return
        for text, kept in zip(texts, hashes, strict=True):
            self._check(text, kept)

    def _check(self, text: TextValues, kept: object) -> None:
        seq, position, subject, sealed = text
        self.count += 1
        if self.erased.get(subject, 0) > seq:
            return
        try:
            key = self._key(subject)
            if key is None:
                self.chain.found("key gone", seq, seq, subject)
                return
            _, salted = sealing.unseal(key, bytes(sealed), subject=subject, seq=seq, position=position)
        except (sealing.Unreadable, TypeError):  # TypeError: text where bytes should be
            salted = ""
        if salted != kept:
            self.chain.found("text", seq, seq, f"text {position + 1}")

    def _key(self, subject: str) -> AESGCM | None:
        if subject not in self.keys:
            if len(self.keys) >= KEYS_HELD:
                self.keys.clear()
            self.keys[subject] = sealing.keys_of([subject]).get(subject)
        return self.keys[subject]

    def end(self) -> None:
        while self.waiting:
            self.chain.found("text", self.waiting[0], self.waiting[0], "a text without its entry")
            self.waiting = next(self.groups, None)
