"""How somebody on a record may be reached, and by what somebody can be known; for what leaves the force."""

from collections.abc import Iterable

from django.db.models import F

from peelian.intake.queries import published
from peelian.people.models import Contact, Name, Need, Person
from peelian.people.queries.naming import known, lasts_on
from peelian.people.queries.whole import contact_row
from peelian.people.rows import Identity, NameRow, NeedRow, Reach
from peelian.terms.people import NameKind
from peelian.terms.viewer import Viewer

NOTHING = Reach((), ())


def reach_on_record(viewer: Viewer, person_id: int) -> Reach:
    """Ways to reach and needs of somebody who plays a part in a record that the viewer was just shown.

    What was preferred comes first; somebody hidden from the viewer has none. Three statements.
    """
    if not Person.objects.open_to(viewer).filter(pk=person_id).exists():
        return NOTHING
    now = lasts_on(viewer.today) & published()
    contacts = Contact.objects.filter(now, person_id=person_id)
    needs = Need.objects.filter(now, person_id=person_id).order_by(F("from_on").asc(nulls_first=True), "words")
    ordered = contacts.order_by("-is_preferred", "is_refused", "channel", "value", "pk")
    return Reach(
        contacts=tuple(contact_row(row) for row in ordered),
        needs=tuple(NeedRow(row.words, row.from_on, row.to_on) for row in needs),
    )


def identities(person_ids: Iterable[int], *, because: str) -> dict[int, Identity]:
    """By what each of these people can be known, by key; for checks that must not depend on who is looking.

    `because`: why everything is read. What it gives is compared with, and never shown. Three statements.
    """
    wanted = sorted({key for key in person_ids if key})
    people = Person.objects.as_system(because=because).filter(pk__in=wanted)
    names: dict[int, list[NameRow]] = {key: [] for key in wanted}
    for row in Name.objects.filter(published(), person_id__in=wanted).order_by("pk"):
        names[row.person_id].append(NameRow(NameKind(row.kind), row.family, row.given, row.from_on, row.to_on))
    reached: dict[int, list[str]] = {key: [] for key in wanted}
    held = Contact.objects.filter(published(), person_id__in=wanted).exclude(value="").order_by("pk")
    for key, value in held.values_list("person_id", "value"):
        reached[key].append(value)
    return {
        person.pk: Identity(
            names=tuple(names[person.pk]),
            reached_at=tuple(reached[person.pk]),
            born=known(person.born_on, person.born_precision),
        )
        for person in people
    }
