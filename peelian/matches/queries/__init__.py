"""Runs with their proof of coverage, the queue, one pair, what is left. The viewer first, frozen rows out."""

from peelian.matches.queries.figures import figures
from peelian.matches.queries.hits import hits
from peelian.matches.queries.listing import ended, following, left, pairs, run, runs, waiting_for_second
from peelian.matches.queries.reaching import drawn, next_drawn, reach
from peelian.matches.queries.rules import rules
from peelian.matches.queries.whole import pair

__all__ = [
    "drawn",
    "ended",
    "figures",
    "following",
    "hits",
    "left",
    "next_drawn",
    "pair",
    "pairs",
    "reach",
    "rules",
    "run",
    "runs",
    "waiting_for_second",
]
