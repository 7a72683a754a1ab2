"""Files of a load: what was given, and what stands beside its report under PEELIAN_HOME/loads."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from peelian.publish.tables import Cell, csv_lines

SET_ASIDE = "set-aside.csv"
VANISHED = "vanished.csv"


def home() -> Path:
    """Where loads keep their files, readable by the owner alone."""
    return _folder(Path(settings.PEELIAN_HOME) / "loads")


def incoming() -> Path:
    """Where a page puts an uploaded file before it starts a load of it."""
    return _folder(home() / "incoming")


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
