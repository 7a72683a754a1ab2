"""What somebody declares of themselves: they read nothing of their vetting, and tell what must be told."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules.vetting import edition_for, row_of
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.vetting.actions.applying import entered
from peelian.vetting.models import Declaration, Statement
from peelian.walls.powers import LAW, must_hold

NOBODY = "Your account is not joined to anybody in the register. Ask whoever looks after users to join it."


@transaction.atomic
def declare_own(*, by: Viewer, kind: str, about: str, words: str, arose_on: date) -> str:
    """Declare an association, a business interest or a change of one's own, today; returns its reference.

    Needs DECLARE_OWN, and an account joined to somebody in the register. SI 2025/502 reg 5 (VET-01); SI 2003/527 reg 7.
    Raises NotAllowed, NotValid.
    """
    person_id, ref = _own(by)
    if row_of(law(), "vetting_declaration", kind) is None:
        raise NotValid("kind", "Choose what you declare.")
    if arose_on > by.today:
        raise NotValid("arose_on", "Give the day since when it is so, not a day to come.")
    made = Declaration.objects.create(
        ref=new_reference("PY"),
        person_id=person_id,
        kind=kind,
        about=sound("about", about, most=200, needed="Say who or what it is about."),
        words=sound("words", words, needed="Say what it is."),
        by_self=True,
        arose_on=arose_on,
        on=by.today,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    law_of_it = law().row("vetting_declaration", kind).law
    entered(
        by, ref, f"declared of themselves {made.ref}: {kind}", by.today, {"words": words, "about": about}, law_of_it
    )
    return str(made.ref)


@transaction.atomic
def state_own(*, by: Viewer, answers: Mapping[str, bool], words: str, on: date) -> None:
    """Answer the questions of the annual integrity and vetting review about oneself. Needs DECLARE_OWN.

    Every question is answered yes or no; what is answered yes is said in words. VET-05. Raises NotAllowed, NotValid.
    """
    person_id, ref = _own(by)
    not_ahead(by, on)
    given = {row.key: answers[row.key] for row in law().table("vetting_question") if row.key in answers}
    for row in law().table("vetting_question"):
        if row.key not in given:
            raise NotValid(row.key, "Answer yes or no.")
    words = sound("words", words, needed="Say what it is that you answered yes to." if any(given.values()) else "")
    Statement.objects.create(
        person_id=person_id, answers=given, words=words, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    texts = {"answers": given, "words": words}
    entered(by, ref, "made the annual statement about themselves", on, texts, edition_for(law(), "VET-05", on).law)


def _own(by: Viewer) -> tuple[int, str]:
    """Whoever declares, in the register. Raises NotAllowed for an account that is nobody's there."""
    must_hold(by, Permission.DECLARE_OWN)
    if by.person_id is None:
        raise NotAllowed(Refusal(NOBODY, LAW))
    everything = system("vetting", at=by.at, because="to record what somebody declares of themselves")
    return by.person_id, people.refs_on_record(everything, [by.person_id])[by.person_id][0]
