"""SI 2011/3050 Sch para 7C (inserted by SI 2021/547): the local policing body publishes the quarterly bulletin of the
IOPC and a report of its own (CMP-16). The month in which it does is unverified.
"""

from datetime import date

from peelian.rules.facts import DutyState
from peelian.rules.returns import ReturnKind, return_duty
from tests.regulations.facts import LAW

BULLETIN = ReturnKind.BULLETIN
RECEIVED, DUE = date(2026, 8, 3), date(2026, 9, 3)


def test_it_waits_on_the_local_policing_body_and_is_late_a_month_after_it_was_received() -> None:
    waits = return_duty(BULLETIN, RECEIVED, None, DUE, law=LAW)
    assert (waits.due, waits.state, waits.waits_on) == (DUE, DutyState.WAITING, "local policing body")
    assert "SI 2021/547" in waits.law
    assert return_duty(BULLETIN, RECEIVED, None, date(2026, 9, 4), law=LAW).state is DutyState.OVERDUE
    assert return_duty(BULLETIN, RECEIVED, DUE, DUE, law=LAW).state is DutyState.MET


def test_what_was_recorded_by_mistake_is_owed_no_more_and_says_why() -> None:
    found = return_duty(BULLETIN, RECEIVED, None, date(2026, 12, 1), law=LAW, withdrawn="It was of another force.")
    assert found.state is DutyState.STOPPED
    assert found.because[-1] == "What started it was recorded by mistake: It was of another force."


def test_before_the_paragraph_was_inserted_no_clock_starts() -> None:
    early = return_duty(BULLETIN, date(2021, 5, 30), None, date(2021, 7, 1), law=LAW)
    assert early.state is DutyState.NOT_STARTED
    assert return_duty(BULLETIN, date(2021, 5, 31), None, date(2021, 6, 1), law=LAW).state is DutyState.WAITING
