"""What is owed on matters, computed from their dated facts each time it is asked."""

from collections.abc import Iterator, Sequence
from datetime import date

from peelian.clocks.facts import matter_facts, standing_events
from peelian.clocks.law import law
from peelian.clocks.owners import Owners, owners_of
from peelian.clocks.rows import DutyRow, MatterDuties
from peelian.matters.queries import MatterParts, parts
from peelian.matters.queries.register import further_matters
from peelian.people import queries as people
from peelian.rules.duties import duties, edition_of
from peelian.rules.facts import Duty, DutyState, MatterFacts
from peelian.statute import Register
from peelian.terms.viewer import Viewer

NO_DATES = "This history holds no dates, so no clock starts. Nothing is guessed."
NO_ACTS = (
    "This matter came from an outside file. It holds no dated act from which the law counts, so no clock starts until"
    " one is recorded."
)
CANNOT_CLOSE = "cannot close"


def matter_duties(viewer: Viewer, matter_ref: str | MatterParts, on: date) -> MatterDuties:
    """Everything owed and done on a matter as at the end of the day `on`, first what is overdue, then by due day.

    Raises NotFound, also behind a wall.
    """
    matter = parts(viewer, matter_ref)
    facts = _facts(viewer, [matter])[matter.id]
    owners = owners_of(viewer, [matter], people.unit_by_id(viewer))
    rows = sorted(_rows_of(viewer, matter, facts, owners, on, law()), key=by_due)
    return MatterDuties(
        open=tuple(row for row in rows if row.is_open),
        done=tuple(row for row in rows if not row.is_open),
        notes=_notes(matter, facts),
    )


def blocking(viewer: Viewer, matter_ref: str, on: date) -> tuple[DutyRow, ...]:
    """What is owed on the matter without which its clock's row says that it cannot close."""
    blocks = {clock.id for clock in law().clocks() if CANNOT_CLOSE in clock.on_breach.lower()}
    rows = matter_duties(viewer, matter_ref, on).open
    return tuple(row for row in rows if row.clock in blocks and DutyState(row.state).is_owed)


def duties_of(viewer: Viewer, matter_ref: str, person_key: str, on: date) -> tuple[DutyRow, ...]:
    """What is owed to one person of a matter or waits on them, and what is owed on the matter as a whole, by due day.

    Nothing that is owed to somebody else. Raises NotFound.
    """
    matter = parts(viewer, matter_ref)
    owners = owners_of(viewer, [matter], people.unit_by_id(viewer))
    names = {one.key: one.name for one in matter.people}
    every = duties(_facts(viewer, [matter])[matter.id], on, at=viewer.at if on == viewer.today else None, law=law())
    rows = [_row(viewer, matter, one, names, owners) for one in every if one.person_key in ("", person_key)]
    return tuple(sorted(rows, key=by_due))


def open_rows(viewer: Viewer, matters: Sequence[MatterParts], on: date) -> Iterator[DutyRow]:
    """The live duties of some matters; a fixed number of statements, however many matters there are."""
    facts = _facts(viewer, matters)
    owners = owners_of(viewer, matters, people.unit_by_id(viewer))
    held = law()  # once for all: each time it looks for a changed file
    for matter in matters:
        yield from (row for row in _rows_of(viewer, matter, facts[matter.id], owners, on, held) if row.is_open)


def _rows_of(
    viewer: Viewer, matter: MatterParts, facts: MatterFacts, owners: Owners, on: date, held: Register
) -> Iterator[DutyRow]:
    """The duties of one matter as rows."""
    names = {one.key: one.name for one in matter.people}
    for duty in duties(facts, on, at=viewer.at if on == viewer.today else None, law=held):
        yield _row(viewer, matter, duty, names, owners)


def by_due(row: DutyRow) -> tuple[bool, date, str, str, str]:
    """Overdue first, then by due day; what has no day comes last."""
    return (not row.is_overdue, row.due_on or date.max, row.clock, row.matter_ref, row.person)


def _facts(viewer: Viewer, matters: Sequence[MatterParts]) -> dict[int, MatterFacts]:
    events, further = standing_events(one.id for one in matters), further_matters(viewer, matters)
    return {one.id: matter_facts(one, events.get(one.id, []), further.get(one.id)) for one in matters}


def _row(viewer: Viewer, matter: MatterParts, duty: Duty, names: dict[str, str], owners: Owners) -> DutyRow:
    owner = owners.of(matter, duty.capacity)
    return DutyRow(
        clock=duty.clock_id,
        name=duty.name,
        matter_ref=matter.ref,
        matter_heading=matter.heading,
        person=names.get(duty.person_key, "") if duty.person_key else "",
        due_on=duty.due,
        due_at=duty.due_at,
        due_words=duty.due_words,
        days_left=duty.days_left,
        state=duty.state.value,
        nature=duty.nature.value,
        is_open=duty.state.is_live,
        is_overdue=duty.state is DutyState.OVERDUE,
        waits_on=duty.waits_on,
        owed_by=duty.owed_by,
        owed_to=duty.owed_to,
        provision=duty.law,
        unverified=duty.unverified,
        by_todays_rules=duty.by_todays_rules,
        on_breach=duty.on_breach,
        because=duty.because,
        owner=owner.words,
        owner_is_nobody=owner.user_id is None,
        owner_ref=owner.ref,
        is_mine=owner.user_id is not None and owner.user_id == viewer.user_id,
    )


def _notes(matter: MatterParts, facts: MatterFacts) -> tuple[str, ...]:
    if matter.has_no_dates:
        return (NO_DATES,)
    if matter.has_load and not facts.events:
        return (NO_ACTS,)
    edition = edition_of(facts, law())
    steps = " ".join(edition.because)
    unverified = " (unverified: nobody has read this provision in the text of the law)" if edition.unverified else ""
    return (f"{steps} {edition.law}{unverified}",)
