"""What can happen to a return: the key of each fact, its words, and the details it holds."""

from typing import NamedTuple

from peelian.rules.returns import ReturnKind


class Doing(NamedTuple):
    """`words`: what happened. `details`: key and label of each, in order."""

    kind: ReturnKind
    words: str
    details: tuple[tuple[str, str], ...]


SENT, RECEIVED, PUBLISHED = "quarterly_data_sent", "bulletin_received", "bulletin_published"
REPORTED, WRITTEN, JUDGED = "super_complaint_reported", "answer_written", "answer_judged"
ANSWERED = "super_complaint_answered"
STARTS = {ReturnKind.BULLETIN: RECEIVED, ReturnKind.SUPER_COMPLAINT: REPORTED}  # a quarter ends by itself
MEETS = {ReturnKind.DATA: SENT, ReturnKind.BULLETIN: PUBLISHED, ReturnKind.SUPER_COMPLAINT: ANSWERED}
UNDOABLE = frozenset({*STARTS.values(), *MEETS.values()})

DOINGS: dict[str, Doing] = {
    SENT: Doing(
        ReturnKind.DATA,
        "Quarterly complaint data sent to the IOPC",
        (("complaints", "Complaints"), ("allegations", "Allegations"), ("reference", "Reference")),
    ),
    RECEIVED: Doing(ReturnKind.BULLETIN, "Bulletin received from the IOPC", (("reference", "Reference"),)),
    PUBLISHED: Doing(
        ReturnKind.BULLETIN,
        "Bulletin and narrative published by the local policing body",
        (("address", "Address of the page"),),
    ),
    REPORTED: Doing(
        ReturnKind.SUPER_COMPLAINT,
        "Report on a super-complaint published",
        (
            ("title", "Report"),
            ("bodies", "Investigating bodies"),
            ("number", "Number of the recommendation"),
            ("words", "Recommendation"),
            ("asked_by", "The report asks for an answer by"),
        ),
    ),
    WRITTEN: Doing(
        ReturnKind.SUPER_COMPLAINT,
        "Answer written",
        (("accepted", "The recommendation"), ("why", "Why"), ("words", "Words of the answer")),
    ),
    JUDGED: Doing(ReturnKind.SUPER_COMPLAINT, "Answer read by a second person", (("agreed", "Answer"), ("why", "Why"))),
    ANSWERED: Doing(
        ReturnKind.SUPER_COMPLAINT,
        "Answer sent to HMICFRS, the IOPC and the College of Policing",
        (("reference", "Reference of the letter"),),
    ),
}
