"""Taking a step: who may, after what, by which rule, and what follows for the clocks."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.clocks import queries as clocks
from peelian.decisions import actions, queries
from peelian.decisions.models import Decision
from peelian.journal.models import Entry
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.people import actions as people
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from tests import worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)
NO_STANDARD = {f"SPB{number:02}": False for number in range(1, 11)}
NOT_SERIOUS = {
    **NO_STANDARD,
    "justifies_dismissal": False,
    "justifies_action": False,
    "indictable_only": False,
    "below_expected": False,
}
RUDE = {**NOT_SERIOUS, "SPB02": True, "justifies_action": True}


@pytest.fixture
def officer(at: datetime) -> str:
    return worlds.officer(at, "Shaw", "Ada")


@pytest.fixture
def matter(at: datetime, officer: str) -> str:
    """A conduct matter: its severity is assessed at once, that of a complaint under special requirements alone."""
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], kind=MatterKind.CONDUCT_MATTER)


@pytest.fixture
def complaint(at: datetime, officer: str) -> str:
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer])


@pytest.fixture
def assessor(at: datetime) -> Viewer:
    return worlds.user(at, "Aster Lee", "assessor").viewer


def read_joint_view(by: Viewer, matter: str, **said: Any) -> str:
    shown = [line.ref for one in queries.joint(by, matter).people for line in one.matters]
    given = {"shown": shown, "together": False, "reasons": "Nothing else is known.", "on": by.today}
    return actions.record_joint_view(by=by, matter_ref=matter, **{**given, **said})


def assess(by: Viewer, matter: str, officer: str, **said: Any) -> str:
    given = {
        "step": "severity",
        "person_key": officer,
        "option": "misconduct",
        "answers": RUDE,
        "reasons": "He swore at a member of the public.",
        "on": by.today,
    }
    return actions.decide(by=by, matter_ref=matter, **{**given, **said})


def events_of(by: Viewer, matter: str) -> list[str]:
    return [event.key for event in clocks.events(by, matter)]


def test_a_severity_assessment_says_rule_and_reasons_and_moves_its_clock(
    assessor: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    ref = assess(assessor, matter, officer)
    assert "severity_assessed" in events_of(assessor, matter)
    [row] = queries.decisions(assessor, matter)
    assert (row.ref, row.option.key, row.indicated, row.differs, row.stands) == (
        ref,
        "misconduct",
        "Misconduct if proved",
        False,
        True,
    )
    yes = [words for words, said in row.answers if said]
    assert any(words.startswith("Authority, Respect and Courtesy") for words in yes)
    assert len(yes) == 2
    assert row.by == "Aster Lee"
    assert Entry.objects.filter(key=matter, summary="decided: severity").count() == 1


def test_no_decision_without_the_joint_view_les_07_les_19(assessor: Viewer, matter: str, officer: str) -> None:
    with pytest.raises(NotAllowed, match="joint view"):
        assess(assessor, matter, officer)
    assert not Decision.objects.exists()
    assert "severity_assessed" not in events_of(assessor, matter)


def test_no_page_offers_to_write_a_decision_down_by_hand(assessor: Viewer, matter: str) -> None:
    offered = {row.key for row in clocks.may_record(assessor, matter)}
    assert "update_given" in offered
    assert not offered & {"severity_assessed", "case_to_answer_decided", "officer_suspended", "referred_to_hearing"}


def test_a_joint_view_is_old_once_another_matter_of_the_person_is_recorded(
    at: datetime, assessor: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    another = worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer])
    with pytest.raises(NotAllowed, match="something has come since"):
        assess(assessor, matter, officer)
    read_joint_view(assessor, matter, together=True, reasons="The same words on another day.")
    assess(assessor, matter, officer)
    assert [line.ref for line in queries.joint(assessor, matter).people[0].matters] == [another]


def test_the_joint_view_of_another_does_not_do(at: datetime, assessor: Viewer, matter: str, officer: str) -> None:
    read_joint_view(worlds.user(at, "Another Assessor", "assessor").viewer, matter)
    with pytest.raises(NotAllowed, match="joint view"):
        assess(assessor, matter, officer)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reasons": " "}, "reasons"),
        ({"option": "final_written_warning"}, "option"),
        ({"answers": {"SPB02": True}}, "answers"),
        ({"fixed_on": date(2026, 12, 1)}, "fixed_on"),
        ({"on": date(2027, 1, 1)}, "on"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(
    assessor: Viewer, matter: str, officer: str, said: dict[str, Any], field: str
) -> None:
    read_joint_view(assessor, matter)
    with pytest.raises(NotValid) as refused:
        assess(assessor, matter, officer, **said)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_a_step_needs_its_power_its_person_and_a_name(
    at: datetime, assessor: Viewer, matter: str, officer: str
) -> None:
    inspector = worlds.user(at, "Ina Spector", "inspector").viewer
    with pytest.raises(NotAllowed, match="severity, referral and handling"):
        assess(inspector, matter, officer)
    read_joint_view(assessor, matter)
    with pytest.raises(NotAllowed, match="for each person"):
        assess(assessor, matter, "")
    with pytest.raises(NotFound):
        assess(assessor, matter, officer, step="a_step_of_nobodys")


def test_police_staff_are_not_assessed_under_the_conduct_regulations_si_2020_4_reg_14(
    at: datetime, assessor: Viewer, matter: str, officer: str
) -> None:
    staff = people.register_person(
        by=worlds.peelian(at), kind=PersonKind.STAFF, family="Stone", given="Tess", joined=None, on=CAME
    )
    by = worlds.peelian(at)
    another = worlds.open_complaint(by, CAME, officers=[staff, officer], kind=MatterKind.CONDUCT_MATTER)
    opened = {
        (one.step.key, one.person_key) for stage in queries.casework(assessor, another).stages for one in stage.steps
    }
    assert ("severity", officer) in opened
    assert ("severity", staff) not in opened
    read_joint_view(assessor, another)
    with pytest.raises(NotAllowed, match="police staff"):
        assess(assessor, another, staff)


def test_handling_comes_after_the_referral_questions_les_24(assessor: Viewer, complaint: str) -> None:
    read_joint_view(assessor, complaint)
    handled = {
        "step": "handling",
        "option": "otherwise",
        "answers": {"INVQ-1": False, "INVQ-2": False, "INVQ-3": False},
        "reasons": "An apology is wanted.",
        "on": assessor.today,
    }
    with pytest.raises(NotAllowed, match="comes after"):
        actions.decide(by=assessor, matter_ref=complaint, **handled)
    asked = queries.asking(assessor, complaint, "referral")
    assert "MR02" not in {question.key for question in asked.questions}  # a DSI matter's, and this is a complaint
    answers = {question.key: False for question in asked.questions}
    actions.decide(
        by=assessor,
        matter_ref=complaint,
        step="referral",
        option="no",
        answers=answers,
        reasons="None is met.",
        on=assessor.today,
    )
    actions.decide(by=assessor, matter_ref=complaint, **handled)
    assert "handling_started" in events_of(assessor, complaint)


def test_a_decision_is_replaced_and_the_earlier_one_stays_to_be_read(
    assessor: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    first = assess(assessor, matter, officer)
    gross = {**RUDE, "justifies_dismissal": True}
    second = assess(assessor, matter, officer, option="gross_misconduct", answers=gross, replaces=first)
    rows = {row.ref: row for row in queries.decisions(assessor, matter)}
    assert (rows[first].stands, rows[first].replaced, rows[second].stands) == (False, True, True)
    assert events_of(assessor, matter).count("severity_assessed") == 1
    assert events_of(assessor, matter).count("severity_revised") == 1


def test_the_second_writer_is_told_what_the_first_decided(assessor: Viewer, matter: str, officer: str) -> None:
    read_joint_view(assessor, matter)
    first = assess(assessor, matter, officer)
    with pytest.raises(actions.Superseded) as told:
        assess(assessor, matter, officer, option="neither", answers=NOT_SERIOUS)
    assert told.value.ref == first
    assert Decision.objects.count() == 1


def test_nothing_is_decided_on_a_closed_matter(at: datetime, assessor: Viewer, matter: str, officer: str) -> None:
    by = worlds.peelian(at)
    matters.mark_closed(
        by=by, matter_ref=matter, version=parts(by, matter).version, on=at.date(), reasons="It was dealt with."
    )
    read_joint_view(assessor, matter)
    with pytest.raises(NotAllowed, match="closed"):
        assess(assessor, matter, officer)


def test_decisions_cannot_be_changed_or_deleted(assessor: Viewer, matter: str, officer: str) -> None:
    read_joint_view(assessor, matter)
    assess(assessor, matter, officer)
    for change in (
        lambda: Decision.objects.update(reasons="Something else."),
        lambda: Decision.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Decision.objects.get().reasons == "He swore at a member of the public."


def test_a_decision_that_differs_from_the_rule_takes_effect_when_a_second_person_signs(
    at: datetime, assessor: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    ref = assess(assessor, matter, officer, option="practice_requiring_improvement")
    assert "severity_assessed" not in events_of(assessor, matter)
    [row] = queries.decisions(assessor, matter)
    assert (row.differs, row.waits, row.stands) == (True, True, False)
    signer = worlds.user(at, "Sig Natory", "supervisor").viewer
    assert [one.decision.ref for one in queries.to_sign(signer)] == [ref]
    signed = {"matter_ref": matter, "decision_ref": ref, "agreed": True, "reasons": "Well reasoned.", "on": at.date()}
    actions.sign_decision(by=signer, **signed)
    assert "severity_assessed" in events_of(assessor, matter)
    [row] = queries.decisions(assessor, matter)
    assert row.stands
    assert row.signature is not None
    assert row.signature.by == "Sig Natory"
    assert queries.to_sign(signer) == ()
    with pytest.raises(NotValid, match="signed already"):
        actions.sign_decision(by=signer, **signed)


def test_a_decision_sent_back_never_takes_effect(at: datetime, assessor: Viewer, matter: str, officer: str) -> None:
    read_joint_view(assessor, matter)
    ref = assess(assessor, matter, officer, option="neither", answers=NOT_SERIOUS)
    signer = worlds.user(at, "Sig Natory", "supervisor").viewer
    actions.sign_decision(
        by=signer, matter_ref=matter, decision_ref=ref, agreed=False, reasons="He swore.", on=at.date()
    )
    assert "severity_assessed" not in events_of(assessor, matter)
    assess(assessor, matter, officer)
    assert [row.stands for row in queries.decisions(assessor, matter)] == [False, True]


def test_nobody_signs_their_own_decision_or_without_the_power(at: datetime, matter: str, officer: str) -> None:
    supervisor = worlds.user(at, "Sue Pervisor", "supervisor").viewer
    read_joint_view(supervisor, matter)
    ref = assess(supervisor, matter, officer, option="neither", answers=NOT_SERIOUS)
    signed = {"matter_ref": matter, "decision_ref": ref, "agreed": True, "reasons": "I agree.", "on": at.date()}
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.sign_decision(by=supervisor, **signed)
    with pytest.raises(NotAllowed, match="second, independent person"):
        actions.sign_decision(by=worlds.user(at, "Hanna Handler", "complaint_handler").viewer, **signed)
    assert queries.to_sign(supervisor) == ()


def test_a_signature_is_not_given_before_the_decision(
    at: datetime, assessor: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    ref = assess(assessor, matter, officer, option="neither", answers=NOT_SERIOUS)
    with pytest.raises(NotValid):
        actions.sign_decision(
            by=worlds.user(at, "Sig Natory", "supervisor").viewer,
            matter_ref=matter,
            decision_ref=ref,
            agreed=True,
            reasons="I agree.",
            on=at.date() - timedelta(days=1),
        )
