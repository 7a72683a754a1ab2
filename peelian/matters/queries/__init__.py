"""Reading matters, through the wall of the viewer. Every query gives frozen rows; none writes."""

from peelian.matters.coding import factors, groups, recording_tests
from peelian.matters.queries.came import came_as_serious
from peelian.matters.queries.counted import complaints_logged, concerned_counted
from peelian.matters.queries.ended import ended_matter, ended_matters
from peelian.matters.queries.found import excerpts
from peelian.matters.queries.lines import came_of, lines_by_id, lines_by_ref
from peelian.matters.queries.lists import SORTS, export_matters, forces, matters, of_people, of_person, sources
from peelian.matters.queries.outside import my_outside_requests, outside_request
from peelian.matters.queries.parts import MatterParts, key_of, parts, parts_by_id, parts_of_placed, parts_of_unit
from peelian.matters.queries.past import past_matters, past_undated, recorders
from peelian.matters.queries.proposing import proposal, why_not_placed
from peelian.matters.queries.register import export_repeat_subjects, repeat_subjects
from peelian.matters.queries.repeated import awaits_joint_review, joint_reviews, my_joint_reviews
from peelian.matters.queries.said import SaidOf, SaidRow, said_of
from peelian.matters.queries.watching import alert, alerts
from peelian.matters.queries.whole import MustSign, matter, signing_page, to_sign

__all__ = [
    "SORTS",
    "MatterParts",
    "MustSign",
    "SaidOf",
    "SaidRow",
    "alert",
    "alerts",
    "awaits_joint_review",
    "came_as_serious",
    "came_of",
    "complaints_logged",
    "concerned_counted",
    "ended_matter",
    "ended_matters",
    "excerpts",
    "export_matters",
    "export_repeat_subjects",
    "factors",
    "forces",
    "groups",
    "joint_reviews",
    "key_of",
    "lines_by_id",
    "lines_by_ref",
    "matter",
    "matters",
    "my_joint_reviews",
    "my_outside_requests",
    "of_people",
    "of_person",
    "outside_request",
    "parts",
    "parts_by_id",
    "parts_of_placed",
    "parts_of_unit",
    "past_matters",
    "past_undated",
    "proposal",
    "recorders",
    "recording_tests",
    "repeat_subjects",
    "said_of",
    "signing_page",
    "sources",
    "to_sign",
    "why_not_placed",
]
