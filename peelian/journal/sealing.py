"""Personal text, sealed under the key of the person or record it is about, so that erasing one key erases it all.

Cipher: AES-256-GCM with a random 96-bit nonce in front. The salt of the text's hash is sealed with the text, so that
without the key not even a guess can be tested. What a sealed text belongs to (subject, entry, position) is bound to it.
"""

import hmac
import json
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from peelian.journal.keys import master_key
from peelian.journal.models import SubjectKey
from peelian.journal.verifier import text_hash

NONCE = 12
SALT = 16


class Unreadable(Exception):
    """The sealed text does not open: it, its place or its key was changed."""


def _wrapping(subject: str) -> bytes:
    return f"peelian journal key v1\n{subject}".encode()


def _place(subject: str, seq: int, position: int) -> bytes:
    return f"peelian journal text v1\n{subject}\n{seq}\n{position}".encode()


def _elsewhere(subject: str, place: str) -> bytes:
    return f"peelian secret elsewhere v1\n{subject}\n{place}".encode()


def keys_of(subjects: Iterable[str]) -> dict[str, AESGCM]:
    """The keys that exist, by subject. Raises Unreadable when the master key does not fit one."""
    wanted = set(subjects)
    rows = list(SubjectKey.objects.filter(subject__in=wanted).values_list("subject", "wrapped"))
    master = AESGCM(master_key()) if rows else None
    return {subject: _unwrap(master, subject, bytes(wrapped)) for subject, wrapped in rows if master}


def _unwrap(master: AESGCM, subject: str, wrapped: bytes) -> AESGCM:
    try:
        key = master.decrypt(wrapped[:NONCE], wrapped[NONCE:], _wrapping(subject))
    except InvalidTag as error:
        raise Unreadable(f"the key of {subject} does not open with this installation's master key") from error
    return AESGCM(key)


def keys_for(subjects: Iterable[str], *, since: int) -> dict[str, AESGCM]:
    """The key of each subject, made where there is none. Call inside the transaction that holds the journal."""
    wanted = set(subjects)
    keys = keys_of(wanted)
    without = sorted(wanted - keys.keys())
    if not without:
        return keys
    fresh, master = [], AESGCM(master_key())
    for subject in without:
        key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
        wrapped = nonce + master.encrypt(nonce, key, _wrapping(subject))
        fresh.append(SubjectKey(subject=subject, wrapped=wrapped, since=since))
        keys[subject] = AESGCM(key)
    SubjectKey.objects.bulk_create(fresh)
    return keys


def seal(key: AESGCM, text: bytes, salt: bytes, *, subject: str, seq: int, position: int) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, salt + text, _place(subject, seq, position))


def wrap(key: AESGCM, secret: bytes, *, subject: str, place: str) -> bytes:
    """A secret that lies at a place in another room, under the subject's key."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, secret, _elsewhere(subject, place))


def token(purpose: str, text: str) -> str:
    """A name for a text by which it is known again, and which tells nothing of it without the master key."""
    key = hmac.digest(master_key(), f"peelian token v1\n{purpose}".encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def unwrap(key: AESGCM, wrapped: bytes, *, subject: str, place: str) -> bytes:
    """Raises Unreadable where it was changed, or belongs to another subject or place."""
    try:
        return key.decrypt(wrapped[:NONCE], wrapped[NONCE:], _elsewhere(subject, place))
    except InvalidTag as error:
        raise Unreadable(f"a secret of {subject} does not open with its key") from error


def unseal(key: AESGCM, sealed: bytes, *, subject: str, seq: int, position: int) -> tuple[dict[str, object], str]:
    """The text and its salted hash. Raises Unreadable when it does not open at this place."""
    try:
        opened = key.decrypt(sealed[:NONCE], sealed[NONCE:], _place(subject, seq, position))
    except InvalidTag as error:
        raise Unreadable(f"text {position + 1} of entry {seq} does not open with the key of {subject}") from error
    salt, text = opened[:SALT], opened[SALT:]
    return json.loads(text), text_hash(salt, text)
