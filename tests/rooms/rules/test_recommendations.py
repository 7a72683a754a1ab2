"""Where a recommendation stands follows from its day and its evidence, on each day."""

from datetime import date, timedelta

import pytest

from peelian.rules.recommendations import Shown, Standing, standing

DUE = date(2026, 6, 30)


def shown(days: int, accepted: bool | None, completes: bool = True) -> Shown:
    return Shown(DUE + timedelta(days=days), completes, accepted)


@pytest.mark.parametrize(
    ("evidence", "days", "expected"),
    [
        ((), 0, Standing.RUNNING),  # the day itself is in time
        ((), 1, Standing.OVERDUE),
        ((shown(-3, None),), 0, Standing.UNACCEPTED),
        ((shown(-3, None),), 1, Standing.OVERDUE_UNACCEPTED),
        ((shown(-3, False),), 1, Standing.OVERDUE),  # sent back
        ((shown(-3, False), shown(-1, None)), 0, Standing.UNACCEPTED),
        ((shown(-3, True, completes=False),), 1, Standing.OVERDUE),  # progress is not the end
        ((shown(-3, True, completes=False),), 0, Standing.RUNNING),
        ((shown(0, True),), 1, Standing.MET),
        ((shown(2, True),), 3, Standing.MET_LATE),
        ((shown(2, True),), 1, Standing.OVERDUE),  # what comes later does not change an earlier day
        ((shown(2, True), shown(-1, True)), 3, Standing.MET),
    ],
)
def test_it_stands_where_its_day_and_evidence_put_it(
    evidence: tuple[Shown, ...], days: int, expected: Standing
) -> None:
    assert standing(DUE, evidence, DUE + timedelta(days=days)) is expected


def test_every_standing_says_itself_in_words_and_only_what_is_late_is_red() -> None:
    assert len({one.words for one in Standing}) == len(Standing)
    assert {one for one in Standing if one.tone == "overdue"} == {one for one in Standing if one.is_overdue}
    assert [one for one in Standing if one.is_met] == [Standing.MET, Standing.MET_LATE]
