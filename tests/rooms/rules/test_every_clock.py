"""All 98 clocks compute, through the bare rule and from the facts of a matter."""

from datetime import UTC, date, datetime

import pytest

from peelian import rules, statute
from peelian.rules import DutyState
from peelian.statute import Nature, Status, Unit
from tests.regulations.facts import LAW, of, started

DAY = date(2026, 3, 10)  # a Tuesday after every first day in the tables
CLOCKS = LAW.clocks()


def test_there_are_ninety_five_clocks_of_the_law_and_those_of_lessons() -> None:
    assert len(CLOCKS) == 98
    assert set(LAW.drives) == {clock.id for clock in CLOCKS}


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.id)
def test_a_clock_gives_an_answer_with_law_and_working(clock: statute.Clock) -> None:
    if clock.unit is Unit.HOURS:
        moment = rules.ends_at(clock, datetime(2026, 3, 10, 9, tzinfo=UTC))
        assert moment.value > datetime(2026, 3, 10, 9, tzinfo=UTC)
        return
    answer = rules.ends_on(clock, DAY, LAW.holidays_for(clock))
    assert (answer.value is None) == (clock.unit is Unit.ASAP)
    assert answer.law == clock.law
    assert answer.because
    assert answer.unverified == (not clock.seen)


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.id)
def test_a_clock_started_by_its_own_event_becomes_a_duty(clock: statute.Clock) -> None:
    facts = started(clock.id, DAY, at=datetime(2026, 3, 10, 9, tzinfo=UTC))
    found = of(clock.id, facts, DAY)
    if LAW.drives[clock.id].follows:
        found = found[-1:]
    assert len(found) == 1
    duty = found[0]
    if clock.status is Status.PROPOSED:
        assert duty.state is DutyState.NOT_STARTED
        assert "proposed, not law" in " ".join(duty.because)
        return
    assert (duty.due is None) == (clock.unit is Unit.ASAP)
    assert duty.law == clock.law
    assert duty.unverified == clock.unverified
    assert duty.because
    expected = {
        Nature.DUTY: DutyState.WAITING if duty.waits_on else DutyState.OPEN,
        Nature.WINDOW: DutyState.WAITING,
        Nature.EARLIEST: DutyState.WAITING,
        Nature.SPAN: DutyState.RUNNING,
        Nature.PERIOD: DutyState.OPEN,
    }[duty.nature]
    if clock.direction is statute.Direction.BEFORE:
        expected = DutyState.OVERDUE  # five working days before a hearing that is today
    assert duty.state is expected


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.id)
def test_a_clock_whose_event_is_known_to_the_month_gives_no_day_and_says_so(clock: statute.Clock) -> None:
    facts = started(clock.id, DAY)
    known = statute_month(facts)
    found = of(clock.id, known, date(2026, 9, 1))
    for duty in found:
        assert duty.due is None
        if clock.unit is not Unit.ASAP and clock.status is not Status.PROPOSED:
            assert duty.state is DutyState.NO_DATE
            assert "Without the" in " ".join(duty.because)


def statute_month(facts: rules.MatterFacts) -> rules.MatterFacts:
    month = rules.facts.KnownDate.of(2026, 3)
    events = tuple(rules.EventFact(one.key, month, person_key=one.person_key) for one in facts.events)
    return rules.MatterFacts(facts.kind, month, events=events, people_owed=facts.people_owed)
