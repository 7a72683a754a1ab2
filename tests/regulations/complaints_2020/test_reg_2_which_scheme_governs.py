"""SI 2020/2 reg 2 and SI 2025/558 regs 64 and 66: the day a matter came to attention says which edition governs.

Under an edition whose clocks the tables do not hold, no clock starts, and the answer says so.
"""

from datetime import date

import pytest

from peelian.rules import Answer, DutyState, edition_of, governing_edition
from peelian.statute import SchemeEdition
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from tests.regulations.facts import ANA, LAW, OLE, day, event, matter, of, one


def key(answer: Answer[SchemeEdition | None]) -> str | None:
    assert answer.because
    assert answer.law
    return answer.value.key if answer.value else None


@pytest.mark.parametrize(
    ("came", "edition"),
    [
        (day(2004, 5, 1), "2012"),  # older than every edition held: none of its clocks is held either
        (day(2020, 1, 31), "2012"),
        (day(2020, 2, 1), "2020"),
        (day(2024, 5, 6), "2020"),
        (day(2024, 5, 7), "2020"),  # the 2024 changes turn on the notice of referral
        (day(2025, 5, 27), "2020"),
        (day(2025, 5, 28), "2025"),
        (day(2020, 2), "2020"),
        (day(2020, 1), "2012"),
        (day(2021), "2020"),
        (day(2020), None),  # before or after 1 February is not known
        (day(2025, 5), None),
        (None, None),
    ],
)
def test_the_day_it_came_to_attention_decides(came: KnownDate | None, edition: str | None) -> None:
    assert key(governing_edition(LAW, came)) == edition


def test_a_later_matter_about_the_same_thing_stays_under_the_scheme_of_the_earlier() -> None:
    answer = governing_edition(LAW, day(2020, 6, 1), earlier=day(2019, 12, 1))
    assert key(answer) == "2012"
    assert "earlier matter about the same thing" in answer.because[0]
    assert key(governing_edition(LAW, day(2025, 6, 1), earlier=day(2025, 5, 1))) == "2020"


def test_re_investigation_ordered_by_the_iopc_brings_in_the_newer_rules_whatever_the_date() -> None:
    assert key(governing_edition(LAW, day(2018, 3, 1), reopened=day(2025, 9, 1))) == "2025"
    assert key(governing_edition(LAW, day(2018, 3, 1), reopened=day(2022, 9, 1))) == "2020"


@pytest.mark.parametrize(
    ("notice", "edition"), [(day(2024, 5, 6), "2020"), (day(2024, 5, 7), "2024"), (day(2025, 9, 1), "2024")]
)
def test_the_amendments_of_2024_turn_on_the_notice_of_referral(notice: KnownDate, edition: str) -> None:
    answer = governing_edition(LAW, day(2023, 3, 1), referral_notice=notice)
    assert key(answer) == edition
    assert answer.unverified == (edition == "2024")  # the transitional rule itself was not read


def test_a_replay_by_todays_rules_is_labelled() -> None:
    answer = governing_edition(LAW, day(2003, 3, 1), by_todays_rules=True)
    assert key(answer) == "2025"
    assert answer.by_todays_rules
    assert "did not govern" in answer.because[0]


OLD = matter(
    event("handling_started", date(2020, 2, 10)),
    event("dismissed", date(2020, 3, 2), "ole"),
    came=day(2020, 1, 31),
    people=(ANA, OLE),
)


def test_before_the_first_edition_held_no_clock_starts_even_for_a_later_event() -> None:
    duty = one("CMP-03", OLD, date(2020, 3, 1))
    assert (duty.state, duty.due) == (DutyState.NOT_STARTED, None)
    assert duty.because[-1] == "No clock starts."
    assert "31 January 2020" in duty.because[0]


def test_an_instrument_with_a_first_day_of_its_own_follows_that_day() -> None:
    assert one("LST-01", OLD, date(2020, 3, 3)).due == date(2020, 3, 6)  # Monday 2 March 2020 is day 1
    early = matter(event("dismissed", date(2017, 12, 14), "ole"), came=day(2015, 1, 1), people=(OLE,))
    duty = one("LST-01", early, date(2020, 1, 1))
    assert duty.state is DutyState.NOT_STARTED
    assert "from Friday 15 December 2017" in duty.because[0]


def test_replayed_by_todays_rules_the_clock_runs_and_every_duty_says_so() -> None:
    old = matter(event("handling_started", date(2016, 2, 8)), came=day(2016, 2, 1), people=(ANA,), by_todays_rules=True)
    duty = one("CMP-03", old, date(2016, 2, 9))
    assert (duty.due, duty.by_todays_rules) == (date(2016, 3, 7), True)
    assert "today's rules" in duty.because[0]


def test_a_history_without_dates_starts_no_clock_and_says_why() -> None:
    facts = matter(kind=MatterKind.HISTORY, people=(OLE,))
    assert of("CMP-03", facts, date(2026, 1, 1)) == []
    assert edition_of(facts).because == (
        "The day it came to the attention of the appropriate authority is not recorded.",
    )


def test_a_dated_event_on_a_matter_without_a_day_of_attention_starts_no_clock() -> None:
    facts = matter(event("handling_started", date(2025, 4, 14)), people=(ANA,))
    facts = type(facts)(facts.kind, None, events=facts.events, people_owed=facts.people_owed)
    assert one("CMP-03", facts, date(2025, 5, 1)).state is DutyState.NOT_STARTED


@pytest.mark.parametrize(("notice", "state"), [(27, DutyState.NOT_STARTED), (28, DutyState.OPEN)])
def test_the_former_officer_default_spares_cases_already_referred(notice: int, state: DutyState) -> None:
    facts = matter(
        event("papers_supplied", date(2025, 5, notice), "ole"),
        event("former_officer_case_to_answer", date(2025, 6, 10), "ole"),
        came=day(2024, 9, 1),
        people=(OLE,),
    )
    assert one("ACC-08", facts, date(2025, 6, 11)).state is state
