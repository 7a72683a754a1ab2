"""The washes of this server, for those who may load or read what a wash found. Nobody's record is among them."""

from pathlib import Path

from peelian.jobs import queries as jobs
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.wash.errors import WashError
from peelian.wash.manifest import load_manifest
from peelian.washes import folders
from peelian.washes.folders import Folder
from peelian.washes.rows import WashRow
from peelian.washes.running import KIND


def washes(viewer: Viewer) -> tuple[WashRow, ...]:
    """Every wash that has a manifest, by name. Raises NotAllowed without the power to load."""
    must_hold(viewer, Permission.LOAD)
    return tuple(_row(viewer, one) for one in folders.folders())


def place(viewer: Viewer) -> Path:
    """Where the folders of washes lie on this server. Raises NotAllowed without the power to load."""
    must_hold(viewer, Permission.LOAD)
    return folders.place()


def _row(viewer: Viewer, one: Folder) -> WashRow:
    try:
        sources, fault = tuple(source.title for source in load_manifest(one.manifest).sources), ""
    except WashError as problem:
        sources, fault = (), str(problem)
    return WashRow(
        name=one.name,
        sources=sources,
        fault=fault,
        is_begun=one.is_begun,
        written_at=one.written_at,
        has_night=one.written_at is not None and one.night.is_file(),
        job=jobs.latest(viewer, KIND, "name", one.name),
    )
