"""Rows of a history staged: matters found or made, people found or made, each row an involvement or an allegation."""

from collections.abc import Iterable, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace

from peelian.intake import ledger
from peelian.intake.erasing import keep_erased
from peelian.intake.ledger import Change, Held, NewHeld
from peelian.loads import lines
from peelian.loads.differences import difference
from peelian.loads.lines import HistoryLine, Somebody
from peelian.loads.sorting import KeyedRow, Work
from peelian.matters import loading as matters
from peelian.matters.loading import Alleged, Involved, MatterFacts
from peelian.people import loading as people
from peelian.people.loading import PersonFacts
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterKind, MatterState

ALLEGATION = "allegation"
INVOLVEMENT = "involvement"
COMPARED = ("kind", "state", "force", "came", "incident", "closed")
NOT_STATED = (None, "", MatterKind.HISTORY, MatterState.NOT_STATED)


def stage(work: Work, new: Sequence[KeyedRow], changed: Sequence[tuple[KeyedRow, Held]]) -> int:
    """Stage rows of a complaint history or of incidents; returns how many new rows disagree with their matter.

    The first row that states a fact of a matter is believed; what a later row says otherwise stays in the ledger.
    """
    read = [(row, lines.history(work.map.content, row.row.fields)) for row in new]
    read_changed = [(row, held, lines.history(work.map.content, row.row.fields)) for row, held in changed]
    every = [line for _, line in read] + [line for _, _, line in read_changed]
    persons = _people(work, work.people_id, (line.concerned for line in every))
    complainants = _people(work, work.complainants_id, (line.complainant for line in every))
    known = matters.known(work.load.source_id, list({line.matter.key for line in every}))
    merged, disagreements = _merge([line.matter for _, line in read], known)
    fresh = [facts for key, facts in merged.items() if key not in known]
    ids = matters.add(work.loading, work.load.source_id, fresh) if fresh else {}
    ids.update((key, one.id) for key, one in known.items())
    _fill_own(work, merged, known)
    held = _enter(work, read, ids, known, persons, complainants)
    ledger_ids = ledger.hold(work.load.source_id, work.load.id, held)
    changes = [
        Change(ledger_id, row.digest, one.said, {name: None for name in one.said if name in lines.MATTER_FACTS})
        for ledger_id, (row, line), one in zip(ledger_ids, read, held, strict=True)
        if _adds_to_published(work, line.matter, known)
    ]
    changes += _changes(work, read_changed, ids, persons)
    if changes:
        ledger.await_changes(work.load.id, changes)
    return disagreements


def _people(work: Work, source_id: int, somebodies: Iterable[Somebody | None]) -> dict[str, int]:
    """Everybody with a key, found or made; where several rows speak of one, the first with a name counts."""
    wanted: dict[str, PersonFacts] = {}
    for one in somebodies:
        if one is not None and one.facts is not None:
            held = wanted.get(one.facts.key)
            if held is None or (not held.family and one.facts.family):
                wanted[one.facts.key] = one.facts
    known = people.known(source_id, list(wanted))
    found = {key: one.id for key, one in known.items()}
    fresh = [facts for key, facts in wanted.items() if key not in found]
    if fresh:
        found.update(people.add(work.loading, source_id, fresh))
    return found


def _merge(stated: Sequence[MatterFacts], known: dict[str, matters.Known]) -> tuple[dict[str, MatterFacts], int]:
    """The facts of each matter as its rows state them together, and how many rows state one otherwise."""
    merged: dict[str, MatterFacts] = {}
    disagreements = 0
    for one in stated:
        before = merged.get(one.key)
        if before is None and one.key in known:
            before = known[one.key].facts
        if before is None:
            merged[one.key] = one
        elif before == one:
            merged[one.key] = before
        else:
            blanks = {
                name: getattr(one, name)
                for name in (*COMPARED, "narrative")
                if getattr(before, name) in NOT_STATED and getattr(one, name) not in NOT_STATED
            }
            disagreements += _disagrees(before, one)
            merged[one.key] = replace(before, **blanks) if blanks else before
    return merged, disagreements


def _disagrees(before: MatterFacts, one: MatterFacts) -> bool:
    pairs = ((getattr(before, name), getattr(one, name)) for name in COMPARED if name != "state")
    return any(was != now for was, now in pairs if was not in NOT_STATED and now not in NOT_STATED)


def _fill_own(work: Work, merged: dict[str, MatterFacts], known: dict[str, matters.Known]) -> None:
    """A matter that an earlier batch of this load made learns what rows of this batch add."""
    wanted = [
        (one.id, merged[key])
        for key, one in known.items()
        if one.load_id == work.load.id and key in merged and _adds(one.facts, merged[key])
    ]
    if wanted:
        matters.fill(wanted)


def _adds(before: MatterFacts, now: MatterFacts) -> bool:
    names = [one.name for one in fields_of(MatterFacts) if one.name != "key"]
    return any(getattr(before, name) in NOT_STATED and getattr(now, name) not in NOT_STATED for name in names)


def _adds_to_published(work: Work, stated: MatterFacts, known: dict[str, matters.Known]) -> bool:
    one = known.get(stated.key)
    return one is not None and one.is_published and _adds(one.facts, stated)


def _enter(
    work: Work,
    read: Sequence[tuple[KeyedRow, HistoryLine]],
    ids: dict[str, int],
    known: dict[str, matters.Known],
    persons: dict[str, int],
    complainants: dict[str, int],
) -> list[NewHeld]:
    """Involvements and allegations of new rows; what the ledger will hold of each row."""
    before = [one.id for one in known.values()]
    places = []
    for _, line in read:
        matter_id = ids[line.matter.key]
        places.append(
            (_involved(matter_id, line.concerned, persons), _involved(matter_id, line.complainant, complainants))
        )
    wanted = [one for pair in places for one in pair if one is not None]
    involved = matters.involve(work.loading, wanted, known_matters=before)
    alleged = [
        Alleged(ids[line.matter.key], line.allegation, (involved[concerned],) if concerned else ())
        for (_, line), (concerned, _) in zip(read, places, strict=True)
        if line.allegation is not None
    ]
    numbers = iter(matters.allege(work.loading, alleged, known_matters=before))
    if any(line.matter.narrative or (line.allegation and line.allegation.text) for _, line in read):
        texts = {ids[line.matter.key] for _, line in read}
        matters.index(sorted(texts))
    held = []
    for (row, line), (concerned, _) in zip(read, places, strict=True):
        part_kind, part_id = "", None
        if line.allegation is not None:
            part_kind, part_id = ALLEGATION, next(numbers)
        elif concerned is not None:
            part_kind, part_id = INVOLVEMENT, involved[concerned]
        said = lines.said(row.row)
        record = (RecordKind.MATTER, ids[line.matter.key])
        held.append(NewHeld(row.hash, row.digest, row.key, *record, part_kind, part_id, said))
    return held


def _involved(matter_id: int, somebody: Somebody | None, persons: dict[str, int]) -> Involved | None:
    if somebody is None:
        return None
    if somebody.facts is None:
        return Involved(matter_id, 0, somebody.description, somebody.part)
    return Involved(matter_id, persons[somebody.facts.key], "", somebody.part)


def _changes(
    work: Work,
    changed: Sequence[tuple[KeyedRow, Held, HistoryLine]],
    ids: dict[str, int],
    persons: dict[str, int],
) -> list[Change]:
    """Changes that wait for publishing. A row that states an allegation for the first time gets it now, unread."""
    if not changed:
        return []
    before = ledger.said([held.id for _, held, _ in changed])
    first = [
        (held.id, line, _involved(held.record_id, line.concerned, persons))
        for _, held, line in changed
        if held.part_kind != ALLEGATION and line.allegation is not None
    ]
    record_ids = sorted({held.record_id for _, held, _ in changed})
    involved = matters.involve(work.loading, [one for _, _, one in first if one], known_matters=record_ids)
    owners = {held.id: held.record_id for _, held, _ in changed}
    alleged = [
        Alleged(owners[held_id], line.allegation, (involved[one],) if one else ())
        for held_id, line, one in first
        if line.allegation is not None
    ]
    made = matters.allege(work.loading, alleged, known_matters=record_ids)
    parts = {held_id: (ALLEGATION, part) for (held_id, _, _), part in zip(first, made, strict=True)}
    found = []
    for row, held, _ in changed:
        said = keep_erased(before[held.id], lines.said(row.row))
        found.append(Change(held.id, row.digest, said, difference(before[held.id], said), new_part=parts.get(held.id)))
    return found
