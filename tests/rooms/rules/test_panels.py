"""Who may sit, by rank, service and list; and when a panel is whole, before and after 7 May 2024."""

from datetime import date

import pytest

from peelian import statute
from peelian.rules.panels import OfficerFacts, Sitter, Standing, incomplete, may_sit, seats, took_part
from peelian.terms.people import PersonKind

LAW = statute.product()
ON = date(2026, 11, 20)
OFFICER, SPECIAL, STAFF = PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE, PersonKind.STAFF
CONSTABLE = OfficerFacts(OFFICER, "Constable")


def refusal(seat: str, by: str, sitter: Sitter, officer: OfficerFacts = CONSTABLE) -> str:
    found = may_sit(LAW, LAW.row("panel_seat", seat), by, sitter, officer, ON)
    assert found is None or found.law
    return found.reason if found else ""


@pytest.mark.parametrize(
    ("rank", "officer", "words"),
    [
        ("Sergeant", "Constable", ""),
        ("Constable", "Constable", "does not stand above"),
        ("Inspector", "Chief Inspector", "does not stand above"),
        ("", "Constable", "holds no rank of theirs"),
        ("Sergeant", "", "no rank of the officer concerned"),
        ("Special Sergeant", "Constable", "does not stand above"),
    ],
)
def test_a_meeting_is_conducted_by_somebody_a_rank_above(rank: str, officer: str, words: str) -> None:
    found = refusal("meeting-conducts", "rank_above", Sitter(OFFICER, rank), OfficerFacts(OFFICER, officer))
    assert (words in found) if words else found == ""


@pytest.mark.parametrize(
    ("by", "sitter", "words"),
    [
        ("chief_officer", Sitter(OFFICER, "Chief Constable"), ""),
        ("chief_officer", Sitter(OFFICER, "Deputy Chief Constable"), "is not enough"),
        ("delegate_senior_officer", Sitter(OFFICER, "Assistant Chief Constable"), ""),
        ("delegate_senior_officer", Sitter(OFFICER, "Chief Superintendent"), "is not enough"),
        ("delegate_senior_officer", Sitter(OFFICER, "Commander", date(2026, 1, 1)), "they have left"),
        ("delegate_former_senior", Sitter(OFFICER, "Commander", date(2026, 1, 1)), ""),
        ("delegate_former_senior", Sitter(OFFICER, "Commander", date(2021, 11, 19)), "more than 5 years ago"),
        ("delegate_former_senior", Sitter(OFFICER, "Commander"), "does not say that they have left"),
        ("delegate_staff", Sitter(STAFF), ""),
        ("delegate_staff", Sitter(OFFICER, "Commander"), "holds them as police officer"),
        ("delegate_staff", Sitter(None), "choose them from the register"),
        ("legally_qualified_chair", Sitter(None), "Nobody sits as"),
    ],
)
def test_from_7_may_2024_a_chief_officer_or_a_delegate_sits_in_the_chair(by: str, sitter: Sitter, words: str) -> None:
    found = refusal("hearing-chair", by, sitter)
    assert (words in found) if words else found == ""


def test_an_independent_member_serves_in_no_post_of_the_force() -> None:
    assert refusal("hearing-independent-members", "independent_list", Sitter(None)) == ""
    assert refusal("hearing-independent-members", "independent_list", Sitter(PersonKind.PUBLIC)) == ""
    assert "serves in this force" in refusal("hearing-independent-members", "independent_list", Sitter(STAFF))


def test_a_special_constable_is_met_by_a_sergeant_or_by_staff() -> None:
    special = OfficerFacts(SPECIAL, "Special Constable")
    assert special.standing(LAW) is Standing.SPECIAL_CONSTABLE
    assert refusal("meeting-conducts-special", "sergeant_or_above", Sitter(OFFICER, "Sergeant"), special) == ""
    assert "rank" in refusal("meeting-conducts-special", "sergeant_or_above", Sitter(OFFICER, "Constable"), special)
    assert refusal("meeting-conducts-special", "senior_hr", Sitter(STAFF), special) == ""


@pytest.mark.parametrize(
    ("edition", "keys"),
    [
        (
            "2020",
            {"hearing-chair-before-2024", "hearing-senior-member-before-2024", "hearing-lay-member-before-2024"},
        ),
        ("2024", {"hearing-chair", "hearing-independent-members", "hearing-adviser"}),
        ("2025", {"hearing-chair", "hearing-independent-members", "hearing-adviser"}),
    ],
)
def test_the_seats_of_a_hearing_follow_the_edition(edition: str, keys: set[str]) -> None:
    assert {row.key for row in seats(LAW, "hearing", edition, Standing.OFFICER)} == keys


def test_a_senior_officer_is_heard_by_somebody_of_another_force() -> None:
    chief = OfficerFacts(OFFICER, "Assistant Chief Constable")
    assert chief.standing(LAW) is Standing.SENIOR
    keys = {row.key for row in seats(LAW, "hearing", "2025", chief.standing(LAW))}
    assert "hearing-chair-of-senior" in keys
    assert "hearing-chair" not in keys
    serving = Sitter(OFFICER, "Chief Constable")
    assert "serves in this force" in refusal("hearing-chair-of-senior", "senior_of_another_force", serving, chief)


def test_a_panel_lacks_what_nobody_sits_on_and_has_too_many_where_more_sit_than_may() -> None:
    forum, asked = LAW.row("panel_forum", "hearing"), seats(LAW, "hearing", "2025", Standing.OFFICER)
    whole = {"hearing-chair": 1, "hearing-independent-members": 2, "hearing-adviser": 1}
    assert incomplete(asked, whole, forum) == ()
    (short,) = incomplete(asked, whole | {"hearing-independent-members": 1}, forum)
    assert (short.reason, short.law) == ("Independent member: two are wanted, 1 named.", "SI 2024/521 reg 3")
    (many,) = incomplete(asked, whole | {"hearing-adviser": 2}, forum)
    assert "at most 1 may sit" in many.reason
    (stray,) = incomplete(asked, whole | {"hearing-lay-member-before-2024": 1}, forum)
    assert "edition" in stray.reason
    (nothing,) = incomplete((), {}, forum)
    assert "Nobody can be held eligible" in nothing.reason


def test_whoever_took_a_step_before_sits_on_no_seat() -> None:
    forum = LAW.row("panel_forum", "hearing")
    refused = took_part(forum, {"determination": {"user:a"}, "update": {"user:b"}}, "user:a")
    assert refused is not None
    assert "CI-6" in refused.law
    assert took_part(forum, {"determination": {"user:a"}, "update": {"user:b"}}, "user:b") is None


def test_every_seat_names_qualifications_of_a_forum_and_each_row_is_cited() -> None:
    forums = {row.key for row in LAW.table("panel_forum")}
    ways = {row.key for row in LAW.table("panel_qualification")}
    for seat in LAW.table("panel_seat"):
        assert seat.get("forum") in forums
        assert set(seat.get("by")) <= ways
        assert seat.law
    for forum in LAW.table("panel_forum"):
        for word in (*forum.get("after"), *forum.get("independent_of")):
            assert word.partition("=")[0] in LAW.steps
