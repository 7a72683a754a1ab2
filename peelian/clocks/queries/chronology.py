"""A person's whole time in the record, on one line of days."""

from collections.abc import Iterator, Sequence
from datetime import date

from peelian import statute
from peelian.clocks.facts import standing_events
from peelian.clocks.rows import Chronology, ChronologyEntry
from peelian.matches import queries as matches
from peelian.matches.attached import RecordRow
from peelian.matters.queries import of_person, parts_by_id
from peelian.matters.rows import MatterLine
from peelian.people import queries as people
from peelian.people.rows import PersonRow
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.matches import PairState
from peelian.terms.matters import MatterState
from peelian.terms.viewer import Viewer


def chronology(viewer: Viewer, person_ref: str, person: PersonRow | None = None) -> Chronology:
    """Matters, their events for this person, records of crimes and incidents that stand with them, postings, ranks,
    restrictions, accreditations, joining and leaving.

    Only what the viewer may see. Oldest first; what nobody knows the day of stands apart. `person`: what a page that
    has read them already holds, so that they are not read twice. Raises NotFound. A fixed number of statements,
    however long the history is.
    """
    person = person or people.person(viewer, person_ref)
    matters = of_person(viewer, person.line.id)
    records = matches.records_of(viewer, [person.line.id]).get(person.line.id, ())
    entries = [*_service(person), *_matters(matters), *_events(viewer, person, matters), *_records(records)]
    dated = [(entry.on, entry) for entry in entries if entry.on is not None]
    undated = [entry for entry in entries if entry.on is None]
    return Chronology(
        dated=tuple(entry for _, entry in sorted(dated, key=lambda pair: (pair[0], *_words(pair[1])))),
        undated=tuple(sorted(undated, key=_words)),
        matters=len(matters),
        records=len(records),
        unjudged=sum(one.state is not PairState.YES for one in records),
    )


def _words(entry: ChronologyEntry) -> tuple[str, str, str, str]:
    return entry.kind, entry.title, entry.matter_ref, entry.words


def _day(on: date | None) -> KnownDate | None:
    return KnownDate(on) if on else None


def _service(person: PersonRow) -> Iterator[ChronologyEntry]:
    if person.joined:
        yield ChronologyEntry(person.joined, None, "joined", "Joined", "")
    if person.left:
        yield ChronologyEntry(person.left, None, "left", "Left the service", "")
    for rank in person.ranks:
        yield ChronologyEntry(_day(rank.from_on), rank.to_on, "rank", rank.rank, "")
    for posting in person.postings:
        under = f"under {posting.supervisor.name}" if posting.supervisor else ""
        yield ChronologyEntry(
            _day(posting.from_on), posting.to_on, "posting", posting.unit, _joined(posting.title, under)
        )
    for held in person.accreditations:
        yield ChronologyEntry(_day(held.from_on), held.to_on, "accreditation", held.title, "")
    for restriction in person.restrictions:
        title = restriction.kind.capitalize()
        yield ChronologyEntry(_day(restriction.from_on), restriction.to_on, "restriction", title, restriction.words)


def _matters(matters: Sequence[MatterLine]) -> Iterator[ChronologyEntry]:
    for line in matters:
        title = line.heading or line.kind.words
        words = _joined(line.kind.words if line.heading else "", line.force, *line.categories, line.state.words)
        yield ChronologyEntry(
            line.came_to_attention,
            line.closed.earliest if line.closed else None,
            "matter",
            title,
            words,
            line.ref,
            force=line.force,
            end_unknown=line.closed is None and line.state is not MatterState.OPEN,
        )
        if line.closed:
            yield ChronologyEntry(line.closed, None, "closed", f"Closed: {title}", line.force, line.ref)


def _records(records: Sequence[RecordRow]) -> Iterator[ChronologyEntry]:
    for one in records:
        yield ChronologyEntry(_day(one.recorded_on), None, "record", one.title, one.words, pair_ref=one.ref)


def _events(viewer: Viewer, person: PersonRow, matters: Sequence[MatterLine]) -> Iterator[ChronologyEntry]:
    """Events of those matters that name this person, or nobody in particular."""
    known = statute.product().events
    events = standing_events(line.id for line in matters)
    if not events:
        return
    theirs = parts_by_id(viewer, events)
    for line in matters:
        matter = theirs.get(line.id)
        if matter is None:
            continue
        mine = {one.id for one in matter.people if one.person_id == person.line.id}
        for event in events.get(line.id, []):
            if event.involvement_id is None or event.involvement_id in mine:
                title = known[event.key].words if event.key in known else event.key
                on = KnownDate(event.on, Precision(event.precision))
                yield ChronologyEntry(on, None, "event", title, line.heading or line.kind.words, line.ref)


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)
