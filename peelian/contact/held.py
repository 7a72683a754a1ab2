"""What every act and query of this room shares: somebody on a matter behind its wall, sound words, one entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelian.contact.words import sealed, subject
from peelian.journal import actions as journal
from peelian.matters.queries import MatterParts, parts
from peelian.matters.queries.parts import PersonPart
from peelian.people.rows import HIDDEN_NAME
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

PARTS = (Part.COMPLAINANT, Part.INTERESTED_PERSON, Part.WITNESS, Part.REPRESENTATIVE)
OWED_PARTS = (Part.COMPLAINANT, Part.INTERESTED_PERSON)  # whom the law keeps informed, and who may see their own matter


def somebody(viewer: Viewer, matter_ref: str, person_key: str) -> tuple[MatterParts, PersonPart]:
    """Somebody on a matter with whom contact is planned: never an officer concerned. Raises NotFound."""
    matter = parts(viewer, matter_ref)
    concerned = {one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id}
    for one in matter.people:
        if one.key == person_key and one.part in PARTS and one.name != HIDDEN_NAME and one.person_id not in concerned:
            return matter, one
    raise NotFound(f"somebody on {matter_ref}")


def acting_on(by: Viewer, matter_ref: str, person_key: str, on: date) -> tuple[MatterParts, PersonPart]:
    """The same for an act of `on`. Needs RECORD_EVENT. Raises NotAllowed, NotFound, NotValid for a day to come."""
    must_hold(by, Permission.RECORD_EVENT)
    not_ahead(by, on)
    return somebody(by, matter_ref, person_key)


def row_of(by: Viewer, matter: MatterParts, person: PersonPart, on: date) -> dict[str, Any]:
    """The fields that every row of this room has."""
    return {
        "matter_id": matter.id,
        "involvement_id": person.id,
        "on": on,
        "recorded_at": by.at,
        "recorded_by": by.actor,
    }


def written(matter: MatterParts, row: Any, **said: object) -> Any:
    """Save a row with its words sealed, and give it back."""
    row.words = sealed(matter.ref, row.place, **said)
    row.save(force_insert=True)
    return row


def enter(
    by: Viewer,
    matter: MatterParts,
    person: PersonPart,
    summary: str,
    text: Mapping[str, object],
    *,
    on: date,
    act: Act = Act.COLLECTED,
) -> None:
    """One entry about somebody on a matter; what names them is sealed under the key of the matter's contact."""
    texts: list[tuple[str, Mapping[str, object]]] = [(subject(matter.ref), {"person": person.key, **text})]
    journal.record(by=by, act=act, kind=RecordKind.MATTER, key=matter.ref, summary=summary, on=on, texts=texts)
