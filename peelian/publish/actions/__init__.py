"""The only writers of letters: drafting, submitting, approving, serving; and marking who may not be named."""

from peelian.publish.actions.drafting import abandon, direct, draft, submit, take_back, write
from peelian.publish.actions.held import StaleLetter
from peelian.publish.actions.marking import lift_protection, mark_protected
from peelian.publish.actions.reviewing import approve, send_back
from peelian.publish.actions.serving import serve

__all__ = [
    "StaleLetter",
    "abandon",
    "approve",
    "direct",
    "draft",
    "lift_protection",
    "mark_protected",
    "send_back",
    "serve",
    "submit",
    "take_back",
    "write",
]
