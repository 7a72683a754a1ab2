"""Taking in what arrives, word for word; who owns it; what it was assessed as. Nothing here assesses: people do."""

from peelian.intake.actions.assessing import erase_words, give_owner, keep_out, log_with_reasons, mark_recorded
from peelian.intake.actions.placing import break_glass, declare_conflict, make_sensitive, sign
from peelian.intake.actions.receiving import receive, receive_finding

__all__ = [
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
