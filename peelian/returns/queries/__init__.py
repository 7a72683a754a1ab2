"""The returns of the force, read. Nothing here writes."""

from peelian.returns.queries.lines import to_tie
from peelian.returns.queries.lists import keepers, logged, mine, quarters, returns
from peelian.returns.queries.whole import one_return

__all__ = ["keepers", "logged", "mine", "one_return", "quarters", "returns", "to_tie"]
