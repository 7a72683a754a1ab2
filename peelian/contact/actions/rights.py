"""Marking where the rights of the Victims' Code stand for somebody."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.contact.held import OWED_PARTS, acting_on, enter, row_of, written
from peelian.contact.models import RightMark
from peelian.terms.contact import RightState
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer


@transaction.atomic
def mark_rights(
    *,
    by: Viewer,
    matter_ref: str,
    person_key: str,
    rights: Sequence[str],
    state: RightState,
    reasons: str,
    on: date,
) -> None:
    """Mark where these rights stand since `on`, for the same reasons. Needs RECORD_EVENT. Victims Code (2021).

    `rights`: ids of `victims_right`. A right that was offered cannot go back to being owed: say anew that it applies
    only where it was thought not to. Raises NotFound, NotValid.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    if person.part not in OWED_PARTS:
        raise NotValid("rights", "The Code gives these rights to a complainant or an interested person.")
    known = {row.key for row in law().table("victims_right", on=on)}
    chosen = list(dict.fromkeys(rights))
    if not chosen or not set(chosen) <= known:
        raise NotValid("rights", "Choose which rights are meant.")
    stands: dict[str, str] = {}
    for mark in RightMark.objects.filter(involvement_id=person.id).order_by("recorded_at", "pk"):
        stands[mark.right] = mark.state
    for right in chosen:
        if state is RightState.APPLIES and right in stands and RightState(stands[right]).was_offered:
            raise NotValid("rights", "One of these was offered already. Leave it out.")
    reasons = sound("reasons", reasons, needed="Say what was done or said, or why it does not apply.")
    for right in chosen:
        written(matter, RightMark(**row_of(by, matter, person, on), right=right, state=state), reasons=reasons)
    text = {"rights": ", ".join(chosen), "state": state.value, "reasons": reasons}
    enter(by, matter, person, "marked rights of the Victims' Code", text, on=on)
