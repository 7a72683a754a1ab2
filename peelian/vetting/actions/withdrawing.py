"""The withdrawal of clearance under SI 2025/502, act by act; and where clearance stands because of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.rules.disclosure import harm_grounds
from peelian.statute import Row
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.applying import entered
from peelian.vetting.independence import deciders, places, why_not
from peelian.vetting.models import Standing, Withdrawal, WithdrawalStep
from peelian.walls.powers import must_hold

OPENS = "information"


def kept_back(row: Row, withheld: str, grounds: Sequence[str], on: date) -> str:
    """What the harm test keeps back, with its grounds; for the actions of this room.

    Raises NotValid: one without the other, or where nothing is supplied.
    """
    withheld = sound("withheld", withheld)
    offered = {one.key for one in harm_grounds(law(), on)} if row.get("harm_test") else set()
    if set(grounds) - offered or (withheld and not grounds):
        raise NotValid("grounds", "Choose the grounds of the harm test on which it is kept back.")
    if grounds and not withheld:
        raise NotValid("withheld", "Say what is kept back, what harm would follow, and why no less would do.")
    return withheld


@transaction.atomic
def open_withdrawal(*, by: Viewer, clearance_ref: str, words: str, on: date, application_ref: str = "") -> str:
    """Record that information came that somebody may no longer be suitable (reg 4); returns the reference. Needs VET.

    `application_ref`: the review that led to it, of the same person. Raises NotFound; NotAllowed where a procedure is
    open, or clearance is not held; NotValid.
    """
    must_hold(by, Permission.VET)
    clearance: Any = facts.clearances(by).filter(ref=clearance_ref).first()
    if clearance is None:
        raise NotFound(f"clearance {clearance_ref}")
    review = facts.held(by, application_ref) if application_ref else None
    if review is not None and review.person_id != clearance.person_id:
        raise NotFound(f"application {application_ref}")
    if clearance.said == "withdrawn":
        raise NotAllowed(Refusal("This clearance was withdrawn already.", rules.REGULATIONS))
    for one in facts.withdrawals(by).filter(clearance=clearance):
        if not facts.has_ended(one):
            raise NotAllowed(Refusal("A procedure about this clearance is open already.", rules.REGULATIONS))
    not_ahead(by, on)
    if on < clearance.granted_on:
        raise NotValid("on", "This is before clearance was granted.")
    made = Withdrawal.objects.create(
        ref=new_reference("PY"),
        clearance=clearance,
        application=review,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    words = sound("words", words, needed="Say what came to the vetting authority, and from where.")
    _write(by, made, OPENS, words, on)
    return str(made.ref)


@transaction.atomic
def take(
    *,
    by: Viewer,
    withdrawal_ref: str,
    step: str,
    words: str,
    on: date,
    withheld: str = "",
    grounds: Sequence[str] = (),
) -> None:
    """Do one act of a withdrawal: a row of `vetting_withdrawal`, with the power that it names.

    `withheld`: what the harm test keeps back of the material that goes with it, and why; `grounds`: keys of
    `disclosure_ground`, at least one where anything is kept back (SI 2025/502 reg 8).
    Refused out of order, before the reply or the appeal or the end of its time, and where the row asks for somebody
    independent to whoever took part before, granted the clearance or serves with whoever decided (LES-32). Dismissal
    is for officers alone, and for no withdrawal decided before 14 May 2025. Raises NotFound; NotAllowed with the reason
    and its law; NotValid.
    """
    held = facts.withdrawals(by).select_related("clearance__decision").filter(ref=withdrawal_ref).first()
    row = rules.row_of(law(), "vetting_withdrawal", step)
    if held is None or row is None:
        raise NotFound(f"withdrawal {withdrawal_ref} {step}")
    must_hold(by, Permission(row["needs"]))
    not_ahead(by, on)
    taken = facts.steps_of(held)
    if taken and on < taken[-1].on:
        raise NotValid("on", "This is before the last act of the procedure.")
    kind = people.lines(by, [held.clearance.person_id])[held.clearance.person_id].kind
    if refusal := rules.may_take(law(), row, taken, kind, by.actor, on):
        raise NotAllowed(refusal)
    known = places(by, deciders([row], taken))
    if refusal := why_not(by, row, held.clearance, taken, known, on):
        raise NotAllowed(refusal)
    words = sound("words", words, needed="Say what was done, and why.")
    kept = kept_back(row, withheld, grounds, on)
    _write(by, held, step, words, on, withheld=kept, grounds=grounds)


def _write(
    by: Viewer, held: Withdrawal, key: str, words: str, on: date, *, withheld: str = "", grounds: Sequence[str] = ()
) -> None:
    row = law().row("vetting_withdrawal", key)
    WithdrawalStep.objects.create(
        withdrawal=held,
        key=key,
        words=words,
        withheld=withheld,
        grounds=list(grounds),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    if state := row.get("standing"):
        Standing.objects.create(clearance=held.clearance, state=state, on=on, recorded_at=by.at, recorded_by=by.actor)
    person_id = held.clearance.person_id
    ref = people.lines(by, [person_id])[person_id].ref
    texts = {"words": words, "withheld": withheld, "grounds": list(grounds)}
    entered(by, ref, f"withdrawal {held.ref}: {key}", on, texts, decision=row.law)
