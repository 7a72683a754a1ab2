"""SI 2020/2 regs 4, 7 and 9: refer to the IOPC by the end of the day after. Calendar days, so a weekend counts."""

from datetime import date

from peelian.rules import DutyState
from peelian.terms.matters import MatterKind
from tests.regulations.facts import day, event, matter, of, one


def test_a_matter_that_becomes_clear_on_friday_is_due_by_saturday() -> None:
    facts = matter(event("referral_required", date(2026, 1, 2)))
    duty = one("REF-01", facts, date(2026, 1, 2))
    assert (duty.due, duty.state) == (date(2026, 1, 3), DutyState.OPEN)
    assert duty.unverified  # the paragraph with the day was not read


def test_a_death_or_serious_injury_matter_runs_from_the_day_it_came_to_attention() -> None:
    facts = matter(kind=MatterKind.DSI_MATTER, came=day(2026, 1, 2))
    assert one("REF-02", facts, date(2026, 1, 4)).state is DutyState.OVERDUE
    sent = matter(event("referred_to_iopc", date(2026, 1, 3)), kind=MatterKind.DSI_MATTER, came=day(2026, 1, 2))
    assert one("REF-02", sent, date(2026, 1, 4)).state is DutyState.MET


def test_a_complaint_has_no_clock_of_a_death_or_serious_injury_matter() -> None:
    assert of("REF-02", matter(came=day(2026, 1, 2)), date(2026, 1, 4)) == []


def test_a_late_referral_is_still_owed_after_the_matter_is_closed() -> None:
    facts = matter(event("referral_required", date(2026, 1, 2)), closed_on=date(2026, 1, 20))
    assert one("REF-01", facts, date(2026, 2, 1)).state is DutyState.OVERDUE
