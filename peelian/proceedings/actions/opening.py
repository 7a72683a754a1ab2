"""Opening proceedings about one person, once a decision leads to them."""

from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.matters import queries as matters
from peelian.proceedings.actions.held import enter
from peelian.proceedings.facts import Held, of_matter
from peelian.proceedings.models import Proceeding
from peelian.proceedings.queries.lists import is_reached, openable
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def open_proceeding(*, by: Viewer, matter_ref: str, person_key: str, forum: str, on: date) -> str:
    """Open a meeting or hearing about a person concerned; returns its reference. Needs DETERMINE.

    `forum`: a row of `statute/panels.toml` that a standing decision leads to. Proceedings opened later about the same
    person take the place of earlier ones. Raises NotFound, NotValid, NotAllowed.
    """
    must_hold(by, Permission.DETERMINE)
    matter = matters.parts(by, matter_ref)
    row = next((one for one in law().table("panel_forum") if one.key == forum), None)
    person = next((one for one in matter.people if one.key == person_key and one.person_id), None)
    if row is None:
        raise NotValid("forum", "Choose a meeting or hearing of the table.")
    if person is None:
        raise NotValid("person", "Choose a person concerned whom the register holds.")
    not_ahead(by, on)
    if not is_reached(row, decisions.standing_for(by, matter_ref, person_key)):
        reason = f"“{row.title}” comes after a decision that has not been taken for this person."
        raise NotAllowed(Refusal(reason, row.law))
    if not any(one.key == person_key and one.forum.key == forum for one in openable(by, matter_ref)):
        last = [one for one in of_matter(matter) if one.involvement_id == person.id]
        if last and last[-1].forum == forum:
            raise NotValid("forum", "These proceedings are open already.")
        raise NotAllowed(Refusal(f"“{row.title}” is not held for this kind of worker.", row.law))
    proceeding = Proceeding.objects.create(
        ref=new_reference("PQ"),
        matter_id=matter.id,
        involvement_id=person.id,
        forum=forum,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    held = Held(matter, proceeding, person)
    enter(by, held, Act.COLLECTED, f"opened proceedings: {forum}", on=on, texts={"person": person_key})
    return str(proceeding.ref)
