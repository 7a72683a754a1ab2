"""Deciding, signing another's decision, the joint view and what it led to, an independent reading, closing."""

from peelian.decisions.actions.closing import close_matter
from peelian.decisions.actions.deciding import Superseded, decide
from peelian.decisions.actions.joining import answer_joint_review, record_joint_view
from peelian.decisions.actions.reading import answer_reading
from peelian.decisions.actions.signing import sign_decision

__all__ = [
    "Superseded",
    "answer_joint_review",
    "answer_reading",
    "close_matter",
    "decide",
    "record_joint_view",
    "sign_decision",
]
