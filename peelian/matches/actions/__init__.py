"""Taking in what a wash found; judging a pair; the second person; never the same; what follows; disposing of a pair."""

from peelian.matches.actions.disposing import dispose_of_pair
from peelian.matches.actions.judging import answer, judge
from peelian.matches.actions.resulting import give_result
from peelian.matches.actions.ruling import answer_lift, ask_to_lift, never_the_same
from peelian.matches.actions.sampling import draw_sample
from peelian.matches.actions.taking import take_in

__all__ = [
    "answer",
    "answer_lift",
    "ask_to_lift",
    "dispose_of_pair",
    "draw_sample",
    "give_result",
    "judge",
    "never_the_same",
    "take_in",
]
