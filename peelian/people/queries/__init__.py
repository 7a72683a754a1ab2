"""Reading the register, through the wall of the viewer. Every query gives frozen rows; none writes."""

from peelian.people.queries.counted import in_post_counted
from peelian.people.queries.finding import find
from peelian.people.queries.keeping import keepers, shared_vehicles, vehicles_of
from peelian.people.queries.lists import SORTS, export_people, people
from peelian.people.queries.lives import lives_on_record
from peelian.people.queries.naming import (
    held_by,
    ids,
    known_on_record,
    line,
    lines,
    lines_on_record,
    names_on_record,
    refs_on_record,
    restricted_to,
)
from peelian.people.queries.reaching import identities, reach_on_record
from peelian.people.queries.units import keys_within, unit, unit_by_id, units
from peelian.people.queries.whole import person, service

__all__ = [
    "SORTS",
    "export_people",
    "find",
    "held_by",
    "identities",
    "ids",
    "in_post_counted",
    "keepers",
    "keys_within",
    "known_on_record",
    "line",
    "lines",
    "lines_on_record",
    "lives_on_record",
    "names_on_record",
    "people",
    "person",
    "reach_on_record",
    "refs_on_record",
    "restricted_to",
    "service",
    "shared_vehicles",
    "unit",
    "unit_by_id",
    "units",
    "vehicles_of",
]
