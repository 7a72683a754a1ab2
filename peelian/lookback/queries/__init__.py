"""Reading look-backs, through the wall of each matter. Every figure counts what the viewer may see and nothing else."""

from peelian.lookback.queries.cases import case, task
from peelian.lookback.queries.choosing import candidates, even_share, preview
from peelian.lookback.queries.cohorts import SORTS, board, cohort, cohorts, export_cases
from peelian.lookback.queries.mine import draft, my_reviews, open_tasks, owners

__all__ = [
    "SORTS",
    "board",
    "candidates",
    "case",
    "cohort",
    "cohorts",
    "draft",
    "even_share",
    "export_cases",
    "my_reviews",
    "open_tasks",
    "owners",
    "preview",
    "task",
]
