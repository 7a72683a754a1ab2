"""SI 2020/4 regs 22 and 48: a period in Parts 4 and 5 may be shortened by agreement of the parties and the chair."""

from datetime import date

import pytest

from peelian.rules import Changed, NotExtendable, NotShortenable, ends_on, may_shorten
from tests.regulations.facts import LAW, OLE, event, matter, one

PAPERS = event("papers_supplied", date(2026, 3, 26), "ole")  # reply due Monday 20 April 2026
MAY_BE_SHORTENED = [
    *("INV-09", "PRO-02", "PRO-03", "PRO-04", "PRO-05", "PRO-06", "PRO-07", "PRO-08", "PRO-09", "PRO-10", "PRO-11"),
    *("PRO-14", "PRO-18", "PRO-19", "PRO-20", "ACC-02", "ACC-03", "ACC-05", "ACC-06"),
]


def test_exactly_the_periods_of_parts_4_and_5_may_be_shortened() -> None:
    found = [clock.id for clock in LAW.clocks() if may_shorten(clock, LAW.drives[clock.id].nature).value]
    assert found == MAY_BE_SHORTENED


@pytest.mark.parametrize("clock", ["CMP-05", "INV-03", "PRO-12", "PRO-17", "WRN-01", "PAT-01", "PRO-01"])
def test_a_period_that_may_not_be_shortened_says_why(clock: str) -> None:
    row = LAW.clock(clock, on=date(2026, 1, 1))
    answer = may_shorten(row, LAW.drives[clock].nature)
    assert answer.value is False
    assert answer.because


def test_an_agreed_day_takes_the_place_of_the_computed_one() -> None:
    agreed = event("period_shortened", date(2026, 4, 1), clock_id="PRO-03", until=date(2026, 4, 13), who="the parties")
    duty = one("PRO-03", matter(PAPERS, agreed, people=(OLE,)), date(2026, 4, 2))
    assert duty.due == date(2026, 4, 13)
    assert "Shortened by agreement of the parties on Wednesday 1 April 2026" in duty.because[-1]


def test_an_agreement_cannot_lengthen() -> None:
    agreed = event("period_shortened", date(2026, 4, 1), clock_id="PRO-03", until=date(2026, 5, 1), who="the parties")
    duty = one("PRO-03", matter(PAPERS, agreed, people=(OLE,)), date(2026, 4, 2))
    assert duty.due == date(2026, 4, 20)
    assert "cannot count" in duty.because[-1]
    clock = LAW.clock("PRO-03", on=date(2026, 4, 1))
    late = Changed(date(2026, 5, 1), "the parties", date(2026, 4, 1))
    with pytest.raises(NotShortenable, match="cannot lengthen"):
        ends_on(clock, date(2026, 3, 26), LAW.england_and_wales, agreed=late)


def test_an_agreement_outside_parts_4_and_5_cannot_count() -> None:
    clock = LAW.clock("CMP-05", on=date(2026, 4, 1))
    early = Changed(date(2026, 4, 2), "the parties", date(2026, 4, 1))
    with pytest.raises(NotShortenable, match="Parts 4 and 5"):
        ends_on(clock, date(2026, 4, 1), LAW.england_and_wales, agreed=early)


def test_only_a_clock_that_names_who_may_extend_it_can_be_extended() -> None:
    change = Changed(date(2026, 6, 1), "the chair", date(2026, 4, 1))
    reply = LAW.clock("PRO-03", on=date(2026, 4, 1))
    assert ends_on(reply, date(2026, 3, 26), LAW.england_and_wales, extended=change).value == date(2026, 6, 1)
    lists = LAW.clock("PRO-04", on=date(2026, 4, 1))
    with pytest.raises(NotExtendable, match="names nobody"):
        ends_on(lists, date(2026, 3, 26), LAW.england_and_wales, extended=change)
    with pytest.raises(NotExtendable, match="is before"):
        ends_on(
            reply, date(2026, 3, 26), LAW.england_and_wales, extended=Changed(date(2026, 4, 1), "x", date(2026, 4, 1))
        )
