"""What may be added to what, by the counts that were published, and the projection from 10,000 to 50,000."""

import pytest

from peelian import statute
from peelian.rules.adding import counted, total
from peelian.rules.projecting import WARNINGS, projected

HELD = counted(statute.product())
RESULTS = ("wash_criminal", "wash_disciplinary", "wash_vetting", "wash_management", "wash_none")


def test_the_results_of_the_national_wash_add_up_to_the_461() -> None:
    """9 + 88 + 139 + 128 + 97 = 461: each referral had one result."""
    assert (total(HELD, RESULTS).value, total(HELD, RESULTS).refused) == (461, None)
    assert total(HELD, ["wash_referred"]).value == 461


def test_two_categories_of_conviction_add_up_and_the_161_do_not_come_of_all_four() -> None:
    """76 + 49 = 125. The eight who offended while serving are among the 49: 76 + 49 + 8 + 3 = 136 counts them twice."""
    assert total(HELD, ["convictions_traffic", "convictions_dishonesty"]).value == 125
    four = ["convictions_traffic", "convictions_dishonesty", "convictions_serving", "convictions_sexual"]
    assert total(HELD, four).value is None


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (("convictions_dishonesty", "convictions_serving"), "are among those of “Dishonesty or violence” (49) already"),
        (("convictions_traffic", "convictions_serving"), "two ways of looking at the same people"),
        (("convictions_dishonesty", "convictions_sexual"), "does not say whether these three are outside the 49"),
        (("convictions", "convictions_serving"), "are among those of “Officers with convictions” (161) already"),
        (("convictions_traffic", "convictions_other"), "was not published"),
        (("wash_referred", "convictions"), "counts of different sets of people, and somebody may be in both"),
        (("wash_referred", "wash_vetting"), "are among those of"),
        (("wash_referred", "wash_welfare"), "how many it is was not published"),
        (("checked_misconduct", "checked_association"), "would count findings, not people"),
    ],
)
def test_what_overlaps_is_not_added_and_the_refusal_names_why(keys: tuple[str, ...], why: str) -> None:
    for order in (keys, keys[::-1]):
        found = total(HELD, order)
        assert found.value is None
        assert found.refused is not None
        assert why in found.refused.reason
        assert found.refused.law


def test_a_count_chosen_twice_counts_once() -> None:
    assert total(HELD, ["wash_criminal", "wash_criminal"]).value == 9


@pytest.mark.parametrize(("found", "expected"), [(38, (190, 138, 261)), (55, (275, 211, 358))])
def test_ten_thousand_are_projected_to_fifty_as_worked_by_hand(found: int, expected: tuple[int, int, int]) -> None:
    """38 of 10,000 is 0.38%, by Wilson 0.277% to 0.521%; of 50,000 that is 190, 138 to 261."""
    scaled = projected(found, 10_000, 50_000)
    assert (scaled.about, scaled.low, scaled.high) == expected
    assert len(WARNINGS) == 2


def test_a_whole_that_is_less_than_its_part_is_refused() -> None:
    assert projected(0, 0, 10).about is None
    with pytest.raises(ValueError, match="cannot be the whole"):
        projected(1, 100, 99)
