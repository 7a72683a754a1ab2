"""Reading the schedule, redactions and packs of a matter, through its wall. Every query gives frozen rows."""

from peelian.disclosure.queries.packs import given_file, pack, recipients
from peelian.disclosure.queries.redactions import item_text, page_picture, redacted_file, redaction
from peelian.disclosure.queries.schedule import item, schedule, unscheduled

__all__ = [
    "given_file",
    "item",
    "item_text",
    "pack",
    "page_picture",
    "recipients",
    "redacted_file",
    "redaction",
    "schedule",
    "unscheduled",
]
