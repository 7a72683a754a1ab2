"""The journal as files that an outsider can verify: entries, a checkpoint, the public key and the verifier itself.

Personal text stays behind; its salted hashes go.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from peelian.journal import checkpoints, verifier
from peelian.journal.actions import record
from peelian.journal.keys import signer
from peelian.journal.stream import CHUNK, stored
from peelian.journal.verifier import canonical
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.viewer import Viewer

ENTRIES, CHECKPOINT, KEY, VERIFIER = "journal.jsonl", "checkpoint.txt", "journal.vkey", "verifier.py"


def write(
    *, by: Viewer, folder: Path, reason: str = "", progress: Callable[[int, int], None] | None = None
) -> dict[str, Path]:
    """Write the four files into `folder` (made if need be); the export is itself the last entry in them.

    Returns the paths by file name. Raises NotAllowed; NotValid when a file is in the way; Broken when the journal
    does not hold together.
    """
    if not by.may(Permission.READ_JOURNAL):
        raise NotAllowed(Refusal("Only an auditor may export the journal.", "Local rule: roles.toml, read_journal"))
    paths = {name: folder / name for name in (ENTRIES, CHECKPOINT, KEY, VERIFIER)}
    in_the_way = [path.name for path in paths.values() if path.exists()]
    if in_the_way:
        raise NotValid("folder", f"{folder} already holds {', '.join(in_the_way)}. Choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        record(
            by=by,
            act=Act.DISCLOSED,
            kind=RecordKind.JOURNAL,
            key="journal",
            summary="exported the journal without personal text",
            reason=reason,
        )
    checkpoint = checkpoints.make(at=by.at)
    with paths[ENTRIES].open("w", encoding="utf-8") as file:
        for number, (entry, kept) in enumerate(stored(until=checkpoint.size), start=1):
            file.write(line_of(entry, kept))
            if progress and number % CHUNK == 0:
                progress(number, checkpoint.size)
    paths[CHECKPOINT].write_text(checkpoint.note, encoding="utf-8")
    paths[KEY].write_text(f"{signer().vkey}\n", encoding="utf-8")
    shutil.copyfile(verifier.__file__, paths[VERIFIER])
    return paths


def line_of(entry: dict[str, object], kept: str) -> str:
    """One line of an export."""
    return canonical({"entry": entry, "hash": kept}).decode() + "\n"
