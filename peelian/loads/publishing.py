"""A staged load made readable: checked to add up, its changes applied, its pointer moved, in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db import transaction

from peelian.feeds import placeholders
from peelian.feeds.fields import Content
from peelian.intake import ledger, loading
from peelian.intake.ledger import Change, Vanished
from peelian.intake.loading import WORKING, Finding, OpenLoad
from peelian.jobs.progress import Superseded
from peelian.journal import actions as journal
from peelian.loads import clearances, files, lines
from peelian.loads.histories import ALLEGATION, INVOLVEMENT
from peelian.loads.sorting import Work
from peelian.matters import loading as matters
from peelian.matters.actions.loaded import AfterLoad, ask_after_load
from peelian.people import loading as people
from peelian.publish.tables import Cell
from peelian.rules.serious import REPEATS
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Part
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer
from peelian.walls.actions import tether_many

ITEMS_EACH = 50  # vanished records up to which each opens an item of its own (docs/adr/0047)
ASIDE_COLUMNS = ("Row", "Column", "Reason", "Cells as they stood")
VANISHED_COLUMNS = ("Key in the source", "Kind of record")
KNOWN_THROUGH = (Part.COMPLAINANT, Part.WITNESS, Part.INTERESTED_PERSON)


class DoesNotAddUp(Exception):
    """A load whose rows read are not those accepted, already held and set aside; it is not published."""

    is_for_people = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is found out before the transaction, since only this load may change the ledger of its source."""

    figures: dict[str, Any]
    placeholder_ids: tuple[int, ...]
    findings: tuple[Finding, ...]


def publish(work: Work, *, by: Viewer) -> None:
    """Publish what was staged. Raises DoesNotAddUp, and Superseded where another process ended the load."""
    check_adds_up(work)
    write_set_aside(work.load)
    ready = _prepare(work)
    with transaction.atomic():
        reappeared = ledger.clear_reappeared(work.load.source_id, work.load.id)
        figures = {**ready.figures, "reappeared": reappeared}
        if not loading.publish(work.load, at=by.at, figures=figures):
            raise Superseded
        for changes in ledger.changes(work.load.id):
            _apply(work, changes, by=by)
        if work.map.content is Content.CLEARANCES:
            clearances.grant(work, by=by)
        people.hold_as_placeholders(ready.placeholder_ids)
        for part in KNOWN_THROUGH:
            tether_many(kind=RecordKind.MATTER, pairs=matters.parts_played(work.load.id, part))
        if work.map.complete:
            ledger.mark_vanished(work.load.source_id, work.load.id)
        findings = (*ready.findings, *_repeated(work, ask_after_load(by, work.load.id, work.loading.on)))
        if len(findings) > len(ready.findings):
            loading.note(work.load.id, {**figures, "items": len(findings)})
        loading.open_items(work.loading, findings, owner_id=by.user_id)
        journal.record(
            by=by, act=Act.COLLECTED, kind=RecordKind.LOAD, key=work.load.ref, summary=_summary(work, figures)
        )


def _repeated(work: Work, found: AfterLoad) -> tuple[Finding, ...]:
    """One finding for all of whom the rule of LES-07 is met and about whom nothing is open; no number, which would say
    something of what a wall hides."""
    if not found.others:
        return ()
    words = (
        f"With what the file {work.load.file_name} (load {work.load.ref}) brought, there is a second serious matter "
        f"within the years of the rule, or a third, about somebody of whom no matter is open. {REPEATS}. Nothing was "
        "opened again by the load. Read the list of people with more than one matter, and decide whose matters are "
        "looked at again: by a matter of their own, or in a look-back."
    )
    heading = f"More than one serious matter about somebody, with {work.map.title}"
    return (Finding(heading, words, about_key=work.load.ref),)


def check_adds_up(work: Work) -> None:
    """Rows read = accepted + already held + set aside, and the tables hold as many as were counted."""
    load = work.load
    held = ledger.counts(load.source_id, load.id)
    aside = loading.aside_count(load.id)
    if load.read != load.accepted + load.already_held + load.set_aside:
        raise DoesNotAddUp(f"{load.ref} does not add up: {_sum_words(work)}. Nothing was published.")
    if load.accepted != held["added"] + held["changed"] or load.set_aside != aside:
        words = (
            f"{held['added']:,} added and {held['changed']:,} changed records and {aside:,} rows set aside are there"
        )
        raise DoesNotAddUp(f"{load.ref} does not add up: {words}, but {_sum_words(work)}. Nothing was published.")


def write_set_aside(load: OpenLoad) -> None:
    """The file of rows set aside, with their reasons; none where every row could be used. Raises OSError."""
    if not load.set_aside:
        return
    files.write_table(load.ref, files.SET_ASIDE, ASIDE_COLUMNS, aside_table(load.id))


def aside_table(load_id: int) -> Iterator[tuple[Cell, ...]]:
    """Every row set aside: its number, the column at fault, why, its cells."""
    after = 0
    while part := loading.aside_rows(load_id, after=after):
        for row in part:
            yield row.row_number, row.column, row.reason, *row.raw
        after = part[-1].row_number


def _prepare(work: Work) -> Prepared:
    load = work.load
    counted = ledger.counts(load.source_id, load.id)
    working = {"notes": {}, "blank_rows": 0, "disagreements": 0} | load.figures.get(WORKING, {})  # a file without rows
    proposed, concerned = _placeholders(work)
    vanished, findings = _vanished(work) if work.map.complete else (0, ())
    figures = {
        **working,
        "added": counted["added"],
        "changed": counted["changed"],
        "changed_fields": ledger.changed_fields(load.id) if counted["changed"] else {},
        "vanished": vanished,
        "items": len(findings),
        "records_in_file": counted["records"],
        "people_concerned": concerned,
        "new_matters": matters.made_by(load.id)["matters"],
        "new_allegations": matters.made_by(load.id)["allegations"],
        "new_people": people.made_by(load.id)["people"],
        "placeholders": [one for _, one in proposed],
        "complete": work.map.complete,
    }
    figures["new_people"] -= sum(one["is_new"] for _, one in proposed)
    return Prepared(figures, tuple(pk for pk, _ in proposed), findings)


def _placeholders(work: Work) -> tuple[list[tuple[int, dict[str, Any]]], int]:
    """Keys that stand for nobody, with the rule in words, and how many people are concerned without them.

    A person whose kind some source states is never proposed, however many rows name them.
    """
    rows = matters.rows_by_person(work.load.source_id)
    if not rows:
        return [], 0
    known = people.keys_by_id(sorted(rows))
    keys = {key or ref: pk for pk, (ref, key, _) in known.items()}
    by_map = {key for key in keys if work.map.is_placeholder(key)}
    proposals = {one.key: one.reason for one in placeholders.propose({key: rows[pk] for key, pk in keys.items()})}
    proposals.update(dict.fromkeys(sorted(by_map), "the column map names it"))
    rejected = set(loading.rejected_placeholders(work.load.source_id))
    found = []
    for key in sorted(proposals, key=lambda key: (-rows[keys[key]], key)):
        ref, _, kind = known[keys[key]]
        if kind not in (PersonKind.NOT_STATED, PersonKind.PLACEHOLDER) or key in rejected:
            continue
        said = {"key": key, "person": ref, "rows": rows[keys[key]], "reason": proposals[key]}
        found.append((keys[key], {**said, "is_new": kind is PersonKind.NOT_STATED}))
    held = {pk for pk, (_, _, kind) in known.items() if kind is PersonKind.PLACEHOLDER} | {pk for pk, _ in found}
    return found, len(rows) - len(held)


def _vanished(work: Work) -> tuple[int, tuple[Finding, ...]]:
    """How many held records this extract lacks, and the findings that a person must assess."""
    first = list(islice(ledger.vanished_now(work.load.source_id, work.load.id), ITEMS_EACH + 1))
    if not first:
        return 0, ()
    if len(first) <= ITEMS_EACH:
        return len(first), tuple(_each_finding(work, first))
    total = 0

    def rows() -> Iterator[tuple[str, str]]:
        nonlocal total
        for one in ledger.vanished_now(work.load.source_id, work.load.id):
            total += 1
            yield one.key_words, one.record_kind

    files.write_table(work.load.ref, files.VANISHED, VANISHED_COLUMNS, rows())
    words = (
        f"{total:,} records that earlier files of the source “{work.map.title}” held are not in the file "
        f"{work.load.file_name} (load {work.load.ref}). {_aside_words(work)}They were not removed here. Find out from "
        "the source whether they were deleted, merged or left out by mistake. The list stands beside the report."
    )
    heading = f"{total:,} records vanished from {work.map.title}"
    return total, (Finding(heading, words, about_key=work.load.ref),)


def _each_finding(work: Work, vanished: list[Vanished]) -> Iterator[Finding]:
    """One finding for each record, however many of its rows are gone."""
    concerned = matters.concerned([one.record_id for one in vanished if one.record_kind == RecordKind.MATTER])
    known = people.keys_by_id([one.record_id for one in vanished if one.record_kind == RecordKind.PERSON])
    keys: dict[tuple[str, int], list[str]] = {}
    for one in vanished:
        keys.setdefault((one.record_kind, one.record_id), []).append(f"“{one.key_words}”")
    for (kind, record_id), rows in keys.items():
        if kind == RecordKind.MATTER:
            ref, is_sensitive, involved = concerned[record_id]
        else:
            ref, is_sensitive, involved = known[record_id][0], False, (record_id,)
        record, it = (f"record {rows[0]}", "It is") if len(rows) == 1 else (f"rows {', '.join(rows)}", "They are")
        words = (
            f"What the source “{work.map.title}” has as the {record} is held here as {ref}. {it} not in the file "
            f"{work.load.file_name} (load {work.load.ref}). {_aside_words(work)}Nothing was removed here. Find out "
            "from the source whether this was deleted, merged or left out by mistake."
        )
        kept_out = tuple((pk, "concerned in the record that vanished") for pk in involved)
        heading = f"A record vanished from {work.map.title}"
        yield Finding(heading, words, about_key=ref, kept_out=kept_out, is_sensitive=is_sensitive)


def _aside_words(work: Work) -> str:
    count = work.load.set_aside
    return f"{count:,} rows of that file were set aside, and it may be among them. " if count else ""


def _apply(work: Work, changes: list[Change], *, by: Viewer) -> None:
    if work.map.content is Content.CLEARANCES:
        clearances.take_up(work, changes, by=by)
    elif work.map.content is Content.STAFF_REGISTER:
        people.update(work.loading, [_person_update(change) for change in changes])
    else:
        changes = _apply_to_matters(work, changes)
    ledger.say(changes)


def _person_update(change: Change) -> people.Update:
    facts = lines.register(lines.heard(Content.STAFF_REGISTER, change.said))
    names = lines.changed(change.before, lines.PERSON_FACTS)
    return people.Update(change.record_id, lines.only_identifiers(facts, change.before), names)


def _apply_to_matters(work: Work, changes: list[Change]) -> list[Change]:
    heard = [lines.history(work.map.content, lines.heard(work.map.content, change.said)) for change in changes]
    keys = [
        line.concerned.facts.key
        for change, line in zip(changes, heard, strict=True)
        if line.concerned and line.concerned.facts and "person_key" in change.before and not change.is_new
    ]
    person_ids = {key: one.id for key, one in people.known(work.people_id, keys).items()}
    matter_updates, allegation_updates, applied = [], [], []
    for change, line in zip(changes, heard, strict=True):
        if names := lines.changed(change.before, lines.MATTER_FACTS):
            matter_updates.append(matters.MatterUpdate(change.record_id, line.matter, names, only_blanks=change.is_new))
        facts = line.concerned.facts if line.concerned else None
        person_id = person_ids.get(facts.key, 0) if facts and "person_key" in change.before else 0
        names = lines.changed(change.before, lines.ALLEGATION_FACTS)
        if change.part_kind == ALLEGATION and line.allegation and not change.is_new and (names or person_id):
            update = matters.AllegationUpdate(change.part_id or 0, line.allegation, names, person_id)
            allegation_updates.append(update)
        elif change.part_kind == INVOLVEMENT and person_id and change.new_part is None:
            now = matters.involve_instead(work.loading, change.part_id or 0, person_id)
            change = replace(change, new_part=(INVOLVEMENT, now))
        applied.append(change)
    if matter_updates:
        matters.update(matter_updates)
    if allegation_updates:
        matters.update_allegations(work.loading, allegation_updates)
    return applied


def _sum_words(work: Work) -> str:
    load = work.load
    return (
        f"{load.read:,} rows were read, {load.accepted:,} accepted, {load.already_held:,} already held "
        f"and {load.set_aside:,} set aside"
    )


def _summary(work: Work, figures: dict[str, Any]) -> str:
    return (
        f"published a load: {_sum_words(work)}; {figures['added']:,} records added, {figures['changed']:,} changed, "
        f"{figures['vanished']:,} vanished; file SHA-256 {work.load.file_sha256}"
    )
