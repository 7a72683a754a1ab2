"""Who may be given which place: every conflict rule by cases, and what holds of them all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.rules.conflicts import (
    INDEPENDENT,
    NOTHING,
    Candidate,
    Concerned,
    Ground,
    Serving,
    Stretch,
    exclusions,
    shared,
)
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity

ON = date(2026, 11, 23)
ME, BOSS, SUBJECT, WITNESS = 1, 2, 3, 4
A_UNIT, OTHER_UNIT = 10, 11
INVESTIGATOR, AUTHORITY, PANEL = Capacity.INVESTIGATOR, Capacity.APPROPRIATE_AUTHORITY, Capacity.PANEL_MEMBER


def grounds(candidate: Candidate, subject: Serving = NOTHING, capacity: Capacity = INVESTIGATOR, **more: object) -> set:
    concerned = Concerned({SUBJECT: subject}, frozenset({SUBJECT, WITNESS}), frozenset({"1highstreet"}))
    return {one.ground for one in exclusions(candidate, concerned, capacity, ON, **more)}


CLEAN = Candidate(person=ME)


def serving(**facts: object) -> Candidate:
    return replace(CLEAN, service=Serving(**facts))  # type: ignore[arg-type]  # one fact of a case


@pytest.mark.parametrize(
    ("candidate", "subject", "expected"),
    [
        (CLEAN, NOTHING, set()),
        (replace(CLEAN, person=SUBJECT), NOTHING, {Ground.INVOLVED}),
        (replace(CLEAN, person=WITNESS), NOTHING, {Ground.INVOLVED}),
        (replace(CLEAN, tied_to=frozenset({WITNESS})), NOTHING, {Ground.TIED}),
        (replace(CLEAN, tied_to=frozenset({99})), NOTHING, set()),
        (replace(CLEAN, declared=True), NOTHING, {Ground.DECLARED}),
        (replace(CLEAN, earlier={SUBJECT: frozenset({7})}), NOTHING, {Ground.TOGETHER}),
        (serving(above=frozenset({SUBJECT})), NOTHING, {Ground.UNDER}),
        (serving(above=frozenset({BOSS})), NOTHING, set()),
        (CLEAN, Serving(rank="Chief Constable"), {Ground.SAME_FORCE}),
        (replace(CLEAN, member=False), Serving(rank="Chief Constable"), set()),
        (CLEAN, Serving(rank="Chief Inspector"), set()),
        (serving(units=(Stretch(A_UNIT),)), Serving(units=(Stretch(A_UNIT),)), {Ground.UNIT}),
        (serving(units=(Stretch(A_UNIT),)), Serving(units=(Stretch(OTHER_UNIT),)), set()),
        (serving(supervisors=(Stretch(BOSS),)), Serving(supervisors=(Stretch(BOSS),)), {Ground.SUPERVISOR}),
        (serving(addresses=frozenset({"1highstreet"})), NOTHING, {Ground.ADDRESS}),
        (serving(joined=KnownDate.of(2015, 3, 2)), Serving(joined=KnownDate.of(2015, 3, 2)), {Ground.INTAKE}),
        (serving(joined=KnownDate.of(2015, 3, 2)), Serving(joined=KnownDate.of(2015, 3, 3)), set()),
        (serving(joined=KnownDate.of(2015, 3, 2)), Serving(joined=KnownDate.of(2015, 3)), {Ground.INTAKE}),
        (serving(joined=KnownDate.of(2015, 3, 2)), Serving(joined=KnownDate.of(2015)), set()),
    ],
)
def test_each_ground_bars_an_investigator(candidate: Candidate, subject: Serving, expected: set[Ground]) -> None:
    assert grounds(candidate, subject) == expected


@pytest.mark.parametrize(
    ("held", "asked", "barred"),
    [
        ({INVESTIGATOR}, AUTHORITY, True),
        ({INVESTIGATOR}, PANEL, True),
        ({AUTHORITY}, INVESTIGATOR, True),
        ({PANEL}, INVESTIGATOR, True),
        ({AUTHORITY}, PANEL, False),
        ({Capacity.HANDLER, Capacity.ASSESSOR}, INVESTIGATOR, False),
        ({INVESTIGATOR}, INVESTIGATOR, False),
        ({INVESTIGATOR}, Capacity.HANDLER, False),
    ],
)
def test_who_investigates_does_not_decide_and_the_other_way_round(held: set, asked: Capacity, barred: bool) -> None:
    """CI-6."""
    found = grounds(replace(CLEAN, places=frozenset(held)), capacity=asked)
    assert found == ({Ground.OTHER_PLACE} if barred else set())
    assert not Ground.OTHER_PLACE.may_be_set_aside


@pytest.mark.parametrize(
    ("ended", "began", "is_shared"),
    [
        (date(2021, 11, 24), date(2015, 1, 1), True),  # the last day together: 23 November 2021, five years to the day
        (date(2021, 11, 23), date(2015, 1, 1), False),
        (date(2024, 1, 1), date(2024, 1, 1), False),  # one left as the other came
        (date(2024, 1, 2), date(2024, 1, 1), True),
        (None, None, True),
        (None, date(2026, 11, 24), False),
    ],
)
def test_a_unit_counts_for_five_years_and_only_while_both_were_there(
    ended: date | None, began: date | None, is_shared: bool
) -> None:
    """LES-25, CI-4."""
    mine, theirs = [Stretch(A_UNIT, date(2014, 1, 1), ended)], [Stretch(A_UNIT, began, None)]
    assert (shared(mine, theirs, ON) is not None) is is_shared


def test_an_investigator_holds_one_of_the_accreditations_that_are_asked_for() -> None:
    wanted = frozenset({"Investigator, PIP level 2", "Other"})
    assert grounds(CLEAN, wanted=wanted) == {Ground.UNACCREDITED}
    assert grounds(serving(held=frozenset({"Other", "Dogs"})), wanted=wanted) == set()
    assert grounds(CLEAN, capacity=AUTHORITY, wanted=wanted) == set()


def test_only_local_rules_may_be_set_aside() -> None:
    assert {one for one in Ground if one.may_be_set_aside} == {
        *(Ground.UNIT, Ground.SUPERVISOR, Ground.TOGETHER, Ground.ADDRESS, Ground.INTAKE, Ground.UNACCREDITED)
    }
    assert not any(one.is_wall and one.may_be_set_aside for one in Ground)


DAYS = st.one_of(st.none(), st.dates(date(2010, 1, 1), date(2027, 12, 31)))
STRETCHES = st.lists(
    st.builds(Stretch, st.integers(10, 12), DAYS, DAYS).filter(
        lambda one: one.from_on is None or one.to_on is None or one.from_on <= one.to_on
    ),
    max_size=4,
)


@given(STRETCHES, STRETCHES)
def test_sharing_is_mutual_and_never_outside_the_five_years(one: list[Stretch], other: list[Stretch]) -> None:
    found = shared(one, other, ON)
    assert found == shared(other, one, ON)
    assert found is None or date(2021, 11, 23) <= found <= ON


@given(STRETCHES, STRETCHES)
def test_sharing_is_what_a_day_by_day_count_finds(one: list[Stretch], other: list[Stretch]) -> None:
    def there(stretches: list[Stretch], key: int, day: date) -> bool:
        return any(
            each.key == key and (each.from_on or day) <= day and (each.to_on is None or day < each.to_on)
            for each in stretches
        )

    days = (ON - timedelta(days=back) for back in range((ON - date(2021, 11, 23)).days + 1))
    last = next((day for day in days for key in (10, 11, 12) if there(one, key, day) and there(other, key, day)), None)
    assert shared(one, other, ON) == last


@given(
    st.builds(
        Candidate,
        person=st.one_of(st.none(), st.integers(1, 5)),
        declared=st.booleans(),
        tied_to=st.frozensets(st.integers(1, 5)),
        places=st.frozensets(st.sampled_from(Capacity)),
    ),
    st.sampled_from(Capacity),
)
def test_nobody_in_a_matter_or_tied_to_it_has_any_place_on_it(candidate: Candidate, capacity: Capacity) -> None:
    found = grounds(candidate, capacity=capacity)
    in_it = candidate.person in (SUBJECT, WITNESS) or bool(candidate.tied_to & {SUBJECT, WITNESS})
    assert bool({one for one in found if one.is_wall}) == (in_it or candidate.declared)
    assert capacity in INDEPENDENT or found <= {Ground.INVOLVED, Ground.TIED, Ground.DECLARED}
