"""Clearances granted before Peelian or by another force, as a load of an outside file makes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.journal.actions import EntryDraft
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.viewer import Viewer, system
from peelian.vetting.models import Clearance
from peelian.walls.powers import must_hold


@dataclass(frozen=True, slots=True)
class ElsewhereFacts:
    """One clearance as its source has it. `expires_on`: None where the source does not say; it is then counted.

    `reviewed_on`: the last annual review of it there, from which the next is counted.
    """

    person_id: int = field(repr=False)
    level: str
    granted_on: date
    expires_on: date | None
    force: str
    is_contractor: bool
    reviewed_on: date | None = None


def grant_elsewhere(*, by: Viewer, facts: Iterable[ElsewhereFacts], load_ref: str) -> int:
    """Hold clearances that an outside source gives; returns how many. Needs LOAD, inside the load's own transaction.

    `facts`: each person exists, each level is known. Where no last day is given it is counted from the level.
    """
    must_hold(by, Permission.LOAD)
    made = []
    for one in facts:
        level = law().row("vetting_level", one.level)
        counted = rules.expires_on(law(), level, one.granted_on, contractor=one.is_contractor)
        made.append(
            Clearance(
                ref=new_reference("PY"),
                person_id=one.person_id,
                level=one.level,
                granted_on=one.granted_on,
                expires_on=one.expires_on or counted.value,
                force=one.force[:120],
                load_ref=load_ref,
                is_contractor=one.is_contractor,
                reviewed_on=one.reviewed_on,
            )
        )
    Clearance.objects.bulk_create(made, batch_size=500)
    everything = system("load", at=by.at, because="to write what a load granted under each person")
    refs = people.refs_on_record(everything, {one.person_id for one in made})
    entries = [
        EntryDraft(
            act=Act.COLLECTED,
            kind=RecordKind.PERSON,
            key=refs[one.person_id][0],
            summary=f"held clearance {one.ref} granted elsewhere: {one.level}, load {load_ref}",
            on=by.today,
        )
        for one in made
    ]
    if entries:
        journal.record_many(by=by, entries=entries)
    return len(made)
