"""The work of a load as a job: batch after batch, then published; resumable at any row, safe to run twice."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from peelian.feeds.errors import FeedError
from peelian.feeds.maps import parse_map
from peelian.feeds.readers import read
from peelian.intake import ledger, loading
from peelian.intake.inserting import many_writes
from peelian.intake.loading import Loading, OpenLoad
from peelian.jobs.progress import Cancelled, Progress
from peelian.jobs.works import Outcome, work
from peelian.journal import actions as journal
from peelian.loads import files
from peelian.loads.publishing import DoesNotAddUp, publish
from peelian.loads.sorting import Work, keyed
from peelian.loads.staging import stage
from peelian.matters import loading as matters
from peelian.people import loading as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import LONDON, Viewer

KIND = "load"
BATCH = 2000  # rows staged in one transaction: under half a second on a small machine, so that others never wait long


class FileGone(Exception):
    """The file of an unfinished load is not where it was, or is another one. The load waits for the right file."""

    is_for_people = True


@work(KIND, permission=Permission.LOAD)
def load_file(progress: Progress, *, load: str, path: str) -> Outcome:
    """Stage and publish the load of this reference from the file at `path`, from the first row not staged yet.

    A file that cannot be read on fails the load: what it staged is discarded, nothing held is touched, and the load
    stays with its failure. Raises FeedError then, FileGone and DoesNotAddUp.
    """
    opened = loading.open_load(load)
    if opened.state == "staging" and opened.job_ref != progress.ref:
        return Outcome(f"Another job has taken up {load}.", RecordKind.LOAD, load)
    if opened.state != "staging":
        discard_left_over(loading.to_discard())
        return Outcome(f"{load} had ended already: {opened.state}.", RecordKind.LOAD, load)
    file = Path(path)
    check_file(opened, file)
    try:
        now = work_of(opened)
        discard_left_over(loading.to_discard())
        with many_writes():
            stage_all(now, file, progress)
            publish(now, by=progress.by())
    except (FeedError, DoesNotAddUp) as fault:
        end(opened, by=progress.by(), failure=str(fault))
        files.discard_incoming(file)
        raise
    except Cancelled:
        end(opened, by=progress.by(), failure="")
        files.discard_incoming(file)
        raise
    files.discard_incoming(file)
    return Outcome(f"{load} is published.", RecordKind.LOAD, load)


def check_file(opened: OpenLoad, file: Path) -> None:
    """Raises FileGone unless the file at hand is the one that the load was begun with."""
    try:
        found, _ = files.fingerprint(file)
    except OSError as fault:
        reason = f"{opened.ref} waits: {opened.file_name} cannot be read ({fault.strerror}). Load the file again."
        raise FileGone(reason) from fault
    if found != opened.file_sha256:
        raise FileGone(f"{opened.ref} waits: {file.name} is not the file it was begun with. Load that file again.")


def work_of(opened: OpenLoad) -> Work:
    """What the load needs at hand. Raises MapError where its map cannot be read any more."""
    column_map = parse_map(opened.map_text, f"map of {opened.ref}")
    register = loading.source(column_map.people, title=f"Register “{column_map.people}”", content="people")
    public = loading.source(
        f"{column_map.people}-complainants", title=f"Complainants of “{column_map.people}”", content="people"
    )
    day = opened.started_at.astimezone(LONDON).date()
    now = Loading(load_id=opened.id, on=day, at=opened.started_at, by=opened.started_by)
    return Work(load=opened, map=column_map, loading=now, people_id=register, complainants_id=public)


def stage_all(now: Work, file: Path, progress: Progress) -> None:
    """Stage every row behind the last one staged."""
    start_after = now.load.last_row
    for batch in read(file, now.map, 0 if now.map.repeats else start_after, BATCH):
        if batch.last_row <= start_after and batch.rows:
            keyed(now, batch.accepted)  # rows may share keys, so those already staged are counted again
            continue
        if batch.rows or batch.blank_rows:
            stage(now, batch, by=progress.by())
        total = round(batch.last_row / batch.share) if batch.share else None
        progress.step(batch.last_row, total, "Staging rows")
    progress.step(now.load.last_row, now.load.last_row, "Publishing")


def end(opened: OpenLoad, *, by: Viewer, failure: str) -> None:
    """End a load without publishing it and discard what it staged. Without a `failure` it was cancelled."""
    with transaction.atomic():
        if not loading.end_without_publishing(opened, cancelled=not failure, at=by.at, failure=failure):
            return
        word = "failed" if failure else "cancelled"
        summary = f"{word}: nothing was published, and nothing held was touched"
        journal.record(by=by, act=Act.ALTERED, kind=RecordKind.LOAD, key=opened.ref, summary=summary)
    discard_left_over([opened])


def discard_left_over(loads: list[OpenLoad]) -> None:
    """Take away what ended loads had staged, in short transactions. It was never readable."""
    for one in loads:
        for discard in (ledger.discard, matters.discard, people.discard):
            while _part(discard, one.id):
                pass
        loading.mark_discarded(one.id)


@transaction.atomic
def _part(discard: Callable[[int], int], load_id: int) -> int:
    return discard(load_id)
