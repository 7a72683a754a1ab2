"""Shares with their intervals, and the recall that a sample of what nobody judged lets one claim."""

import pytest

from peelian.rules.recall import Counts, reached
from peelian.rules.shares import exact, wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        (1, 21, 0.0085, 0.2267),  # one of 21 reports led to a crime record
        (38, 10_000, 0.00277, 0.00521),  # possible misconduct in the first 10,000
        (55, 10_000, 0.00423, 0.00715),  # association with a criminal
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_wilsons_interval_is_as_worked_by_hand(found: int, of: int, low: float, high: float) -> None:
    share = wilson(found, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        (1, 21, 0.0012, 0.2382),
        (0, 60, 0.0, 0.0596),  # 1 - 0.025 ** (1 / 60)
        (60, 60, 0.9404, 1.0),
        (10, 100, 0.0490, 0.1762),
        (500, 1000, 0.4685, 0.5315),
    ],
)
def test_the_exact_interval_is_as_worked_by_hand(found: int, of: int, low: float, high: float) -> None:
    share = exact(found, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_nothing_of_nothing_has_no_share_and_a_count_that_cannot_be_is_refused() -> None:
    assert wilson(0, 0).share is exact(0, 0).low is None
    with pytest.raises(ValueError, match="3 of 2 cannot be"):
        exact(3, 2)


def test_recall_from_a_sample_that_is_decided() -> None:
    """Ninety found before. Of 2,000 left 100 were drawn and 2 are hits: about 40 of 2,000, found since: those 2.

    Clopper and Pearson for 2 of 100: 0.2431% to 7.0384%, so 4.86 to 140.77 hits in 2,000, less 2 found: 2.86 to 138.77.
    Recall is 92 of 92 + 38, from 92 / 230.77 to 92 / 94.86.
    """
    found = reached(Counts(90, left=2000, found_since=2, open_still=1900, drawn=100, drawn_hits=2, drawn_open=0))
    assert (found.found, found.missed) == (92, pytest.approx(38))
    assert found.missed_low == pytest.approx(2.86, abs=0.01)
    assert found.missed_high == pytest.approx(138.77, abs=0.01)
    assert found.recall == pytest.approx(92 / 130)
    assert found.recall_low == pytest.approx(92 / 230.77, abs=1e-4)
    assert found.recall_high == pytest.approx(92 / 94.86, abs=1e-4)
    assert found.because[0].startswith("2,000 pairs were left when it was drawn; 100 of them were drawn, 100 of those")


def test_what_is_not_decided_of_the_sample_widens_both_ends_and_leaves_no_middle() -> None:
    sure = reached(Counts(10, left=500, found_since=1, open_still=450, drawn=50, drawn_hits=1, drawn_open=0))
    open_ = reached(Counts(10, left=500, found_since=1, open_still=450, drawn=50, drawn_hits=1, drawn_open=9))
    assert open_.recall is None
    assert open_.recall_low is not None
    assert sure.recall_low is not None
    assert open_.recall_low < sure.recall_low
    assert open_.recall_high == sure.recall_high
    assert "9 of the sample are not decided" in open_.because[-1]
    before = Counts(10, 500, found_since=1, open_still=450, drawn=50, drawn_hits=1, drawn_open=0, open_before=4)
    assert reached(before).missed == sure.missed
    assert reached(before).missed_high == pytest.approx((sure.missed_high or 0) + 4)


def test_judging_on_brings_the_end_nearer_and_all_judged_is_all_found() -> None:
    """No new draw is needed: what was judged since is no longer missed, whatever the sample said."""
    done = reached(Counts(10, left=500, found_since=7, open_still=0, drawn=50, drawn_hits=1, drawn_open=0))
    assert (done.missed_low, done.missed_high, done.recall_low) == (0, 0, 1)
    nothing = reached(Counts(0, left=0, found_since=0, open_still=0, drawn=0, drawn_hits=0, drawn_open=0))
    assert nothing.recall is None
    none_drawn = reached(Counts(3, left=5, found_since=0, open_still=5, drawn=0, drawn_hits=0, drawn_open=0))
    assert none_drawn.recall_low is none_drawn.missed is None
    assert "draw a larger share" in none_drawn.because[0]
