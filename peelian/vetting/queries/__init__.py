"""Reading vetting, behind the walls of the person and of the matter. Every query gives frozen rows; none writes."""

from peelian.vetting.queries.again import agreed_in_all, blind, compared, second_draws, to_decide_again
from peelian.vetting.queries.applications import application, applications, areas_of, of_person, overrides, person_of
from peelian.vetting.queries.clearances import clearance, clearances_of, in_post, whole_in_post
from peelian.vetting.queries.declared import convictions_of, declaration, declarations_of, simulate, undecided
from peelian.vetting.queries.duties import board, lots, raised
from peelian.vetting.queries.owning import own, statements
from peelian.vetting.queries.readings import reading, readings
from peelian.vetting.queries.resting import rests_on
from peelian.vetting.queries.staff import SIGNS, staff, staff_member
from peelian.vetting.queries.withdrawals import withdrawal, withdrawals, withdrawals_of

__all__ = [
    "SIGNS",
    "agreed_in_all",
    "application",
    "applications",
    "areas_of",
    "blind",
    "board",
    "clearance",
    "clearances_of",
    "compared",
    "convictions_of",
    "declaration",
    "declarations_of",
    "in_post",
    "lots",
    "of_person",
    "overrides",
    "own",
    "person_of",
    "raised",
    "reading",
    "readings",
    "rests_on",
    "second_draws",
    "simulate",
    "staff",
    "staff_member",
    "statements",
    "to_decide_again",
    "undecided",
    "whole_in_post",
    "withdrawal",
    "withdrawals",
    "withdrawals_of",
]
