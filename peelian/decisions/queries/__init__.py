"""Reading the casework of a matter, through the wall of the matter. Every query gives frozen rows; none writes."""

from peelian.decisions.queries.asking import asking, what_follows
from peelian.decisions.queries.casework import casework, decisions, outcomes, standing_for, takers
from peelian.decisions.queries.counted import decided_counted
from peelian.decisions.queries.joint import joint
from peelian.decisions.queries.progress import progress, progress_of
from peelian.decisions.queries.serving import served_steps
from peelian.decisions.queries.taken import InvestigatedRow, TakenRow, investigated, taken, taken_by_ref
from peelian.decisions.queries.waiting import reading, readings, signers, to_sign

__all__ = [
    "InvestigatedRow",
    "TakenRow",
    "asking",
    "casework",
    "decided_counted",
    "decisions",
    "investigated",
    "joint",
    "outcomes",
    "progress",
    "progress_of",
    "reading",
    "readings",
    "served_steps",
    "signers",
    "standing_for",
    "taken",
    "taken_by_ref",
    "takers",
    "to_sign",
    "what_follows",
]
