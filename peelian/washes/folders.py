"""Where the washes of this server lie: a folder for each in PEELIAN_WASHES, named for the workforce that it washes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from peelian.terms.refusals import NotFound
from peelian.terms.viewer import LONDON
from peelian.wash.handing import OUTPUT
from peelian.wash.store import FILE

MANIFEST, NIGHT, STORE = "wash.toml", "night.toml", "store"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one wash: `wash.toml`, `night.toml` where a night is to be washed, and the store."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def manifest(self) -> Path:
        return self.path / MANIFEST

    @property
    def night(self) -> Path:
        return self.path / NIGHT

    @property
    def store(self) -> Path:
        return self.path / STORE

    @property
    def is_begun(self) -> bool:
        return (self.store / FILE).exists()

    @property
    def written_at(self) -> datetime | None:
        """When the pairs of its last run or night were written; None where nothing was washed yet."""
        pairs = self.store / OUTPUT
        return datetime.fromtimestamp(pairs.stat().st_mtime, LONDON) if pairs.exists() else None


def place() -> Path:
    return Path(settings.PEELIAN_WASHES)


def folders() -> tuple[Folder, ...]:
    """The folders that hold a manifest, by name."""
    found = place().iterdir() if place().is_dir() else ()
    return tuple(Folder(path) for path in sorted(found) if (path / MANIFEST).is_file())


def folder_of(name: str) -> Folder:
    """Raises NotFound for a name of none of them."""
    for one in folders():
        if one.name == name:
            return one
    raise NotFound(f"wash {name}")
