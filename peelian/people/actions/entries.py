"""What every action on a person shares: finding them through the wall, sound input, one entry in the journal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelian.journal import actions as journal
from peelian.people.models import Person
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


def held_person(by: Viewer, person_ref: str, *also: Permission) -> Person:
    """The person, locked for the act. Raises NotAllowed without EDIT_PEOPLE (or one of `also`), NotFound."""
    must_hold(by, Permission.EDIT_PEOPLE, *also)
    person: Person | None = Person.objects.visible_to(by).filter(ref=person_ref).select_for_update(of=("self",)).first()
    if person is None:
        raise NotFound(f"person {person_ref}")
    return person


def line(field: str, text: str, *, most: int, needed: str = "") -> str:
    """As `terms.typed.sound`, in one line."""
    return sound(field, " ".join(text.split()), most=most, needed=needed)


def close_open(rows: Any, on: date, *, what: str) -> Any:
    """End the open span among `rows` on `on`, and return it, or None. Raises NotValid before it began."""
    last = rows.filter(to_on__isnull=True).order_by("-from_on").first()
    if last is None:
        return None
    if last.from_on is not None and on < last.from_on:
        raise NotValid("on", f"The {what} before this one began on {last.from_on:%d/%m/%Y}, which is later.")
    last.to_on = on
    last.save(update_fields=["to_on"])
    return last


def enter(by: Viewer, person: Person, act: Act, summary: str, text: Mapping[str, object], *, on: date) -> None:
    """One entry about a person; what names them goes under their own key."""
    journal.record(
        by=by, act=act, kind=RecordKind.PERSON, key=person.ref, summary=summary, on=on, texts=[(person.ref, text)]
    )
