"""Ways of counting that no clock in force uses today, states in words, and facts that cannot count."""

from dataclasses import replace
from datetime import date

import pytest

from peelian.rules import DutyState, ends_on
from peelian.rules.registered import implements
from peelian.statute import CountFrom, Direction, Unit
from peelian.statute.loading import forms_of
from tests.regulations.facts import ANA, LAW, OLE, event, matter, one

DAY = date(2026, 4, 2)  # Maundy Thursday: the next working day is Tuesday 7 April
CLOCK = LAW.clock("CMP-03", on=DAY)
FWDA = CountFrom.FIRST_WORKING_DAY_AFTER


@pytest.mark.parametrize(
    ("changed", "ends"),
    [
        ({"direction": Direction.BEFORE, "length": 10}, date(2026, 3, 23)),
        ({"direction": Direction.BEFORE, "unit": Unit.MONTHS, "length": 2}, date(2026, 2, 2)),
        ({"direction": Direction.BEFORE, "unit": Unit.YEARS, "length": 1}, date(2025, 4, 2)),
        ({"count_from": FWDA, "length": 3}, date(2026, 4, 9)),  # 7, 8, 9 April
        ({"count_from": FWDA, "unit": Unit.MONTHS, "length": 1}, date(2026, 5, 6)),  # 7 April to 6 May
    ],
)
def test_every_unit_counts_from_every_day_and_in_both_directions(changed: dict[str, object], ends: date) -> None:
    clock = replace(CLOCK, **changed)  # type: ignore[arg-type]  # the table names the fields
    answer = ends_on(clock, DAY, LAW.england_and_wales)
    assert answer.value == ends
    assert answer.because


def test_a_state_says_whether_it_is_owed_and_whether_it_is_live() -> None:
    assert {state for state in DutyState if state.is_owed} == {DutyState.OPEN, DutyState.OVERDUE, DutyState.NO_DATE}
    assert {state for state in DutyState if state.is_live and not state.is_owed} == {
        DutyState.WAITING,
        DutyState.RUNNING,
    }
    assert DutyState.MET_LATE.words == "Met late"


def test_a_change_recorded_without_a_day_leaves_the_period_as_it_is() -> None:
    papers = event("papers_supplied", date(2026, 3, 26), "ole")
    unclear = event("period_shortened", date(2026, 4, 1), clock_id="PRO-03")
    assert one("PRO-03", matter(papers, unclear, people=(OLE,)), date(2026, 4, 2)).due == date(2026, 4, 20)


def test_a_change_of_a_period_past_the_table_still_gives_no_day() -> None:
    papers = event("papers_supplied", date(2028, 12, 20), "ole")
    change = event("period_shortened", date(2028, 12, 21), clock_id="PRO-03", until=date(2028, 12, 28))
    duty = one("PRO-03", matter(papers, change, people=(OLE,)), date(2028, 12, 22))
    assert duty.state is DutyState.NO_DATE


def test_what_came_after_the_matter_was_closed_late_says_that_it_was_overdue() -> None:
    facts = matter(event("handling_started", date(2025, 4, 14)), people=(ANA,), closed_on=date(2025, 6, 1))
    assert "overdue since Monday 12 May 2025" in one("CMP-03", facts, date(2025, 7, 1)).because[-1]


def test_a_duty_without_a_number_shows_its_age_and_its_end() -> None:
    told = event("complaint_recorded", date(2026, 3, 2))
    assert one("CMP-02", matter(told, people=(ANA,)), date(2026, 3, 3)).because[-1].startswith("1 day has passed")
    done = matter(told, event("record_copy_supplied", date(2026, 3, 4), "ana"), people=(ANA,))
    assert one("CMP-02", done, date(2026, 3, 5)).because[-1] == "Done on Wednesday 4 March 2026."


@pytest.mark.parametrize("ending", ["suspension_ended", "person_left_force"])
def test_reviews_of_a_suspension_stop_when_it_ends_or_there_is_no_office_left(ending: str) -> None:
    began = event("officer_suspended", date(2026, 3, 2), "ole")
    over = event(ending, date(2026, 3, 20), "ole")
    duty = one("SUS-03", matter(began, over, people=(OLE,)), date(2026, 5, 1))
    assert duty.state is DutyState.STOPPED
    assert duty.because[-2:] == ("What it hung on ended on Friday 20 March 2026.", "Nothing is owed now.")


def test_a_rule_without_words_or_registered_twice_is_refused() -> None:
    def silent() -> None:
        pass

    with pytest.raises(ValueError, match="no docstring"):
        implements("SI 2020/4 reg 1")(silent)
    with pytest.raises(ValueError, match="registered twice"):
        implements("SI 2020/4 reg 1")(ends_on)


def test_every_registered_citation_can_be_read_by_the_forms_held() -> None:
    assert forms_of(LAW.instruments).read("SI 2020/2 reg 4; reg 8")[1].instrument == "SI 2020/2"
