"""Taking in what arrives, word for word; who owns it; what it was assessed as. Nothing here assesses: people do."""

from peelian.intake.actions.assessing import erase_words, give_owner, keep_out, mark_recorded
from peelian.intake.actions.logging import answer_log, log_with_reasons
from peelian.intake.actions.placing import break_glass, declare_conflict, make_sensitive, sign
from peelian.intake.actions.receiving import receive, receive_finding

__all__ = [
    "answer_log",
    "break_glass",
    "declare_conflict",
    "erase_words",
    "give_owner",
    "keep_out",
    "log_with_reasons",
    "make_sensitive",
    "mark_recorded",
    "receive",
    "receive_finding",
    "sign",
]
