"""A recommendation of a super-complaint and its answer: written, approved by somebody else, sent."""

from datetime import date

from django.db import transaction

from peelian.recommendations import queries as recommendations
from peelian.returns.actions.writing import KEEP, held_start, law_of, reference_of, started, write
from peelian.returns.acts import ANSWERED, JUDGED, REPORTED, WRITTEN
from peelian.returns.facts import approved, standing, stands
from peelian.rules.returns import ReturnKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

SECOND = "Local rule: whoever takes decisions for the appropriate authority, and did not write it, approves an answer"


@transaction.atomic
def report_super_complaint(
    *,
    by: Viewer,
    title: str,
    bodies: str,
    on: date,
    number: str = "",
    words: str = "",
    recommendation_ref: str = "",
    asked_by: date | None = None,
    return_key: str = "",
    reasons: str = "",
) -> str:
    """Record a recommendation to this force in a published report on a super-complaint; returns the key. Starts CMP-17.

    `on`: the day the report was published. `bodies`: who investigated. `recommendation_ref`: the recommendation that
    is kept here already; its words are then not repeated. `asked_by`: the day that the report itself asks for.
    `return_key`: to record one again, with `reasons`. SI 2018/748. Needs KEEP_RETURNS. Raises NotFound, NotValid.
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    said = {
        "title": sound("title", title, most=200, needed="Give the title of the report."),
        "bodies": sound("bodies", bodies, most=300, needed="Say which bodies investigated it."),
    }
    if recommendation_ref:
        kept = {one.ref for one in recommendations.recommendations(by)}
        if recommendation_ref not in kept:
            raise NotValid("recommendation_ref", "Choose one of the recommendations that are kept here.")
        said["recommendation_ref"] = recommendation_ref
    else:
        said["number"] = sound("number", number, most=40)
        said["words"] = sound("words", words, needed="Give its words, or choose one that is kept here.")
    if asked_by is not None:
        if asked_by < on:
            raise NotValid("asked_by", "Give a day on or after the one on which the report was published.")
        said["asked_by"] = asked_by.isoformat()
    if return_key:
        held_start(return_key, ReturnKind.SUPER_COMPLAINT)
        answered = stands(return_key, ANSWERED)
        if answered is not None and answered.on < on:
            raise NotValid("on", f"It was answered on {date_words(answered.on)}: the report came before that.")
    return write(by, return_key or new_reference("PE"), REPORTED, on, said, reasons)


@transaction.atomic
def write_answer(
    *, by: Viewer, return_key: str, accepted: bool, why: str, words: str, on: date, reasons: str = ""
) -> str:
    """Write the answer to a recommendation; returns its reference. It waits for a second person.

    `why`: needed where it is not accepted. Needs KEEP_RETURNS. Raises NotFound; NotAllowed once it was sent; NotValid.
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    reported = started(return_key, ReturnKind.SUPER_COMPLAINT)
    _must_not_be_sent(return_key)
    if on < reported.on:
        raise NotValid("on", f"The report was published on {date_words(reported.on)}: give that day or a later one.")
    needed = "" if accepted else "Say why it is not accepted: the answer gives the reasons."
    said = {
        "accepted": "Accepted" if accepted else "Not accepted",
        "why": sound("why", why, needed=needed),
        "words": sound("words", words, needed="Write the words of the answer."),
    }
    write(by, return_key, WRITTEN, on, said, reasons)
    written = stands(return_key, WRITTEN)
    assert written is not None  # it was written just now
    return str(written.ref)


@transaction.atomic
def judge_answer(*, by: Viewer, return_key: str, answer_ref: str, agreed: bool, why: str, on: date) -> None:
    """Approve an answer, or send it back with reasons, as a second person. What was approved lapses when it is written
    again.

    Needs DETERMINE, and not to have written it. Raises NotFound; NotAllowed for its writer, where it was read already,
    was written again since, or was sent; NotValid.
    """
    must_hold(by, Permission.DETERMINE)
    not_ahead(by, on)
    started(return_key, ReturnKind.SUPER_COMPLAINT)
    _must_not_be_sent(return_key)
    written, last = stands(return_key, WRITTEN), stands(return_key, JUDGED)
    if written is None:
        raise NotAllowed(Refusal("No answer was written yet.", SECOND))
    if written.ref != answer_ref:
        raise NotAllowed(Refusal("The answer was written again since you opened it. Read what stands now.", SECOND))
    if by.actor == written.recorded_by:
        raise NotAllowed(Refusal("You wrote this answer: somebody else must read it.", SECOND))
    if last is not None and last.said["answer"] == answer_ref:
        raise NotAllowed(Refusal("This answer was read already. What was said stays.", SECOND))
    if on < written.on:
        raise NotValid("on", f"The answer was written on {date_words(written.on)}: give that day or a later one.")
    said = {
        "answer": answer_ref,
        "agreed": "Approved" if agreed else "Sent back",
        "why": sound("why", why, needed="" if agreed else "Say what is missing."),
    }
    write(by, return_key, JUDGED, on, said, "The answer was written again." if last is not None else "")


@transaction.atomic
def send_answer(*, by: Viewer, return_key: str, reference: str, on: date, reasons: str = "") -> None:
    """Record that the approved answer was sent to HMICFRS, the IOPC and the College. Meets CMP-17.

    `reference`: of the letter. Needs KEEP_RETURNS. Raises NotFound; NotAllowed without an approved answer; NotValid.
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    started(return_key, ReturnKind.SUPER_COMPLAINT)
    judged = approved(standing([return_key]).get(return_key, {}))
    if judged is None:
        raise NotAllowed(Refusal("No answer is approved yet. Somebody who did not write it approves it first.", SECOND))
    if on < judged.on:
        raise NotValid("on", f"The answer was approved on {date_words(judged.on)}: give that day or a later one.")
    write(by, return_key, ANSWERED, on, {"reference": reference_of(reference)}, reasons)


def _must_not_be_sent(return_key: str) -> None:
    if stands(return_key, ANSWERED) is not None:
        reason = "The answer was sent. Say first that it was not, if that is so."
        raise NotAllowed(Refusal(reason, law_of(ReturnKind.SUPER_COMPLAINT)))
