"""A cohort from its criteria to its last result."""

from datetime import datetime, timedelta

import pytest

from peelian.intake import queries as intake
from peelian.lookback import actions, queries
from peelian.terms.lookback import ReviewCategory, Stage, TaskKind
from peelian.terms.refusals import NotAllowed
from tests import worlds
from tests.lookbacks import NEW, NONE, RISK, look_back

pytestmark = pytest.mark.django_db


def test_every_case_ends_in_one_result_and_the_sum_reconciles(at: datetime) -> None:
    """LES-31 on 23 invented cases: 5 no further action, 14 new assessment, 4 risk management."""
    made = look_back(at, 23)
    results = [NONE] * 5 + [NEW] * 14 + [RISK] * 4
    for turn, (ref, result) in enumerate(zip(made.refs, results, strict=True)):
        other = NONE if result is RISK and turn % 2 else None  # two of the four are resolved by a third reviewer
        made.decide(ref, result, other)
    found = made.figures
    assert found.partition.words == "23 = 5 + 14 + 4 + 0"
    assert found.partition.reconciles
    assert (found.locked, found.wanted, found.late, found.in_time) == (46, 46, 0, 23)
    assert (found.agreement.cases, found.agreement.agreed) == (23, 21)
    assert found.table == ((5, 0, 0), (0, 14, 0), (2, 0, 2))
    assert found.stages[Stage.DECIDED] == 23
    items = intake.items(made.owner.viewer)
    assert (items.total, {row.owner.ref for row in items.rows if row.owner}) == (14, {made.owner.user_ref})
    decided = {line.matter.ref: line.category for line in queries.export_cases(made.leader.viewer, made.ref)}
    assert decided == dict(zip(made.refs, results, strict=True))
    for ref, result in decided.items():
        case = made.case(made.leader.viewer, ref)
        assert bool(case.intake_ref) is (result is ReviewCategory.NEW_ASSESSMENT)
        assert [task.kind for task in case.tasks] == ([TaskKind.RISK] if result is RISK else [])
        assert all(task.owner.ref == made.owner.user_ref for task in case.tasks)
        assert all(task.due_on == made.today + timedelta(days=28) for task in case.tasks)


def test_a_chief_officer_signs_off_what_is_all_decided(at: datetime) -> None:
    made = look_back(at, 2)
    chief = worlds.user(at, "Cleo Chief", "chief_officer")
    made.decide(made.refs[0], NEW)
    with pytest.raises(NotAllowed, match="1 of 2 cases have no result yet"):
        actions.sign_off(by=chief.viewer, cohort_ref=made.ref, words="Read each.", on=made.today)
    made.decide(made.refs[1], NONE)
    assert actions.sign_off(by=chief.viewer, cohort_ref=made.ref, words="Read each.", on=made.today) == 2
