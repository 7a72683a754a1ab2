"""What is owed, by whom, to whom, by when; what happened; and a person's whole chronology. Nothing here writes."""

from peelian.clocks.queries.chronology import chronology
from peelian.clocks.queries.duties import blocking, duties_of, matter_duties
from peelian.clocks.queries.happened import events, leavers, may_record
from peelian.clocks.queries.raised import raised
from peelian.clocks.queries.work import (
    calendar,
    export_my_work,
    export_unit_work,
    my_board,
    my_work,
    unit_board,
    unit_work,
)

__all__ = [
    "blocking",
    "calendar",
    "chronology",
    "duties_of",
    "events",
    "export_my_work",
    "export_unit_work",
    "leavers",
    "matter_duties",
    "may_record",
    "my_board",
    "my_work",
    "raised",
    "unit_board",
    "unit_work",
]
