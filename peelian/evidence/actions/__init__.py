"""Writing to this room: exhibits and their custody, storage, submissions, files under seal."""

from peelian.evidence.actions.custody import accept, decline, hand_over, take_in
from peelian.evidence.actions.ending import answer_ending, propose_ending
from peelian.evidence.actions.erasing import erase_evidence
from peelian.evidence.actions.exhibits import attach, book_in, break_seal, put_seal
from peelian.evidence.actions.files import erase_file, keep, open_file
from peelian.evidence.actions.storage import end_failure, make_unit, place, record_failure, record_reading, take_out
from peelian.evidence.actions.submissions import record_step, submit
from peelian.evidence.store import whole_or_nothing

__all__ = [
    "accept",
    "answer_ending",
    "attach",
    "book_in",
    "break_seal",
    "decline",
    "end_failure",
    "erase_evidence",
    "erase_file",
    "hand_over",
    "keep",
    "make_unit",
    "open_file",
    "place",
    "propose_ending",
    "put_seal",
    "record_failure",
    "record_reading",
    "record_step",
    "submit",
    "take_in",
    "take_out",
    "whole_or_nothing",
]
