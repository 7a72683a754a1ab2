"""The same test case answered by several people, blind; where they differ it is discussed and resolved with reasons."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.calibration import actions, queries
from peelian.calibration.models import Answer
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.calibrations import CASE, Calibration, calibration

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Calibration:
    return calibration(at)


def test_nobody_sees_an_answer_or_the_guidance_before_their_own_is_locked(made: Calibration) -> None:
    ref = made.open()
    made.answer(made.one, ref, "misconduct", reasons="Zebra.")
    asked = queries.answering(made.other.viewer, ref)
    assert "Zebra" not in repr(asked)
    assert "hardly justify" not in repr(asked)
    assert queries.rounds(made.other.viewer) == ()
    with pytest.raises(NotAllowed, match="Lock your own answer first"):
        queries.round_of(made.other.viewer, ref)
    made.answer(made.other, ref, "misconduct")
    found = queries.round_of(made.other.viewer, ref)
    assert {one.reasons for one in found.answers} == {"Zebra.", "The office was used."}
    assert found.case.because


def test_the_test_cases_to_give_out_and_the_guidance_say_no_answer(made: Calibration) -> None:
    assert "because" not in repr(queries.cases(made.head.viewer))
    guide = queries.severity_guidance(made.one.viewer)
    assert not guide.cases
    assert len(guide.examples) == 4


def test_those_who_agree_do_not_go_to_calibration(made: Calibration) -> None:
    ref = made.open()
    assert made.answer(made.one, ref, "misconduct") is False
    assert made.answer(made.other, ref, "misconduct") is False
    assert queries.mine(made.head.viewer).is_empty
    assert queries.round_of(made.head.viewer, ref).line.state == "They agree"
    with pytest.raises(NotFound):
        _resolve(made, ref)


def test_a_difference_is_resolved_once_with_reasons_by_who_owns_it(made: Calibration, at: datetime) -> None:
    third = worlds.user(at, "Cass Nye", "assessor")
    ref = made.open(CASE, made.one, made.other, third)
    made.answer(made.one, ref, "misconduct")
    made.answer(made.other, ref, "neither")
    with pytest.raises(NotAllowed):
        actions.resolve(by=made.one.viewer, round_ref=ref, option="neither", reasons="So.", follows="", on=at.date())
    other = worlds.user(at, "Sue Pervisor", "supervisor").viewer
    with pytest.raises(NotFound):
        actions.resolve(by=other, round_ref=ref, option="neither", reasons="So.", follows="", on=at.date())
    with pytest.raises(NotValid, match="Say what was discussed"):
        _resolve(made, ref, reasons=" ")
    _resolve(made, ref)
    found = queries.round_of(made.one.viewer, ref)
    assert (found.resolved, found.follows, found.missing) == ("Misconduct if proved", "An example.", ("Cass Nye",))
    with pytest.raises(NotAllowed, match="resolved already"):
        _resolve(made, ref)
    with pytest.raises(NotAllowed, match="resolved without your answer"):
        made.answer(third, ref, "misconduct")
    assert queries.mine(third.viewer).is_empty
    report = queries.drift(made.head.viewer)
    assert (report.open, report.rows[-1].asked, report.rows[-1].answered) == (0, 3, 2)


def test_a_difference_past_its_day_is_overdue(made: Calibration, at: datetime) -> None:
    ref = made.open()
    made.answer(made.one, ref, "misconduct")
    made.answer(made.other, ref, "neither")
    then = worlds.later(made.head, at + timedelta(days=29))
    assert queries.mine(then).to_resolve[0].is_overdue
    assert queries.drift(then).overdue == 1
    assert not queries.mine(made.head.viewer).to_resolve[0].is_overdue


def test_an_answer_needs_a_reason_code_and_reasons_and_is_locked(made: Calibration) -> None:
    ref = made.open()
    with pytest.raises(NotValid, match="at least one reason code"):
        made.answer(made.one, ref, "misconduct", codes=[])
    with pytest.raises(NotValid, match="at least one reason code"):
        made.answer(made.one, ref, "misconduct", codes=["SR-99"])
    with pytest.raises(NotValid, match="Give the reasons"):
        made.answer(made.one, ref, "misconduct", reasons="")
    with pytest.raises(NotValid, match="Choose one of the outcomes"):
        made.answer(made.one, ref, "nothing")
    made.answer(made.one, ref, "misconduct")
    with pytest.raises(NotAllowed, match="locked"):
        made.answer(made.one, ref, "neither")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Answer.objects.update(option="neither")


def test_who_was_not_asked_finds_nothing(made: Calibration, at: datetime) -> None:
    ref = made.open()
    stranger = worlds.user(at, "Cass Nye", "assessor")
    for asked in (queries.answering, queries.round_of):
        with pytest.raises(NotFound):
            asked(stranger.viewer, ref)
    with pytest.raises(NotFound):
        made.answer(stranger, ref, "misconduct")


def test_a_round_needs_two_people_who_do_not_know_the_case(made: Calibration, at: datetime) -> None:
    with pytest.raises(NotValid, match="at least two"):
        made.open(CASE, made.one, made.one)
    with pytest.raises(NotValid, match="at least two"):
        made.open(CASE, made.one, made.head)  # who does not assess severity
    both = worlds.user(at, "Sue Pervisor", "supervisor")
    with pytest.raises(NotValid, match="cannot answer the test case too"):
        Calibration(at, made.one, both, both).open()
    made.open()
    with pytest.raises(NotValid, match="Aster Lee, Bryn Moss: has seen"):
        made.open()
    with pytest.raises(NotFound):
        made.open("none")
    with pytest.raises(NotAllowed):
        actions.open_round(by=made.one.viewer, case=CASE, user_refs=[], on=at.date())


def test_drift_counts_the_first_two_answers_of_each_case_by_month(made: Calibration, at: datetime) -> None:
    earlier = at - timedelta(days=40)
    before = replace(made, at=earlier, head=replace(made.head, viewer=worlds.later(made.head, earlier)))
    ref = before.open("case_custody")
    for who, option in ((made.one, "gross_misconduct"), (made.other, "gross_misconduct")):
        made.answer(who, ref, option)
    ref = made.open()
    made.answer(made.one, ref, "misconduct")
    made.answer(made.other, ref, "neither")
    rows = queries.drift(made.head.viewer).rows
    assert [(row.month and row.month.month, row.between.agreed, row.between.cases) for row in rows] == [
        (11, 0, 1),
        (10, 1, 1),
        (None, 1, 2),
    ]
    assert (rows[-1].with_guidance.agreed, rows[-1].with_guidance.cases) == (3, 4)
    with pytest.raises(NotAllowed):
        queries.drift(made.one.viewer)


def _resolve(made: Calibration, ref: str, reasons: str = "All three talked it over.") -> None:
    said = {"option": "misconduct", "reasons": reasons, "follows": "An example.", "on": made.at.date()}
    actions.resolve(by=made.head.viewer, round_ref=ref, **said)
