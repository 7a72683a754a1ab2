"""Reading contact on a matter, through the wall of the matter. Every query gives frozen rows; none writes."""

from peelian.contact.keys import opened_by_id as opened_key
from peelian.contact.queries.safety import safe_contact, told_items
from peelian.contact.queries.whole import advisers, everybody, somebody_on
from peelian.contact.queries.wishes import unwilling_to_share, wishing_to_withdraw

__all__ = [
    "advisers",
    "everybody",
    "opened_key",
    "safe_contact",
    "somebody_on",
    "told_items",
    "unwilling_to_share",
    "wishing_to_withdraw",
]
