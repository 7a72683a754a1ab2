"""Lessons of decisions taken by one person, or by nobody: a second, independent person signs first."""

from datetime import date, datetime

import pytest

from peelian.clocks.law import law
from peelian.decisions import queries
from peelian.matters import actions as matters
from peelian.people import actions as people
from peelian.rules.steps import indicated
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotValid
from tests import worlds
from tests.lessons.cases import Case, conduct_case, noes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(at: datetime) -> Case:
    """Referral decided, joint view read: the way of handling is next."""
    made = conduct_case(at, heading="Told by the force of another area")
    made.refer_or_not(made.by("assessor"))
    made.read(made.by("assessor"))
    return made


def test_les_04_a_conduct_matter_does_not_close_without_a_decision_that_a_second_person_signed(case: Case) -> None:
    assessor = case.by("assessor")
    with pytest.raises(NotAllowed, match="nobody has decided how it ends"):
        case.close(assessor)
    decision = case.decide(assessor, "conduct_handling", "no_further_action")
    with pytest.raises(NotAllowed, match="awaits a second person"):
        case.close(assessor)
    case.sign(case.by("supervisor"), decision)
    case.close(assessor)


@pytest.mark.parametrize("option", ["otherwise", "no_further_action"])
def test_les_05_a_decision_not_to_investigate_waits_for_a_second_person(case: Case, option: str) -> None:
    supervisor = case.by("supervisor")
    case.read(supervisor)
    decision = case.decide(supervisor, "conduct_handling", option)
    assert not case.stands(decision)
    with pytest.raises(NotAllowed, match="somebody else"):
        case.sign(supervisor, decision)
    other = case.by("appropriate_authority")
    assert decision in [one.decision.ref for one in queries.to_sign(other)]
    case.sign(other, decision)
    assert case.stands(decision)


def test_les_05_whoever_works_in_the_unit_of_the_decider_does_not_sign_and_does_not_see_it_to_sign(
    at: datetime, case: Case
) -> None:
    near, far = worlds.unit(at, "Assessment"), worlds.unit(at, "Investigations")
    assessor = worlds.user(at, "Ann Near", "assessor", unit_ref=near).viewer
    colleague = worlds.user(at, "Col Near", "supervisor", unit_ref=near).viewer
    stranger = worlds.user(at, "Fay Far", "supervisor", unit_ref=far).viewer
    case.read(assessor)
    decision = case.decide(assessor, "conduct_handling", "otherwise")
    assert queries.to_sign(colleague) == ()
    with pytest.raises(NotAllowed, match="of another unit must sign") as refused:
        case.sign(colleague, decision)
    assert refused.value.refusal.law.startswith("Local rule (LES-05, LES-23)")
    assert [one.decision.ref for one in queries.to_sign(stranger)] == [decision]
    who = queries.signers(assessor, case.ref, decision)
    assert (who.names, who.refusal) == (("Fay Far",), None)
    assert queries.signers(colleague, case.ref, decision).refusal == refused.value.refusal
    case.sign(stranger, decision)
    assert case.stands(decision)


def test_les_05_a_line_manager_by_the_register_does_not_sign(at: datetime, case: Case) -> None:
    assessor = worlds.user(at, "Ann Near", "assessor")
    manager = worlds.user(at, "Mo Manager", "supervisor")
    people.post_to(
        by=worlds.peelian(at),
        person_ref=assessor.ref,
        unit_ref=worlds.unit(at, "Assessment"),
        supervisor_ref=manager.ref,
        on=date(2020, 1, 6),
    )
    case.read(assessor.viewer)
    decision = case.decide(assessor.viewer, "conduct_handling", "no_further_action")
    with pytest.raises(NotAllowed, match="You manage whoever took this decision"):
        case.sign(manager.viewer, decision)


def test_les_17_whoever_investigates_does_not_sign_that_there_is_no_case(at: datetime, case: Case) -> None:
    supervisor = worlds.user(at, "Ivy Both", "supervisor")
    matters.allocate(
        by=worlds.peelian(at),
        matter_ref=case.ref,
        user_ref=supervisor.user_ref,
        capacity=Capacity.INVESTIGATOR,
        on=at.date(),
    )
    matters.sign(by=supervisor.viewer, matter_ref=case.ref, on=at.date())
    decision = case.decide(case.by("assessor"), "conduct_handling", "no_further_action")
    with pytest.raises(NotAllowed, match="investigator"):
        case.sign(supervisor.viewer, decision)


def test_les_08_a_restriction_ends_only_after_the_joint_view_and_with_a_second_signature(case: Case) -> None:
    authority, chief = case.by("appropriate_authority"), case.by("chief_officer")
    person = {"person_key": case.officer}
    with pytest.raises(NotAllowed, match="joint view"):
        case.decide(authority, "measures", "restrict", **person)
    case.read(authority)
    first = case.decide(authority, "measures", "restrict", **person)
    assert case.stands(first)
    with pytest.raises(NotValid, match="reasons"):
        case.decide(authority, "measures", "lift", replaces=first, **{**person, "reasons": " "})
    lifted = case.decide(authority, "measures", "lift", replaces=first, **person)
    assert case.stands(first)
    assert not case.stands(lifted)
    with pytest.raises(NotAllowed, match="somebody else"):
        case.sign(authority, lifted)
    case.sign(chief, lifted)
    assert case.stands(lifted)


def test_les_08_withdrawal_is_an_outcome_of_no_step_that_finds_or_lifts() -> None:
    for key in ("determination", "complaint_case", "measures", "staff_measures", "severity", "matter_outcome"):
        assert not any("withdr" in option.words.lower() for option in law().steps[key].options)
    for key, option in (("determination", "no_case"), ("measures", "lift"), ("measures", "end_suspension")):
        step = law().steps[key]
        found = step.option(option)
        assert found is not None
        assert found.countersign
        assert step.joint_view


def test_les_11_an_unresolved_match_indicates_measures_the_same_day(case: Case) -> None:
    step = law().steps["urgent_decision"]
    assert not step.joint_view
    answers = noes("urgent_decision", case.kind, yes=["matched", "unresolved"])
    shown = indicated(step, case.kind, answers).value
    assert shown is not None
    assert shown.key == "measures_today"
    authority = case.by("appropriate_authority")
    decision = case.decide(authority, "urgent_decision", "no_measures", person_key=case.officer)
    assert not case.stands(decision)
    case.sign(case.by("chief_officer"), decision)
    assert case.stands(decision)


def test_les_17_no_case_to_answer_needs_the_agreement_of_a_second_person() -> None:
    finding = [
        (step, option)
        for step in law().steps.values()
        for option in step.options
        if option.words.lower().startswith("no case to answer")
    ]
    assert {step.key for step, _ in finding} >= {"determination", "staff_determination", "complaint_case"}
    for step, option in finding:
        assert option.countersign, step.key
        assert step.joint_view, step.key
        assert "report" in step.independent_of, step.key


def test_les_23_a_domestic_report_indicates_an_investigation_and_not_to_needs_reasons_and_a_signature(
    case: Case,
) -> None:
    assessor = case.by("assessor")
    step, yes = law().steps["conduct_handling"], ["serious_category"]
    shown = indicated(step, case.kind, noes(step.key, case.kind, yes=yes)).value
    assert shown is not None
    assert shown.key == "investigate"
    with pytest.raises(NotValid, match="reasons"):
        case.decide(assessor, step.key, "otherwise", yes=yes, reasons="")
    decision = case.decide(assessor, step.key, "otherwise", yes=yes)
    [row] = [one for one in queries.decisions(assessor, case.ref) if one.ref == decision]
    assert (row.differs, row.waits, row.stands) == (True, True, False)
