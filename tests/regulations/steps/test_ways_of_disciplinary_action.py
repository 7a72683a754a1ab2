"""Which disciplinary action is open, and which way is indicated, by the rules alone and the edition that governs."""

from datetime import date

import pytest

from peelian.rules.steps import indicated
from tests.regulations.steps.walking import (
    LAW,
    conduct,
    to_hearing,
    to_meeting,
)

OUT = [  # OUT-V1 to OUT-V6 of outcomes.toml: where, what, whether it is open
    ("OUT-V1 a meeting warns", to_meeting, {}, "action_misconduct=final_written_warning", True),
    ("OUT-V1 a meeting does not dismiss", to_meeting, {}, "action_misconduct=dismissal", False),
    ("OUT-V1 a meeting does not reduce", to_meeting, {}, "action_misconduct=reduction_in_rank", False),
    ("OUT-V1 a meeting does not find gross", to_meeting, {}, "finding=gross_misconduct", False),
    ("OUT-V2 no live final warning, one incident", to_hearing, {}, "action_misconduct=dismissal", False),
    ("OUT-V2 a live final warning", to_meeting, {"live": "final_written"}, "action_misconduct=dismissal", True),
    (
        "a final warning bars another",
        to_meeting,
        {"live": "final_written"},
        "action_misconduct=final_written_warning",
        False,
    ),
    ("a written warning bars another", to_meeting, {"live": "written"}, "action_misconduct=written_warning", False),
    (
        "a written warning leads to a final",
        to_meeting,
        {"live": "written"},
        "action_misconduct=final_written_warning",
        True,
    ),
    ("no action under 2020", to_meeting, {"edition": "2020"}, "action_misconduct=no_action", True),
    ("no action no longer under 2025", to_meeting, {}, "action_misconduct=no_action", False),
    ("management advice went in 2020", to_meeting, {"edition": "2020"}, "action_misconduct=management_advice", False),
    ("OUT-V3 dismissal", to_hearing, {}, "action_gross=dismissal", True),
    ("OUT-V3 a final warning by exception alone", to_hearing, {}, "action_gross=final_written_warning", False),
    ("OUT-V3 with the exception", to_hearing, {}, "action_gross=final_written_warning_exceptional", True),
    ("OUT-V3 not under 2020", to_hearing, {"edition": "2020"}, "action_gross=final_written_warning_exceptional", False),
    ("a final warning under 2020", to_hearing, {"edition": "2020"}, "action_gross=final_written_warning", True),
    ("reduction returned in 2020", to_hearing, {"edition": "2020"}, "action_gross=reduction_in_rank", True),
]


@pytest.mark.parametrize(("name", "way", "said", "outcome", "is_open"), OUT, ids=[one[0] for one in OUT])
def test_disciplinary_action_is_what_the_governing_edition_allows(
    name: str, way: object, said: dict[str, str], outcome: str, is_open: bool
) -> None:
    case = way(**said)  # type: ignore[operator]  # a builder from the table
    if way is to_hearing:
        case.take("finding=misconduct" if outcome.startswith("action_misconduct") else "finding=gross_misconduct")
    assert (case.refusal(outcome) == "") is is_open, case.refusal(outcome)


def test_misconduct_on_more_than_one_incident_may_end_in_dismissal_at_a_hearing_out_v2() -> None:
    case = to_hearing().take("finding=misconduct_several")
    assert not case.refusal("action_misconduct=dismissal")


def test_an_indictable_only_conviction_is_gross_misconduct_out_v7() -> None:
    step = LAW.steps["severity"]
    asked = {question.key: False for question in step.questions}
    found = indicated(step, "conduct_matter", {**asked, "indictable_only": True}).value
    assert found is not None
    assert found.key == "gross_misconduct"


def test_vetting_is_an_outcome_for_what_came_to_attention_from_28_may_2025() -> None:
    for edition, is_open in (("2020", False), ("2025", True)):
        case = conduct(edition=edition).take("referral=no", "severity=neither")
        assert (case.refusal("neither_route=vetting") == "") is is_open
    assert conduct().take("referral=no", "severity=neither").refusal("neither_route=vetting", date(2025, 5, 27))


FORMER = ("opts", "necessary", "default_applies")


@pytest.mark.parametrize(
    ("yes", "route"),
    [
        ({"default_applies"}, "accelerated"),
        ({"default_applies", "opts"}, "hearing"),
        ({"default_applies", "necessary"}, "hearing"),
        (set(), "hearing"),
    ],
)
def test_a_former_officer_goes_to_an_accelerated_hearing_unless(yes: set[str], route: str) -> None:
    found = indicated(LAW.steps["former_route"], "conduct_matter", {key: key in yes for key in FORMER}).value
    assert found is not None
    assert found.key == route


def test_both_limbs_make_the_special_conditions_reg_49() -> None:
    step = LAW.steps["special_conditions"]
    for evidence in (True, False):
        for interest in (True, False):
            found = indicated(step, "conduct_matter", {"sufficient_evidence": evidence, "public_interest": interest})
            assert found.value is not None
            assert (found.value.key == "met") is (evidence and interest)
