"""One batch staged: sorted, entered in the real tables under its load, and counted, in one short transaction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from peelian.feeds.fields import Content
from peelian.feeds.rows import Batch
from peelian.intake import ledger, loading
from peelian.intake.ledger import Change, Held, NewHeld
from peelian.intake.loading import WORKING, Step
from peelian.jobs.progress import Superseded
from peelian.journal import actions as journal
from peelian.loads import clearances, histories, lines
from peelian.loads.differences import difference
from peelian.loads.sorting import KeyedRow, Work, batch_digest, sort
from peelian.people import loading as people
from peelian.people.loading import PersonFacts
from peelian.terms.acts import Act, RecordKind
from peelian.terms.viewer import Viewer

ALL = frozenset(lines.PERSON_FACTS.values())
COLUMNS = frozenset({"kind", "born", "sex", "ethnicity", "joined", "left"})


def stage(work: Work, batch: Batch, *, by: Viewer) -> None:
    """Stage `batch` and move the load on. Raises Superseded where another process has moved it on or ended it.

    Killed at any moment, either the whole batch is there and counted, or none of it.
    """
    found = sort(work, batch)
    if work.map.content is Content.CLEARANCES:
        clearances.sift(work, found, by=by)
    step = Step(
        last_row=batch.last_row,
        read=batch.rows,
        accepted=len(found.new) + len(found.changed),
        already_held=found.already,
        set_aside=len(found.aside),
    )
    with transaction.atomic():
        if not loading.advance(work.load, step):
            raise Superseded
        loading.set_rows_aside(work.load.id, found.aside)
        ledger.touch(work.load.id, found.touched)
        disagreements = 0
        if work.map.content is Content.STAFF_REGISTER:
            _register(work, found.new, found.changed)
        elif work.map.content is Content.CLEARANCES:
            clearances.stage(work, found.new, found.changed, by=by)
        else:
            disagreements = histories.stage(work, found.new, found.changed)
        figures = _count(work, batch, disagreements)
        loading.note(work.load.id, figures)
        summary = (
            f"staged rows up to {batch.last_row}: {step.accepted} accepted, {step.already_held} already held,"
            f" {step.set_aside} set aside; SHA-256 {batch_digest(batch)}"
        )
        journal.record(by=by, act=Act.COLLECTED, kind=RecordKind.LOAD, key=work.load.ref, summary=summary)
    work.load = replace(
        work.load,
        last_row=step.last_row,
        read=work.load.read + step.read,
        accepted=work.load.accepted + step.accepted,
        already_held=work.load.already_held + step.already_held,
        set_aside=work.load.set_aside + step.set_aside,
        figures=figures,
    )


def _count(work: Work, batch: Batch, disagreements: int) -> dict[str, Any]:
    """Counts that grow with every batch: remarks by kind, blank rows, rows that disagree about their matter."""
    before = work.load.figures.get(WORKING, {})
    notes = dict(before.get("notes", {}))
    for row in batch.accepted:
        for note in row.notes:
            notes[note.kind] = notes.get(note.kind, 0) + 1
    counted = {
        "notes": notes,
        "blank_rows": before.get("blank_rows", 0) + batch.blank_rows,
        "disagreements": before.get("disagreements", 0) + disagreements,
    }
    return {**work.load.figures, WORKING: counted}


def _register(work: Work, new: Sequence[KeyedRow], changed: Sequence[tuple[KeyedRow, Held]]) -> None:
    """Rows of a staff register: people made, or added to where another source of the register made them."""
    facts = [(row, lines.register(row.row.fields)) for row in new]
    known = people.known(work.people_id, list({one.key for _, one in facts}))
    fresh = {one.key: one for _, one in reversed(facts) if one.key not in known}  # the first row of a key counts
    made = people.add(work.loading, work.people_id, list(fresh.values())) if fresh else {}
    more: list[tuple[int, PersonFacts, frozenset[str] | None]] = []
    direct: list[people.Update] = []
    held, waiting = [], []
    for row, one in facts:
        person = known.get(one.key)
        person_id = person.id if person else made[one.key]
        said = lines.said(row.row)
        held.append(NewHeld(row.hash, row.digest, row.key, RecordKind.PERSON, person_id, "", None, said))
        if person is not None and person.is_published:
            more.append((person_id, one, ALL))
            waiting.append((len(held) - 1, row, said))
        elif fresh.get(one.key) is not one:  # a further row of somebody this load made, such as another posting
            more.append((person_id, one, frozenset({"rank", "unit"})))
            direct.append(people.Update(person_id, one, COLUMNS))
    ids = ledger.hold(work.load.source_id, work.load.id, held)
    changes = [Change(ids[place], row.digest, said, dict.fromkeys(said)) for place, row, said in waiting]
    if direct:
        people.update(work.loading, direct)
    if more:
        people.stage(work.loading, more, start_on=None)
    _register_changes(work, changed, changes)


def _register_changes(work: Work, changed: Sequence[tuple[KeyedRow, Held]], changes: list[Change]) -> None:
    before = ledger.said([held.id for _, held in changed])
    stated = []
    for row, held in changed:
        said = lines.said(row.row)
        was = difference(before[held.id], said)
        facts = lines.only_identifiers(lines.register(row.row.fields), was)
        stated.append((held.record_id, facts, lines.changed(was, lines.PERSON_FACTS)))
        changes.append(Change(held.id, row.digest, said, was))
    if stated:
        people.stage(work.loading, stated, start_on=work.loading.on)
    ledger.await_changes(work.load.id, changes)
