"""SI 2020/2 reg 29: the complainant may apply for a review until 28 days after being told of the right to."""

from datetime import date

from peelian.rules import DutyState
from tests.regulations.facts import ANA, event, matter, one

TOLD = event("review_right_told", date(2026, 3, 10), "ana")


def test_while_it_runs_the_force_waits_on_the_complainant_and_afterwards_it_has_ended() -> None:
    facts = matter(TOLD, people=(ANA,))
    duty = one("CMP-07", facts, date(2026, 4, 7))
    assert (duty.state, duty.waits_on, duty.due) == (DutyState.WAITING, "complainant", date(2026, 4, 7))
    assert one("CMP-07", facts, date(2026, 4, 8)).state is DutyState.ENDED


def test_an_extension_counts_because_the_review_body_has_power_to_extend() -> None:
    longer = event("period_extended", date(2026, 4, 2), clock_id="CMP-07", until=date(2026, 4, 21), who="the IOPC")
    duty = one("CMP-07", matter(TOLD, longer, people=(ANA,)), date(2026, 4, 10))
    assert (duty.due, duty.state) == (date(2026, 4, 21), DutyState.WAITING)
    assert "Extended by the IOPC" in duty.because[-1]


def test_a_late_application_is_met_late() -> None:
    facts = matter(TOLD, event("review_applied", date(2026, 4, 9), "ana"), people=(ANA,))
    assert one("CMP-07", facts, date(2026, 4, 9)).state is DutyState.MET_LATE
