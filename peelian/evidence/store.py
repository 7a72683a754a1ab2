"""Sealed files on disk, in `PEELIAN_HOME/files`: each under a key of its own and a random name, whole or not at all.

A file is a head and pieces of 64 KiB, each AES-256-GCM with a nonce of seven random bytes, the number of the piece and
a mark on the last, so that pieces cannot be swapped, repeated or cut off. What the file is (`label`) is bound to each
piece. The key is the caller's to keep; nothing here knows what a matter is, or a database.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

HEAD = b"peelian sealed file 1\n"
PREFIX, TAG, PIECE = 7, 16, 1 << 16
NAME = re.compile(r"[0-9a-f]{40}")
PARTIAL = ".part"
_SEALED: ContextVar[list[str] | None] = ContextVar("sealed", default=None)


class Damaged(Exception):
    """What lies on disk is not what was put there, or is not there any more."""

    is_for_people = True


class TooLarge(Exception):
    """More came than was agreed; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that lies on disk. `sha256`, `size`: of the plain content."""

    name: str
    sha256: str
    size: int


@contextmanager
def whole_or_nothing() -> Iterator[None]:
    """Around a transaction in which files are sealed: where it ends in an exception, they are taken off the disk again.

    Stands outside the transaction, so that no row is left whose content is gone. May lie within another.
    """
    outer, names = _SEALED.get(), list[str]()
    token = _SEALED.set(names)
    try:
        yield
    except BaseException:
        for name in names:
            remove(name)
        raise
    finally:
        _SEALED.reset(token)
    if outer is not None:
        outer += names


def new_key() -> bytes:
    """256 random bits for one file."""
    return AESGCM.generate_key(256)


def seal(pieces: Iterable[bytes], *, key: bytes, label: str, most: int) -> Sealed:
    """Write content under seal; it is on disk, whole, under its name when this returns.

    `label`: what it is, asked for again to open it. `most`: bytes of plain content. Raises TooLarge, OSError, and
    whatever `pieces` raises; then nothing stays.
    """
    name, whole, size = secrets.token_hex(20), hashlib.sha256(), 0
    path = _place(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{name}{PARTIAL}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            prefix, cipher, bound = os.urandom(PREFIX), AESGCM(key), label.encode()
            file.write(HEAD + prefix)
            for number, (piece, is_last) in enumerate(_even(pieces)):
                size += len(piece)
                if size > most:
                    raise TooLarge(f"more than {most} bytes")
                whole.update(piece)
                file.write(cipher.encrypt(_nonce(prefix, number, is_last), piece, bound))
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
        if (sealed := _SEALED.get()) is not None:
            sealed.append(name)
        _sync(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return Sealed(name, whole.hexdigest(), size)


def unseal(name: str, *, key: bytes, label: str) -> Iterator[bytes]:
    """The plain content, piece by piece; each was found sound before it is given.

    Raises Damaged where the file is missing, cut, changed, or sealed under another key or as something else.
    """
    bound, cipher = label.encode(), AESGCM(key)
    try:
        with _place(name).open("rb") as file:
            head = file.read(len(HEAD) + PREFIX)
            if len(head) != len(HEAD) + PREFIX or not head.startswith(HEAD):
                raise Damaged(f"{name} is no sealed file")
            prefix, number = head[len(HEAD) :], 0
            here = file.read(PIECE + TAG)
            while True:
                following = file.read(PIECE + TAG)
                try:
                    yield cipher.decrypt(_nonce(prefix, number, not following), here, bound)
                except (InvalidTag, ValueError) as error:
                    raise Damaged(f"{name} was changed or cut at piece {number + 1}, or has another key") from error
                if not following:
                    return
                here, number = following, number + 1
    except FileNotFoundError as error:
        raise Damaged(f"{name} is missing") from error


def remove(name: str) -> bool:
    """Take a sealed file off the disk; whether it was there."""
    try:
        _place(name).unlink()
    except FileNotFoundError:
        return False
    return True


def names() -> Iterator[str]:
    """Every name in the store, in order; one left half-written ends in `.part`, and what is no file of ours is told by
    its path below the store."""
    top = home()
    for path in sorted(top.rglob("*")):
        if path.is_file():
            bare = path.name.removesuffix(PARTIAL)
            ours = NAME.fullmatch(bare) and path.parent == _place(bare).parent
            yield path.name if ours else str(path.relative_to(top))


def home() -> Path:
    """Where sealed files lie, readable by the owner alone."""
    path = Path(settings.PEELIAN_HOME) / "files"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _place(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise Damaged(f"{name!r} names no sealed file")
    return home() / name[:2] / name


def _even(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same content in pieces of one length, and whether each is the last. Empty content is one empty piece."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > PIECE:
            yield bytes(held[:PIECE]), False
            del held[:PIECE]
    yield bytes(held), True


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _sync(folder: Path) -> None:
    """The name of a new file is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
