"""Aftercare: reviews of controls, and the annual integrity and vetting review."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules.vetting import edition_for
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.vetting import facts
from peelian.vetting.actions.applying import apply, entered
from peelian.vetting.actions.raising import open_recorded
from peelian.vetting.models import AnnualReview, Clearance, Control, ControlReview, ControlTold
from peelian.vetting.queries.staff import staff_member
from peelian.walls.powers import LAW, must_hold

ENDS = Refusal(
    "Without a next day the control ends, and whoever decides on clearance ends it. Give the day of the next look.", LAW
)


@transaction.atomic
def review_control(
    *, by: Viewer, application_ref: str, number: int, words: str, next_on: date | None, on: date
) -> None:
    """Look at a control of a decision again; without `next_on` it ends. Needs VET to keep it, DECIDE_VETTING to end it.

    Raises NotFound; NotAllowed; NotValid for a control that ended, or a next day that is not to come.
    """
    must_hold(by, Permission.VET, Permission.DECIDE_VETTING)
    if next_on is None and not by.may(Permission.DECIDE_VETTING):
        raise NotAllowed(ENDS)
    must_hold(by, Permission.VET if next_on else Permission.DECIDE_VETTING)
    held, control = _open_control(by, application_ref, number)
    not_ahead(by, on)
    if next_on is not None and next_on <= on:
        raise NotValid("next_on", "Give a day to come, or none to end the control.")
    words = sound("words", words, needed="Say what was found.")
    ControlReview.objects.create(
        control=control, words=words, next_on=next_on, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    ref = people.lines(by, [held.person_id])[held.person_id].ref
    what = "kept" if next_on else "ended"
    entered(by, ref, f"reviewed control {number} of {application_ref}: {what}", on, {"words": words})


@transaction.atomic
def tell_manager(*, by: Viewer, application_ref: str, number: int, words: str, on: date) -> None:
    """Say what the line managers of somebody are told of a control, in words made for them. Needs DECIDE_VETTING.

    Whoever manages them today reads these words and nothing else of the control; the last words stand until it ends. A
    manager who may not see the matter that raised the decision is shown nothing of it. Raises NotFound; NotAllowed;
    NotValid for a control that ended.
    """
    must_hold(by, Permission.DECIDE_VETTING)
    held, control = _open_control(by, application_ref, number)
    not_ahead(by, on)
    words = sound("words", words, needed="Say what they must know to keep to it.")
    ControlTold.objects.create(control=control, words=words, on=on, recorded_at=by.at, recorded_by=by.actor)
    ref = people.lines(by, [held.person_id])[held.person_id].ref
    entered(by, ref, f"told line managers of control {number} of {application_ref}", on, {"words": words})


@transaction.atomic
def review_year(*, by: Viewer, clearance_ref: str, words: str, raises: bool, on: date) -> str:
    """Record the annual integrity and vetting review of somebody who holds clearance (VET-05). Needs VET.

    `raises`: something must be looked at, and a review is opened the same day; its reference is returned, else nothing.
    Raises NotFound, NotAllowed, NotValid.
    """
    must_hold(by, Permission.VET)
    held = facts.clearances(by).filter(ref=clearance_ref).first()
    if held is None:
        raise NotFound(f"clearance {clearance_ref}")
    not_ahead(by, on)
    if on < held.granted_on:
        raise NotValid("on", "This is before clearance was granted.")
    words = sound("words", words, needed="Say what was talked over and what was found.")
    AnnualReview.objects.create(
        clearance=held, words=words, raises=raises, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    ref = people.lines(by, [held.person_id])[held.person_id].ref
    entered(
        by,
        ref,
        f"annual review of clearance {clearance_ref}",
        on,
        {"words": words},
        edition_for(law(), "VET-05", on).law,
    )
    if not raises:
        return ""
    areas = facts.areas_of(by, held.person_id)
    return apply(
        by=by, person_ref=ref, purpose="review", level=held.level, areas=areas, trigger="annual", words=words, on=on
    )


@transaction.atomic
def sign_year(*, by: Viewer, person_ref: str, words: str, raises: bool, on: date) -> None:
    """Record and sign the annual integrity and vetting review of somebody one manages (VET-05). Needs SIGN_OWN_STAFF.

    It is of the clearance that `staff` shows. `raises`: the vetting unit looks at it, on a review opened the same day
    unless one is open that takes it up; the manager is told neither. Raises NotAllowed for anybody whom the register
    does not put directly under them today, and where no clearance is in force; NotValid.
    """
    must_hold(by, Permission.SIGN_OWN_STAFF)
    row = staff_member(by, person_ref)
    clock = edition_for(law(), "VET-05", on)
    if not row.clearance_ref:
        reason = f"{row.name} holds no clearance that is in force, so there is none to review. Ask the vetting unit."
        raise NotAllowed(Refusal(reason, clock.law))
    held: Any = Clearance.objects.get(ref=row.clearance_ref)
    not_ahead(by, on)
    if on < (row.reviewed_on or held.granted_on):
        raise NotValid("on", "This is before the last review, or before clearance was granted.")
    words = sound("words", words, needed="Say what you talked over and what you found.")
    given = {"by_manager": True, "on": on, "recorded_at": by.at, "recorded_by": by.actor}
    AnnualReview.objects.create(clearance=held, words=words, raises=raises, **given)
    summary = f"signed the annual review of clearance {held.ref} as their line manager"
    entered(by, person_ref, summary, on, {"words": words}, clock.law)
    if raises:
        unit = system("vetting", at=by.at, because="something came up at an annual review that a line manager signed")
        open_recorded(unit, held.person_id, "annual", on)


def _open_control(by: Viewer, application_ref: str, number: int) -> tuple[Any, Any]:
    """An application and a control of its decision that has not ended. Raises NotFound, NotValid."""
    held = facts.held(by, application_ref)
    control: Any = Control.objects.filter(decision__recommendation__application=held, number=number).first()
    if control is None:
        raise NotFound(f"control {number} of {application_ref}")
    last = control.reviews.order_by("-recorded_at", "-pk").first()
    if last is not None and last.next_on is None:
        raise NotValid("words", "This control has ended.")
    return held, control
