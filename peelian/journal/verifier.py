#!/usr/bin/env python3
"""Verify an export of a Peelian journal, without Peelian and without its database.

    python verifier.py export.jsonl --checkpoint checkpoint.txt --key peelian.vkey
    python verifier.py --proof proof.json --key peelian.vkey

One file; needs Python 3.11 and the package `cryptography`. It imports nothing of Peelian: Peelian imports its hashing
from here, so that what is written and what is checked cannot drift apart.

An export is one JSON object a line, in order of `seq`:
`{"entry": {…fields…}, "hash": "64 hex digits"}`. The hash is SHA-256(0x00 || canonical JSON of `entry`): the leaf hash
of RFC 9162 over RFC 8785 JSON. `entry.previous` is the hash of the entry before (64 zeros for the first).
A checkpoint is a C2SP signed note: origin, number of entries, base64 Merkle root, signed with Ed25519.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ZERO = "0" * 64
_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical(value: object) -> bytes:
    """RFC 8785 JSON of strings, whole numbers, booleans, null, lists and objects whose keys are ASCII.

    Raises UnicodeEncodeError for text that is not Unicode. Fractions and other keys never get here: see `plain`.
    """
    return _encode(value).encode()


def plain(value: object) -> object:
    """`value` itself, if its canonical form is beyond doubt. Raises TypeError for anything else."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) and key.isascii() for key in value):
        return {key: plain(item) for key, item in value.items()}
    raise TypeError(f"cannot be written canonically: {type(value).__name__}")


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162 section 2.1.1: SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 section 2.1.1: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def text_hash(salt: bytes, text: bytes) -> str:
    """The salted hash that stands in an entry's payload for a personal text (canonical JSON)."""
    return hashlib.sha256(salt + text).hexdigest()


class Tree:
    """An RFC 9162 Merkle tree that keeps only the roots of its full subtrees, largest first."""

    def __init__(self, size: int = 0, frontier: Iterable[bytes] = ()) -> None:
        self.size, self.frontier = size, list(frontier)

    def add(self, leaf: bytes) -> None:
        self.size += 1
        node, width = leaf, self.size
        while width % 2 == 0:
            node, width = node_hash(self.frontier.pop(), node), width // 2
        self.frontier.append(node)

    def root(self) -> bytes:
        if not self.frontier:
            return hashlib.sha256(b"").digest()
        node = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            node = node_hash(left, node)
        return node


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2: is `leaf` the one at `index` (from 0) of the tree of `size` leaves with `root`?"""
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            node = node_hash(step, node)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistent(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2: is the tree of `old_size` leaves the beginning of the tree of `size` leaves?"""
    if old_size == size:
        return not path and old_root == root
    if not 0 < old_size < size or not path:
        return False
    steps = ([old_root] if old_size & (old_size - 1) == 0 else []) + list(path)
    at, last = old_size - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == root


@dataclass(frozen=True)
class Signed:
    """What a checkpoint says: the first `size` entries of the journal `origin` have Merkle root `root`."""

    origin: str
    size: int
    root: bytes


def opened_note(note: str, key: str) -> str:
    """The text of a C2SP signed note that carries an Ed25519 signature by `key` (`name+hash+base64`).

    Raises ValueError when it is malformed, or not signed by that key. Signatures of others are passed over.
    """
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    name, number, encoded = key.strip().split("+", 2)
    public = base64.b64decode(encoded, validate=True)
    key_id = hashlib.sha256(f"{name}\n".encode() + public).digest()[:4]
    if not gap or public[:1] != b"\x01" or key_id.hex() != number:
        raise ValueError("this is not a signed note, or not an Ed25519 key that reads one")
    for line in signatures.splitlines():
        if line.startswith(f"— {name} "):
            signature = base64.b64decode(line.rsplit(" ", 1)[1], validate=True)
            if signature[:4] != key_id:
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text.encode())
            except InvalidSignature:
                raise ValueError(f"the signature of {name} is not by its key, or the note was changed") from None
            return text
    raise ValueError(f"{name} has not signed this")


def opened_checkpoint(note: str, key: str) -> Signed:
    """A checkpoint, once its signature stands. Raises ValueError."""
    origin, size, root, *_ = opened_note(note, key).split("\n")
    if not size.isascii() or not size.isdigit():
        raise ValueError("the checkpoint does not say how many entries it covers")
    if origin != key.split("+", 1)[0]:
        raise ValueError(f"the checkpoint speaks of another journal: {origin}")
    return Signed(origin, int(size), base64.b64decode(root, validate=True))


WORDS = {
    "missing": "missing: deleted, or never there",
    "changed": "changed: the words do not match the hash they were written with",
    "renumbered": "renumbered: written under another number (entries before were put in or taken out)",
    "repeated": "out of order: this number, or a later one, stands before it (repeated or moved)",
    "unlinked": "not a successor of the entry before: one of the two was rewritten, put in or swapped",
    "differs": "not the entries that a checkpoint signed: rewritten with hashes made anew, or replaced",
    "cut off": "missing at the end: cut off, or an older copy was put back (a checkpoint signed them)",
    "text": "personal text missing, added or changed beside the entry",
    "key gone": "personal text without its key, though no entry says that it was erased",
    "checkpoint": "a checkpoint whose signature does not stand",
    "guard": "the database's own guard is not in place",
}
MOST = 1000


@dataclass
class Finding:
    """Something wrong with entries `first` to `last` (0 where no entry is meant). `detail` may be empty."""

    kind: str
    first: int
    last: int
    detail: str = ""
    is_kept: bool = False  # found against a checkpoint kept elsewhere

    @property
    def words(self) -> str:
        where = f"Entry {self.first}" if self.first == self.last else f"Entries {self.first} to {self.last}"
        start = f"{where}: " if self.last else ""
        return f"{start}{WORDS[self.kind]}{f' ({self.detail})' if self.detail else ''}."


class Chain:
    """Checks entries one by one as they stream by, and checkpoints as they are reached. Memory: a few hashes.

    `checkpoints`: those known, with the name to call each by; `elsewhere`: the names of those kept elsewhere.
    """

    def __init__(self, checkpoints: Iterable[tuple[str, Signed]] = (), elsewhere: Iterable[str] = ()) -> None:
        self.tree, self.last, self.previous, self.shift = Tree(), 0, ZERO, 0
        self.waiting = sorted(checkpoints, key=lambda named: named[1].size)
        self.elsewhere, self.agreed, self.agreed_elsewhere = set(elsewhere), 0, 0
        self.findings: list[Finding] = []
        self.latest: dict[str, Finding] = {}
        self.more = 0
        self._reached()

    def found(self, kind: str, first: int, last: int, detail: str = "") -> None:
        """Note a finding; one that carries on where the last of its kind ended is one with it."""
        before = self.latest.get(kind)
        if before and before.detail == detail and before.last + 1 == first:
            before.last = last
        elif len(self.findings) < MOST:
            self.latest[kind] = Finding(kind, first, last, detail)
            self.findings.append(self.latest[kind])
        else:
            self.more += 1

    def see(self, entry: dict[str, object], stored: str) -> None:
        seq = entry.get("seq")
        try:
            leaf = leaf_hash(canonical(entry))
        except (TypeError, ValueError):
            leaf = b""
        if not isinstance(seq, int):
            self.found("changed", self.last + 1, self.last + 1, "its number is not a number")
            seq = self.last + 1
        gap = seq > self.last + 1
        if gap:
            self.found("missing", self.last + 1, seq - 1)
        if seq <= self.last:
            self.found("repeated", seq, seq)
        elif leaf.hex() != stored:
            renumbered = leaf and self._renumbered(entry, seq, stored)
            self.found("renumbered" if renumbered else "changed", seq, seq)
        if not gap and seq > self.last and entry.get("previous") != self.previous:
            self.found("unlinked", seq, seq)
        self.last, self.previous = max(seq, self.last), stored
        self.tree.add(leaf or ZERO.encode())
        self._reached()

    def _renumbered(self, entry: dict[str, object], seq: int, stored: str) -> bool:
        """Does the hash fit under a number near by? Tries the last shift that did, its neighbours, the next number."""
        for shift in (self.shift, self.shift - 1, self.shift + 1, -1, 1, self.last + 1 - seq):
            if shift and leaf_hash(canonical({**entry, "seq": seq + shift})).hex() == stored:
                self.shift = shift
                return True
        return False

    def _reached(self) -> None:
        """Compare with each checkpoint of this size. One in the database can have been signed anew, so how far one kept
        elsewhere agrees is counted apart, and a difference from it is located between those kept elsewhere."""
        while self.waiting and self.waiting[0][1].size <= self.last:
            name, signed = self.waiting.pop(0)
            is_kept = name in self.elsewhere
            if signed.size == self.tree.size and signed.root == self.tree.root():
                self.agreed = signed.size
                self.agreed_elsewhere = signed.size if is_kept else self.agreed_elsewhere
            elif not any(finding.kind == "differs" and is_kept <= finding.is_kept for finding in self.findings):
                first = (self.agreed_elsewhere if is_kept else self.agreed) + 1
                self.found("differs", first, signed.size, name)
                self.latest["differs"].is_kept = is_kept

    def end(self) -> None:
        """No more entries: what the checkpoints signed beyond this point is missing."""
        for name, signed in self.waiting[-1:]:
            self.found("cut off", self.last + 1, signed.size, name)

    @property
    def is_whole(self) -> bool:
        return not self.findings

    def limits(self) -> str:
        """What the verdict does not rule out, in words."""
        ruled = (
            "cutting off the tail, putting back an older copy, replacing the table, or rewriting it with hashes anew"
        )
        if not self.elsewhere:
            return f"No checkpoint kept elsewhere was given. Without one, nothing here rules out {ruled}."
        if self.agreed_elsewhere < self.last:
            return (
                f"Against a checkpoint kept elsewhere: entries 1 to {self.agreed_elsewhere}. For the later ones, up to "
                f"{self.last}, only a later checkpoint rules out {ruled}."
            )
        return f"Every entry, 1 to {self.last}, is the one that a checkpoint kept elsewhere signed."


def entries_of(lines: Iterable[str]) -> Iterator[tuple[dict[str, object], str]]:
    """Entries and their hashes from the lines of an export. Raises ValueError naming the line."""
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            entry, stored = row["entry"], row["hash"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} of the export is not an entry") from error
        yield entry, stored


def proved(proof: dict[str, Any], key: str) -> str:
    """What a proof by `peelian journal prove` shows, in words; empty when it shows nothing. Raises ValueError."""
    try:
        later, path = opened_checkpoint(proof["checkpoint"], key), [base64.b64decode(node) for node in proof["path"]]
        if "old_checkpoint" in proof:
            earlier = opened_checkpoint(proof["old_checkpoint"], key)
            stands = consistent(earlier.size, earlier.root, later.size, later.root, path)
            words = f"The journal of {later.size} entries begins with the {earlier.size} signed earlier."
        else:
            entry, index = proof["entry"], proof["index"]
            leaf = leaf_hash(canonical(entry))
            stands = entry["seq"] == index + 1 and included(leaf, index, later.size, path, later.root)
            words = f"Entry {index + 1} stands, word for word, in the journal signed at {later.size} entries."
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is not a proof: {error}") from error
    return words if stands else ""


def main(words: list[str] | None = None) -> int:
    """The command: 0 when whole or proved, 1 when something was found, 2 when it could not be read."""
    parser = argparse.ArgumentParser(description="Verify an export of a Peelian journal, or a proof from one.")
    parser.add_argument("export", nargs="?", help="the exported entries, one JSON object a line")
    parser.add_argument("--checkpoint", action="append", default=[], help="a signed checkpoint kept elsewhere")
    parser.add_argument("--proof", help="instead of an export: what `peelian journal prove` printed")
    parser.add_argument("--key", help="the verifier key (name+hash+base64), or a file that holds it")
    given = parser.parse_args(words)
    try:
        if (given.export is None) == (given.proof is None):
            raise ValueError("give either an export or --proof")
        if (given.checkpoint or given.proof) and not given.key:
            raise ValueError("--checkpoint and --proof need --key, the public key obtained from somewhere else")
        key = Path(given.key).read_text() if given.key and Path(given.key).is_file() else given.key
        if given.proof:
            said = proved(json.loads(Path(given.proof).read_text(encoding="utf-8")), key)
            sys.stdout.write(f"{said or 'The proof does not stand.'}\n")
            return 0 if said else 1
        signed = [(name, opened_checkpoint(Path(name).read_text(encoding="utf-8"), key)) for name in given.checkpoint]
        chain = Chain(signed, elsewhere=given.checkpoint)
        with open(given.export, encoding="utf-8") as lines:
            for entry, stored in entries_of(lines):
                chain.see(entry, stored)
        chain.end()
    except (OSError, ValueError) as error:
        sys.stderr.write(f"Could not be read: {error}\n")
        return 2
    return told(chain)


def told(chain: Chain) -> int:
    """Print the findings and the verdict; the exit code."""
    for finding in chain.findings:
        sys.stdout.write(finding.words + "\n")
    verdict = "Whole" if chain.is_whole else f"NOT whole: {len(chain.findings) + chain.more} findings"
    root = base64.b64encode(chain.tree.root()).decode()
    sys.stdout.write(f"{verdict}. Entries: {chain.tree.size}, root {root}. {chain.limits()}\n")
    return 0 if chain.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
