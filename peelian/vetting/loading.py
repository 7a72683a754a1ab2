"""Clearances granted before Peelian or by another force, as a load of an outside file makes them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.journal.actions import EntryDraft
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.viewer import Viewer, system
from peelian.vetting.models import AnnualReview, Clearance
from peelian.walls.asking import among
from peelian.walls.powers import must_hold

WORDS = "The file gives the day alone. What was talked over is not held here."
Same = tuple[int, str, date]  # what makes a clearance the same one: whose, at which level, granted on which day


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


def held_already(person_ids: Collection[int]) -> dict[Same, date | None]:
    """The last day of every clearance of these people, by what makes it the same one; for a load alone."""
    rows = Clearance.objects.filter(among("person_id", list(person_ids)))
    return {(row.person_id, row.level, row.granted_on): row.expires_on for row in rows}


def grant_elsewhere(*, by: Viewer, facts: Iterable[ElsewhereFacts], load_ref: str) -> int:
    """Hold clearances that an outside source gives; returns how many. Needs LOAD, inside the load's own transaction.

    `facts`: each person exists, each level is known. Where no last day is given it is counted from the level. One that
    is held already, decided here or given by another source, is not held twice: an annual review of it is taken up.
    """
    must_hold(by, Permission.LOAD)
    given = list(facts)
    before = held_already({one.person_id for one in given})
    fresh = {_same(one): one for one in reversed(given) if _same(one) not in before}
    made = [_clearance(one, load_ref) for one in reversed(fresh.values())]
    Clearance.objects.bulk_create(made, batch_size=500)
    said = [
        (one.person_id, f"held clearance {one.ref} granted elsewhere: {one.level}, load {load_ref}", by.today)
        for one in made
    ]
    _entered(by, said)
    review_elsewhere(by=by, facts=[one for one in given if _same(one) in before], load_ref=load_ref)
    return len(made)


def review_elsewhere(*, by: Viewer, facts: Iterable[ElsewhereFacts], load_ref: str) -> int:
    """Take up annual reviews that a later file gives of clearances held already; returns how many. Needs LOAD.

    One whose day is held already is taken up once. It raises nothing and moves no last day: the next review is counted
    from it (VET-05), and that is all.
    """
    must_hold(by, Permission.LOAD)
    given = [(one, one.reviewed_on) for one in facts if one.reviewed_on]
    rows = Clearance.objects.filter(among("person_id", list({one.person_id for one, _ in given})))
    held = {(row.person_id, row.level, row.granted_on): row for row in rows}
    known = {(row.pk, row.reviewed_on) for row in held.values()}
    reviews = AnnualReview.objects.filter(among("clearance_id", [row.pk for row in held.values()]))
    known |= set(reviews.values_list("clearance_id", "on"))
    made, said = [], []
    for one, day in given:
        row = held[_same(one)]
        if (row.pk, day) in known:
            continue
        known.add((row.pk, day))
        done: dict[str, Any] = {"raises": False, "recorded_at": by.at, "recorded_by": by.actor}
        made.append(AnnualReview(clearance=row, words=WORDS, on=day, load_ref=load_ref, **done))
        words = f"annual review of clearance {row.ref}, as {one.force} gave it, load {load_ref}"
        said.append((one.person_id, words, day))
    AnnualReview.objects.bulk_create(made, batch_size=500)
    _entered(by, said)
    return len(made)


def _same(one: ElsewhereFacts) -> Same:
    return one.person_id, one.level, one.granted_on


def _clearance(one: ElsewhereFacts, load_ref: str) -> Clearance:
    level = law().row("vetting_level", one.level)
    counted = rules.expires_on(law(), level, one.granted_on, contractor=one.is_contractor)
    return Clearance(
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


def _entered(by: Viewer, said: list[tuple[int, str, date]]) -> None:
    """One entry under each person, with the day of what it says."""
    everything = system("load", at=by.at, because="to write what a load brought under each person")
    refs = people.refs_on_record(everything, {key for key, _, _ in said}) if said else {}
    entries = [
        EntryDraft(act=Act.COLLECTED, kind=RecordKind.PERSON, key=refs[key][0], summary=words, on=on)
        for key, words, on in said
    ]
    if entries:
        journal.record_many(by=by, entries=entries)
