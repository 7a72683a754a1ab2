"""What people on a matter asked, which whoever gives something reads first: consent withdrawn, unsafe contact."""

from typing import Any

from peelian.contact import queries as contact
from peelian.matters.queries import MatterParts
from peelian.people import queries as people
from peelian.people.rows import Reach
from peelian.rules.words import day_words
from peelian.terms.viewer import Viewer

NOBODY = Reach((), ())


def concerns_of(viewer: Viewer, matter: MatterParts, pack: Any) -> tuple[str, ...]:
    """A sentence for each, of the recipient's contact and of everybody's consent. Nothing here forbids to give."""
    found, unwilling = [], contact.unwilling_to_share(matter)
    by_key = {one.key: one.id for one in matter.people}
    for line in contact.everybody(viewer, matter.ref):
        key = by_key.get(line.key)
        if line.wants_to_withdraw:
            found.append(f"{line.name} wants to withdraw, or no longer supports it.")
        for about in unwilling.get(key or 0, ()):
            found.append(f"{line.name} did not agree that something is shared{f': {about}' if about else ''}.")
        if key == pack.recipient_id and not line.wants_contact:
            found.append(f"{line.name} does not want to be contacted.")
        if key == pack.recipient_id and line.unsafe_since:
            found.append(f"{line.name} told us that a way is not safe, on {day_words(line.unsafe_since)}.")
    return tuple(found)


def reach_of(viewer: Viewer, matter: MatterParts, pack: Any) -> Reach:
    """How the recipient may be reached, as the register says; nothing for a body."""
    found = next((one for one in matter.people if one.id == pack.recipient_id), None)
    return people.reach_on_record(viewer, found.person_id) if found and found.person_id else NOBODY
