"""What people declare, what is decided on it, and convictions."""

from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules.vetting import may_answer, row_of
from peelian.terms.known_dates import KnownDate
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.applying import entered
from peelian.vetting.actions.raising import open_recorded
from peelian.vetting.models import Conviction, Declaration, Declared
from peelian.walls.powers import must_hold


@transaction.atomic
def declare(
    *,
    by: Viewer,
    person_ref: str,
    kind: str,
    about: str,
    words: str,
    by_self: bool,
    arose_on: date,
    on: date,
) -> str:
    """Record an association, a business interest or a change; returns its reference. Needs VET.

    `arose_on`: since when; `on`: the day it was declared, or found where they did not say it, which stands against
    them in its own right. SI 2025/502 reg 5; SI 2003/527 reg 7. Raises NotFound, NotValid.
    """
    must_hold(by, Permission.VET)
    line = people.line(by, person_ref)
    if row_of(law(), "vetting_declaration", kind) is None:
        raise NotValid("kind", "Choose what is declared.")
    not_ahead(by, on)
    if arose_on > on:
        raise NotValid("arose_on", "This is after the day on which it was declared.")
    made = Declaration.objects.create(
        ref=new_reference("PY"),
        person_id=line.id,
        kind=kind,
        about=sound("about", about, most=200, needed="Say who or what it is about."),
        words=sound("words", words, needed="Say what it is, and what concern there is."),
        by_self=by_self,
        arose_on=arose_on,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, person_ref, f"recorded a declaration {made.ref}: {kind}", on, {"about": about, "words": words})
    return str(made.ref)


@transaction.atomic
def answer(
    *, by: Viewer, declaration_ref: str, outcome: str, words: str, on: date, review_on: date | None = None
) -> None:
    """Decide on a declaration, or look at it again. SI 2003/527 regs 8 and 9 for a business interest.

    Needs DECIDE_VETTING, or the power that the row of the outcome names: an appeal is recorded by VET and answered with
    OVERRIDE_VETTING. Raises NotFound; NotAllowed out of order, or by whoever had a part; NotValid for an outcome of
    another kind, or without a day of review where one is needed.
    """
    must_hold(by, Permission.VET, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
    held = facts.declarations(by).filter(ref=declaration_ref).first()
    if held is None:
        raise NotFound(f"declaration {declaration_ref}")
    row = row_of(law(), "vetting_declared", outcome)
    kind = law().row("vetting_declaration", held.kind)["kind"]
    if row is None or kind not in row["kinds"]:
        raise NotValid("outcome", "Choose what is decided.")
    must_hold(by, Permission(row.get("needs", Permission.DECIDE_VETTING)))
    before = list(held.decided.order_by("recorded_at", "pk").values_list("outcome", "recorded_by"))
    last = before[-1][0] if before else ""
    if refusal := may_answer(law(), row, last, {who for _, who in before}, by.actor):
        raise NotAllowed(refusal)
    not_ahead(by, on)
    if on < held.on:
        raise NotValid("on", "This is before it was declared.")
    if row["review"] and (review_on is None or review_on <= on):
        raise NotValid("review_on", "Say on which day to come it is looked at again.")
    words = sound("words", words, needed="Give the reasons, and any controls or conditions.")
    Declared.objects.create(
        declaration=held,
        outcome=outcome,
        words=words,
        review_on=review_on if row["review"] else None,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    ref = people.lines(by, [held.person_id])[held.person_id].ref
    entered(by, ref, f"decided on declaration {declaration_ref}: {outcome}", on, {"words": words}, decision=row.law)


@transaction.atomic
def convict(
    *,
    by: Viewer,
    person_ref: str,
    category: str,
    disposal: str,
    while_serving: bool,
    committed: KnownDate | None,
    words: str,
    on: date,
) -> str:
    """Record a conviction or caution; returns its reference. Needs VET. It opens a review of clearance that is held.

    `category` and `while_serving` are two facts: whether it was committed while serving is said, not worked out.
    `committed`: when, as well as it is known; `on`: when it came to vetting. Raises NotFound, NotValid.
    """
    must_hold(by, Permission.VET)
    line = people.line(by, person_ref)
    if row_of(law(), "conviction_category", category) is None:
        raise NotValid("category", "Choose a category.")
    if row_of(law(), "conviction_disposal", disposal) is None:
        raise NotValid("disposal", "Choose what the court or the police did.")
    not_ahead(by, on)
    if committed is not None and committed.earliest > on:
        raise NotValid("committed", "This is after the day on which it came to vetting.")
    made = Conviction.objects.create(
        ref=new_reference("PY"),
        person_id=line.id,
        category=category,
        disposal=disposal,
        while_serving=while_serving,
        committed_on=committed.earliest if committed else None,
        committed_precision=committed.precision if committed else "",
        words=sound("words", words, needed="Say what it was for, and where it is recorded."),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, person_ref, f"recorded a conviction or caution {made.ref}", on, {"words": words, "category": category})
    open_recorded(by, line.id, "conviction", on)
    return str(made.ref)
