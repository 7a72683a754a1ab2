"""People, users and records for the tests of the walls, small enough to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from peelian.intake.models import Item, KeptOut
from peelian.matters.models import Involvement, Matter
from peelian.people.models import Person
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.people import PersonKind
from peelian.terms.references import new_reference
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions, queries

LONG_AGO = date(2020, 2, 3)


@dataclass
class Cast:
    """Makes what a test of the walls needs, as the system, at one moment."""

    at: datetime
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def system(self) -> Viewer:
        return system("tests", at=self.at, because="to build a world")

    @property
    def today(self) -> date:
        return self.system.today

    def person(self, name: str = "Somebody", *, registered: bool = True) -> int:
        person = Person.objects.create(
            ref=new_reference("PP"),
            kind=PersonKind.OFFICER,
            display_name=name,
            sort_name=name,
            registered_on=LONG_AGO if registered else None,
            recorded_at=self.at,
            recorded_by=self.system.actor,
        )
        return int(person.pk)

    def user(self, *roles: str, person_id: int | None = None) -> int:
        number = next(self.numbers)
        ref = actions.make_user(
            by=self.system,
            username=f"user{number}",
            name=f"User {number}",
            roles=roles,
            password=None,
            person_id=person_id,
            on=LONG_AGO,
        )
        return queries.user_by_ref(ref).id

    def viewer(self, *roles: str, person_id: int | None = None, at: datetime | None = None) -> Viewer:
        return queries.viewer_for(self.user(*roles, person_id=person_id), at=at or self.at)

    def matter(self, *people: tuple[int, Part], sensitive: bool = False, item_id: int | None = None) -> "Matter":
        matter = Matter.objects.create(
            ref=new_reference("PM"),
            kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
            state=MatterState.OPEN,
            heading="A matter",
            came_to_attention_on=date(2026, 10, 1),
            came_to_attention_precision="day",
            sensitive_on=date(2026, 10, 2) if sensitive else None,
            sensitive_reason="so" if sensitive else "",
            intake_item_id=item_id,
            recorded_at=self.at,
            recorded_by=self.system.actor,
        )
        for person_id, part in people:
            Involvement.objects.create(matter=matter, person_id=person_id, part=part)
        actions.tether(person_ids=[key for key, _ in people], kind=RecordKind.MATTER, record_id=matter.pk)
        return matter

    def item(self, *kept_out: int, sensitive: bool = False, from_person_id: int | None = None) -> "Item":
        item = Item.objects.create(
            ref=new_reference("PI"),
            channel="letter",
            words="words",
            heading="An item",
            received_on=date(2026, 10, 1),
            recorded_at=self.at,
            recorded_by=self.system.actor,
            from_person_id=from_person_id,
            sensitive_on=date(2026, 10, 2) if sensitive else None,
        )
        for person_id in kept_out:
            KeptOut.objects.create(item=item, person_id=person_id, ground="named in it")
        return item

    def place(
        self, record: Matter | Item, user_id: int, *, capacity: Capacity = Capacity.INVESTIGATOR, signed: bool = True
    ) -> None:
        kind = kind_of(record)
        given = {"kind": kind, "record_id": record.pk, "record_ref": record.ref}
        actions.give_place(
            by=self.system, **given, user_id=user_id, capacity=capacity, on=self.today, because="the test"
        )
        if signed:
            actions.sign_no_conflict(by=queries.viewer_for(user_id, at=self.at), **given, on=self.today)

    def tie(self, person_id: int, other_id: int, ground: str = "line_manager", *, on: date = LONG_AGO) -> None:
        actions.tie_many(pairs=[(person_id, other_id)], ground=ground, on=on)


def kind_of(record: Matter | Item) -> RecordKind:
    return RecordKind.MATTER if isinstance(record, Matter) else RecordKind.INTAKE_ITEM


def sees(viewer: Viewer, record: Matter | Item | Person) -> bool:
    """Whether the viewer sees the record, asked in every way that a room could ask; they must agree."""
    found = type(record).objects.visible_to(viewer).filter(pk=record.pk)
    answers = {found.exists(), found.count() == 1, found.first() is not None, list(found) == [record]}
    assert len(answers) == 1
    return answers.pop()


def person_row(person_id: int) -> Person:
    return Person.objects.as_system(because="the test reads it").get(pk=person_id)


def refs(rows: Sequence[object]) -> set[str]:
    return {row.ref for row in rows}  # type: ignore[attr-defined]  # rows and models alike have one
