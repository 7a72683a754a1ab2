"""Reading proceedings, through the wall of their matter. Every query gives frozen rows; none writes."""

from peelian.proceedings.queries.lists import of_matter, openable
from peelian.proceedings.queries.standing import directed, panel_refusal
from peelian.proceedings.queries.whole import proceeding

__all__ = ["directed", "of_matter", "openable", "panel_refusal", "proceeding"]
