"""Rows of clearances granted before or elsewhere: whose they are and whether they can be used, then granted as one.

Of a clearance that is held already a later file moves one thing: a newer annual review. All else is set aside by field.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.feeds.fields import Content
from peelian.intake import ledger
from peelian.intake.ledger import Change, Held, NewHeld, Said
from peelian.intake.loading import Aside
from peelian.loads import lines
from peelian.loads.differences import difference
from peelian.loads.sorting import KeyedRow, Sorted, Work
from peelian.people import queries as people
from peelian.rules.vetting import row_of
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import Precision
from peelian.terms.viewer import Viewer, system
from peelian.vetting import loading
from peelian.vetting.loading import ElsewhereFacts

NUMBERS = ("staff_number", "warrant_number", "collar_number")
DAYS = ("granted_on", "expires_on", "reviewed_on")
Fault = tuple[str, str]  # the field at fault, and why the row cannot be used
DECIDED = "this clearance is held already, and a file does not rewrite it: whoever vets decides what follows"
OLDER = "the file now gives an earlier annual review than it gave before, or none: nothing is taken back by a file"


def sift(work: Work, found: Sorted, *, by: Viewer) -> None:
    """Move rows that cannot be used from `found.new` and `found.changed` to those set aside, each with its reason."""
    bearers = _bearers(by, [*found.new, *(row for row, _ in found.changed)])
    today = work.loading.on
    held = loading.held_already({_whose(row.row.fields, bearers) for row in found.new})
    said = ledger.said([one.id for _, one in found.changed])
    usable, moved = [], []
    for row in found.new:
        fields = row.row.fields
        if fault := _fault(fields, bearers, today) or _contradicts(fields, bearers, held):
            found.aside.append(_aside(work, row, fault))
        else:
            usable.append(row)
    for row, one in found.changed:
        fields = row.row.fields
        now = lines.said(row.row)
        if fault := _fault(fields, bearers, today) or _rewrites(fields, bearers, one, said[one.id], now):
            found.aside.append(_aside(work, row, fault))
        else:
            moved.append((row, one))
    found.new, found.changed = usable, moved


def _aside(work: Work, row: KeyedRow, fault: Fault) -> Aside:
    column = work.map.column_of(fault[0])
    return Aside(row.row.row_number, column.name if column else "", fault[1], row.row.raw)


def stage(work: Work, rows: list[KeyedRow], changed: Sequence[tuple[KeyedRow, Held]], *, by: Viewer) -> None:
    """Enter usable rows in the ledger; nothing can be read of them before the load is published."""
    bearers = _bearers(by, rows)
    held = [
        NewHeld(
            row.hash,
            row.digest,
            row.key,
            RecordKind.PERSON,
            _whose(row.row.fields, bearers),
            "",
            None,
            lines.said(row.row),
        )
        for row in rows
    ]
    ledger.hold(work.load.source_id, work.load.id, held)
    before = ledger.said([one.id for _, one in changed])
    waiting = []
    for row, one in changed:
        now = lines.said(row.row)
        waiting.append(Change(one.id, row.digest, now, difference(before[one.id], now)))
    ledger.await_changes(work.load.id, waiting)


def grant(work: Work, *, by: Viewer) -> None:
    """Make the clearances of a load that is being published."""
    facts = [_facts(person_id, said) for person_id, said in ledger.said_first(work.load.id)]
    loading.grant_elsewhere(by=by, facts=facts, load_ref=work.load.ref)


def take_up(work: Work, changes: list[Change], *, by: Viewer) -> None:
    """Take up what a load that is being published brings of clearances held already: newer annual reviews."""
    facts = [_facts(change.record_id, change.said) for change in changes]
    loading.review_elsewhere(by=by, facts=facts, load_ref=work.load.ref)


def _facts(person_id: int, said: Said) -> ElsewhereFacts:
    fields = lines.heard(Content.CLEARANCES, said)
    until, reviewed = fields.get("expires_on"), fields.get("reviewed_on")
    return ElsewhereFacts(
        person_id=person_id,
        level=fields["level"],
        granted_on=fields["granted_on"].earliest,
        expires_on=until.earliest if until else None,
        force=fields["force"],
        is_contractor=bool(fields.get("contractor")),
        reviewed_on=reviewed.earliest if reviewed else None,
    )


def _bearers(by: Viewer, rows: list[KeyedRow]) -> dict[str, int]:
    """Whose number each is. Nobody is hidden from this: whoever loads has a row of their own in the file."""
    numbers = {row.row.fields[name] for row in rows for name in NUMBERS if name in row.row.fields}
    everybody = system("load", at=by.at, because="to tell whose clearance each row of a file is")
    return people.held_by(everybody, sorted(str(number) for number in numbers))


def _whose(fields: Mapping[str, Any], bearers: Mapping[str, int]) -> int:
    """Whoever bears the numbers of a row; 0 for nobody, or for two people."""
    found = {bearers[fields[name]] for name in NUMBERS if fields.get(name) in bearers}
    return next(iter(found)) if len(found) == 1 else 0


def _contradicts(
    fields: Mapping[str, Any], bearers: Mapping[str, int], held: Mapping[loading.Same, date | None]
) -> Fault | None:
    """Why a row cannot be used that gives another last day to a clearance held already, by a decision or a source."""
    same = _whose(fields, bearers), fields["level"], fields["granted_on"].earliest
    until = fields.get("expires_on")
    if same in held and until and until.earliest != held[same]:
        return "expires_on", DECIDED
    return None


def _rewrites(
    fields: Mapping[str, Any], bearers: Mapping[str, int], held: Held, before: Said, now: Said
) -> Fault | None:
    """What of a row would rewrite a clearance that its source gave before; None where its review alone is newer."""
    for name in difference(before, now):
        if name.startswith(lines.MISSING):
            continue
        was, day = before.get(name), now.get(name)
        if name in NUMBERS:
            if _whose(fields, bearers) != held.record_id:
                return name, "this number is that of somebody else than whose clearance the file gave before"
        elif name != "reviewed_on":
            return name, DECIDED
        elif was and not (day and fields[name].earliest > lines.heard(Content.CLEARANCES, before)[name].earliest):
            return name, OLDER
    return None


def _fault(fields: Mapping[str, Any], bearers: Mapping[str, int], today: date) -> Fault | None:
    """The field at fault and why the row cannot be used; None where it can."""
    number = next((name for name in NUMBERS if name in fields), "")
    if not number:
        return NUMBERS[0], "no number says whose clearance it is"
    if not _whose(fields, bearers):
        return number, "nobody in the register bears this number, or more than one person does"
    if row_of(law(), "vetting_level", fields["level"]) is None:
        known = ", ".join(row.key for row in law().table("vetting_level"))
        return "level", f"no level of clearance is called “{fields['level']}”; known: {known}"
    for name in DAYS:
        if name in fields and fields[name].precision is not Precision.DAY:
            return name, "the day is needed, and not the month or the year alone"
    for name in ("granted_on", "reviewed_on"):
        if name in fields and fields[name].earliest > today:
            return name, "it is a day to come"
    return None
