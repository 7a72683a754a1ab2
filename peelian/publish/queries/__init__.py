"""Reading letters, through the wall of their matter. Every query gives frozen rows; none writes."""

from peelian.publish.queries.letters import (
    choices,
    issued_docx,
    issued_pdf,
    letter,
    lettered,
    letters_of,
    protected,
    serving,
    unsound_letters,
    why_unfit,
)
from peelian.publish.queries.own import own_view
from peelian.publish.queries.waiting import waiting

__all__ = [
    "choices",
    "issued_docx",
    "issued_pdf",
    "letter",
    "lettered",
    "letters_of",
    "own_view",
    "protected",
    "serving",
    "unsound_letters",
    "waiting",
    "why_unfit",
]
