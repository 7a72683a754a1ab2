"""The only writers of this room: each one act, one transaction, its entry in the journal inside it."""

from peelian.vetting.actions.applying import apply, ask_all, close, inform, say
from peelian.vetting.actions.deciding import decide, recommend, renew_alone
from peelian.vetting.actions.keeping import review_control, review_year

__all__ = [
    "apply",
    "ask_all",
    "close",
    "decide",
    "inform",
    "recommend",
    "renew_alone",
    "review_control",
    "review_year",
    "say",
]
