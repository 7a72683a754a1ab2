"""The Victims' Code gives twelve rights; each is a cited row in the words of its source, and says that it is unread."""

import re

import pytest

from peelian import statute
from peelian.rules.steps import asked
from peelian.statute import Row

LAW = statute.product()
RIGHTS = LAW.table("victims_right")


def test_there_are_twelve_rights_in_order() -> None:
    assert [row.key for row in RIGHTS] == [f"VC-{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize("row", RIGHTS, ids=lambda row: row.key)
def test_a_right_cites_its_number_and_says_the_same_as_the_table_it_came_from(row: Row) -> None:
    number = int(row.key.removeprefix("VC-"))
    assert row.law == f"Victims Code (2021) Right {number}"
    assert row["text"] == LAW.row("victims_code_right", str(number))["text"]
    assert row.unverified  # the Code itself was not read; whoever reads it says so in the row


@pytest.mark.parametrize("row", [*RIGHTS, *LAW.table("adviser")], ids=lambda row: row.key)
def test_what_a_person_reads_is_plain_and_names_nobody(row: Row) -> None:
    assert re.fullmatch(r"[A-Z].{20,}\.", row["plain"])
    assert max(len(sentence.split()) for sentence in re.split(r"[.;:] ", row["plain"])) <= 25


def test_a_referral_is_timed_as_the_clocks_time_it_and_followed_by_a_rule_of_our_own() -> None:
    made, followed = LAW.row("referral_time", "to_refer"), LAW.row("referral_time", "to_follow")
    clock = LAW.editions("INF-04")[-1]
    assert (made["working_days"], made.law) == (clock.length, clock.law)
    assert (followed.law, followed.unverified) == ("Local rule", False)


def test_the_own_view_names_only_events_and_clocks_that_there_are_and_nothing_of_an_officer() -> None:
    events = {row.key for row in LAW.table("told_event")}
    assert events <= set(LAW.events)
    clocks = {row.key: row for row in LAW.table("told_clock")}
    assert set(clocks) <= set(LAW.editions_of)
    assert {key for key, row in clocks.items() if row.get("is_update")} == {"CMP-03", "CMP-04"}
    assert {key for key, row in clocks.items() if row.get("is_review")} == {"CMP-07"}
    assert not any("officer" in LAW.events[key].words.lower() for key in events)
    for key in clocks:
        drive = LAW.drives[key]
        assert {"complainant"} & set(drive.owed_parts) or not drive.per_person, key


def test_no_step_and_no_question_makes_a_wish_an_outcome() -> None:
    """What the person says of themselves opens a step; it records no event and answers no question."""
    opened = [step for step in LAW.steps.values() if any(word.startswith("said_") for word in step.after)]
    assert [step.key for step in opened] == ["withdrawal_decision"]
    step = opened[0]
    assert step.joint_view
    assert "said_withdraw" in step.independent_of
    assert step.option("withdrawn").countersign  # type: ignore[union-attr]  # the row is there
    assert not any("said_" in one.key for one in asked(step, "complaint_s3"))
