"""Lessons of what nobody decided: once a local limit has passed it is raised, computed from what was recorded alone."""

from datetime import date, datetime, time, timedelta

import pytest

from peelian.clocks import actions as clocks
from peelian.clocks import queries
from peelian.clocks.law import law
from peelian.clocks.rows import DutyRow
from peelian.intake import queries as intake
from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import LONDON, Viewer
from peelian.walls.roles import roles
from tests import worlds
from tests.lessons.cases import Case, conduct_case
from tests.statements import counted

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)  # five working days on: Monday the 23rd, the day of the tests


def raised_to(viewer: Viewer, clock: str) -> list[DutyRow]:
    return [row for row in queries.raised(viewer) if row.clock == clock]


@pytest.fixture
def head(at: datetime) -> worlds.Someone:
    return worlds.user(at, "Hedda Head", "head_of_professional_standards")


def tomorrow(at: datetime, someone: worlds.Someone) -> Viewer:
    return worlds.later(someone, at + timedelta(days=1))


@pytest.mark.parametrize("lesson", ["LES-05", "LES-23"])
def test_les_05_and_23_a_report_that_nobody_decided_on_is_raised_to_the_head_after_five_working_days(
    at: datetime, head: worlds.Someone, lesson: str
) -> None:
    case = conduct_case(at, MONDAY)
    [row] = [one for one in queries.matter_duties(head.viewer, case.ref, at.date()).open if one.clock == "LES-05"]
    assert (row.due_on, row.is_overdue) == (at.date(), False)
    assert raised_to(head.viewer, "LES-05") == []
    [row] = raised_to(tomorrow(at, head), "LES-05")
    assert (row.matter_ref, row.provision, row.is_overdue) == (case.ref, "Local rule (LES-05)", True)
    assert lesson in law().clocks()[[one.id for one in law().clocks()].index("LES-05")].on_breach
    assert row in queries.calendar(tomorrow(at, head))
    assert queries.raised(worlds.user(at, "Aster Lee", "assessor").viewer) == ()


def test_les_05_a_decision_not_to_investigate_stays_raised_until_a_second_person_signs(
    at: datetime, head: worlds.Someone
) -> None:
    case = conduct_case(at)
    assessor, supervisor = case.by("assessor"), case.by("supervisor")
    case.refer_or_not(assessor)
    case.read(assessor)
    decision = case.decide(assessor, "conduct_handling", "otherwise")
    assert [one.matter_ref for one in raised_to(head.viewer, "LES-05")] == [case.ref]
    case.sign(supervisor, decision)
    assert raised_to(head.viewer, "LES-05") == []


def test_les_05_what_is_investigated_or_referred_is_not_raised(at: datetime, head: worlds.Someone) -> None:
    case = conduct_case(at)
    assert raised_to(head.viewer, "LES-05")
    assessor = case.by("assessor")
    case.refer_or_not(assessor)
    case.read(assessor)
    case.decide(assessor, "conduct_handling", "investigate", yes=["indication"])
    assert raised_to(head.viewer, "LES-05") == []


def test_les_05_what_arrived_and_was_not_assessed_is_raised_to_the_head(at: datetime, head: worlds.Someone) -> None:
    old = worlds.item(at, received_on=MONDAY - timedelta(days=3))
    worlds.item(at, received_on=MONDAY)
    found = intake.unassessed(head.viewer)
    assert ([row.ref for row in found.rows], found.more, found.days) == ([old], False, 5)
    assert intake.unassessed(worlds.user(at, "Aster Lee", "assessor").viewer).rows == ()


@pytest.fixture
def matched(at: datetime) -> Case:
    """Yesterday at eight in the morning somebody was matched to an unresolved report."""
    case = conduct_case(at, at.date() - timedelta(days=1))
    clocks.record_event(
        by=case.by("supervisor"),
        matter_ref=case.ref,
        key="unresolved_match_known",
        on=KnownDate(at.date() - timedelta(days=1)),
        at=datetime.combine(at.date() - timedelta(days=1), time(8), LONDON),
        person_key=case.officer,
    )
    return case


def test_les_11_a_match_without_a_decision_in_a_day_is_raised_to_the_head_and_to_chief_officers(
    at: datetime, matched: Case, head: worlds.Someone
) -> None:
    chief = matched.by("chief_officer")
    for viewer in (head.viewer, chief):
        [row] = raised_to(viewer, "LES-11")
        assert row.due_at is not None
        assert row.due_at.astimezone(LONDON) == datetime.combine(at.date(), time(8), LONDON)
    assert raised_to(worlds.later(head, at - timedelta(hours=2)), "LES-11") == []
    matched.decide(
        matched.by("appropriate_authority"),
        "urgent_decision",
        "measures_today",
        person_key=matched.officer,
        yes=["matched", "unresolved"],
    )
    assert raised_to(head.viewer, "LES-11") == []


def test_les_11_a_supervisor_is_told_of_the_matters_of_their_unit_alone(at: datetime) -> None:
    own, other = worlds.unit(at, "Investigations"), worlds.unit(at, "Elsewhere")
    case = conduct_case(at, at.date() - timedelta(days=1), unit_ref=own)
    mine = worlds.user(at, "Una Own", "supervisor", unit_ref=own).viewer
    theirs = worlds.user(at, "Otto Other", "supervisor", unit_ref=other).viewer
    clocks.record_event(
        by=mine,
        matter_ref=case.ref,
        key="unresolved_match_known",
        on=KnownDate(at.date() - timedelta(days=1)),
        at=datetime.combine(at.date() - timedelta(days=1), time(8), LONDON),
        person_key=case.officer,
    )
    assert [row.matter_ref for row in raised_to(mine, "LES-11")] == [case.ref]
    assert raised_to(theirs, "LES-11") == []


def test_les_11_nobody_writes_down_by_hand_that_the_same_day_decision_was_taken(at: datetime, matched: Case) -> None:
    with pytest.raises(NotAllowed, match="follows from a decision"):
        clocks.record_event(
            by=matched.by("supervisor"),
            matter_ref=matched.ref,
            key="urgent_decision_taken",
            on=KnownDate(at.date()),
            person_key=matched.officer,
        )


def test_what_is_raised_takes_as_many_statements_for_many_matters_as_for_one(
    at: datetime, head: worlds.Someone
) -> None:
    conduct_case(at)
    with counted() as one:
        assert len(queries.raised(head.viewer)) == 1
    for number in range(3):
        conduct_case(at, officer=worlds.officer(at, "Fenwright", f"Jory {number}"))
    with counted() as many:
        assert len(queries.raised(head.viewer)) == 4
    assert len(one) == len(many) <= 14


def test_a_clock_is_raised_to_roles_that_there_are() -> None:
    named = {role for one in law().drives.values() for role in one.raised_to}
    assert named == {"head_of_professional_standards", "chief_officer", "supervisor"}
    assert named <= set(roles())
