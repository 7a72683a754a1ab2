"""Reading from this room, behind the wall of the matter. Every query gives frozen rows; none writes."""

from peelian.evidence.queries.exhibits import (
    attached_to,
    exhibit,
    exhibits_of,
    held_by_me,
    receivers,
    still_held,
    to_accept,
)
from peelian.evidence.queries.files import checked_files, content, file, files_of, stored, strays
from peelian.evidence.queries.storage import affected, failure, items_in, unit, units
from peelian.evidence.queries.submissions import (
    open_on,
    submission,
    submissions,
    submissions_of,
    waiting_of,
    waits,
)

__all__ = [
    "affected",
    "attached_to",
    "checked_files",
    "content",
    "exhibit",
    "exhibits_of",
    "failure",
    "file",
    "files_of",
    "held_by_me",
    "items_in",
    "open_on",
    "receivers",
    "still_held",
    "stored",
    "strays",
    "submission",
    "submissions",
    "submissions_of",
    "to_accept",
    "unit",
    "units",
    "waiting_of",
    "waits",
]
