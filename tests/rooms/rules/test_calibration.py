"""The guidance on severity hangs together, and drift is counted as it says."""

from datetime import date

import pytest

from peelian import statute
from peelian.rules.calibration import Round, differ, drift, guidance

GUIDE = guidance(statute.product())


@pytest.mark.parametrize("one", [*GUIDE.examples, *GUIDE.cases.values()], ids=lambda one: one.key)
def test_an_example_names_standards_codes_and_an_outcome_that_the_tables_hold(one) -> None:
    assert set(one.standards) <= set(GUIDE.standards)
    assert set(one.reasons) <= set(GUIDE.reasons)
    assert one.reasons
    assert one.says in GUIDE.outcomes


def test_the_ten_standards_are_offered_and_each_outcome_has_a_test_case_or_an_example() -> None:
    assert len(GUIDE.standards) == 10
    assert {one.says for one in (*GUIDE.examples, *GUIDE.cases.values())} == set(GUIDE.outcomes)


def test_answers_differ_when_they_are_not_all_one() -> None:
    assert not differ([])
    assert not differ(["misconduct", "misconduct"])
    assert differ(["misconduct", "misconduct", "neither"])


def test_kappa_of_drift_is_cohens_over_one_pair_a_case() -> None:
    """Ten cases: seven agree; the margins are 5 and 6 of ten, so chance agrees on 0.5 and kappa is 0.2 / 0.5."""
    pairs = [("a", "a")] * 4 + [("b", "b")] * 3 + [("a", "b")] + [("b", "a")] * 2
    found = drift([Round(date(2026, 5, 1), "a", 3, (*pair, "c")) for pair in pairs])
    assert (found[0].between.cases, found[0].between.agreed) == (10, 7)
    assert found[0].between.kappa == pytest.approx(0.4)
    assert (found[0].asked, found[0].answered, found[0].with_guidance.cases) == (30, 30, 30)
    assert found[0] == found[1].__class__(**{**_fields(found[1]), "month": date(2026, 5, 1)})
    assert drift([]) == ()


def _fields(one) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}
