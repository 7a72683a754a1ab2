"""Every step of casework against every role, whole: held, or refused with reason and law, and nothing written."""

from datetime import date, datetime

import pytest

from peelian.clocks.law import law
from peelian.decisions import actions
from peelian.decisions.models import Decision, JointView
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import LAW as ROLES
from peelian.walls.roles import roles
from tests import worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)
OWNERS = {
    "assess_conduct": {"assessor", "supervisor", "appropriate_authority", "head_of_professional_standards"},
    "investigate": {"investigator", "supervisor"},
    "determine": {"appropriate_authority", "head_of_professional_standards", "chief_officer"},
    "sit": {"panel_member", "chief_officer"},
    "record_event": {
        "complaint_handler",
        "assessor",
        "investigator",
        "supervisor",
        "appropriate_authority",
        "head_of_professional_standards",
    },
}


@pytest.fixture
def matter(at: datetime) -> str:
    officer = worlds.officer(at, "Shaw", "Ada")
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], kind=MatterKind.CONDUCT_MATTER)


def attempt(by: Viewer, matter: str, step: str) -> str:
    """What is said to somebody who tries: the law and the reason of a refusal, else the name of another answer."""
    try:
        actions.decide(by=by, matter_ref=matter, step=step, option="no such outcome", reasons="Because.", on=by.today)
    except NotAllowed as refused:
        return f"{refused.refusal.law}: {refused.refusal.reason}"
    except (NotFound, NotValid) as other:
        return type(other).__name__
    raise AssertionError("an outcome that nobody wrote was taken")


@pytest.mark.parametrize("role", sorted(roles()))
def test_each_role_takes_the_steps_that_its_powers_own_and_is_refused_every_other(
    at: datetime, matter: str, role: str
) -> None:
    by = worlds.user(at, "Tess Tried", role).viewer
    held = []
    for step in law().steps.values():
        said = attempt(by, matter, step.key)
        expected = f"{ROLES}: Your role does not let you {step.owner.words}."
        assert (said == expected) is (role not in OWNERS[step.owner]), f"{step.key}: {said}"
        held += [step.key] if role in OWNERS[step.owner] else []
    assert bool(held) is any(role in found for found in OWNERS.values())
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", sorted(roles()))
def test_a_joint_view_is_recorded_by_those_who_decide_and_by_nobody_else(at: datetime, matter: str, role: str) -> None:
    by = worlds.user(at, "Tess Tried", role).viewer
    deciders = OWNERS["assess_conduct"] | OWNERS["investigate"] | OWNERS["determine"] | OWNERS["sit"]
    said = {"shown": [], "together": False, "reasons": "Nothing else is known.", "on": by.today}
    if role not in deciders:
        with pytest.raises(NotAllowed, match="Your role does not let you") as refused:
            actions.record_joint_view(by=by, matter_ref=matter, **said)  # type: ignore[arg-type]  # as the action takes them
        assert refused.value.refusal.law == ROLES
        assert not JointView.objects.exists()
    elif by.may(Permission.READ_MATTERS):
        assert actions.record_joint_view(by=by, matter_ref=matter, **said)  # type: ignore[arg-type]  # the same
    else:
        with pytest.raises(NotFound):  # they see the matters on which they have a place alone
            actions.record_joint_view(by=by, matter_ref=matter, **said)  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize("role", sorted(roles()))
def test_a_decision_is_signed_by_those_who_countersign_and_by_nobody_else(at: datetime, matter: str, role: str) -> None:
    assessor = worlds.user(at, "Aster Lee", "assessor").viewer
    answers = {"answers": {one.key: False for one in law().steps["referral"].questions}}
    said = {"matter_ref": matter, "step": "referral", "option": "refer_may", "reasons": "To be sure.", **answers}
    ref = actions.decide(by=assessor, on=assessor.today, **said)  # type: ignore[arg-type]  # as the action takes them
    by = worlds.user(at, "Tess Tried", role).viewer
    signed = {"matter_ref": matter, "decision_ref": ref, "agreed": True, "reasons": "Yes.", "on": by.today}
    if by.may(Permission.COUNTERSIGN):
        assert role in {"supervisor", "appropriate_authority", "head_of_professional_standards", "chief_officer"}
        actions.sign_decision(by=by, **signed)  # type: ignore[arg-type]  # the same
        assert Decision.objects.get(ref=ref).signature.agreed
        return
    with pytest.raises(NotAllowed, match="Your role does not let you") as refused:
        actions.sign_decision(by=by, **signed)  # type: ignore[arg-type]  # the same
    assert refused.value.refusal.law == ROLES


def test_every_power_that_owns_a_step_is_in_the_table() -> None:
    assert {step.owner.value for step in law().steps.values()} == set(OWNERS)
