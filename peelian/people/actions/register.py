"""Units, and who people are: names and identifiers over time."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.people.actions.entries import enter, held_person, line
from peelian.people.models import Identifier, Name, NameKey, Person, Unit
from peelian.people.names import folded_identifier, keys_of, sort_name
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import IdentifierKind, NameKind, PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def make_unit(*, by: Viewer, name: str, parent_ref: str = "", from_on: date | None = None, on: date) -> str:
    """Add a unit of the force, within another or at the top; returns its reference. Raises NotValid, NotFound."""
    must_hold(by, Permission.EDIT_PEOPLE)
    name = line("name", name, most=200, needed="Give the unit's name.")
    parent = Unit.objects.filter(ref=parent_ref).first() if parent_ref else None
    if parent_ref and parent is None:
        raise NotFound(f"unit {parent_ref}")
    if Unit.objects.filter(name=name, parent=parent, to_on__isnull=True).exists():
        raise NotValid("name", f"There is already a unit called {name} there.")
    unit = Unit.objects.create(ref=new_reference("PO"), name=name, parent=parent, from_on=from_on)
    journal.record(by=by, act=Act.COLLECTED, kind=RecordKind.UNIT, key=unit.ref, summary="added a unit", on=on)
    return unit.ref


@transaction.atomic
def register_person(
    *,
    by: Viewer,
    kind: PersonKind,
    family: str,
    given: str = "",
    born: KnownDate | None = None,
    sex: str = "",
    ethnicity: str = "",
    joined: KnownDate | None = None,
    on: date,
    registered: bool | None = None,
) -> str:
    """Take a person into the record; returns their reference.

    `registered`: whether they stand in the register in their own right; None for the rule that those who serve do, and
    members of the public are known only through a record (link them to one, or nobody will see them). `on`: the day
    they were taken in. Raises NotValid for a missing name, a kind that is not a person, or a date that cannot be.
    """
    must_hold(by, Permission.EDIT_PEOPLE, Permission.RECORD_MATTER)
    family = line("family", family, most=120, needed="Give a family name, or the only name that is known.")
    given = line("given", given, most=120)
    if kind in (PersonKind.PLACEHOLDER, PersonKind.NOT_STATED):
        raise NotValid("kind", "Say in which way this person serves, or that they are a member of the public.")
    for field, known in (("born", born), ("joined", joined)):
        if known is not None:
            not_ahead(by, known.earliest, field=field)
    if born and joined and joined.latest < born.earliest:
        raise NotValid("joined", "Nobody joins before they are born.")
    in_register = kind.serves if registered is None else registered
    ref = new_reference("PP")
    if in_register:
        not_ahead(by, on)
    person = Person.objects.create(
        ref=ref,
        kind=kind,
        display_name=f"{given} {family}".strip()[:200],
        sort_name=sort_name(family, given),
        born_on=born.earliest if born else None,
        born_precision=born.precision if born else "",
        sex=line("sex", sex, most=40),
        ethnicity=line("ethnicity", ethnicity, most=80),
        joined_on=joined.earliest if joined else None,
        joined_precision=joined.precision if joined else "",
        registered_on=on if in_register else None,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    Name.objects.create(person=person, kind=NameKind.CURRENT, family=family, given=given)
    _add_keys(person, family, given)
    enter(by, person, Act.COLLECTED, f"registered a person: {kind.words}", {"name": person.display_name}, on=on)
    return ref


@transaction.atomic
def rename(*, by: Viewer, person_ref: str, family: str, given: str, on: date) -> None:
    """Give a person a new current name from `on`; the name before stays as a former name. Raises NotValid, NotFound."""
    person = held_person(by, person_ref)
    not_ahead(by, on)
    family = line("family", family, most=120, needed="Give a family name, or the only name that is known.")
    given = line("given", given, most=120)
    before = person.display_name
    if f"{given} {family}".strip() == before:
        raise NotValid("family", "This is the name they have now.")
    current = Name.objects.filter(person=person, kind=NameKind.CURRENT)
    if current.filter(from_on__gt=on).exists():
        raise NotValid("on", "Their name now was taken on a later day.")
    current.update(kind=NameKind.FORMER, to_on=on)
    Name.objects.create(person=person, kind=NameKind.CURRENT, family=family, given=given, from_on=on)
    _add_keys(person, family, given)
    person.display_name = f"{given} {family}".strip()[:200]
    person.sort_name = sort_name(family, given)
    person.save(update_fields=["display_name", "sort_name"])
    enter(by, person, Act.ALTERED, "changed a name", {"before": before, "after": person.display_name}, on=on)


@transaction.atomic
def add_alias(*, by: Viewer, person_ref: str, family: str, given: str = "", on: date) -> None:
    """Add a name by which a person is also known. Raises NotValid, NotFound."""
    person = held_person(by, person_ref)
    family = line("family", family, most=120, needed="Give the name.")
    given = line("given", given, most=120)
    if Name.objects.filter(person=person, family=family, given=given).exists():
        raise NotValid("family", "This name is already held for them.")
    Name.objects.create(person=person, kind=NameKind.ALIAS, family=family, given=given)
    _add_keys(person, family, given)
    enter(by, person, Act.ALTERED, "added an alias", {"after": f"{given} {family}".strip()}, on=on)


@transaction.atomic
def add_identifier(*, by: Viewer, person_ref: str, kind: IdentifierKind, value: str, on: date) -> None:
    """Give a person a number from `on`; one of the same kind held before ends that day. Raises NotValid, NotFound."""
    person = held_person(by, person_ref)
    not_ahead(by, on)
    value = line("value", value, most=120, needed="Give the number.")
    folded = folded_identifier(value)
    if not folded:
        raise NotValid("value", "A number holds at least one letter or digit.")
    if kind is IdentifierKind.SOURCE_KEY:
        raise NotValid("kind", "The key of an outside file comes with a load of that file.")
    same_kind = Identifier.objects.filter(kind=kind, to_on__isnull=True)
    if same_kind.filter(folded=folded, person=person).exists():
        raise NotValid("value", "They hold this number already.")
    same_kind.filter(person=person, from_on__lte=on).update(to_on=on)
    Identifier.objects.create(person=person, kind=kind, value=value, folded=folded, from_on=on)
    enter(by, person, Act.ALTERED, f"gave a {kind.words.lower()}", {"after": value}, on=on)


def _add_keys(person: Person, *names: str) -> None:
    held = set(NameKey.objects.filter(person=person).values_list("key", flat=True))
    NameKey.objects.bulk_create(NameKey(person=person, key=key) for key in sorted(keys_of(*names) - held))
