"""A decision of casework opens a review of clearance in the minute in which it takes effect, hidden with its matter."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from peelian.clocks.law import law
from peelian.statute import Through
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotFound
from peelian.vetting import actions, queries
from tests import worlds
from tests.lessons.cases import CAME, Case
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db
GROSS = ["justifies_dismissal", "justifies_action", "below_expected"]


@pytest.fixture
def made(at: datetime) -> Vetted:
    found = vetted(at)
    found.cleared()
    return found


@pytest.fixture
def case(made: Vetted) -> Case:
    return at_first(made, officers=[made.person])


def at_first(made: Vetted, **people: Any) -> Case:
    """A conduct matter of which everything known was read, and that is not referred."""
    by = worlds.peelian(made.at)
    ref = worlds.open_complaint(by, CAME, kind=MatterKind.CONDUCT_MATTER, **people)
    found = Case(made.at, people["officers"][0], ref)
    found.refer_or_not(found.by("assessor"))
    found.read(found.by("assessor"))
    return found


def opened(made: Vetted, case: Case, later: int = 0) -> tuple[str, ...]:
    """What its page opens, once something on the matter was recorded."""
    at = made.at + timedelta(minutes=later)
    return actions.open_raised(by=worlds.peelian(at), on=made.on, matter_ref=case.ref)


def assessed(case: Case, option: str = "gross_misconduct", *, signed: bool = True, **said: Any) -> str:
    yes = GROSS if option == "gross_misconduct" else ["justifies_action"]
    ref = case.decide(case.by("assessor"), "severity", option, person_key=case.officer, yes=yes, **said)
    if signed:
        case.sign(case.by("supervisor"), ref)
    return ref


def test_a_review_names_its_matter_and_its_trigger_and_opens_once(made: Vetted, case: Case) -> None:
    assessed(case)
    [made.ref] = opened(made, case)
    assert (made.row.matter_ref, made.row.purpose.key, made.row.line.on) == (case.ref, "review", made.on)
    assert made.row.trigger.startswith("Any allegation")
    assert opened(made, case) == ()


def test_what_is_not_signed_yet_opens_nothing(made: Vetted, case: Case) -> None:
    decision = assessed(case, signed=False)
    assert opened(made, case) == ()
    case.sign(case.by("supervisor"), decision)
    assert len(opened(made, case)) == 1


def test_what_is_decided_on_another_matter_opens_nothing_for_this_one(made: Vetted, case: Case) -> None:
    assessed(case)
    other = worlds.open_complaint(worlds.peelian(made.at), CAME, officers=[made.person])
    assert opened(made, replace(case, ref=other)) == ()
    assert [one.matter_ref for one in queries.raised(made.officer.viewer)] == [case.ref]


def test_an_open_review_takes_up_what_comes_next_and_one_that_ended_does_not(made: Vetted, case: Case) -> None:
    decision = assessed(case)
    [made.ref] = opened(made, case)
    assert opened(made, case, later=1) == ()
    actions.close(by=made.officer.viewer, application_ref=made.ref, words="Taken up with the rest.", on=made.on)
    assert opened(made, case, later=2) == (), "nothing took effect since it was opened"
    case.people["assessor"] = replace(case.by("assessor"), at=made.at + timedelta(minutes=3))
    case.people["supervisor"] = replace(case.by("supervisor"), at=made.at + timedelta(minutes=3))
    assessed(case, "misconduct", replaces=decision)
    assert len(opened(made, case, later=4)) == 1


def test_a_decision_for_the_matter_as_a_whole_opens_one_for_everybody_concerned(made: Vetted) -> None:
    other = replace(made, person=worlds.officer(made.at, "Birch", "Ben"))
    other.cleared()
    case = at_first(made, officers=[made.person, other.person])
    case.decide(case.by("assessor"), "conduct_handling", "investigate", yes=["indication"])
    case.read(worlds.peelian(made.at))
    case.decide(worlds.peelian(made.at), "special_requirements", "met", yes=["crime"])
    assert len(opened(made, case)) == 2


def test_whoever_holds_no_clearance_is_not_reviewed(made: Vetted) -> None:
    case = at_first(made, officers=[worlds.officer(made.at, "Birch", "Ben")])
    assessed(case)
    assert opened(made, case) == ()


def test_who_may_not_see_the_matter_sees_no_review_of_it(made: Vetted) -> None:
    case = at_first(made, officers=[made.person], complainants=[made.manager.ref])
    assessed(case)
    [ref] = opened(made, case)
    assert [one.ref for one in queries.applications(made.officer.viewer).rows] == [ref]
    assert queries.applications(made.manager.viewer).rows == ()
    with pytest.raises(NotFound):
        queries.application(made.manager.viewer, ref)


def test_a_conviction_opens_a_review_of_clearance_once(made: Vetted) -> None:
    given: dict[str, Any] = {"by": made.officer.viewer, "person_ref": made.person, "on": made.on, "committed": None}
    given |= {"category": "dishonesty", "disposal": "caution", "while_serving": True, "words": "A phone."}
    actions.convict(**given)
    actions.convict(**given)
    [line] = queries.applications(made.officer.viewer).rows
    made.ref = line.ref
    assert made.row.trigger.startswith("Arrest, charge, caution")
    assert len(made.row.against) == 2


def test_every_row_names_a_step_its_outcomes_and_a_trigger_that_there_are() -> None:
    triggers = {row.key for row in law().table("vetting_trigger")}
    for row in law().table("vetting_raise"):
        step = law().steps[row["step"]]
        assert all(step.option(key) for key in row["options"]), row.key
        assert row["trigger"] in triggers, row.key
        assert step.through is not Through.RECORD, row.key  # the pages of proceedings ask for no review
    assert {row["trigger"] for row in law().table("vetting_recorded")} <= triggers
