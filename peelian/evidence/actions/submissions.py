"""Submissions to laboratories and digital units: asked, promised, answered, accepted. No step sets a state by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from peelian.evidence.actions.held import STEP, SUBMISSION, enter, row
from peelian.evidence.models import Submission, SubmissionStep, SubmittedExhibit
from peelian.evidence.queries.submissions import MAY, held_submission, state_of, steps_of
from peelian.evidence.standing import must_stand, one_standing
from peelian.evidence.states import Step, SubmissionKind
from peelian.matters import queries as matters
from peelian.terms.acts import Act
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

LAW = "Local rule: the steps of a submission"
ASKS = {
    Step.PROMISED: "Say why the day was changed.",
    Step.RESULTS: "Say what the results are.",
    Step.SENT_BACK: "Say what is wanting.",
    Step.ACCEPTED: "",
    Step.WITHDRAWN: "Say why it is withdrawn.",
}


@transaction.atomic
def submit(
    *,
    by: Viewer,
    matter_ref: str,
    kind: SubmissionKind,
    to: str,
    asked: str,
    exhibit_refs: Sequence[str],
    promised_on: date | None = None,
    on: date,
) -> str:
    """Record what a laboratory or digital unit was asked on day `on`; returns its reference. It waits from then.

    `to`: which one. `exhibit_refs`: of the same matter, one at least. `promised_on`: by when they promised it. Needs
    KEEP_EVIDENCE. Raises NotFound; NotAllowed for an exhibit that is gone; NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    not_ahead(by, on)
    matter_id = matters.key_of(by, matter_ref)
    to = sound("to", to, most=120, needed="Say which laboratory or unit.")
    asked = sound("asked", asked, most=4000, needed="Say what they are asked.")
    _not_before(promised_on, on)
    chosen = [one_standing(by, ref, locked=True) for ref in dict.fromkeys(exhibit_refs)]
    if not chosen or any(one.exhibit.matter_id != matter_id for one in chosen):
        raise NotValid("exhibits", "Choose at least one exhibit of this matter.")
    for held in chosen:
        must_stand(held)
        if on < held.exhibit.on:
            raise NotValid("on", f"{held.exhibit.mark} was booked in on {date_words(held.exhibit.on)}.")
    words = {"to": to, "asked": asked}
    made = Submission.objects.create(
        **row(by, matter_ref, SUBMISSION, on, **words),
        matter_id=matter_id,
        matter_ref=matter_ref,
        kind=kind,
        promised_on=promised_on,
    )
    SubmittedExhibit.objects.bulk_create(SubmittedExhibit(submission=made, exhibit=one.exhibit) for one in chosen)
    enter(by, matter_ref, Act.DISCLOSED, f"asked a {kind.words.lower()}: {made.ref}", on, **words)
    return str(made.ref)


@transaction.atomic
def record_step(
    *, by: Viewer, submission_ref: str, step: Step, words: str = "", promised_on: date | None = None, on: date
) -> None:
    """Record what happened to a submission. `promised_on`: of a new promise, and of nothing else. Needs KEEP_EVIDENCE.

    Raises NotFound; NotAllowed for a step that cannot follow where it stands; NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    not_ahead(by, on)
    held: Any = held_submission(by, submission_ref, locked=True)
    steps = steps_of([held])[held.pk]
    state = state_of(steps)
    if step not in MAY[state]:
        raise NotAllowed(Refusal(f"This submission is at “{state.words}”: that cannot follow.", LAW))
    last = max([held.on, *(one.on for one in steps)])
    if on < last:
        raise NotValid("on", f"The last thing happened on {date_words(last)}: give that day or a later one.")
    words = sound("words", words, most=20_000, needed=ASKS[step])
    if (step is Step.PROMISED) != (promised_on is not None):
        raise NotValid("promised_on", "Give the day of the promise.")
    _not_before(promised_on, on)
    said = row(by, held.matter_ref, STEP, on, words=words)
    SubmissionStep.objects.create(**said, submission=held, step=step, promised_on=promised_on)
    act = Act.COLLECTED if step is Step.RESULTS else Act.ALTERED
    enter(by, held.matter_ref, act, f"{step.words[0].lower()}{step.words[1:]}: {submission_ref}", on, words=words)


def _not_before(promised_on: date | None, on: date) -> None:
    if promised_on is not None and promised_on < on:
        raise NotValid("promised_on", "It is promised for that day or a later one.")
