"""Writing the dated facts of a matter, and the acts that turn on what is owed: opening and closing one."""

from peelian.clocks.actions.events import (
    agree_shorter,
    correct_event,
    extend_period,
    follow,
    record_event,
    record_past_event,
    record_service,
)
from peelian.clocks.actions.opening import close_matter, open_matter

__all__ = [
    "agree_shorter",
    "close_matter",
    "correct_event",
    "extend_period",
    "follow",
    "open_matter",
    "record_event",
    "record_past_event",
    "record_service",
]
