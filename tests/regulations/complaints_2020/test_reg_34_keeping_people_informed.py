"""SI 2020/2 reg 34: each complainant and interested person is told of progress within four weeks of the start of
handling and again within four weeks of each update, and of the outcome within five working days.
"""

from datetime import date

from peelian.rules import DutyState
from peelian.terms.matters import MatterKind
from tests.regulations.facts import ANA, IDA, OLE, day, event, matter, of, one

STARTED = event("handling_started", date(2025, 4, 14))
FIRST_DUE = date(2025, 5, 12)  # Tuesday 15 April is day 1; day 28 is Monday 12 May


def test_each_complainant_and_interested_person_is_owed_an_update_of_their_own() -> None:
    found = of("CMP-03", matter(STARTED), date(2025, 4, 20))
    assert [(duty.person_key, duty.owed_to, duty.due) for duty in found] == [
        ("ana", "complainant", FIRST_DUE),
        ("ida", "interested person", FIRST_DUE),
    ]


def test_an_update_to_one_person_leaves_the_other_owed() -> None:
    facts = matter(STARTED, event("update_given", date(2025, 5, 9), "ana"))
    states = {duty.person_key: duty.state for duty in of("CMP-03", facts, date(2025, 5, 13))}
    assert states == {"ana": DutyState.MET, "ida": DutyState.OVERDUE}


def test_the_officer_concerned_is_not_owed_the_statutory_update() -> None:
    assert of("CMP-03", matter(STARTED, people=(OLE,)), date(2025, 4, 20)) == []


def test_where_nobody_is_owed_an_update_none_is_owed() -> None:
    assert of("CMP-03", matter(STARTED, people=()), date(2025, 4, 20)) == []


def test_it_is_open_on_its_last_day_and_overdue_the_next() -> None:
    facts = matter(STARTED, people=(ANA,))
    assert one("CMP-03", facts, FIRST_DUE).state is DutyState.OPEN
    assert one("CMP-03", facts, FIRST_DUE).days_left == 0
    assert one("CMP-03", facts, date(2025, 5, 13)).state is DutyState.OVERDUE
    assert one("CMP-03", facts, date(2025, 5, 13)).days_left == -1


def test_each_update_given_resets_the_clock_for_that_person() -> None:
    facts = matter(
        STARTED,
        event("update_given", date(2025, 4, 30), "ana"),  # early
        event("update_given", date(2025, 5, 20), "ana"),
        people=(ANA,),
    )
    runs = [(duty.started_on, duty.due, duty.state) for duty in of("CMP-04", facts, date(2025, 6, 1))]
    assert runs == [
        (day(2025, 4, 30), date(2025, 5, 28), DutyState.MET),  # 28 days from the early update, not from the first due
        (day(2025, 5, 20), date(2025, 6, 17), DutyState.OPEN),
    ]


def test_a_late_update_is_met_late_and_still_resets() -> None:
    facts = matter(STARTED, event("update_given", date(2025, 5, 14), "ana"), people=(ANA,))
    assert one("CMP-03", facts, date(2025, 5, 15)).state is DutyState.MET_LATE
    assert one("CMP-04", facts, date(2025, 5, 15)).due == date(2025, 6, 11)


def test_an_update_after_the_day_asked_about_is_not_yet_known() -> None:
    facts = matter(STARTED, event("update_given", date(2025, 5, 9), "ana"), people=(ANA,))
    assert one("CMP-03", facts, date(2025, 5, 8)).state is DutyState.OPEN


def test_telling_the_outcome_ends_the_updates_and_is_owed_within_five_working_days() -> None:
    facts = matter(
        STARTED,
        event("update_given", date(2025, 5, 9), "ana"),
        event("outcome_decided", date(2025, 5, 22)),
        people=(ANA, IDA),
    )
    owed = {duty.person_key: duty for duty in of("CMP-05", facts, date(2025, 5, 23))}
    assert owed["ana"].due == date(2025, 5, 30)  # 23, 27, 28, 29, 30 May: Monday 26 May is a bank holiday
    told = matter(*facts.events, event("outcome_told", date(2025, 5, 29), "ana"), people=(ANA, IDA))
    assert [duty.state for duty in of("CMP-04", told, date(2025, 6, 30)) if duty.person_key == "ana"] == [DutyState.MET]
    states = {duty.person_key: duty.state for duty in of("CMP-05", told, date(2025, 6, 30))}
    assert states == {"ana": DutyState.MET, "ida": DutyState.OVERDUE}


def test_closing_the_matter_stops_the_updates_but_not_the_duty_to_tell_the_outcome() -> None:
    facts = matter(STARTED, event("outcome_decided", date(2025, 4, 22)), people=(ANA,), closed_on=date(2025, 4, 24))
    assert one("CMP-03", facts, date(2025, 6, 1)).state is DutyState.STOPPED
    assert one("CMP-05", facts, date(2025, 6, 1)).state is DutyState.OVERDUE


def test_a_start_known_only_to_its_month_gives_no_day_and_says_so() -> None:
    facts = matter(event("handling_started", day(2025, 4)), people=(ANA,))
    duty = one("CMP-03", facts, date(2025, 9, 1))
    assert (duty.state, duty.due) == (DutyState.NO_DATE, None)
    assert "April 2025 (day not known)" in duty.because[0]


def test_an_update_known_to_its_month_meets_the_duty_without_saying_it_was_in_time() -> None:
    facts = matter(STARTED, event("update_given", day(2025, 5), "ana"), people=(ANA,))
    duty = one("CMP-03", facts, date(2025, 9, 1))
    assert duty.state is DutyState.MET
    assert "whether in time is not known" in duty.because[-1]


def test_a_complaint_outside_schedule_3_is_owed_updates_too() -> None:
    facts = matter(STARTED, people=(ANA,), kind=MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3)
    assert one("CMP-03", facts, date(2025, 4, 20)).due == FIRST_DUE


def test_the_working_names_the_days_counted() -> None:
    duty = one("CMP-03", matter(STARTED, people=(ANA,)), date(2025, 4, 20))
    assert duty.because == (
        "Start of the handling of the complaint, recordable conduct matter or DSI matter: Monday 14 April 2025.",
        "Day 1 is the day after, Tuesday 15 April 2025; 28 calendar days end on Monday 12 May 2025.",
    )
    assert duty.law == "SI 2020/2 reg 34(2)(a)(i)"
    assert not duty.unverified
