"""What people declare of themselves: a role with no other power, what they read of it, and what vetting does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from peelian.terms.refusals import NotAllowed, NotValid
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
NO = dict.fromkeys(("circumstances", "finances", "court", "associations", "business", "other"), False)


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


@pytest.fixture
def self_(made: Vetted) -> Someone:
    return worlds.user(made.at, "Ada Shaw", "member_of_staff", person_ref=made.person)


def test_what_somebody_declares_of_themselves_waits_for_a_decision_the_same_day(made: Vetted, self_: Someone) -> None:
    since = made.on - timedelta(days=3)
    ref = actions.declare_own(by=self_.viewer, kind="business", about="A bakery", words="At weekends.", arose_on=since)
    assert queries.board(made.manager.viewer).undecided == 1
    [row] = queries.declarations_of(made.officer.viewer, made.person)
    assert (row.ref, row.by_self, row.late_days, row.clock) == (ref, True, 3, "VET-01")
    given = {"by": made.manager.viewer, "declaration_ref": ref, "words": "It is near a venue we police.", "on": made.on}
    actions.answer(outcome="refused", **given)
    own = queries.own(self_.viewer)
    assert [one.decided for one in own.declarations] == ["Refused: not compatible"]
    assert "near a venue" not in repr(own)


def test_what_others_recorded_of_somebody_is_never_theirs_to_read(made: Vetted, self_: Someone) -> None:
    given = {"by": made.officer.viewer, "person_ref": made.person, "arose_on": made.on, "on": made.on}
    actions.declare(kind="association_criminal", about="A cousin", words="Found.", by_self=True, **given)
    mine = actions.declare_own(
        by=self_.viewer, kind="association_criminal", about="A cousin", words="He deals.", arose_on=made.on
    )
    actions.answer(
        by=made.manager.viewer,
        declaration_ref=mine,
        outcome="controlled",
        words="We watch him.",
        review_on=made.on + timedelta(days=9),
        on=made.on,
    )
    own = queries.own(self_.viewer)
    assert [(one.ref, one.decided) for one in own.declarations] == [(mine, "")]
    assert "watch" not in repr(own)
    for query in (queries.overrides, queries.second_draws, queries.undecided):
        with pytest.raises(NotAllowed):
            query(self_.viewer)


def test_the_annual_statement_answers_every_question_and_is_read_at_the_review(made: Vetted, self_: Someone) -> None:
    given = {"by": self_.viewer, "on": made.on}
    with pytest.raises(NotValid, match="yes or no"):
        actions.state_own(answers={"finances": False}, words="", **given)
    with pytest.raises(NotValid, match="answered yes"):
        actions.state_own(answers=NO | {"finances": True}, words=" ", **given)
    actions.state_own(answers=NO | {"finances": True}, words="A loan I cannot meet.", **given)
    [said] = queries.statements(made.officer.viewer, made.person)
    assert (len(said.yes), said.no, said.words) == (1, 5, "A loan I cannot meet.")
    assert queries.own(self_.viewer).statements == (said,)


def test_an_account_that_is_nobodys_declares_nothing(made: Vetted) -> None:
    nobody = replace(worlds.user(made.at, "No Body", "member_of_staff").viewer, person_id=None)
    assert not queries.own(nobody).is_known
    with pytest.raises(NotAllowed, match="not joined"):
        actions.declare_own(by=nobody, kind="business", about="A", words="B", arose_on=made.on)
    with pytest.raises(NotAllowed):
        queries.own(made.officer.viewer)


def test_an_appeal_about_a_business_interest_is_answered_by_a_chief_officer_alone(made: Vetted, self_: Someone) -> None:
    """SI 2003/527 reg 9: from a decision that it is not compatible an appeal lies to the chief officer."""
    ref = actions.declare_own(
        by=self_.viewer, kind="business", about="A bakery", words="At weekends.", arose_on=made.on
    )
    given = {"declaration_ref": ref, "words": "Said why.", "on": made.on}
    with pytest.raises(NotAllowed, match="This follows"):
        actions.answer(by=made.officer.viewer, outcome="appealed", **given)
    assert not queries.own(self_.viewer).declarations[0].may_appeal
    actions.answer(by=made.manager.viewer, outcome="refused", **given)
    assert queries.own(self_.viewer).declarations[0].may_appeal
    assert ("appealed", "Appeal to the chief officer received") in queries.declaration(
        made.officer.viewer, ref
    ).outcomes
    actions.answer(by=made.officer.viewer, outcome="appealed", **given)
    assert [one[0] for one in queries.board(made.chief.viewer).appeals] == [ref]
    with pytest.raises(NotAllowed, match="waits for the chief officer"):
        actions.answer(by=made.manager.viewer, outcome="lapsed", **given)
    with pytest.raises(NotAllowed):
        actions.answer(by=made.manager.viewer, outcome="appeal_dismissed", **given)
    later = made.on + timedelta(days=300)
    actions.answer(by=made.chief.viewer, outcome="appeal_allowed", review_on=later, **given)
    assert queries.board(made.chief.viewer).appeals == ()
    assert queries.own(self_.viewer).declarations[0].decided == "Appeal allowed by the chief officer: approved"
