"""The decision model of vetting: sources settled, everything weighed, two steps, and how long clearance lasts."""

from datetime import date

import pytest

from peelian.rules import vetting as rules
from peelian.rules.vetting import Held, Weighed, Weighing
from peelian.terms.known_dates import KnownDate
from peelian.terms.vetting import SourceState
from tests.regulations.facts import LAW

ON = date(2026, 11, 23)
NEW, TRANSFER = (LAW.row("vetting_purpose", key) for key in ("new", "transfer"))


def test_a_source_by_area_is_asked_of_each_area() -> None:
    asked = [(row.key, area) for row, area in rules.sources(LAW, ("Northbeck", "Southby"))]
    assert len(asked) == len(LAW.table("vetting_check")) + 2
    assert ("psd", "Northbeck") in asked
    assert ("pnc", "") in asked


@pytest.mark.parametrize("state", [SourceState.NOT_ASKED, SourceState.SILENT])
def test_no_decision_while_a_source_is_silent(state: SourceState) -> None:
    refusal = rules.undecidable(LAW, NEW, [("Police National Computer", state), ("PND", SourceState.ANSWERED)])
    assert refusal is not None
    assert "Not answered: Police National Computer." in refusal.reason
    assert "LES-13" in refusal.law


def test_a_reason_is_enough_for_a_new_entry_and_never_for_a_transfer() -> None:
    found = [("Professional standards, Northbeck", SourceState.EXPLAINED)]
    assert rules.undecidable(LAW, NEW, found) is None
    refusal = rules.undecidable(LAW, TRANSFER, found)
    assert refusal is not None
    assert "a reason is not enough" in refusal.reason
    silent = [("Professional standards, Northbeck", SourceState.SILENT)]
    asked_of = [rules.undecidable(LAW, purpose, silent) for purpose in (NEW, TRANSFER)]
    assert ["say why" in one.reason for one in asked_of if one] == [True, False]
    assert rules.undecidable(LAW, TRANSFER, [("Professional standards, Northbeck", SourceState.ANSWERED)]) is None


def test_each_piece_is_weighed() -> None:
    items = {"a": "Allegation 1 of PM-1", "b": "Intelligence"}
    refusal = rules.unweighed(items, {"a"})
    assert refusal is not None
    assert refusal.reason == "Not weighed yet: Intelligence."
    assert rules.unweighed(items, {"a", "b"}) is None


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (Weighing("heavy", ("recent",), "Because."), "weight"),
        (Weighing("great", (), "Because."), "reasons"),
        (Weighing("great", ("no_such",), "Because."), "reasons"),
        (Weighing("great", ("recent",), " "), "words"),
        (Weighing("little", ("one_off",), "Once only.", "The file"), "reasons"),
        (Weighing("none", ("one_off", "passage_of_time"), "Once, long ago.", "The file"), "reasons"),
        (Weighing("little", ("one_off", "age_then"), "He was 14."), "evidence"),
    ],
)
def test_a_weight_needs_reasons_that_can_carry_it(said: Weighing, wrong: str) -> None:
    found = rules.wrong_weighing(LAW, said)
    assert found is not None
    assert found[0] == wrong


def test_a_weight_with_reasons_words_and_evidence_stands() -> None:
    assert rules.wrong_weighing(LAW, Weighing("great", ("one_off",), "It was grave.", "The statement")) is None
    assert rules.wrong_weighing(LAW, Weighing("little", ("one_off", "age_then"), "He was 14.", "Birth record")) is None


@pytest.mark.parametrize(
    ("holds", "yes", "withhold", "expected"),
    [
        (False, (), None, ["grant"]),
        (False, ("public",), False, ["grant_controls"]),
        (False, ("public",), True, ["refuse"]),
        (True, (), None, ["retain"]),
        (True, ("honesty",), False, ["retain_controls"]),
        (True, ("honesty",), True, ["assess"]),
        (False, ("public",), None, []),
    ],
)
def test_the_two_steps_leave_one_outcome(
    holds: bool, yes: tuple[str, ...], withhold: bool | None, expected: list[str]
) -> None:
    assert [row.key for row in rules.outcomes(LAW, holds, yes, withhold)] == expected


@pytest.mark.parametrize(
    ("matters", "others", "blocked"),
    [
        ([], 0, False),
        ([Weighed(KnownDate(date(2005, 1, 1)), True, False)], 0, True),
        ([Weighed(KnownDate(date(2017, 1, 1)), False, True)], 0, True),
        ([Weighed(None, False, True)], 0, True),
        ([Weighed(KnownDate(date(2005, 1, 1)), False, True)], 0, True),
        ([], 1, True),
    ],
)
def test_one_person_renews_alone_only_where_nothing_stands_against_it(
    matters: list[Weighed], others: int, blocked: bool
) -> None:
    refusal = rules.not_routine(LAW, matters, others, ON)
    assert (refusal is not None) is blocked
    if refusal:
        assert "LES-06" in refusal.law


@pytest.mark.parametrize(
    ("level", "contractor", "until"),
    [
        ("RV", False, date(2036, 11, 22)),
        ("MV", False, date(2033, 11, 22)),
        ("NPPV1", False, date(2027, 11, 22)),
        ("SC", False, date(2036, 11, 23)),
        ("SC", True, date(2031, 11, 23)),
        ("BPSS", False, None),
    ],
)
def test_clearance_lasts_as_its_level_says(level: str, contractor: bool, until: date | None) -> None:
    answer = rules.expires_on(LAW, LAW.row("vetting_level", level), ON, contractor=contractor)
    assert answer.value == until
    assert answer.because
    assert answer.unverified is (level in ("RV", "MV", "NPPV1"))


def test_clearance_granted_before_the_first_edition_is_counted_by_it() -> None:
    answer = rules.expires_on(LAW, LAW.row("vetting_level", "RV"), date(2016, 10, 30))
    assert answer.value == date(2026, 10, 29)
    assert rules.edition_for(LAW, "VET-05", date(2019, 1, 1)).id == "VET-05"


def test_a_rule_on_convictions_reads_category_and_service_apart() -> None:
    held = [
        Held(1, "traffic_minor", "penalty", True),
        Held(2, "traffic_minor", "fine", False),
        Held(3, "dishonesty", "caution", True),
        Held(4, "violence", "custodial", False),
    ]
    always = {row.key for row in LAW.table("conviction_disposal") if row.get("always")}
    caught = {row.key: rules.affected(row, held, always) for row in LAW.table("conviction_rule")}
    assert caught == {"all_but_minor": (3, 4), "while_serving": (1, 3), "always": (4,), "all_but_traffic": (3, 4)}


def test_every_outcome_weight_and_reason_has_words_and_every_level_a_length() -> None:
    for section in ("vetting_outcome", "vetting_weight", "vetting_reason", "vetting_head", "vetting_information"):
        assert all(row.title != row.key for row in LAW.table(section)), section
    clocks = {row.get("clock") for row in LAW.table("vetting_level") if row.get("clock")}
    assert clocks == {"VET-06", "VET-07", "VET-08", "VET-09", "VET-10"}


def test_the_published_review_of_161_is_not_added_up_where_its_parts_overlap() -> None:
    parts = LAW.table("conviction_example")
    refused = rules.not_added(parts)
    assert refused is not None
    for words in ("“Committed while serving” (8) lies within “Dishonesty, violence and similar”", "One account counts"):
        assert words in refused.reason
    apart = [row for row in parts if row.key in ("serious_traffic", "sexual", "other")]
    assert rules.not_added(apart) is None
