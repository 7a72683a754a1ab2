"""Bytes of a file, compressed or not, in a stream; what goes wrong on the way is said as a FeedError."""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from peelian.feeds.errors import FeedError

COMPRESSED = (".gz", ".bz2", ".xz", ".zip")
ARCHIVE_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, OSError)
_MAGIC = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00", ".zip": b"PK"}


def archive_error(path: Path, fault: BaseException, row: int | None = None) -> FeedError:
    """`fault` said for a person: an archive that ends too soon, is damaged, or a disk that fails."""
    if path.suffix.lower() not in COMPRESSED:
        return FeedError(path, f"cannot be read: {fault}", row=row)
    ends = isinstance(fault, EOFError) or "end-of-stream" in str(fault)
    what = "the archive is truncated: it ends before its data do" if ends else f"the archive is damaged ({fault})"
    return FeedError(path, f"{what}; send the file again", row=row)


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The uncompressed bytes of `path`, closed afterwards. Raises FeedError; reading may raise ARCHIVE_ERRORS."""
    suffix = path.suffix.lower()
    if suffix in _MAGIC:
        with path.open("rb") as plain:
            if not plain.read(6).startswith(_MAGIC[suffix]):
                raise FeedError(path, f"is named {suffix} but is no such archive")
    if suffix == ".zip":
        with _zip_member(path) as member:
            yield member
        return
    with _plain_or_packed(path, suffix) as stream:
        yield stream


def _plain_or_packed(path: Path, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if suffix == ".bz2":
        return cast(BinaryIO, bz2.open(path, "rb"))
    if suffix == ".xz":
        return cast(BinaryIO, lzma.open(path, "rb"))
    return path.open("rb")


@contextmanager
def _zip_member(path: Path) -> Iterator[BinaryIO]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as fault:
        reason = "the archive is truncated or damaged: its table of contents is missing; send the file again"
        raise FeedError(path, reason) from fault
    with archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
        if len(members) != 1:
            names = ", ".join(one.filename for one in members[:5]) or "none"
            raise FeedError(path, f"holds {len(members)} files ({names}); it must hold exactly one")
        if members[0].flag_bits & 0x1:
            raise FeedError(path, "is protected by a password; remove it and send the file again")
        if Path(members[0].filename).suffix.lower() not in (".csv", ".tsv", ".txt"):
            raise FeedError(path, f"holds {members[0].filename}; inside an archive only CSV text is read")
        try:
            member = archive.open(members[0])
        except NotImplementedError as fault:
            raise FeedError(path, f"is compressed in a way that cannot be read: {fault}") from fault
        with member:
            yield cast(BinaryIO, member)
