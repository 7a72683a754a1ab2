"""Writing down what was agreed, said and offered; giving keys; and the check before anything leaves."""

from peelian.contact.actions.checking import must_be_safe
from peelian.contact.actions.erasing import erase_contact
from peelian.contact.actions.opening import end_key, give_key, look, open_key, tell
from peelian.contact.actions.planning import PlanMoved, agree_plan
from peelian.contact.actions.referring import answer_referral, make_referral, offer_adviser
from peelian.contact.actions.rights import mark_rights
from peelian.contact.actions.saying import record_said

__all__ = [
    "PlanMoved",
    "agree_plan",
    "answer_referral",
    "end_key",
    "erase_contact",
    "give_key",
    "look",
    "make_referral",
    "mark_rights",
    "must_be_safe",
    "offer_adviser",
    "open_key",
    "record_said",
    "tell",
]
