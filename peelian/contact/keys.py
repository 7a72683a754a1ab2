"""Keys to the view of one's own matter as they stand, and who looks where one is opened."""

from datetime import datetime
from typing import Any

from peelian.contact.models import ViewKey, ViewKeyTry
from peelian.contact.rows import OpenedKey
from peelian.matters.queries import parts_by_id
from peelian.terms.matters import Part
from peelian.terms.viewer import Viewer, system

LOCKED_AFTER = 5
BECAUSE = "somebody opened the view of their own matter"


def standing_keys(involvement_id: int) -> list[Any]:
    """The keys of somebody that were not ended; one at most, or none."""
    return list(ViewKey.objects.filter(involvement_id=involvement_id, end__isnull=True).order_by("pk"))


def wrong_in_a_row(key: Any) -> int:
    """How many wrong codes were tried since the last right one."""
    tries = ViewKeyTry.objects.filter(key=key).order_by("-at", "-pk").values_list("was_right", flat=True)
    wrong = 0
    for was_right in tries[:LOCKED_AFTER]:
        if was_right:
            break
        wrong += 1
    return wrong


def opened_by_id(key_id: int, *, at: datetime) -> OpenedKey | None:
    """An open view by the key's own id, as a session keeps it; None once the key was ended or locked.

    Nobody who is concerned in the matter has one, whatever part they play besides.
    """
    key = ViewKey.objects.filter(pk=key_id, end__isnull=True).first()
    if key is None or wrong_in_a_row(key) >= LOCKED_AFTER:
        return None
    reader = system("own-view", at=at, because=BECAUSE)
    matter = parts_by_id(reader, [key.matter_id]).get(key.matter_id)
    if matter is None:
        return None
    person = next((one for one in matter.people if one.id == key.involvement_id), None)
    concerned = {one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED}
    if person is None or person.person_id in concerned:
        return None
    return OpenedKey(key.pk, matter.ref, person.key)


def person_viewer(opened: OpenedKey, *, at: datetime) -> Viewer:
    """Who looks where somebody opened their own view: the journal names them by their reference."""
    return Viewer(actor=f"person:{opened.person_key}", at=at, because=BECAUSE)
