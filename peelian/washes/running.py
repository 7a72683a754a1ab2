"""A wash as a job: built and run, or a night, then taken in. Cancelled or killed, asking again goes on."""

from datetime import date
from enum import StrEnum

from django.conf import settings

from peelian.jobs.progress import Progress
from peelian.jobs.works import Outcome, work
from peelian.matches import queries as matches
from peelian.terms.permissions import Permission
from peelian.terms.viewer import LONDON
from peelian.wash import reporting
from peelian.wash.building import build
from peelian.wash.engines import Engine, weighing
from peelian.wash.listening import Listener
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.nightly import nightly
from peelian.wash.running import run
from peelian.wash.store import opened
from peelian.washes.folders import Folder, folder_of
from peelian.washes.taking import take_in

KIND = "wash"


class What(StrEnum):
    """WHOLE: everybody against every record. NIGHT: what came since."""

    WHOLE = "whole"
    NIGHT = "night"

    @property
    def words(self) -> str:
        return {What.WHOLE: "Wash", What.NIGHT: "Night of the wash"}[self]


@work(KIND, permission=Permission.LOAD)
def wash(progress: Progress, *, name: str, what: str) -> Outcome:
    """Wash the workforce `name`, whole or by a night, write the pairs and take them in.

    A step that was done before is not done again. Raises WashError, and whatever `take_in` raises.
    """
    folder = folder_of(name)
    on = progress.clock().astimezone(LONDON).date()
    if What(what) is What.WHOLE:
        _whole(folder, on, progress.step)
    else:
        _night(folder, on, progress.step)
    taken = take_in(by=progress.by(), workforce=name, store=folder.store, listener=progress.step)
    found = matches.run(progress.by(), taken.ref)
    came = f"{found.new:,} new and {found.changed:,} seen otherwise; {found.gone:,} found no more."
    unknown = f" Of people whom the register does not know by that number: {found.unknown:,}." if found.unknown else ""
    return Outcome(f"Pairs: {found.found:,}, of them {came}{unknown}")


def _whole(folder: Folder, on: date, listener: Listener) -> None:
    by = Engine(settings.PEELIAN_WASH_ENGINE)
    master, place = settings.PEELIAN_SPARK_MASTER, settings.PEELIAN_SPARK_FOLDER
    with opened(folder.store, make=True) as store:
        build(store, load_manifest(folder.manifest), on=on, listener=listener)
        with weighing(store, by, master=master, folder=place, listener=listener):
            run(store, load_model(), listener=listener, part=by.part)
        listener(0, None, "writing")
        reporting.write_pairs(store)


def _night(folder: Folder, on: date, listener: Listener) -> None:
    with opened(folder.store) as store:
        nightly(store, load_manifest(folder.night), on=on, listener=listener)
        listener(0, None, "writing")
        reporting.write_changes(store)
        reporting.write_pairs(store)
