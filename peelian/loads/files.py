"""Files of a load: what was given, and what stands beside its report under PEELIAN_HOME/loads."""

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from peelian.publish.tables import Cell, csv_lines

SET_ASIDE = "set-aside.csv"
VANISHED = "vanished.csv"
MOST_UPLOADED = 1 << 30  # bytes of a file that a page takes; a larger one is loaded by the command
KEPT = timedelta(days=7)  # how long an uploaded file waits for its load to be started or gone on with
TOKEN = re.compile(r"[0-9a-f]{32}")


def home() -> Path:
    """Where loads keep their files, readable by the owner alone."""
    return _folder(Path(settings.PEELIAN_HOME) / "loads")


def incoming() -> Path:
    """Where a page puts an uploaded file before it starts a load of it."""
    return _folder(home() / "incoming")


def keep_incoming(given_name: str, pieces: Iterable[bytes], *, at: datetime) -> str:
    """Write an uploaded file piece by piece into a folder of its own with a random name; returns that name, its token.

    The file itself keeps its given name as far as it is letters, digits and ` ._()-`, since readers tell a file's kind
    by its ending and errors name it. What was left lying for a week is taken away. Raises OSError.
    """
    _sweep(at)
    token = secrets.token_hex(16)
    path = _folder(incoming() / token) / safe_name(given_name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for piece in pieces:
            stream.write(piece)
    return token


def find_incoming(token: str) -> Path | None:
    """The uploaded file of this token; None where there is none any more."""
    place = incoming() / token
    if not TOKEN.fullmatch(token) or not place.is_dir():
        return None
    return next((path for path in sorted(place.iterdir()) if path.is_file()), None)


def discard_incoming(path: Path) -> None:
    """Take an uploaded file away; a file that lies elsewhere is not ours and stays."""
    if path.parent.parent == incoming():
        shutil.rmtree(path.parent, ignore_errors=True)


def safe_name(given: str) -> str:
    """A file name that can do no harm: no folder, no leading dot, 120 letters at most, its ending kept."""
    plain = unicodedata.normalize("NFKC", given).replace("\\", "/").rpartition("/")[2]
    kept = "".join(one if one.isalnum() or one in " ._()-" else "_" for one in plain).strip(" .")
    return kept[-120:].strip(" .") or "file"


def _sweep(at: datetime) -> None:
    for place in incoming().iterdir():
        if TOKEN.fullmatch(place.name) and at.timestamp() - place.stat().st_mtime > KEPT.total_seconds():
            shutil.rmtree(place, ignore_errors=True)


def maps() -> Path:
    """The force's own column maps."""
    return Path(settings.PEELIAN_HOME) / "maps"


def folder(load_ref: str) -> Path:
    return _folder(home() / load_ref)


def beside(load_ref: str, name: str) -> Path | None:
    """The file `name` beside the report of a load; None where there is none."""
    path = home() / load_ref / name
    return path if path.is_file() else None


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and length in bytes. Raises OSError where the file cannot be read."""
    whole = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            whole.update(piece)
        return whole.hexdigest(), stream.tell()


def write_table(load_ref: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A CSV beside the report, whole or not at all: safe to open in a spreadsheet, written anew each time."""
    path = folder(load_ref) / name
    fresh = path.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.writelines(csv_lines(columns, rows))
    fresh.replace(path)


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
