"""Lessons of cases read one at a time: nothing is decided without everything known of each person concerned."""

from datetime import date, datetime
from typing import Any

import pytest

from peelian.clocks import queries as duties
from peelian.clocks.rows import DutyRow
from peelian.decisions import actions, queries
from peelian.matters import queries as matters
from peelian.terms.matters import MatterState
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.lessons.cases import CAME, Case, conduct_case, noes

pytestmark = pytest.mark.django_db
NOT_SERIOUS = {"step": "severity", "option": "neither"}


def test_les_07_a_new_matter_about_somebody_holds_up_every_decision_until_it_is_read(at: datetime) -> None:
    case = conduct_case(at)
    assessor, signer = case.by("assessor"), case.by("supervisor")
    case.refer_or_not(assessor)
    case.read(assessor)
    case.sign(signer, case.decide(assessor, "conduct_handling", "no_further_action"))
    second = worlds.open_complaint(worlds.peelian(at), CAME, officers=[case.officer])
    with pytest.raises(NotAllowed, match="no joint view of this matter held"):
        case.close(assessor)
    with pytest.raises(NotAllowed, match="Open the joint view first"):
        case.decide(assessor, "severity", "neither", person_key=case.officer)
    case.read(assessor, together=True, reasons="Both are about the same counter.")
    [known] = queries.joint(assessor, case.ref).people
    assert [line.ref for line in known.matters] == [second]
    case.close(assessor)


def serious(case: Case, came: date = CAME, **facts: Any) -> str:
    """A complaint of a sexual offence about the officer of the case."""
    alleged = (worlds.allegation("He touched me.", category="J1", against=(0,)),)
    return worlds.open_complaint(worlds.peelian(case.at), came, officers=[case.officer], allegations=alleged, **facts)


def test_les_07_a_second_serious_matter_asks_for_each_earlier_one_to_be_read_again(at: datetime) -> None:
    case = conduct_case(at)
    assessor, signer = case.by("assessor"), case.by("supervisor")
    case.refer_or_not(assessor)
    case.read(assessor)
    case.sign(signer, case.decide(assessor, "conduct_handling", "no_further_action"))
    case.close(assessor)
    first = serious(case)
    assert matters.joint_reviews(assessor, case.ref) == ()  # the first serious one about them
    second = serious(case, date(2026, 10, 12))
    (review,) = matters.joint_reviews(assessor, case.ref)
    assert review.because_ref == second
    assert review.due_on == date(2026, 11, 30)  # five working days after Monday 23 November
    assert review.owner
    assert [one.because_ref for one in matters.joint_reviews(assessor, first)] == [second]
    answer = {"matter_ref": case.ref, "review_ref": review.ref, "reasons": "It is alike.", "on": at.date()}
    with pytest.raises(NotAllowed, match="Open the joint view"):
        actions.answer_joint_review(by=assessor, reopens=True, **answer)
    case.read(assessor, together=True, reasons="The same officer, the same shift.")
    actions.answer_joint_review(by=assessor, reopens=True, **answer)
    assert matters.matter(assessor, case.ref).line.state is MatterState.OPEN
    with pytest.raises(NotFound):
        actions.answer_joint_review(by=assessor, reopens=True, **answer)


def test_les_07_nothing_closes_while_an_earlier_matter_awaits_its_joint_review(at: datetime) -> None:
    case = conduct_case(at)
    assessor, signer = case.by("assessor"), case.by("supervisor")
    case.refer_or_not(assessor)
    serious(case)
    serious(case, date(2026, 10, 12))
    case.read(assessor)
    case.sign(signer, case.decide(assessor, "conduct_handling", "no_further_action"))
    with pytest.raises(NotAllowed, match="await a joint review") as refused:
        case.close(assessor)
    assert "LES-07" in refused.value.refusal.law
    (review,) = matters.joint_reviews(assessor, case.ref)
    actions.answer_joint_review(
        by=assessor,
        matter_ref=case.ref,
        review_ref=review.ref,
        reopens=False,
        reasons="It is of another kind.",
        on=at.date(),
    )
    case.close(assessor)


def test_les_07_a_serious_matter_more_than_ten_years_after_the_only_other_asks_for_nothing(at: datetime) -> None:
    case = conduct_case(at)
    long_ago = serious(case, date(2012, 1, 9), on=date(2012, 1, 9))
    serious(case)
    assert matters.joint_reviews(case.by("assessor"), long_ago) == ()
    serious(case, date(2026, 10, 12))  # the third asks whenever the earlier ones were
    assert len(matters.joint_reviews(case.by("assessor"), long_ago)) == 1


def test_les_18_each_further_matter_asks_for_a_joint_view_again(at: datetime) -> None:
    case = conduct_case(at)
    assessor = case.by("assessor")
    for further in (1, 2, 3):
        case.read(assessor)
        assert queries.joint(assessor, case.ref).last is not None
        worlds.open_complaint(worlds.peelian(at), CAME, officers=[case.officer])
        assert queries.joint(assessor, case.ref).last is None
        assert len(queries.joint(assessor, case.ref).people[0].matters) == further
        with pytest.raises(NotAllowed, match="something has come since"):
            case.decide(assessor, "severity", "neither", person_key=case.officer)


def test_les_18_a_further_matter_is_read_together_within_ten_working_days(at: datetime) -> None:
    first = conduct_case(at)
    assessor = first.by("assessor")

    def owed(ref: str) -> list[DutyRow]:
        return [row for row in duties.matter_duties(assessor, ref, at.date()).open if row.clock == "LES-18"]

    assert owed(first.ref) == []
    second = conduct_case(at, officer=first.officer)
    assert owed(first.ref) == []
    [row] = owed(second.ref)
    assert (row.due_on, row.provision) == (date(2026, 12, 7), "Local rule (LES-18)")
    second.read(assessor)
    assert owed(second.ref) == []
    hidden = conduct_case(at, officer=first.officer, sensitive_reason="It concerns a source.")
    with pytest.raises(NotFound):
        owed(hidden.ref)
    assert matters.repeat_subjects(assessor).found.rows[0].matters == 2
    everything = matters.repeat_subjects(worlds.peelian(at)).found
    assert [(one.person.ref, one.matters, one.open) for one in everything.rows] == [(first.officer, 3, 3)]


def test_les_18_nothing_is_owed_for_an_earlier_matter_that_its_reader_may_not_see(at: datetime) -> None:
    first = conduct_case(at, sensitive_reason="It concerns a source.")
    second = conduct_case(at, officer=first.officer)
    for viewer, number in ((second.by("assessor"), 0), (worlds.peelian(at), 1)):
        rows = duties.matter_duties(viewer, second.ref, at.date()).open
        assert len([row for row in rows if row.clock == "LES-18"]) == number


def test_les_19_the_reasons_why_matters_are_taken_together_or_apart_are_asked_for(at: datetime) -> None:
    case = conduct_case(at)
    worlds.open_complaint(worlds.peelian(at), CAME, officers=[case.officer])
    assessor = case.by("assessor")
    with pytest.raises(NotAllowed, match="joint view"):
        case.decide(assessor, "severity", "neither", person_key=case.officer)
    with pytest.raises(NotValid, match="why matters are or are not taken together"):
        case.read(assessor, reasons=" ")
    case.read(assessor, together=True, reasons="The same words were used.")
    decision = case.decide(assessor, "severity", "neither", person_key=case.officer)
    [row] = [one for one in queries.decisions(assessor, case.ref) if one.ref == decision]
    assert row.together


def test_les_24_no_handling_is_chosen_while_referral_questions_are_blank(at: datetime) -> None:
    case = conduct_case(at)
    assessor = case.by("assessor")
    case.read(assessor)
    with pytest.raises(NotAllowed, match="comes after another step"):
        case.decide(assessor, "conduct_handling", "investigate", yes=["indication"])
    every = noes("referral", case.kind)
    for blank in every:
        with pytest.raises(NotValid, match="Not answered"):
            case.decide(assessor, "referral", "no", answers={key: no for key, no in every.items() if key != blank})
    case.refer_or_not(assessor)
    assert case.stands(case.decide(assessor, "conduct_handling", "investigate", yes=["indication"]))
