"""PRA s21 and SI 2020/2 reg 34: an interested person is told while they wish to be, and not against their wish."""

from datetime import date

import pytest

from peelian.rules import DutyState
from peelian.terms.matters import MatterKind
from tests.regulations.facts import ANA, IDA, event, matter, of, one

KIND = MatterKind.CONDUCT_MATTER
STARTED = event("handling_started", date(2025, 4, 14))
FIRST_DUE = date(2025, 5, 12)
DECLINED = event("interest_declined", date(2025, 4, 22), "ida")


def test_the_four_weeks_run_before_anybody_asked_so_that_somebody_asks() -> None:
    assert one("CMP-03", matter(STARTED, kind=KIND, people=(IDA,)), date(2025, 4, 20)).due == FIRST_DUE


def test_whoever_was_accepted_is_owed_the_first_update_from_the_start_of_the_handling() -> None:
    facts = matter(STARTED, event("interest_accepted", date(2025, 4, 22), "ida"), kind=KIND, people=(IDA,))
    assert one("CMP-03", facts, date(2025, 4, 23)).due == FIRST_DUE


def test_whoever_does_not_wish_to_be_told_is_owed_no_update_and_no_outcome() -> None:
    facts = matter(STARTED, DECLINED, event("outcome_decided", date(2025, 5, 20)), kind=KIND, people=(IDA,))
    assert one("CMP-03", facts, date(2025, 4, 21)).state is DutyState.OPEN
    assert one("CMP-03", facts, date(2025, 5, 21)).state is DutyState.STOPPED
    assert of("CMP-05", facts, date(2025, 5, 21)) == []


def test_one_person_who_declines_takes_nothing_from_another() -> None:
    facts = matter(STARTED, DECLINED, event("outcome_decided", date(2025, 5, 20)), kind=KIND, people=(ANA, IDA))
    assert [duty.person_key for duty in of("CMP-05", facts, date(2025, 5, 21))] == ["ana"]
    owed = [duty for duty in of("CMP-03", facts, date(2025, 5, 21)) if duty.state is DutyState.OVERDUE]
    assert [duty.person_key for duty in owed] == ["ana"]


def test_updates_stop_when_they_decline_and_what_was_missed_before_stays_said() -> None:
    facts = matter(
        STARTED,
        event("update_given", date(2025, 4, 15), "ida"),
        event("interest_declined", date(2025, 5, 20), "ida"),
        kind=KIND,
        people=(IDA,),
    )
    later = one("CMP-04", facts, date(2025, 6, 30))
    assert later.state is DutyState.STOPPED
    assert "overdue" in " ".join(later.because).lower()


def test_whoever_changes_their_mind_is_owed_a_first_update_from_that_day() -> None:
    facts = matter(
        STARTED,
        DECLINED,
        event("interest_accepted", date(2025, 6, 2), "ida"),
        event("update_given", date(2025, 6, 20), "ida"),
        event("outcome_decided", date(2025, 6, 25)),
        kind=KIND,
        people=(IDA,),
    )
    runs = [(duty.due, duty.state) for duty in of("CMP-03", facts, date(2025, 6, 26))]
    assert runs == [(FIRST_DUE, DutyState.STOPPED), (date(2025, 6, 30), DutyState.MET)]
    assert one("CMP-04", facts, date(2025, 6, 26)).due == date(2025, 7, 18)
    assert one("CMP-05", facts, date(2025, 6, 26)).due == date(2025, 7, 2)


@pytest.mark.parametrize("clock", ["CMP-03", "CMP-04", "CMP-05", "PRO-13"])
def test_a_decline_and_an_acceptance_of_one_day_count_in_the_order_in_which_they_were_recorded(clock: str) -> None:
    begun = {
        "CMP-03": STARTED,
        "CMP-04": event("update_given", date(2025, 4, 23), "ida"),
        "CMP-05": event("outcome_decided", date(2025, 4, 23)),
        "PRO-13": event("hearing_first_day", date(2025, 6, 23)),
    }[clock]
    again = event("interest_accepted", DECLINED.on, "ida")
    on = date(2025, 4, 23)
    facts = matter(STARTED, DECLINED, again, begun, kind=KIND, people=(IDA,))
    assert [duty.state for duty in of(clock, facts, on)][-1] is DutyState.OPEN
    facts = matter(STARTED, again, DECLINED, begun, kind=KIND, people=(IDA,))
    assert DutyState.OPEN not in [duty.state for duty in of(clock, facts, on)]
