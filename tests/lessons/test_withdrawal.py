"""LES-08: what a complainant wishes is heard and kept, and it is the outcome of nothing."""

from datetime import date, datetime

import pytest

from peelian.clocks import queries as clocks
from peelian.contact import actions as contact
from peelian.contact import queries as contacts
from peelian.decisions import actions, queries
from peelian.matters import queries as matters
from peelian.matters.queries import parts
from peelian.terms.contact import Stance, Topic
from peelian.terms.matters import MatterState
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.lessons.cases import noes

pytestmark = pytest.mark.django_db
CAME = date(2026, 11, 2)
STEP = "withdrawal_decision"


class Withdrawn:
    def __init__(self, at: datetime) -> None:
        self.takes = worlds.user(at, "Tess Taker", "assessor").viewer
        self.decides = worlds.user(at, "Dora Decider", "assessor").viewer
        self.signs = worlds.user(at, "Sam Signer", "supervisor").viewer
        self.person = worlds.member_of_the_public(at, "Willow", "Carla")
        self.ref = worlds.open_complaint(self.takes, CAME, complainants=[self.person])

    def say(self, stance: Stance) -> None:
        said = {"words": "I cannot go on with this.", "reasons": "She is worn down.", "how": "telephone"}
        given = {"by": self.takes, "matter_ref": self.ref, "person_key": self.person, "on": self.takes.today}
        contact.record_said(topic=Topic.WITHDRAW, stance=stance, **given, **said)

    def is_open_to(self, viewer: Viewer) -> bool:
        found = queries.casework(viewer, self.ref)
        return any(one.step.key == STEP and one.may for stage in found.stages for one in stage.steps)


@pytest.fixture
def withdrawn(db: None, at: datetime) -> Withdrawn:
    made = Withdrawn(at)
    assert not made.is_open_to(made.decides)
    return made


def test_les_08_a_wish_to_withdraw_ends_nothing_and_has_the_complaint_looked_at_afresh_by_somebody_else(
    withdrawn: Withdrawn,
) -> None:
    before = clocks.matter_duties(withdrawn.signs, withdrawn.ref, withdrawn.signs.today)
    withdrawn.say(Stance.YES)
    assert parts(withdrawn.signs, withdrawn.ref).state is MatterState.OPEN
    assert clocks.matter_duties(withdrawn.signs, withdrawn.ref, withdrawn.signs.today) == before
    assert "outcome_decided" not in {row.key for row in clocks.events(withdrawn.signs, withdrawn.ref)}
    assert contacts.everybody(withdrawn.signs, withdrawn.ref)[0].wants_to_withdraw
    assert withdrawn.is_open_to(withdrawn.decides)
    assert not withdrawn.is_open_to(withdrawn.takes)


def test_les_08_whoever_took_the_wish_does_not_decide_and_withdrawn_needs_a_second_signature(
    withdrawn: Withdrawn,
) -> None:
    withdrawn.say(Stance.YES)
    given = {"matter_ref": withdrawn.ref, "step": STEP, "option": "withdrawn", "person_key": withdrawn.person}
    given |= {"answers": noes(STEP, matters.parts(withdrawn.signs, withdrawn.ref).kind), "reasons": "All was read."}
    unreferred = {"answers": noes("referral", "complaint_s3"), "reasons": "None is met.", "on": withdrawn.takes.today}
    actions.decide(by=withdrawn.takes, matter_ref=withdrawn.ref, step="referral", option="no", **unreferred)
    for viewer in (withdrawn.takes, withdrawn.decides):
        shown = [line.ref for one in queries.joint(viewer, withdrawn.ref).people for line in one.matters]
        about = {"shown": shown, "together": False, "reasons": "Nothing alike.", "on": viewer.today}
        actions.record_joint_view(by=viewer, matter_ref=withdrawn.ref, **about)
    with pytest.raises(NotAllowed, match="independent of"):
        actions.decide(by=withdrawn.takes, on=withdrawn.takes.today, **given)
    decision = actions.decide(by=withdrawn.decides, on=withdrawn.decides.today, **given)
    found = next(one for one in queries.decisions(withdrawn.signs, withdrawn.ref) if one.ref == decision)
    assert (found.waits, found.stands) == (True, False)
    assert "outcome_decided" not in {row.key for row in clocks.events(withdrawn.signs, withdrawn.ref)}


def test_les_08_saying_that_it_should_go_on_after_all_closes_the_step_again(withdrawn: Withdrawn) -> None:
    withdrawn.say(Stance.YES)
    withdrawn.say(Stance.NO)
    assert not withdrawn.is_open_to(withdrawn.decides)
    first = contacts.somebody_on(withdrawn.takes, withdrawn.ref, withdrawn.person).said[-1]
    assert (first.stance, first.reasons) == (Stance.YES, "She is worn down.")
