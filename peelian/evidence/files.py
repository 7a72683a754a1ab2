"""Files as they are stored: their secrets opened, their rows, their content. Between the doors of this room."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peelian.evidence import store
from peelian.evidence.kinds import kind_of
from peelian.evidence.models import StoredFile
from peelian.evidence.rows import Content, FileRow, Which
from peelian.journal.queries import Wrapped, unwrapped
from peelian.terms.refusals import NotFound
from peelian.walls.queries import actor_names

WRAPPED_AT = "the secret of a file"


@dataclass(frozen=True, slots=True)
class Secret:
    """What goes when a file is erased. `clean_sha256`: empty where there is no clean copy."""

    key: bytes
    name: str
    about: str
    sha256: str
    clean_sha256: str

    def sealed_form(self) -> bytes:
        said = {"key": self.key.hex(), "name": self.name, "about": self.about, "sha256": self.sha256}
        return json.dumps({**said, "clean_sha256": self.clean_sha256}).encode()

    @classmethod
    def of(cls, form: bytes) -> "Secret":
        said = json.loads(form)
        return cls(bytes.fromhex(said["key"]), said["name"], said["about"], said["sha256"], said["clean_sha256"])


def label(ref: str, which: Which) -> str:
    """What a content is bound to in the store."""
    return f"{ref} {which}"


def secrets_of(files: Iterable[Any]) -> dict[str, Secret]:
    """The secrets of files that were not erased, by reference. One statement."""
    listed = list(files)
    opened = unwrapped([Wrapped(one.ref, WRAPPED_AT, bytes(one.secret)) for one in listed])
    return {one.ref: Secret.of(form) for one, form in zip(listed, opened, strict=True) if form is not None}


def rows_of(files: Iterable[Any]) -> tuple[FileRow, ...]:
    """In the order given. `made_from` is read with them. Two statements."""
    listed = list(files)
    held, names = secrets_of(listed), actor_names({one.recorded_by for one in listed})
    return tuple(_row(one, held.get(one.ref), names[one.recorded_by]) for one in listed)


def content(file: Any, which: Which) -> Content:
    """A stored file opened. Raises NotFound where it was erased or has no clean copy; store.Damaged when it is read."""
    row, held = rows_of([file])[0], secrets_of([file]).get(file.ref)
    if held is None or (which is Which.CLEAN and not file.clean_on_disk):
        raise NotFound(f"{which} of file {file.ref}")
    is_clean = which is Which.CLEAN
    name, wanted = (file.clean_on_disk, held.clean_sha256) if is_clean else (file.on_disk, held.sha256)
    return Content(
        file=row,
        which=which,
        name=f"{file.ref}{'-clean' if is_clean else ''}.{row.kind.ending}",
        size=file.clean_size if is_clean else file.size,
        pieces=sound(store.unseal(name, key=held.key, label=label(file.ref, which)), wanted),
    )


def sound(pieces: Iterator[bytes], sha256: str) -> Iterator[bytes]:
    """The same pieces; the last is held back until the whole has its hash. Raises store.Damaged."""
    whole, held = hashlib.sha256(), b""
    for piece in pieces:
        if held:
            yield held
        whole.update(piece)
        held = piece
    if whole.hexdigest() != sha256:
        raise store.Damaged("the content does not have the hash that was kept")
    yield held


def _row(file: Any, held: Secret | None, kept_by: str) -> FileRow:
    return FileRow(
        id=file.pk,
        ref=file.ref,
        matter_id=file.matter_id,
        name=held.name if held else "",
        about=held.about if held else "",
        kind=kind_of(file.media),
        size=file.size,
        sha256=held.sha256 if held else "",
        scanned=file.scanned,
        has_clean=bool(file.clean_on_disk) and held is not None,
        clean_sha256=held.clean_sha256 if held else "",
        clean_size=file.clean_size,
        clean_words=file.clean_words,
        made_from=file.made_from.ref if file.made_from_id else "",
        on=file.on,
        kept_at=file.recorded_at,
        kept_by=kept_by,
        is_erased=held is None,
    )


def all_files() -> Iterator[Any]:
    """Every file there is, for a check of them all by the system."""
    yield from StoredFile.objects.order_by("pk").iterator(chunk_size=200)
