"""Whether a message may go to somebody now: what the register says, what they agreed, what they told us since."""

from datetime import date, time

import pytest

from peelian import statute
from peelian.rules.contact import (
    EVERY_DAY,
    KnownWay,
    Outgoing,
    PlanFacts,
    SafeWay,
    asked_first,
    may_contact,
    referral_due,
)

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
MORNINGS = SafeWay(
    "telephone", "07700 900123", frozenset({0, 1}), time(9), time(12), note="Hang up if somebody else answers"
)
PLAN = PlanFacts(date(2026, 11, 2), True, (MORNINGS, SafeWay("email", "carla@example.org")), ("police", "Northbeck"))
NO_CONTACT = PlanFacts(date(2026, 11, 2), False)


def ring(on: date = MONDAY, at: time | None = time(10), number: str = "07700900123", **said: object) -> Outgoing:
    return Outgoing("telephone", number, on, at, was_read=True, **said)  # type: ignore[arg-type]  # words alone


@pytest.mark.parametrize(
    ("message", "plan", "reason"),
    [
        (ring(), None, ""),
        (ring(), PLAN, ""),
        (ring(at=time(9)), PLAN, ""),
        (ring(at=time(12)), PLAN, "not safe then"),  # the end is not included
        (ring(on=SUNDAY), PLAN, "on Monday, Tuesday, between 09:00 and 12:00"),
        (ring(number="020 7946 0000"), PLAN, "another address or number"),
        (Outgoing("post", "1 High Street", MONDAY), PLAN, "names other ways: telephone, email"),
        (Outgoing("email", "CARLA@example.org", SUNDAY, time(23)), PLAN, ""),
        (Outgoing("email", "carla@example.org", MONDAY, words="From Northbeck Police"), PLAN, "may hold “police”"),
        (Outgoing("", "", MONDAY, words="From the police"), PLAN, "may hold “police”"),
        (Outgoing("", "", MONDAY), NO_CONTACT, "no contact for now"),
        (ring(), NO_CONTACT, "On Monday 2 November 2026 they said that they want no contact for now"),
    ],
)
def test_a_message_goes_only_as_it_was_agreed(message: Outgoing, plan: PlanFacts | None, reason: str) -> None:
    answer = may_contact(message, plan)
    assert answer.value is (not reason)
    assert reason in " ".join(answer.because)
    assert "Victims Code (2021) Right 4" in answer.law


def test_a_way_that_was_refused_is_refused_whatever_the_plan_says() -> None:
    refused = KnownWay("telephone", "", True, "He reads my phone.")
    assert may_contact(ring(), PLAN, (refused,)).because == (
        "They asked that this way not be used: telephone. He reads my phone.",
    )
    elsewhere = KnownWay("telephone", "020 7946 0000", True, "His mother's.")
    assert may_contact(ring(), PLAN, (elsewhere,)).value


def test_nothing_goes_after_they_told_us_that_a_way_is_not_safe() -> None:
    for plan in (None, PLAN):
        answer = may_contact(ring(), plan, (), unsafe_since=MONDAY)
        assert not answer.value
        assert "not safe any more" in answer.because[0]


def test_the_hour_and_what_is_to_be_read_are_asked_for_first() -> None:
    assert asked_first(Outgoing("telephone", "", MONDAY), PLAN)[0][0] == "sent_at"
    assert dict(asked_first(Outgoing("telephone", "", MONDAY, time(10)), PLAN)) == {
        "safety_read": "Read first when and how this is safe: Hang up if somebody else answers"
    }
    assert asked_first(ring(), PLAN) == ()
    assert asked_first(Outgoing("", "", MONDAY), PLAN) == ()
    posted = PlanFacts(MONDAY, True, (SafeWay("post", days=EVERY_DAY, from_time=time(9), to_time=time(10)),))
    assert asked_first(Outgoing("post", "1 High Street", MONDAY), posted) == ()
    silent = PlanFacts(MONDAY, True, (SafeWay("post"),), must_read=True)
    assert asked_first(Outgoing("post", "", MONDAY), silent)[0][0] == "safety_read"


def test_a_referral_is_due_two_working_days_after_they_agreed_as_the_clock_of_the_code_says() -> None:
    law = statute.product()
    friday = date(2026, 11, 20)
    assert referral_due(law, "to_refer", friday).value == date(2026, 11, 24)  # Monday 23, Tuesday 24
    assert law.row("referral_time", "to_refer")["working_days"] == law.clock("INF-04", on=friday).length
    assert referral_due(law, "to_refer", friday).unverified
