"""Begin a wash or a night as a job, and take in what one found."""

from peelian.jobs import actions as jobs
from peelian.jobs import queries as job_rows
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.wash.errors import WashError
from peelian.wash.manifest import load_manifest
from peelian.washes.folders import folder_of
from peelian.washes.running import KIND, What
from peelian.washes.taking import TakenIn, take_in

__all__ = ["TakenIn", "start", "take_in"]


def start(*, by: Viewer, name: str, what: str) -> str:
    """Begin the wash of the workforce `name`, whole or by a night (`What`), as a job; returns the job's reference.

    Raises NotAllowed without the power to load, NotFound for a workforce that has no folder, NotValid for a manifest
    that cannot be read, a night before anything was washed, and while another wash of the same workforce goes on.
    """
    must_hold(by, Permission.LOAD)
    if what not in tuple(What):
        raise NotValid("what", "choose the whole wash or a night")
    folder, kind = folder_of(name), What(what)
    manifest = folder.manifest if kind is What.WHOLE else folder.night
    if kind is What.NIGHT and folder.written_at is None:
        raise NotValid("what", "nothing was washed here yet: a night comes after the whole wash")
    if not manifest.is_file():
        raise NotValid("what", f"there is no {manifest.name} in the folder {name}")
    try:
        load_manifest(manifest)
    except WashError as fault:
        raise NotValid("what", str(fault)) from fault
    last = job_rows.latest(by, KIND, "name", name)
    if last is not None and not last.has_ended:
        raise NotValid("what", f"this workforce is being washed: job {last.ref}")
    title = f"{kind.words}: {name}"[:200]
    return jobs.start(by=by, kind=KIND, title=title, arguments={"name": name, "what": kind.value})
