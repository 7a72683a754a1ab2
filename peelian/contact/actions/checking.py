"""The check before anything leaves for somebody on a matter. Whatever sends, or records a sending, calls it."""

from peelian.contact.queries.safety import safe_for
from peelian.matters.queries import MatterParts
from peelian.matters.queries.parts import PersonPart
from peelian.rules.contact import Outgoing
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.viewer import Viewer


def must_be_safe(*, by: Viewer, matter: MatterParts, person: PersonPart, message: Outgoing) -> None:
    """Pass if `message` may go to this person now.

    Raises NotAllowed with the reason and its source where it may not; NotValid (`sent_at`, `safety_read`) for what
    must be said or read first.
    """
    safe = safe_for(by, matter, person)
    answer = safe.answer(message)
    if not answer.value:
        raise NotAllowed(Refusal(" ".join(answer.because), answer.law))
    for field, words in safe.asked_first(message):
        raise NotValid(field, words)
