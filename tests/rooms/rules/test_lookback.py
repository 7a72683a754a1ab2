"""Stages of a case, what goes to the panel, who reviews what, and the sum of 1,131."""

from random import Random

import pytest

from peelian.rules.lookback import CaseFacts, evenly, panel_agrees, partition, proposed, stage
from peelian.terms.lookback import Position, ReviewCategory, Stage

NONE, NEW, RISK = ReviewCategory
FIRST, SECOND, THIRD = Position
BOTH = frozenset({FIRST, SECOND})
ALL = frozenset(Position)
SAME = {(FIRST, 0): NEW, (SECOND, 0): NEW}
DIFFERENT = {(FIRST, 0): NONE, (SECOND, 0): RISK}
RESOLVED = {**DIFFERENT, (THIRD, 1): RISK}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (CaseFacts(frozenset(), {}), Stage.TO_ALLOCATE),
        (CaseFacts(frozenset({SECOND}), {}), Stage.TO_ALLOCATE),
        (CaseFacts(BOTH, {}), Stage.UNDER_REVIEW),
        (CaseFacts(BOTH, {(SECOND, 0): NEW}), Stage.UNDER_REVIEW),
        (CaseFacts(frozenset({SECOND}), {(SECOND, 0): NEW}), Stage.TO_ALLOCATE),
        (CaseFacts(BOTH, SAME), Stage.WITH_PANEL),
        (CaseFacts(BOTH, DIFFERENT), Stage.TO_THIRD),
        (CaseFacts(ALL, DIFFERENT), Stage.WITH_THIRD),
        (CaseFacts(ALL, RESOLVED), Stage.WITH_PANEL),
        (CaseFacts(ALL, RESOLVED, [(1, True)]), Stage.WITH_PANEL),
        (CaseFacts(BOTH, SAME, [(0, False)]), Stage.TO_THIRD),
        (CaseFacts(ALL, SAME, [(0, True), (0, False)]), Stage.WITH_THIRD),
        (CaseFacts(ALL, RESOLVED, [(1, False)]), Stage.WITH_THIRD),
        (CaseFacts(ALL, {**RESOLVED, (THIRD, 2): NEW}, [(1, False)]), Stage.WITH_PANEL),
        (CaseFacts(BOTH, SAME, [(0, True), (0, True)], decided=True), Stage.DECIDED),
    ],
)
def test_where_a_case_stands(facts: CaseFacts, expected: Stage) -> None:
    assert stage(facts) is expected


def test_every_stage_can_be_reached_and_has_an_owner_and_words() -> None:
    assert all(one.owner and one.words for one in Stage)


@pytest.mark.parametrize(
    ("locked", "expected"),
    [
        ({}, None),
        ({(FIRST, 0): NEW}, None),
        (SAME, NEW),
        (DIFFERENT, None),
        (RESOLVED, RISK),
        ({**SAME, (THIRD, 1): NONE}, NONE),
        ({**RESOLVED, (THIRD, 2): NEW}, NEW),
    ],
)
def test_what_goes_to_the_panel(
    locked: dict[tuple[Position, int], ReviewCategory], expected: ReviewCategory | None
) -> None:
    assert proposed(CaseFacts(ALL, locked)) is expected


def test_two_members_must_agree_with_what_is_proposed_now() -> None:
    assert not panel_agrees(CaseFacts(ALL, RESOLVED, [(0, True), (0, True), (1, True)]))
    assert panel_agrees(CaseFacts(ALL, RESOLVED, [(0, False), (1, True), (1, True)]))


def test_the_1131_of_the_reassessment_are_246_and_689_and_196() -> None:
    """LES-31: 1,131 past cases = 246 no further action + 689 new assessment + 196 risk management."""
    decided = [NONE] * 246 + [NEW] * 689 + [RISK] * 196
    Random(1).shuffle(decided)
    found = partition(1131, decided, 0)
    assert found.parts == {NONE: 246, NEW: 689, RISK: 196}
    assert (found.decided, found.reconciles) == (1131, True)
    assert found.words == "1,131 = 246 + 689 + 196 + 0"
    # 246/1131 = 0.2175, 689/1131 = 0.6092, 196/1131 = 0.1733; four in five needed more: 885/1131 = 0.7825
    assert [round(100 * (found.share(one) or 0), 1) for one in ReviewCategory] == [21.8, 60.9, 17.3]


@pytest.mark.parametrize(("total", "undecided"), [(1132, 0), (1131, 1), (1130, 0), (1131, -1)])
def test_a_sum_that_does_not_reconcile_says_so(total: int, undecided: int) -> None:
    found = partition(total, [NONE] * 246 + [NEW] * 689 + [RISK] * 196, undecided)
    assert not found.reconciles
    assert "is not" in found.words


def test_cases_are_shared_out_evenly_and_never_to_somebody_barred() -> None:
    cases = [f"case {number:03}" for number in range(30)]
    people = ["ada", "ben", "cy", "dot"]
    able = {case: [one for one in people if not (one == "ada" and number < 20)] for number, case in enumerate(cases)}
    found = evenly(dict.fromkeys(cases, 2), able, {})
    assert found.short == ()
    assert all(len(set(found.given[case])) == 2 and set(found.given[case]) <= set(able[case]) for case in cases)
    held = [sum(one in given for given in found.given.values()) for one in people]
    assert sum(held) == 60
    assert held[0] == 10  # ada may take ten alone; the rest is shared by the others: 50 over three
    assert max(held[1:]) - min(held[1:]) <= 1


def test_what_somebody_has_in_hand_counts_and_too_few_is_said() -> None:
    found = evenly({"a": 2, "b": 1, "c": 2}, {"a": ["ada", "ben"], "b": ["ada", "ben"], "c": ["ben"]}, {"ada": 5})
    assert found.given == {"a": ("ben", "ada"), "b": ("ben",), "c": ("ben",)}
    assert found.short == ("c",)
