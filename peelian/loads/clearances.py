"""Rows of clearances granted before or elsewhere: whose they are and whether they can be used, then granted as one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.feeds.fields import Content
from peelian.intake import ledger
from peelian.intake.ledger import NewHeld
from peelian.intake.loading import Aside
from peelian.loads import lines
from peelian.loads.sorting import KeyedRow, Sorted, Work
from peelian.people import queries as people
from peelian.rules.vetting import row_of
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import Precision
from peelian.terms.viewer import Viewer, system
from peelian.vetting import loading
from peelian.vetting.loading import ElsewhereFacts

NUMBERS = ("staff_number", "warrant_number", "collar_number")
CHANGED = "this clearance is held already and the file now says something else of it: it is looked at in vetting"


def sift(work: Work, found: Sorted, *, by: Viewer) -> None:
    """Move rows that cannot be used from `found.new` and `found.changed` to those set aside, each with its reason."""
    bearers = _bearers(by, found.new)
    usable = []
    for row in found.new:
        if fault := _fault(row.row.fields, bearers, work.loading.on):
            column = work.map.column_of(fault[0])
            found.aside.append(Aside(row.row.row_number, column.name if column else "", fault[1], row.row.raw))
        else:
            usable.append(row)
    found.new = usable
    for row, _ in found.changed:
        found.aside.append(Aside(row.row.row_number, "", CHANGED, row.row.raw))
    found.changed = []


def stage(work: Work, rows: list[KeyedRow], *, by: Viewer) -> None:
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


def grant(work: Work, *, by: Viewer) -> None:
    """Make the clearances of a load that is being published."""
    facts = []
    for person_id, said in ledger.said_first(work.load.id):
        fields = lines.heard(Content.CLEARANCES, said)
        until, reviewed = fields.get("expires_on"), fields.get("reviewed_on")
        facts.append(
            ElsewhereFacts(
                person_id=person_id,
                level=fields["level"],
                granted_on=fields["granted_on"].earliest,
                expires_on=until.earliest if until else None,
                force=fields["force"],
                is_contractor=bool(fields.get("contractor")),
                reviewed_on=reviewed.earliest if reviewed else None,
            )
        )
    loading.grant_elsewhere(by=by, facts=facts, load_ref=work.load.ref)


def _bearers(by: Viewer, rows: list[KeyedRow]) -> dict[str, int]:
    """Whose number each is. Nobody is hidden from this: whoever loads has a row of their own in the file."""
    numbers = {row.row.fields[name] for row in rows for name in NUMBERS if name in row.row.fields}
    everybody = system("load", at=by.at, because="to tell whose clearance each row of a file is")
    return people.held_by(everybody, sorted(str(number) for number in numbers))


def _whose(fields: Mapping[str, Any], bearers: Mapping[str, int]) -> int:
    """Whoever bears the numbers of a row; 0 for nobody, or for two people."""
    found = {bearers[fields[name]] for name in NUMBERS if fields.get(name) in bearers}
    return next(iter(found)) if len(found) == 1 else 0


def _fault(fields: Mapping[str, Any], bearers: Mapping[str, int], today: date) -> tuple[str, str] | None:
    """The field at fault and why the row cannot be used; None where it can."""
    number = next((name for name in NUMBERS if name in fields), "")
    if not number:
        return NUMBERS[0], "no number says whose clearance it is"
    if not _whose(fields, bearers):
        return number, "nobody in the register bears this number, or more than one person does"
    if row_of(law(), "vetting_level", fields["level"]) is None:
        known = ", ".join(row.key for row in law().table("vetting_level"))
        return "level", f"no level of clearance is called “{fields['level']}”; known: {known}"
    for name in ("granted_on", "expires_on", "reviewed_on"):
        if name in fields and fields[name].precision is not Precision.DAY:
            return name, "the day is needed, and not the month or the year alone"
    for name in ("granted_on", "reviewed_on"):
        if name in fields and fields[name].earliest > today:
            return name, "it is a day to come"
    return None
