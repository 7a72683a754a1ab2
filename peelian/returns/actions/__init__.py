"""Recording what happens to the returns of the force: sent, received, published, answered, and who owns them.

Nobody types a due day. What was recorded is recorded again with reasons, and the earlier stays to be read.
"""

from peelian.returns.actions.answering import judge_answer, report_super_complaint, send_answer, write_answer
from peelian.returns.actions.keeping import give, undo
from peelian.returns.actions.quarterly import publish_bulletin, receive_bulletin, send_data

__all__ = [
    "give",
    "judge_answer",
    "publish_bulletin",
    "receive_bulletin",
    "report_super_complaint",
    "send_answer",
    "send_data",
    "undo",
    "write_answer",
]
