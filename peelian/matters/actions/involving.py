"""Adding to a recorded matter: people, allegations, and who an unknown person turned out to be."""

from datetime import date

from django.db import transaction

from peelian.matters.actions.held import enter, held_matter, index, raised
from peelian.matters.actions.linking import allege, keys_of, link, reach, take_in, wall_in
from peelian.matters.actions.repeating import ask_for_joint_reviews
from peelian.matters.models import Identification, Involvement, Matter
from peelian.matters.rows import AllegationDraft, InvolvedDraft
from peelian.people import queries as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls.powers import must_hold


@transaction.atomic
def add_person(*, by: Viewer, matter_ref: str, version: int, part: Part, involved: InvolvedDraft, on: date) -> int:
    """Link somebody to a matter; returns the number of their involvement.

    Where an officer concerned is added, everyone with a place signs again that they have no conflict (local rule
    CI-5). Raises NotAllowed for a stale version, NotFound, NotValid.
    """
    must_hold(by, Permission.RECORD_MATTER, Permission.RECORD_EVENT)
    matter = held_matter(by, matter_ref, version)
    involved = take_in(by, involved, on)
    keys = keys_of(by, [("person", involved)])
    one = link(matter, part, involved, keys, on)
    raised(matter)
    subject = involved.person_ref or matter.ref
    text = {"part": part.value, "description": one.description}
    enter(by, matter, Act.COMBINED, f"linked a person: {part.words.lower()}", on=on, texts=[(subject, text)])
    _walled(by, matter, one, on)
    reach(by, involved, on)
    ask_for_joint_reviews(by, matter, on)
    return int(one.number or 0)


@transaction.atomic
def add_allegation(*, by: Viewer, matter_ref: str, version: int, draft: AllegationDraft, on: date) -> int:
    """Add an allegation; `draft.against` holds numbers of involvements. Returns its number. Raises as `add_person`."""
    must_hold(by, Permission.RECORD_MATTER, Permission.RECORD_EVENT)
    matter = held_matter(by, matter_ref, version)
    concerned = Involvement.objects.filter(
        matter=matter, part=Part.OFFICER_CONCERNED, number__in=draft.against
    ).order_by("number")
    against = list(concerned)
    if len(against) != len(set(draft.against)):
        raise NotValid("against", "Choose from the officers concerned in this matter.")
    allegation = allege(matter, draft, against)
    raised(matter)
    index(matter)
    text = {"category": draft.category, "text": allegation.text}
    enter(by, matter, Act.COLLECTED, "added an allegation", on=on, texts=[(matter.ref, text)])
    ask_for_joint_reviews(by, matter, on)
    return allegation.number


@transaction.atomic
def identify_person(
    *, by: Viewer, matter_ref: str, version: int, number: int, person_ref: str, evidence: str, on: date
) -> None:
    """Say who an unknown person turned out to be, and by what evidence. Needs IDENTIFY_PERSON.

    The description stays beside the name. It cannot be undone; a wrong identification is followed by the right person
    being added. Raises NotAllowed for a stale version, NotFound, NotValid without evidence or where they are known.
    """
    must_hold(by, Permission.IDENTIFY_PERSON)
    matter = held_matter(by, matter_ref, version)
    one = Involvement.objects.filter(matter=matter, number=number).first()
    if one is None:
        raise NotFound(f"involvement {number} of {matter_ref}")
    if one.person_id is not None:
        raise NotValid("person", "It is already known who this is.")
    evidence = sound("evidence", evidence, most=5000, needed="Say by what evidence this person was identified.")
    person_id = people.ids(by, [person_ref]).get(person_ref)
    if person_id is None:
        raise NotValid("person", "Choose a person from the register.")
    if Involvement.objects.filter(matter=matter, person_id=person_id, part=one.part).exists():
        raise NotValid("person", "This person already has this part in the matter.")
    Identification.objects.create(involvement=one, person_id=person_id, evidence=evidence, on=on, by=by.actor)
    one.person_id = person_id
    one.save(update_fields=["person_id"])
    raised(matter)
    enter(
        by,
        matter,
        Act.COMBINED,
        "identified a person who was not known",
        on=on,
        texts=[(person_ref, {"part": one.part, "description": one.description, "evidence": evidence})],
    )
    _walled(by, matter, one, on)
    ask_for_joint_reviews(by, matter, on)


def _walled(by: Viewer, matter: Matter, one: Involvement, on: date) -> None:
    person_ids = [one.person_id] if one.person_id else []
    wall_in(by, matter, person_ids, on)
    if one.part == Part.OFFICER_CONCERNED:
        walls.require_new_signatures(
            by=by,
            kind=RecordKind.MATTER,
            record_id=matter.pk,
            record_ref=matter.ref,
            reason="an officer concerned was added",
        )
