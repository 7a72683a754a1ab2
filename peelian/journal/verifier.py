#!/usr/bin/env python3
"""Verify an export of a Peelian journal, without Peelian and without its database.

    python verifier.py export.jsonl --checkpoint checkpoint.txt --key peelian.vkey

One file; needs Python 3.11 and the package `cryptography`. It imports nothing of Peelian: Peelian imports its hashing
from here, so that what is written and what is checked cannot drift apart.

An export is one JSON object a line, in order of `seq`:
`{"entry": {…fields…}, "hash": "64 hex digits"}`. The hash is SHA-256(0x00 || canonical JSON of `entry`): the leaf hash
of RFC 9162 over RFC 8785 JSON. `entry.previous` is the hash of the entry before (64 zeros for the first).
A checkpoint is a C2SP signed note: origin, number of entries, base64 Merkle root, signed with Ed25519.
"""

from __future__ import annotations

import hashlib
import json

ZERO = "0" * 64
FIELDS = (
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
)

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
