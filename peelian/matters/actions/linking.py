"""Linking people to a matter: who they are, the walls that follow from it, and their allegations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max

from peelian.matters.coding import must_be_coded
from peelian.matters.models import Allegation, AllegationFactor, AllegedAgainst, Involvement
from peelian.matters.rows import AllegationDraft, InvolvedDraft
from peelian.people import actions as register
from peelian.people import queries as people
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions as walls
from peelian.walls import queries as places

HEAD_CONCERNED = "The head of professional standards is concerned."


def take_in(by: Viewer, draft: InvolvedDraft, on: date) -> InvolvedDraft:
    """The draft with whoever is new in it taken into the record; nobody sees them before they are linked.

    Raises NotValid for a name that cannot stand.
    """
    if draft.new is None:
        return draft
    ref = register.register_person(
        by=by, kind=PersonKind.PUBLIC, family=draft.new.family, given=draft.new.given, on=min(on, by.today)
    )
    return replace(draft, person_ref=ref)


def reach(by: Viewer, draft: InvolvedDraft, on: date) -> None:
    """How to reach whoever was new, and what they need; once they are linked. Raises NotValid."""
    if draft.new is None:
        return
    if draft.new.channel or draft.new.value or draft.new.safety:
        register.add_contact(
            by=by,
            person_ref=draft.person_ref,
            channel=draft.new.channel,
            value=draft.new.value,
            preferred=True,
            safety=draft.new.safety,
            on=on,
        )
    if draft.new.need:
        register.add_need(by=by, person_ref=draft.person_ref, words=draft.new.need, on=on)


def keys_of(by: Viewer, drafts: Sequence[tuple[str, InvolvedDraft]]) -> dict[str, int]:
    """Keys of the people named in `drafts`, each with its field. Raises NotValid for one who cannot be named."""
    found = people.ids(by, [draft.person_ref for _, draft in drafts])
    just_taken_in = [draft.person_ref for _, draft in drafts if draft.new]
    if just_taken_in:
        found |= people.ids(system("matters", at=by.at, because="to link whoever was just taken in"), just_taken_in)
    for field, draft in drafts:
        if not draft.person_ref and not draft.description.strip():
            raise NotValid(field, "Choose a person, or describe somebody whose name is not known.")
        if draft.person_ref and draft.person_ref not in found:
            raise NotValid(field, "Choose a person from the register.")
    return found


def link(matter: Any, part: Part, draft: InvolvedDraft, keys: dict[str, int], on: date) -> Involvement:
    """Write one involvement under the matter's next number. Raises NotValid for the same person twice in a part."""
    person_id = keys.get(draft.person_ref)
    held = Involvement.objects.filter(matter=matter)
    if person_id is not None and held.filter(person_id=person_id, part=part).exists():
        raise NotValid("person", "This person already has this part in the matter.")
    last = held.aggregate(last=Max("number"))["last"] or 0
    return Involvement.objects.create(
        matter=matter,
        number=last + 1,
        person_id=person_id,
        description=sound("description", draft.description, most=300),
        part=part,
        added_on=on,
    )


def wall_in(by: Viewer, matter: Any, person_ids: Sequence[int], on: date) -> None:
    """What follows for the walls from linking these people, whichever part they have.

    People known only through records are tethered to this one. A user among those linked loses any place on it. Where
    the head of professional standards is one of them, the delegate stands in and the matter is sensitive.
    """
    known_only_here = [key for key, only in people.restricted_to(by, person_ids).items() if only]
    walls.tether(person_ids=known_only_here, kind=RecordKind.MATTER, record_id=matter.pk)
    linked = frozenset(person_ids)
    for place in places.places_on(RecordKind.MATTER, matter.pk):
        if place.to_on is None and place.user.person_id in linked:
            walls.end_place(
                by=by,
                kind=RecordKind.MATTER,
                record_id=matter.pk,
                record_ref=matter.ref,
                user_id=place.user.id,
                capacity=place.capacity,
                on=on,
                reason="They are involved in the matter themselves.",
                because="somebody with a place was linked to the matter",
            )
    head = walls.stand_in_for_head(
        by=by, kind=RecordKind.MATTER, record_id=matter.pk, record_ref=matter.ref, person_ids=person_ids, on=on
    )
    if head and matter.sensitive_on is None:
        matter.sensitive_on, matter.sensitive_reason = on, HEAD_CONCERNED
        matter.save(update_fields=["sensitive_on", "sensitive_reason"])


def allege(matter: Any, draft: AllegationDraft, against: Sequence[Involvement]) -> Allegation:
    """Write one allegation, its factors and against whom it is made. Raises NotValid for what it cannot be coded to."""
    factors = tuple(dict.fromkeys(draft.factors))
    must_be_coded(draft.category, factors)
    last = Allegation.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    allegation = Allegation.objects.create(
        matter=matter,
        number=last + 1,
        category=draft.category,
        text=sound("allegation", draft.text, most=20_000, needed="Say what is alleged."),
    )
    AllegationFactor.objects.bulk_create(AllegationFactor(allegation=allegation, factor=code) for code in factors)
    AllegedAgainst.objects.bulk_create(AllegedAgainst(allegation=allegation, involvement=one) for one in against)
    return allegation
