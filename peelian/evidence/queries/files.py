"""The files of a matter, one file, and its content; behind the wall of the matter."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from peelian.evidence import store
from peelian.evidence.files import all_files, label, rows_of, secrets_of, sound
from peelian.evidence.files import content as content_of
from peelian.evidence.models import StoredFile
from peelian.evidence.rows import CheckedFile, Content, FileRow, Which
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.powers import LAW


def files_of(viewer: Viewer, matter_ref: str) -> tuple[FileRow, ...]:
    """Every file of a matter, latest first, those erased saying so. Raises NotFound."""
    found = StoredFile.objects.filter(matter_id=matters.key_of(viewer, matter_ref)).select_related("made_from")
    return rows_of(found.order_by("-recorded_at", "ref"))


def file(viewer: Viewer, file_ref: str) -> FileRow:
    """One file of a matter that the viewer may see. Raises NotFound."""
    return rows_of([held_file(viewer, file_ref)])[0]


def content(viewer: Viewer, file_ref: str, which: Which = Which.ORIGINAL) -> Content:
    """A file opened. The page that gives it away says so in its look; elsewhere use `actions.open_file`.

    Raises NotFound, also for what was erased and where there is no clean copy; store.Damaged while it is read.
    """
    return content_of(held_file(viewer, file_ref), which)


def held_file(viewer: Viewer, file_ref: str) -> Any:
    """The stored row, for the actions of this room. Raises NotFound, also behind a wall."""
    narrowed = StoredFile.objects.filter(ref=file_ref)
    if not viewer.is_system:
        narrowed = narrowed.filter(is_visible(RecordKind.MATTER, viewer, F("matter_id")))
    found = narrowed.select_related("made_from").first()
    if found is None:
        raise NotFound(f"file {file_ref}")
    return found


def stored() -> int:
    """How many files there are, erased ones too: how far a check has to go."""
    return StoredFile.objects.count()


def checked_files(viewer: Viewer) -> Iterator[CheckedFile]:
    """Open every content there is and compare it with its hash; those erased are passed over. For the system alone.

    Raises NotAllowed; sealing.Unreadable where the journal's keys do not fit.
    """
    _must_be_system(viewer)
    return _checked()


def _checked() -> Iterator[CheckedFile]:
    for one in all_files():
        held = secrets_of([one]).get(one.ref)
        if held is None:
            continue
        both = ((Which.ORIGINAL, one.on_disk, held.sha256), (Which.CLEAN, one.clean_on_disk, held.clean_sha256))
        for which, name, wanted in both:
            if name:
                yield CheckedFile(one.ref, which, _fault(name, held.key, label(one.ref, which), wanted))


def strays(viewer: Viewer) -> tuple[str, ...]:
    """What lies in the store and belongs to no file, or to one that was erased. For the system alone."""
    _must_be_system(viewer)
    known: set[str] = set()
    batch: list[Any] = []
    for one in all_files():
        batch.append(one)
        if len(batch) == 200:
            known |= _names(batch)
            batch = []
    known |= _names(batch)
    return tuple(name for name in store.names() if name not in known)


def _must_be_system(viewer: Viewer) -> None:
    """No role sees the files of every matter."""
    if not viewer.is_system:
        raise NotAllowed(Refusal("Only a command on the server checks every file.", LAW))


def _names(files: list[Any]) -> set[str]:
    held = secrets_of(files)
    return {name for one in files if one.ref in held for name in (one.on_disk, one.clean_on_disk)}


def _fault(name: str, key: bytes, bound: str, sha256: str) -> str:
    try:
        for _ in sound(store.unseal(name, key=key, label=bound), sha256):
            pass
    except (store.Damaged, OSError) as fault:
        return str(fault)
    return ""
