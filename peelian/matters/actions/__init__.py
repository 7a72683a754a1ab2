"""Writing matters: recording them, who and what they are about, who may see them and work on them.

Every act on a recorded matter takes the `version` its author read: whoever writes second is told (see `held`).
"""

from peelian.matters.actions.closing import mark_closed
from peelian.matters.actions.governing import change_kind, reopen
from peelian.matters.actions.held import SecondWriter
from peelian.matters.actions.involving import add_allegation, add_person, identify_person
from peelian.matters.actions.outside import ask_another_force, record_outside_answer
from peelian.matters.actions.placing import (
    allocate,
    break_glass,
    declare_conflict,
    end_place,
    make_sensitive,
    open_again,
    sign,
)
from peelian.matters.actions.recording import record_matter
from peelian.matters.actions.repeating import record_joint_review
from peelian.matters.actions.telling import change_narrative, erase_narrative
from peelian.matters.actions.watching import acknowledge_alert, notice

__all__ = [
    "SecondWriter",
    "acknowledge_alert",
    "add_allegation",
    "add_person",
    "allocate",
    "ask_another_force",
    "break_glass",
    "change_kind",
    "change_narrative",
    "declare_conflict",
    "end_place",
    "erase_narrative",
    "identify_person",
    "make_sensitive",
    "mark_closed",
    "notice",
    "open_again",
    "record_joint_review",
    "record_matter",
    "record_outside_answer",
    "reopen",
    "sign",
]
