"""Reading second looks, through the wall of the matter. Every query gives frozen rows; none writes."""

from peelian.sampling.queries.deciding import blind, blind_matters, compared, draws, mine
from peelian.sampling.queries.reviewing import reviews

__all__ = ["blind", "blind_matters", "compared", "draws", "mine", "reviews"]
