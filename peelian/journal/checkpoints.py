"""Signed checkpoints, and proofs against them.

A checkpoint is made from the one before: its frontier is taken up again after its root has been computed from it, so
no checkpoint can be signed that does not contain the one before, and the cost is that of the new entries only.
"""

import base64
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from peelian.journal.actions import moment
from peelian.journal.keys import signer
from peelian.journal.models import Checkpoint, Entry
from peelian.journal.rows import CheckpointRow
from peelian.journal.stream import last_seq, leaves, stored
from peelian.journal.verifier import Chain, Finding, Tree
from peelian.terms.refusals import NotFound, NotValid

Span = tuple[int, int]
EVERY = timedelta(minutes=5)
MOST = 500


class Broken(Exception):
    """The journal does not hold together, so nothing is signed. `findings` say where; `verify` tells all."""

    is_for_people = True

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            "No checkpoint was signed, because the journal does not hold together. "
            + " ".join(finding.words for finding in self.findings[:3])
        )


def make(*, at: datetime) -> CheckpointRow:
    """Sign the journal as it stands at the moment `at`; the newest checkpoint again if nothing was written since.

    Raises NotFound when the journal is empty, Broken when the entries since the last checkpoint, or that checkpoint
    itself, do not hold together.
    """
    size = last_seq()
    last = Checkpoint.objects.order_by("-size").first()
    if last and last.size == size:
        return row_of(last)
    if not size:
        raise NotFound("an entry to sign: the journal is empty")
    chain = Chain()
    if last:
        chain = _taken_up(last)
    for entry, kept in stored(after=chain.last, until=size):
        chain.see(entry, kept)
    if not chain.is_whole or chain.tree.size != size:
        raise Broken(chain.findings)
    root, key = chain.tree.root(), signer()
    text = f"{key.name}\n{size}\n{base64.b64encode(root).decode()}\n"
    made = Checkpoint(
        size=size,
        root=root.hex(),
        note=key.signed(text),
        frontier=json.dumps([node.hex() for node in chain.tree.frontier]),
        at=moment(at),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        made = Checkpoint.objects.get(size=size)  # somebody signed the same moment first
    return row_of(made)


def make_when_due(*, at: datetime) -> CheckpointRow | None:
    """Sign if `EVERY` has passed since the newest checkpoint, or `MOST` entries were written since; None otherwise.

    For a process that looks in now and then. Raises Broken as `make` does.
    """
    waiting = last_seq() - last_checkpoint_size()
    if not waiting:
        return None
    last = Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
    if waiting < MOST and last and last > moment(at - EVERY):
        return None
    return make(at=at)


def _taken_up(last: Checkpoint) -> Chain:
    """A chain that carries on after `last`. Raises Broken when its frontier or its last entry is not what it signed."""
    chain = Chain()
    tree = Tree(last.size, [bytes.fromhex(node) for node in json.loads(last.frontier)])
    previous = Entry.objects.filter(seq=last.size).values_list("hash", flat=True).first()
    if len(tree.frontier) != last.size.bit_count() or tree.root().hex() != last.root:
        raise Broken([Finding("differs", 1, last.size, f"checkpoint {last.size} in this database")])
    if previous is None:
        raise Broken([Finding("missing", last.size, last.size)])
    chain.tree, chain.last, chain.previous = tree, last.size, previous
    return chain


def row_of(checkpoint: Checkpoint) -> CheckpointRow:
    at = datetime.fromisoformat(checkpoint.at)
    return CheckpointRow(checkpoint.size, checkpoint.root, checkpoint.note, at)


def inclusion_spans(index: int, size: int, start: int = 0) -> list[Span]:
    """RFC 9162 section 2.1.3.1: the spans of leaves whose roots prove that leaf `index` (from 0) is in the tree."""
    if size == 1:
        return []
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return [*inclusion_spans(index, half, start), (start + half, start + size)]
    return [*inclusion_spans(index - half, size - half, start + half), (start, start + half)]


def consistency_spans(old: int, size: int, start: int = 0, *, known: bool = True) -> list[Span]:
    """RFC 9162 section 2.1.4.1: the spans whose roots prove that the tree of `old` leaves begins the tree of `size`."""
    if old == size:
        return [] if known else [(start, start + size)]
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        return [*consistency_spans(old, half, start, known=known), (start + half, start + size)]
    return [*consistency_spans(old - half, size - half, start + half, known=False), (start, start + half)]


def roots_of(spans: list[Span], leaf_hashes: Iterable[bytes]) -> list[bytes]:
    """The Merkle root over each span, in the order given, from one pass over the leaves."""
    waiting = sorted(spans, reverse=True)
    done: dict[Span, bytes] = {}
    tree = Tree()
    for place, leaf in enumerate(leaf_hashes):
        if waiting and place >= waiting[-1][0]:
            tree.add(leaf)
            if place + 1 == waiting[-1][1]:
                done[waiting.pop()] = tree.root()
                tree = Tree()
    return [done[span] for span in spans]


def _covering(seq: int, size: int | None) -> Checkpoint:
    rows = Checkpoint.objects.filter(size__gte=seq) if size is None else Checkpoint.objects.filter(size=size)
    found = rows.order_by("size").first()
    if found is None:
        raise NotFound("a checkpoint that covers this entry: make one with `peelian journal checkpoint`")
    return found


def prove_entry(seq: int, size: int | None = None) -> dict[str, object]:
    """The proof that entry `seq` stands in a checkpoint (the first that covers it, or the one of `size`).

    Returns the entry, its hash, its index from 0, the path (base64, from the leaf up) and the signed note.
    Raises NotFound for no such entry or no checkpoint; NotValid when the checkpoint is older than the entry.
    """
    found = next(stored(after=seq - 1, until=seq), None)
    if found is None:
        raise NotFound(f"entry {seq}")
    checkpoint = _covering(seq, size)
    if checkpoint.size < seq:
        raise NotValid("size", f"The checkpoint of {checkpoint.size} entries is older than entry {seq}.")
    entry, kept = found
    path = roots_of(inclusion_spans(seq - 1, checkpoint.size), leaves(checkpoint.size))
    return {
        "entry": entry,
        "hash": kept,
        "index": seq - 1,
        "size": checkpoint.size,
        "path": [base64.b64encode(node).decode() for node in path],
        "checkpoint": checkpoint.note,
    }


def prove_growth(old: int, size: int | None = None) -> dict[str, object]:
    """The proof that the checkpoint of `old` entries is the beginning of a later one (the newest, or that of `size`).

    Raises NotFound when either checkpoint is not held.
    """
    earlier = _covering(old, old)
    later = _covering(size or last_checkpoint_size(), size or last_checkpoint_size())
    if later.size < earlier.size:
        raise NotValid("size", "The later checkpoint is older than the earlier one.")
    path = roots_of(consistency_spans(earlier.size, later.size), leaves(later.size))
    return {
        "old_size": earlier.size,
        "size": later.size,
        "path": [base64.b64encode(node).decode() for node in path],
        "old_checkpoint": earlier.note,
        "checkpoint": later.note,
    }


def last_checkpoint_size() -> int:
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
