"""SI 2020/2 reg 13 (and SI 2020/4 reg 19): while a local investigation is open, a report after twelve months from
the day the matter came to attention, and after every six months from then.
"""

from datetime import date

from peelian.rules import DutyState
from peelian.terms.matters import MatterKind
from tests.regulations.facts import day, event, matter, of, one

CAME = day(2025, 3, 1)
OPENED = event("local_investigation_started", date(2025, 3, 20))


def test_the_first_period_begins_with_the_day_it_came_to_attention() -> None:
    duty = one("CMP-09", matter(OPENED, came=CAME), date(2025, 6, 1))
    assert (duty.due, duty.state) == (date(2026, 2, 28), DutyState.OPEN)
    assert of("CMP-10", matter(OPENED, came=CAME), date(2025, 6, 1)) == []


def test_every_later_period_is_six_months_from_the_day_after_the_last() -> None:
    found = of("CMP-10", matter(OPENED, came=CAME), date(2027, 4, 1))
    assert [(duty.started_on.earliest, duty.due) for duty in found if duty.started_on] == [
        (date(2026, 3, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2027, 8, 31)),
    ]


def test_a_report_meets_the_earliest_period_that_had_ended() -> None:
    facts = matter(OPENED, event("timeliness_report_sent", date(2026, 3, 9)), came=CAME)
    assert one("CMP-09", facts, date(2026, 9, 15)).state is DutyState.MET
    states = [duty.state for duty in of("CMP-10", facts, date(2026, 9, 15))]
    assert states == [DutyState.OVERDUE, DutyState.OPEN]  # 1 March to 31 August, and the one now running


def test_a_report_sent_before_the_period_is_over_counts_for_the_period_it_falls_in() -> None:
    facts = matter(OPENED, event("timeliness_report_sent", date(2026, 2, 20)), came=CAME)
    assert one("CMP-09", facts, date(2026, 3, 15)).state is DutyState.MET
    assert [duty.state for duty in of("CMP-10", facts, date(2026, 3, 15))] == [DutyState.OPEN]


def test_no_report_is_owed_for_a_period_in_which_the_investigation_ended() -> None:
    facts = matter(OPENED, event("investigation_ended", date(2026, 1, 15)), came=CAME)
    assert one("CMP-09", facts, date(2026, 9, 15)).state is DutyState.STOPPED
    assert of("CMP-10", facts, date(2026, 9, 15)) == []


def test_without_an_investigation_no_report_is_owed() -> None:
    assert of("CMP-09", matter(event("complaint_recorded", date(2025, 3, 2)), came=CAME), date(2026, 9, 1)) == []


def test_a_period_that_ended_before_an_investigation_opened_is_not_owed() -> None:
    facts = matter(event("local_investigation_started", date(2026, 4, 2)), came=CAME)
    assert of("CMP-09", facts, date(2026, 5, 1)) == []
    assert [duty.due for duty in of("CMP-10", facts, date(2026, 5, 1))] == [date(2026, 8, 31)]


def test_a_conduct_matter_outside_schedule_3_reports_under_the_conduct_regulations() -> None:
    facts = matter(OPENED, came=CAME, kind=MatterKind.CONDUCT_MATTER)
    duty = one("INV-06", facts, date(2025, 6, 1))
    assert (duty.due, duty.law) == (date(2026, 2, 28), "SI 2020/4 reg 19(1), (2)(a)")
    assert of("CMP-09", facts, date(2025, 6, 1)) == []


def test_a_day_of_attention_known_only_to_the_month_gives_no_period() -> None:
    facts = matter(OPENED, came=day(2025, 3))
    assert one("CMP-09", facts, date(2026, 9, 1)).state is DutyState.NO_DATE
    assert of("CMP-10", facts, date(2026, 9, 1)) == []
