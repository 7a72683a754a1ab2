"""The only writers of this room: each one act, one transaction, its entry in the journal inside it."""

from peelian.vetting.actions.again import decide_again, draw_decisions, look
from peelian.vetting.actions.applying import apply, ask_all, close, inform, say
from peelian.vetting.actions.deciding import decide, recommend, renew_alone
from peelian.vetting.actions.declaring import answer, convict, declare
from peelian.vetting.actions.drawing import draw
from peelian.vetting.actions.keeping import review_control, review_year, sign_year, tell_manager
from peelian.vetting.actions.owning import declare_own, state_own
from peelian.vetting.actions.raising import open_raised
from peelian.vetting.actions.reading import answer_reading
from peelian.vetting.actions.refusing import follow
from peelian.vetting.actions.withdrawing import open_withdrawal, take

__all__ = [
    "answer",
    "answer_reading",
    "apply",
    "ask_all",
    "close",
    "convict",
    "decide",
    "decide_again",
    "declare",
    "declare_own",
    "draw",
    "draw_decisions",
    "follow",
    "inform",
    "look",
    "open_raised",
    "open_withdrawal",
    "recommend",
    "renew_alone",
    "review_control",
    "review_year",
    "say",
    "sign_year",
    "state_own",
    "take",
    "tell_manager",
]
