"""Recording a complaint, conduct matter or DSI matter. Police Reform Act 2002 s12, Sch 3 paras 2, 10-11, 14A."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.intake.rows import ItemDetail, ItemRow
from peelian.matters.actions.held import HEADING, NARRATIVE, enter, index
from peelian.matters.actions.linking import allege, keys_of, link, reach, take_in, wall_in
from peelian.matters.actions.repeating import ask_for_joint_reviews
from peelian.matters.coding import recording_tests
from peelian.matters.models import Involvement, Matter, Narrative
from peelian.matters.rows import InvolvedDraft, Recording
from peelian.people import queries as people
from peelian.rules.crime_records import SERIOUS, is_coded
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls import queries as users
from peelian.walls.powers import must_hold, must_say

COMPLAINTS = (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3)
RECORDED_AS_PART = "part of recording the matter"
FROM_SENSITIVE = "It came of an intake item that is open only to those named on it."


@transaction.atomic
def record_matter(*, by: Viewer, recording: Recording, on: date) -> str:
    """Record a matter with its people, allegations and handler on the day `on`; returns its reference.

    Needs RECORD_MATTER (RESTRICT too for a sensitive one). Whoever is kept out of the intake item it came of is kept
    out of the matter from its first moment, and what comes of a sensitive item is sensitive. Raises NotAllowed;
    NotFound for an item or unit that is not there; NotValid, naming the field, for what cannot stand.
    """
    must_hold(by, Permission.RECORD_MATTER)
    if recording.sensitive_reason.strip():
        must_hold(by, Permission.RESTRICT)
    _must_be_sound(by, recording, on)
    drafts = [
        (field, part, tuple(take_in(by, one, on) for one in listed)) for field, part, listed in _by_part(recording)
    ]
    keys = keys_of(by, [(field, draft) for field, _, listed in drafts for draft in listed])
    item = items.item(by, recording.intake_ref) if recording.intake_ref else None
    if item is not None:
        _must_be_coded(item, recording)
    matter = _matter(by, recording, item.row if item else None, on)
    linked = [(part, link(matter, part, draft, keys, on)) for _, part, listed in drafts for draft in listed]
    officers = [one for part, one in linked if part is Part.OFFICER_CONCERNED]
    for draft in recording.allegations:
        allege(matter, draft, [officers[place] for place in dict.fromkeys(draft.against)])
    refs = {key: ref for ref, key in keys.items()}
    texts: list[tuple[str, dict[str, object]]] = [
        (matter.ref, {"heading": matter.heading, "narrative": recording.narrative, "reasons": recording.reasons})
    ]
    texts += [(refs[one.person_id], {"part": part.value}) for part, one in linked if one.person_id]
    enter(
        by,
        matter,
        Act.COLLECTED,
        f"recorded a matter: {recording.kind.words}",
        on=on,
        texts=texts,
        decision=", ".join(recording.tests),
    )
    _wall(by, matter, recording, [one for _, one in linked], on)
    for _, _, listed in drafts:
        for involved in listed:
            reach(by, involved, on)
    index(matter)
    ask_for_joint_reviews(by, matter, on)
    if item is not None:
        intake.mark_recorded(by=by, item_id=item.row.id, reasons=recording.reasons, on=on)
    return str(matter.ref)


def _by_part(recording: Recording) -> list[tuple[str, Part, tuple[InvolvedDraft, ...]]]:
    return [
        ("officers", Part.OFFICER_CONCERNED, recording.officers),
        ("complainants", Part.COMPLAINANT, recording.complainants),
        ("interested", Part.INTERESTED_PERSON, recording.interested),
        ("witnesses", Part.WITNESS, recording.witnesses),
    ]


def _must_be_sound(by: Viewer, recording: Recording, on: date) -> None:
    if not recording.no_conflict:
        raise NotValid("no_conflict", "Declare that you have no conflict, or let somebody else record this.")
    if recording.kind is MatterKind.HISTORY:
        raise NotValid("kind", "Say which kind of matter this is.")
    not_ahead(by, on)
    if recording.came_to_attention.earliest > on:
        raise NotValid("came_to_attention", "It came to attention on or before the day it is recorded.")
    if recording.incident and recording.incident.earliest > recording.came_to_attention.latest:
        raise NotValid("incident", "What happened cannot be later than the day it came to attention.")
    must_say(recording.reasons, why="Give the reasons for recording it as this kind.", field="reasons")
    known = {row.id for row in recording_tests()}
    if not known.issuperset(recording.tests):
        raise NotValid("tests", "Choose from the recording tests.")
    if recording.kind is MatterKind.COMPLAINT_UNDER_SCHEDULE_3 and not recording.tests:
        raise NotValid("tests", "Say which recording test is met. PRA Sch 3 para 2(6A)-(6B).")
    if recording.kind is MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3 and recording.tests:
        raise NotValid("kind", "A recording test is met, so it must be recorded. PRA Sch 3 para 2(6A)-(6B).")
    if recording.kind in COMPLAINTS and not recording.complainants:
        raise NotValid("complainants", "Name the complainant, or describe them where the name is not known.")
    if recording.kind is not MatterKind.DSI_MATTER and not recording.allegations:
        raise NotValid("allegations", "Add at least one allegation.")
    for draft in recording.allegations:
        if any(not 0 <= place < len(recording.officers) for place in draft.against):
            raise NotValid("against", "Choose from the officers concerned in this matter.")


def _must_be_coded(item: ItemDetail, recording: Recording) -> None:
    """What came as the record of a sexual offence is coded as one, however minor it seems."""
    codes = {draft.category for draft in recording.allegations}
    for row in item.serious:
        if not is_coded(row.codes, codes):
            words = " or ".join(row.in_words)
            raise NotValid("allegations", f"{row.label} counts as serious: code an allegation to {words}. {SERIOUS}.")


def _matter(by: Viewer, recording: Recording, item: ItemRow | None, on: date) -> Any:
    sensitive_reason = recording.sensitive_reason.strip()
    if item is not None and item.is_sensitive:
        sensitive_reason = sensitive_reason or FROM_SENSITIVE
    unit = people.unit(by, recording.unit_ref) if recording.unit_ref else None
    matter = Matter.objects.create(
        ref=new_reference("PM"),
        kind=recording.kind,
        state=MatterState.OPEN,
        heading=sound("heading", recording.heading, most=HEADING, needed="Give a short heading without names."),
        came_to_attention_on=recording.came_to_attention.earliest,
        came_to_attention_precision=recording.came_to_attention.precision,
        incident_on=recording.incident.earliest if recording.incident else None,
        incident_precision=recording.incident.precision if recording.incident else "",
        unit_id=unit.id if unit else by.unit_id,
        sensitive_on=on if sensitive_reason else None,
        sensitive_reason=sound("sensitive_reason", sensitive_reason, most=300),
        intake_item_id=item.id if item else None,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    narrative = sound("narrative", recording.narrative, most=NARRATIVE, needed="Say what happened, in their words.")
    Narrative.objects.create(matter=matter, text=narrative)
    return matter


def _wall(by: Viewer, matter: Any, recording: Recording, linked: list[Involvement], on: date) -> None:
    """Sensitivity, places and signatures, once everybody's part is written. SI 2020/4 reg 15; SI 2020/2 reg 12."""
    person_ids = sorted({one.person_id for one in linked if one.person_id})
    wall_in(by, matter, person_ids, on)
    handler = users.user_by_ref(recording.handler_ref) if recording.handler_ref else None
    given = []
    if handler is None or handler.id == by.user_id:
        given = [(by.user_id, Capacity.HANDLER)]
    else:
        given = [(by.user_id, Capacity.ASSESSOR), (handler.id, Capacity.HANDLER)]
    for user_id, capacity in given:
        if user_id is not None:
            walls.give_place(
                by=by,
                kind=RecordKind.MATTER,
                record_id=matter.pk,
                record_ref=matter.ref,
                user_id=user_id,
                capacity=capacity,
                on=on,
                because=RECORDED_AS_PART,
            )
        if user_id is not None and user_id == by.user_id:
            walls.sign_no_conflict(by=by, kind=RecordKind.MATTER, record_id=matter.pk, record_ref=matter.ref, on=on)
