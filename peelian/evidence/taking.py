"""Who may take an exhibit. Between the doors of this room."""

from peelian.evidence.models import HandOver
from peelian.evidence.standing import Standing
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users


def may_accept(by: Viewer, pending: HandOver) -> bool:
    """Whether `by` is the one whose act completes a hand-over: its receiver, or with an outsider another of ours."""
    if pending.giver_id is not None and pending.receiver_id is not None:
        return by.user_id is not None and pending.receiver_id == by.user_id
    return by.user_id is not None and pending.recorded_by != by.actor


def may_be_taken_in(held: Standing) -> bool:
    """Whether nobody who can hand it over holds it."""
    if held.holder_id is None:
        return True
    holder = users.users_by_id([held.holder_id]).get(held.holder_id)
    return holder is None or not holder.is_active
