"""SI 2025/502: the acts of a withdrawal in their order, by independent people, after their windows."""

from datetime import date

import pytest

from peelian.rules import vetting as rules
from peelian.rules.vetting import StepTaken
from peelian.terms.people import PersonKind
from tests.regulations.facts import LAW

DAYS = {
    "information": date(2026, 9, 1),
    "assessment": date(2026, 9, 2),
    "appointed": date(2026, 9, 3),
    "notice": date(2026, 9, 7),  # a Monday: the reply until the 21st
    "reply": date(2026, 9, 9),
    "withdrawn": date(2026, 9, 22),
    "supplied": date(2026, 9, 23),  # a Wednesday: the appeal until 7 October
    "appeal": date(2026, 9, 30),
    "appeal_dismissed": date(2026, 10, 20),
}
OFFICER = PersonKind.OFFICER


def taken(*keys: str, by: str = "user:other", earlier: int = 0) -> list[StepTaken]:
    days = {key: day.replace(year=day.year - earlier) for key, day in DAYS.items()}
    return [StepTaken(key, days[key], by) for key in keys]


def refused(key: str, done: list[StepTaken], on: date, *, kind: PersonKind = OFFICER, by: str = "user:me") -> str:
    found = rules.may_take(LAW, LAW.row("vetting_withdrawal", key), done, kind, by, on)
    return found.reason if found else ""


ALL = tuple(DAYS)


def test_the_acts_can_be_done_in_their_order() -> None:
    for place, key in enumerate(ALL):
        assert refused(key, taken(*ALL[:place]), DAYS[key]) == "", key
    assert refused("dismissed", taken(*ALL), date(2026, 11, 1)) == ""


@pytest.mark.parametrize(
    ("key", "done", "words"),
    [
        ("assessment", (), "First record"),
        ("notice", ("information", "assessment"), "First record “Somebody was appointed"),
        ("withdrawn", ("information", "assessment", "appointed"), "First record “Notice and material supplied”"),
        ("information", ("information",), "open already"),
        ("reply", ("information", "assessment", "appointed", "notice", "reply"), "done already"),
        ("no_assessment", ("information", "assessment"), "can no longer be done"),
    ],
)
def test_an_act_out_of_its_order_is_refused(key: str, done: tuple[str, ...], words: str) -> None:
    assert words in refused(key, taken(*done), date(2026, 12, 1))


def test_a_suspension_is_made_once_and_ended_once() -> None:
    first, day = taken("information"), date(2026, 9, 4)
    suspended = [*first, StepTaken("suspended", day, "user:other")]
    ended = [*suspended, StepTaken("suspension_ended", day, "user:other")]
    assert refused("suspended", first, day) == ""
    assert refused("suspended", suspended, day) == "Clearance is suspended already."
    assert refused("suspension_ended", suspended, day) == ""
    assert refused("suspension_ended", ended, day) == "The suspension ended already."


@pytest.mark.parametrize(("on", "open_still"), [(date(2026, 9, 21), True), (date(2026, 9, 22), False)])
def test_without_a_reply_nothing_is_decided_before_its_window_ends(on: date, open_still: bool) -> None:
    done = taken("information", "assessment", "appointed", "notice")
    assert bool(refused("withdrawn", done, on)) is open_still
    assert refused("withdrawn", [*done, *taken("reply")], date(2026, 9, 9)) == ""


@pytest.mark.parametrize("part", ["information", "appointed", "notice"])
def test_whoever_took_part_before_does_not_decide(part: str) -> None:
    done = taken("information", "assessment", "appointed", "notice", "reply")
    mine = [StepTaken(one.key, one.on, "user:me") if one.key == part else one for one in done]
    assert "independent" in refused("withdrawn", mine, DAYS["withdrawn"])


def test_whoever_withdrew_does_not_hear_the_appeal() -> None:
    done = taken("information", "assessment", "appointed", "notice", "reply", "withdrawn", "supplied", "appeal")
    mine = [StepTaken(one.key, one.on, "user:me") if one.key == "withdrawn" else one for one in done]
    assert "independent" in refused("appeal_allowed", mine, date(2026, 10, 20))
    assert refused("appeal_allowed", done, date(2026, 10, 20)) == ""


def test_nobody_is_dismissed_while_an_appeal_may_be_made_or_waits() -> None:
    done = taken("information", "assessment", "appointed", "notice", "reply", "withdrawn", "supplied")
    assert "They may appeal until Wednesday 7 October 2026" in refused("dismissed", done, date(2026, 10, 7))
    assert refused("dismissed", done, date(2026, 10, 8)) == ""
    assert "not decided yet" in refused("dismissed", [*done, *taken("appeal")], date(2026, 12, 1))


def test_dismissal_is_no_option_for_a_withdrawal_decided_before_the_regulations() -> None:
    done = taken(*ALL[:7], earlier=2)
    assert "could lawfully lead to dismissal" in refused("dismissed", done, date(2026, 10, 8))


def test_dismissal_under_these_regulations_is_for_officers_alone() -> None:
    assert "contract" in refused("dismissed", taken(*ALL), date(2026, 11, 1), kind=PersonKind.STAFF)
    assert refused("dismissed", taken(*ALL), date(2026, 11, 1), kind=PersonKind.SPECIAL_CONSTABLE) == ""


def test_nothing_follows_what_ended_it() -> None:
    done = [*taken("information"), StepTaken("no_assessment", date(2026, 9, 2), "user:other")]
    assert refused("assessment", done, date(2026, 9, 3)) == "The procedure has ended."


@pytest.mark.parametrize(
    ("kind", "opened", "said"),
    [
        (OFFICER, date(2025, 5, 13), ["before"]),
        (OFFICER, date(2025, 5, 14), []),
        (PersonKind.STAFF, date(2025, 5, 14), ["not_officers"]),
    ],
)
def test_the_warning_stands_before_14_may_2025_and_for_staff(kind: PersonKind, opened: date, said: list[str]) -> None:
    assert [row.key for row in rules.warnings(LAW, kind, opened)] == said


def test_a_window_before_the_regulations_is_none() -> None:
    answer = rules.window_ends(LAW, "VET-03", date(2025, 5, 13))
    assert (answer.value, answer.unverified) == (None, True)
    assert rules.window_ends(LAW, "VET-03", date(2026, 9, 7)).value == date(2026, 9, 21)
