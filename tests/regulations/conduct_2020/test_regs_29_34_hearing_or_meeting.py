"""SI 2020/4 regs 29, 34, 36 and 40: when proceedings are held, and notice of them before."""

from datetime import date

from peelian.rules import DutyState
from tests.regulations.facts import ANA, OLE, event, matter, of, one

PAPERS = event("papers_supplied", date(2025, 9, 1), "ole")


def test_a_hearing_has_one_hundred_working_days_and_a_meeting_twenty() -> None:
    hearing = matter(event("referred_to_hearing", date(2025, 8, 20), "ole"), PAPERS, people=(OLE,))
    assert one("PRO-09", hearing, date(2025, 9, 2)).due == date(2026, 1, 22)
    assert of("PRO-10", hearing, date(2025, 9, 2)) == []
    meeting = matter(event("referred_to_meeting", date(2025, 8, 20), "ole"), PAPERS, people=(OLE,))
    assert one("PRO-10", meeting, date(2025, 9, 2)).due == date(2025, 9, 29)
    assert of("PRO-09", meeting, date(2025, 9, 2)) == []


def test_where_it_is_not_recorded_which_was_directed_both_show() -> None:
    facts = matter(PAPERS, people=(OLE,))
    assert len(of("PRO-09", facts, date(2025, 9, 2))) == len(of("PRO-10", facts, date(2025, 9, 2))) == 1


def test_notice_is_published_five_working_days_before_the_first_day() -> None:
    fixed = event("hearing_first_day", date(2026, 5, 27), "ole")
    facts = matter(PAPERS, fixed, people=(ANA, OLE))
    duty = one("PRO-12", facts, date(2026, 5, 1))
    assert (duty.due, duty.state) == (date(2026, 5, 19), DutyState.OPEN)  # Monday 25 May is a bank holiday
    assert one("PRO-12", facts, date(2026, 5, 20)).state is DutyState.OVERDUE
    told = matter(*facts.events, event("hearing_notice_published", date(2026, 5, 18), "ole"), people=(ANA, OLE))
    assert one("PRO-12", told, date(2026, 5, 20)).state is DutyState.MET
    assert one("PRO-13", facts, date(2026, 5, 1)).owed_to == "complainant"


def test_a_day_fixed_again_takes_the_place_of_the_one_before() -> None:
    facts = matter(
        PAPERS,
        event("hearing_first_day", date(2026, 5, 27), "ole"),
        event("hearing_first_day", date(2026, 4, 8), "ole"),  # brought forward, recorded later
        people=(OLE,),
    )
    assert one("PRO-12", facts, date(2026, 3, 2)).due == date(
        2026, 3, 30
    )  # 3 and 6 April are Good Friday, Easter Monday


def test_an_accelerated_hearing_has_a_first_and_a_last_day() -> None:
    notice = event("accelerated_notice_given", date(2026, 5, 1), "ole")
    facts = matter(notice, people=(OLE,))
    assert one("ACC-02", facts, date(2026, 5, 5)).due == date(2026, 5, 18)
    assert one("ACC-03", facts, date(2026, 5, 5)).due == date(2026, 5, 26)
    early = matter(notice, event("accelerated_hearing_held", date(2026, 5, 15), "ole"), people=(OLE,))
    assert one("ACC-02", early, date(2026, 5, 16)).state is DutyState.TOO_EARLY
    good = matter(notice, event("accelerated_hearing_held", date(2026, 5, 19), "ole"), people=(OLE,))
    assert one("ACC-02", good, date(2026, 5, 20)).state is DutyState.MET
    assert one("ACC-03", good, date(2026, 5, 20)).state is DutyState.MET


def test_a_warning_runs_to_its_last_day_and_then_has_ended() -> None:
    facts = matter(event("written_warning_notified", date(2026, 1, 15), "ole"), people=(OLE,))
    assert one("WRN-01", facts, date(2027, 7, 14)).state is DutyState.RUNNING
    assert one("WRN-01", facts, date(2027, 7, 15)).state is DutyState.ENDED


def test_two_officers_have_clocks_of_their_own() -> None:
    other = type(OLE)("una", OLE.part)
    facts = matter(PAPERS, event("papers_supplied", date(2025, 9, 8), "una"), people=(OLE, other))
    assert [(duty.person_key, duty.due) for duty in of("PRO-03", facts, date(2025, 9, 9))] == [
        ("ole", date(2025, 9, 22)),
        ("una", date(2025, 9, 29)),
    ]


def test_somebody_named_by_an_event_but_no_longer_on_the_matter_is_still_owed() -> None:
    assert one("PRO-03", matter(PAPERS, people=()), date(2025, 9, 9)).person_key == "ole"
