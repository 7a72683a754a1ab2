"""One person's view of their own matter, for the person and, as it is, for whoever deals with it.

What may be shown is a list of rows (`statute/own_view.toml`): an event or a limit without a row there is not shown.
Each part is asked for by the person's own involvement, so that nothing recorded for somebody else can stand in it.
"""

from collections.abc import Sequence
from typing import Any

from peelian.clocks import queries as clocks
from peelian.clocks.facts import standing_events
from peelian.clocks.law import law as law_in_force
from peelian.clocks.rows import DutyRow
from peelian.contact import queries as contact
from peelian.contact.held import OWED_PARTS, somebody
from peelian.contact.rows import SomebodyRow
from peelian.intake import queries as intake
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.matters.queries.parts import PersonPart
from peelian.matters.rows import MatterRow
from peelian.publish.models import Letter, Written
from peelian.publish.own_rows import HappenedRow, NextRow, OutcomeRow, OwnView, ReviewRow, ToldRow
from peelian.publish.states import LetterState
from peelian.publish.templates import letterhead
from peelian.publish.wording import blocks_of
from peelian.rules.facts import DutyState
from peelian.statute import Force, Register, Row
from peelian.terms.contact import RightState
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer, system

BECAUSE = "to show somebody their own matter"
COMPLAINTS = (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3)
ROLES = {
    Capacity.HANDLER: "A complaint handler",
    Capacity.INVESTIGATOR: "An investigator",
    Capacity.ASSESSOR: "Somebody who looks at what arrives",
}
REVIEW_BODY = "review_body"  # the paragraph of a letter that names the body


def own_view(viewer: Viewer, matter_ref: str, person_key: str) -> OwnView:
    """What this person may read of this matter now: the same bytes for them and for whoever may see the matter.

    Raises NotFound behind the wall, and for anybody to whom the law owes no news; never for an officer concerned.
    PRA s20; PRA s21; SI 2020/2 reg 34(2).
    """
    somebody(viewer, matter_ref, person_key)
    reader = system("own-view", at=viewer.at, because=BECAUSE)
    matter, person = somebody(reader, matter_ref, person_key)
    if person.part not in OWED_PARTS:
        raise NotFound(f"own view of {person_key}")
    held, law = contact.somebody_on(reader, matter_ref, person_key), law_in_force()
    duties = clocks.duties_of(reader, matter_ref, person_key, reader.today)
    updates = {row.key for row in law.table("told_clock") if row.get("is_update")}
    shown = [(duty, row) for duty in duties if (row := _row(law, duty, person)) is not None]
    coming = [(duty, _next(law, duty, row)) for duty, row in shown if duty.is_open]
    whole, head = matters.matter(reader, matter_ref), letterhead()
    happened = _happened(law, matter, person)
    plan = held.safe.plan
    return OwnView(
        ref=matter.ref,
        is_complaint=matter.kind in COMPLAINTS,
        came_on=matter.came_to_attention,
        is_closed=matter.state is MatterState.CLOSED,
        told_us=_told_us(reader, whole, person, held),
        role=_role(whole),
        department=head.department,
        force=head.force,
        contact=head.contact,
        happened=tuple(row for _, row in happened),
        comes_next=tuple(row for duty, row in coming if duty.clock not in updates),
        last_update_on=next((row.on for key, row in reversed(happened) if key == "update_given"), None),
        next_update=next((row for duty, row in coming if duty.clock in updates), None),
        every_days=plan.every_days if plan else None,
        wants_contact=plan.wants_contact if plan else True,
        is_unsafe=held.safe.unsafe_since is not None,
        ways=tuple((way.channel, way.when) for way in plan.ways) if plan else (),
        outcomes=_outcomes(reader, person),
        review=_review(reader, person, shown),
        rights=tuple(row for row in held.rights if row.state is not RightState.DOES_NOT_APPLY),
        code_applies=any(row.state not in (None, RightState.DOES_NOT_APPLY) for row in held.rights),
        advisers=contact.advisers(reader),
        referrals=held.referrals,
        unverified=any(row.unverified for _, row in coming),
    )


def _row(law: Register, duty: DutyRow, person: PersonPart) -> Row | None:
    """Its words for this person; None where it is not for them. What is owed on the whole is for complainants."""
    if not law.drives[duty.clock].per_person and person.part is not Part.COMPLAINANT:
        return None
    return next((row for row in law.table("told_clock") if row.key == duty.clock), None)


def _next(law: Register, duty: DutyRow, row: Row) -> NextRow:
    return NextRow(
        words=str(row["words"]),
        due_on=duty.due_on,
        due_words=duty.due_words,
        is_late=duty.is_overdue,
        is_law=law.editions(duty.clock)[-1].force is Force.STATUTE,
        law=duty.provision,
        unverified=duty.unverified,
        is_theirs=bool(duty.waits_on),
    )


def _happened(law: Register, matter: MatterParts, person: PersonPart) -> list[tuple[str, HappenedRow]]:
    """What happened for this person, or for nobody in particular, oldest first; only what has a row of its own."""
    words = {row.key: str(row["words"]) for row in law.table("told_event")}
    found = [
        (event.key, HappenedRow(KnownDate(event.on, Precision(event.precision)), words[event.key]))
        for event in standing_events([matter.id]).get(matter.id, [])
        if event.key in words and event.involvement_id in (None, person.id)
    ]
    return sorted(found, key=lambda pair: (pair[1].on.earliest, pair[1].words))


def _told_us(reader: Viewer, whole: MatterRow, person: PersonPart, held: SomebodyRow) -> tuple[ToldRow, ...]:
    """Their own words, oldest first: what the matter came of, and their messages since.

    What it came of stands here where the record says that it came from them, or whoever gave them their key said so.
    """
    told = [ToldRow(row.on, row.words) for row in reversed(held.messages) if row.words]
    if whole.intake_ref:
        item = intake.item(reader, whole.intake_ref)
        came_from_them = item.row.from_person_id is not None and item.row.from_person_id == person.person_id
        if item.words and (came_from_them or any(key.words_are_theirs for key in held.keys if key.is_open)):
            told.insert(0, ToldRow(item.row.received_on, item.words))
    return tuple(told)


def _role(whole: MatterRow) -> str:
    held = {place.capacity for place in whole.places if place.to_on is None and place.conflict_at is None}
    return next((words for capacity, words in ROLES.items() if capacity in held), "Somebody who is not chosen yet")


def _served(reader: Viewer, person: PersonPart, event: str) -> Sequence[Any]:
    """The letters that were served on this person by today and record this event, oldest first."""
    letters = Letter.objects.filter(addressee_id=person.id, state=LetterState.SERVED.value)
    found = letters.filter(served__served_on__lte=reader.today).select_related("issued", "served")
    ordered = found.order_by("served__served_on", "ref")
    return [letter for letter in ordered if event in letter.issued.records.split()]


def _outcomes(reader: Viewer, person: PersonPart) -> tuple[OutcomeRow, ...]:
    return tuple(
        OutcomeRow(letter.title, letter.served.served_on, blocks_of(letter.text))
        for letter in _served(reader, person, "outcome_told")
    )


def _review(reader: Viewer, person: PersonPart, shown: Sequence[tuple[DutyRow, Row]]) -> ReviewRow | None:
    """Their right to a review, once they were told of it; the day is the law's and nobody types it."""
    for duty, row in shown:
        if row.get("is_review"):
            told = _served(reader, person, "review_right_told")
            body = Written.objects.filter(letter=told[-1], key=REVIEW_BODY).first() if told else None
            return ReviewRow(
                body=body.text if body else "",
                until_on=duty.due_on,
                is_over=duty.state not in (DutyState.WAITING, DutyState.OPEN),
                law=duty.provision,
                unverified=duty.unverified,
            )
    return None
