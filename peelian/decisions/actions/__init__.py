"""Deciding, signing another's decision, recording what a joint view led to, answering an independent reading."""

from peelian.decisions.actions.deciding import Superseded, decide
from peelian.decisions.actions.joining import record_joint_view
from peelian.decisions.actions.reading import answer_reading
from peelian.decisions.actions.signing import sign_decision

__all__ = ["Superseded", "answer_reading", "decide", "record_joint_view", "sign_decision"]
