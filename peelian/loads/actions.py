"""Loading outside files: begun (or taken up again), cancelled, and what was proposed of placeholders put right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from peelian.contact import actions as contact
from peelian.feeds.maps import ColumnMap, known_maps, map_named, parse_map
from peelian.feeds.readers import map_for
from peelian.intake import loading
from peelian.intake.loading import OpenLoad
from peelian.jobs import actions as jobs
from peelian.jobs import queries as job_queries
from peelian.jobs.progress import Listener
from peelian.jobs.worker import run_here
from peelian.journal import actions as journal
from peelian.loads import files
from peelian.loads.publishing import write_set_aside
from peelian.loads.running import KIND, end
from peelian.matters import actions as matters
from peelian.people import loading as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer, system

MAP_FILES = (".toml",)


@dataclass(frozen=True, slots=True)
class Started:
    """`ref`: of the load. `job_ref`: of the job that does it. `is_resumed`: it goes on where it had stopped."""

    ref: str
    job_ref: str
    is_resumed: bool


def start(
    *,
    by: Viewer,
    path: Path | str,
    file_name: str = "",
    map_key: str = "",
    map_text: str = "",
    run_now: bool = False,
) -> Started:
    """Begin the load of the file at `path`, or take up the unfinished one of the same file with the same map.

    `file_name`: what the file was called where it came from (default: its name at `path`). The map: `map_text` (TOML),
    or `map_key` (the source or name of a known map), or the one known map that fits the header. `run_now`: the job is
    kept out of the queue, for a caller that runs it at once (`run`). Raises NotAllowed without the power to load,
    FeedError and its kin for a file or map that cannot be read, NotValid where another load of the same register of
    people is unfinished.
    """
    _must_load(by)
    path = Path(path).resolve()
    column_map = find_map(path, map_key=map_key, map_text=map_text)
    try:
        sha256, size = files.fingerprint(path)
    except OSError as fault:
        raise NotValid("file", f"{path.name} cannot be read: {fault.strerror}.") from fault
    with transaction.atomic():
        unfinished = _unfinished(column_map, sha256)
        if unfinished is None:
            source_id = loading.source(column_map.source, title=column_map.title, content=column_map.content)
            load = loading.create(
                source_id=source_id,
                file_name=file_name or path.name,
                file_sha256=sha256,
                file_bytes=size,
                map_text=column_map.text,
                at=by.at,
                by=by.actor,
            )
        else:
            load = unfinished
            _end_job_of(load, at=by.at)
        title = f"Load of {load.file_name}"[:200]
        arguments = {"load": load.ref, "path": str(path)}
        job_ref = jobs.start(by=by, kind=KIND, title=title, arguments=arguments, unit="rows", queue=not run_now)
        loading.take_up(load.id, job_ref=job_ref)
        word = "began" if unfinished is None else f"took up again behind row {load.last_row}"
        summary = (
            f"{word} a load of the source {load.source_key}: file SHA-256 {sha256}, map SHA-256 {column_map.digest}"
        )
        journal.record(by=by, act=Act.COLLECTED, kind=RecordKind.LOAD, key=load.ref, summary=summary)
    return Started(load.ref, job_ref, unfinished is not None)


def run(
    *,
    by: Viewer,
    path: Path | str,
    clock: Callable[[], datetime],
    file_name: str = "",
    map_key: str = "",
    map_text: str = "",
    listener: Listener | None = None,
) -> Started:
    """`start`, then do it here and now; how it ended is read with `queries.load`.

    `listener(done, total, message)` hears every step. Raises as `start` does; KeyboardInterrupt leaves the load
    unfinished, to be taken up again.
    """
    started = start(by=by, path=path, file_name=file_name, map_key=map_key, map_text=map_text, run_now=True)
    run_here(started.job_ref, clock=clock, listener=listener)
    return started


def cancel(*, by: Viewer, ref: str, reason: str = "") -> None:
    """Cancel an unfinished load: what it staged is discarded, nothing held is touched.

    A running one stops at its next batch. Raises NotAllowed, NotFound, NotValid for one that has ended.
    """
    _must_load(by)
    load = _load(ref)
    if load.state != "staging":
        raise NotValid("load", "This load has already ended.")
    helper = system("load", at=by.at, because=f"cancel of {ref} by {by.actor}")
    if load.job_ref and not (job := job_queries.job(helper, load.job_ref)).has_ended:
        jobs.cancel(by=helper, ref=load.job_ref, reason=reason)
        if job.state == "running":
            return  # the job itself ends the load at its next safe point
    end(load, by=by, failure="")


@transaction.atomic
def erase_words_of_matter(*, by: Viewer, matter_ref: str, version: int, reason: str, on: date) -> None:
    """Erase what a matter says wherever it is kept: on it, in contact, the index, the journal, the ledger, and rows set
    aside.

    The file of rows set aside beside each report is written anew before this commits. Needs ERASE; raises as
    `matters.actions.erase_narrative`, and OSError where a file cannot be written: then nothing was erased.
    """
    contact.erase_contact(by=by, matter_ref=matter_ref, reason=reason, on=on)
    changed = matters.erase_narrative(by=by, matter_ref=matter_ref, version=version, reason=reason, on=on)
    for ref in changed:
        load = loading.open_load(ref)
        if files.beside(ref, files.SET_ASIDE) is not None:
            write_set_aside(load)


def reject_placeholder(*, by: Viewer, ref: str, key: str, reason: str, on: date) -> None:
    """A proposed placeholder is a person after all; later loads of the source do not propose the key again.

    Raises NotAllowed, NotFound for a load or a key that is not among its proposals, NotValid without a reason.
    """
    _must_load(by)
    if not reason.strip():
        raise NotValid("reason", "Say why this key is a person.")
    load = _load(ref)
    proposed = [dict(one) for one in load.figures.get("placeholders", [])]
    chosen = next((one for one in proposed if one["key"] == key and not one.get("rejected")), None)
    if load.state != "published" or chosen is None:
        raise NotFound(f"placeholder {key} of {ref}")
    chosen["rejected"] = True
    with transaction.atomic():
        people.hold_as_people(people.ids_of([chosen["person"]]))
        loading.note(load.id, {**load.figures, "placeholders": proposed})
        summary = "held a proposed placeholder as a person"
        journal.record(
            by=by, act=Act.ALTERED, kind=RecordKind.PERSON, key=chosen["person"], summary=summary, reason=reason, on=on
        )


def find_map(path: Path, *, map_key: str = "", map_text: str = "") -> ColumnMap:
    """The map to read a file by. Raises MapError, UnknownHeader, FeedError; NotValid for a name that is no map's."""
    if map_text:
        return parse_map(map_text, "the map given")
    if not map_key:
        return map_for(path, known_maps([files.maps()]))
    found = map_named(map_key, [files.maps()])
    if found is None:
        names = ", ".join(sorted(one.source for one in known_maps([files.maps()])))
        raise NotValid("map", f"There is no map called “{map_key}”. Known: {names}.")
    return found


def _must_load(by: Viewer) -> None:
    if not by.may(Permission.LOAD):
        raise NotAllowed(Refusal(f"Your roles do not allow you to {Permission.LOAD.words}."))


def _load(ref: str) -> OpenLoad:
    try:
        return loading.open_load(ref)
    except KeyError:
        raise NotFound(f"load {ref}") from None


def _unfinished(column_map: ColumnMap, sha256: str) -> OpenLoad | None:
    """The unfinished load of this very file and map. Raises NotValid where another one uses the same register."""
    for load in loading.staging():
        theirs = parse_map(load.map_text, f"map of {load.ref}")
        if theirs.people != column_map.people:
            continue
        if (load.file_sha256, theirs.digest) == (sha256, column_map.digest):
            return load
        reason = (
            f"{load.ref}, a load of {load.file_name} with the same people, is not finished. "
            f"Load that file again to go on with it, or cancel it (peelian load --cancel {load.ref})."
        )
        raise NotValid("file", reason)
    return None


def _end_job_of(load: OpenLoad, *, at: datetime) -> None:
    """The job that stood behind an unfinished load makes way; if it still runs, it stops at its next batch."""
    helper = system("load", at=at, because=f"{load.ref} was taken up again")
    if load.job_ref and not job_queries.job(helper, load.job_ref).has_ended:
        jobs.cancel(by=helper, ref=load.job_ref, reason="taken up again")
