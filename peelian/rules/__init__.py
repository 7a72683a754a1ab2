"""The law as answers: pure functions from facts and a day to an answer with its citation and working.

In: frozen facts, rows of `statute`. Out: `Answer`s. Must never know: Django, a database, today's date.
"""

from peelian.rules import contact, disclosure, panels, steps, vetting  # read, so that the register of rules is whole
from peelian.rules.answers import Answer
from peelian.rules.conflicts import exclusions, needs_another_force
from peelian.rules.duties import duties, edition_of
from peelian.rules.editions import governing_edition
from peelian.rules.facts import Duty, DutyState, EventFact, MatterFacts, PersonOwed
from peelian.rules.limits import (
    CannotCount,
    Changed,
    NotExtendable,
    NotShortenable,
    ends_at,
    ends_on,
    may_shorten,
)
from peelian.rules.registered import Rule, registered
from peelian.rules.service import UnknownWay, Way, publication, served_on, ways
from peelian.rules.working_days import is_working_day, working_days_after, working_days_before

__all__ = [
    "Answer",
    "CannotCount",
    "Changed",
    "Duty",
    "DutyState",
    "EventFact",
    "MatterFacts",
    "NotExtendable",
    "NotShortenable",
    "PersonOwed",
    "Rule",
    "UnknownWay",
    "Way",
    "contact",
    "disclosure",
    "duties",
    "edition_of",
    "ends_at",
    "ends_on",
    "exclusions",
    "governing_edition",
    "is_working_day",
    "may_shorten",
    "needs_another_force",
    "panels",
    "publication",
    "registered",
    "served_on",
    "steps",
    "vetting",
    "ways",
    "working_days_after",
    "working_days_before",
]
