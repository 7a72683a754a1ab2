"""Writing look-backs: choosing a cohort, giving out its cases, reviewing them, the panel, what follows."""

from peelian.lookback.actions.allocating import allocate, allocate_evenly, replace
from peelian.lookback.actions.choosing import freeze
from peelian.lookback.actions.deciding import give_seat, note, sign_off, take_seat
from peelian.lookback.actions.following import change_task, finish_task, record_consent
from peelian.lookback.actions.reviewing import declare_conflict, lock_review, save_draft, sign

__all__ = [
    "allocate",
    "allocate_evenly",
    "change_task",
    "declare_conflict",
    "finish_task",
    "freeze",
    "give_seat",
    "lock_review",
    "note",
    "record_consent",
    "replace",
    "save_draft",
    "sign",
    "sign_off",
    "take_seat",
]
