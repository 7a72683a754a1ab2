"""What follows a refusal: the person is told with reasons, may appeal, and somebody who had no part hears it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.vetting import facts
from peelian.vetting.actions.applying import apply, entered
from peelian.vetting.actions.withdrawing import kept_back
from peelian.vetting.models import RefusalStep
from peelian.walls.powers import must_hold


@transaction.atomic
def follow(
    *,
    by: Viewer,
    application_ref: str,
    step: str,
    words: str,
    on: date,
    withheld: str = "",
    grounds: Sequence[str] = (),
) -> str:
    """Do one act that follows a refusal: a row of `vetting_refusal`, with the power that it names.

    An appeal that is allowed opens a new application at the same level the same day, whose reference is returned, else
    nothing; no clearance comes of it by itself. `withheld`, `grounds`: as in a withdrawal (the harm test). Raises
    NotFound; NotAllowed out of order, or by whoever had a part (LES-32); NotValid.
    """
    held = facts.held(by, application_ref)
    refused = facts.refused(held)
    row = rules.row_of(law(), "vetting_refusal", step)
    if refused is None or row is None:
        raise NotFound(f"refusal {application_ref} {step}")
    must_hold(by, Permission(row["needs"]))
    not_ahead(by, on)
    done = facts.followed(refused)
    if on < (done[-1].on if done else refused.on):
        raise NotValid("on", "This is before the decision, or before the last act after it.")
    if refusal := rules.may_follow(law(), row, done, facts.hands_of(refused), by.actor):
        raise NotAllowed(refusal)
    words = sound("words", words, needed="Say what was done, and why.")
    kept = kept_back(row, withheld, grounds, on)
    opened = _afresh(by, held, application_ref, on) if row.get("opens") else ""
    given: dict[str, Any] = {"withheld": kept, "grounds": list(grounds), "opened": opened}
    RefusalStep.objects.create(
        decision=refused, key=step, words=words, on=on, recorded_at=by.at, recorded_by=by.actor, **given
    )
    ref = people.lines(by, [held.person_id])[held.person_id].ref
    texts = {"words": words, "withheld": kept, "grounds": list(grounds)}
    entered(by, ref, f"refusal in {application_ref}: {step}", on, texts, decision=row.law)
    return opened


def _afresh(by: Viewer, held: Any, application_ref: str, on: date) -> str:
    unit = system("vetting", at=by.at, because="an appeal against a refusal was allowed, and it is decided afresh")
    matter = matters.lines_by_id(unit, [held.matter_id]).get(held.matter_id) if held.matter_id else None
    return apply(
        by=unit,
        person_ref=people.lines(unit, [held.person_id])[held.person_id].ref,
        purpose=held.purpose,
        level=held.level,
        areas=held.areas,
        last_force=held.areas[0] if held.purpose == "transfer" else "",
        is_contractor=held.is_contractor,
        matter_ref=matter.ref if matter else "",
        origin=held.origin,
        words=f"The appeal against the refusal in {application_ref} was allowed.",
        on=on,
    )
