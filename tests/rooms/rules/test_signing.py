"""Who is apart from whoever took a decision, as tables. LES-05, LES-17, LES-23."""

from dataclasses import replace
from datetime import date

import pytest

from peelian.rules.conflicts import Stretch
from peelian.rules.signing import Posted, why_not_apart
from peelian.statute import product

DECIDED, SIGNED = date(2026, 11, 9), date(2026, 11, 23)
FINDING = product().steps["determination"].option("no_case")
ANN, BOSS, CHIEF, NORTH, SOUTH = 1, 2, 3, 10, 11
DECIDER = Posted(ANN, (Stretch(NORTH, date(2024, 1, 1)),), (Stretch(BOSS, date(2024, 1, 1)),))
STRANGER = Posted(9, (Stretch(SOUTH),), (Stretch(CHIEF),))
CASES = {
    "another unit and another line": (STRANGER, DECIDER, None),
    "nothing known of the signer": (Posted(), DECIDER, None),
    "nothing known of the decider": (STRANGER, Posted(), None),
    "two people of whom nothing is known": (Posted(), Posted(), None),
    "the same unit": (replace(STRANGER, units=(Stretch(NORTH),)), DECIDER, "in the unit"),
    "the same unit until the day of the decision": (
        replace(STRANGER, units=(Stretch(NORTH, None, date(2026, 11, 10)),)),
        DECIDER,
        "in the unit",
    ),
    "the same unit until the day before": (replace(STRANGER, units=(Stretch(NORTH, None, DECIDED),)), DECIDER, None),
    "the same unit from the day of signing": (replace(STRANGER, units=(Stretch(NORTH, SIGNED),)), DECIDER, "unit"),
    "the same unit from the day after": (replace(STRANGER, units=(Stretch(NORTH, date(2026, 11, 24)),)), DECIDER, None),
    "the same unit one after the other": (
        replace(STRANGER, units=(Stretch(NORTH, None, date(2026, 11, 16)),)),
        replace(DECIDER, units=(Stretch(NORTH, date(2026, 11, 16)),)),
        None,
    ),
    "the manager of the decider": (replace(STRANGER, person=BOSS), DECIDER, "You manage"),
    "somebody the decider manages": (replace(STRANGER, managers=(Stretch(ANN),)), DECIDER, "manages you"),
    "the same manager": (replace(STRANGER, managers=(Stretch(BOSS),)), DECIDER, "same line manager"),
    "the manager of the manager": (replace(STRANGER, person=CHIEF), DECIDER, None),
    "a former manager": (
        replace(STRANGER, person=BOSS),
        replace(DECIDER, managers=(Stretch(BOSS, None, DECIDED),)),
        None,
    ),
    "the investigator": (replace(STRANGER, investigated=True), DECIDER, "investigator"),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_whoever_shares_a_unit_or_a_line_is_refused_with_the_lesson(name: str) -> None:
    signer, decider, said = CASES[name]
    assert FINDING is not None
    refusal = why_not_apart(FINDING, signer, decider, DECIDED, SIGNED)
    assert (refusal is None) is (said is None), refusal
    if refusal is not None and said is not None:
        assert said in refusal.reason
        assert refusal.law == "Local rule (LES-17): a second person from outside the unit"


def test_an_outcome_that_no_lesson_names_asks_for_nobody_apart() -> None:
    lifted = product().steps["measures"].option("lift")
    assert lifted is not None
    assert why_not_apart(lifted, DECIDER, DECIDER, DECIDED, SIGNED) is None


def test_every_finding_of_no_case_and_every_decision_not_to_investigate_asks_for_somebody_apart() -> None:
    asks = {
        (step.key, option.key): option.apart
        for step in product().steps.values()
        for option in step.options
        if option.apart
    }
    assert {asks[key] for key in asks if key[0].endswith("handling")} == {
        ("LES-05",),
        ("LES-05", "LES-23"),
    }
    for step in product().steps.values():
        for option in step.options:
            if option.words.lower().startswith("no case to answer"):
                assert asks.get((step.key, option.key)) == ("LES-17",), step.key
