"""The only writers of disclosure: the schedule, decisions on items, redacted copies, packs."""

from peelian.disclosure.actions.held import StaleRecord
from peelian.disclosure.actions.packing import abandon_pack, choose, make_pack, submit_pack, take_back_pack
from peelian.disclosure.actions.redacting import choose_again, redact
from peelian.disclosure.actions.releasing import approve_pack, give_pack, send_back_pack
from peelian.disclosure.actions.scheduling import decide, read_second, schedule_passage, schedule_sources

__all__ = [
    "StaleRecord",
    "abandon_pack",
    "approve_pack",
    "choose",
    "choose_again",
    "decide",
    "give_pack",
    "make_pack",
    "read_second",
    "redact",
    "schedule_passage",
    "schedule_sources",
    "send_back_pack",
    "submit_pack",
    "take_back_pack",
]
