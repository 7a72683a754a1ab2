"""Runs with their proof of coverage, the queue, one pair, what is left. The viewer first, frozen rows out."""

from peelian.matches.queries.attached import associations_of, counted, late_assessments, records_of
from peelian.matches.queries.ending import ended_pair, ended_pairs, ended_sources, left_for_good, pairs_of_source
from peelian.matches.queries.figures import figures
from peelian.matches.queries.hits import hits
from peelian.matches.queries.listing import ended, following, left, pairs, run, runs, waiting_for_second
from peelian.matches.queries.owing import owed
from peelian.matches.queries.reaching import drawn, next_drawn, reach
from peelian.matches.queries.rules import lifts_waiting, rules
from peelian.matches.queries.whole import pair

__all__ = [
    "associations_of",
    "counted",
    "drawn",
    "ended",
    "ended_pair",
    "ended_pairs",
    "ended_sources",
    "figures",
    "following",
    "hits",
    "late_assessments",
    "left",
    "left_for_good",
    "lifts_waiting",
    "next_drawn",
    "owed",
    "pair",
    "pairs",
    "pairs_of_source",
    "reach",
    "records_of",
    "rules",
    "run",
    "runs",
    "waiting_for_second",
]
