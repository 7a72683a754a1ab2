"""Lists longer than they count: the same order, pages that end, and nothing told of what a wall hides."""

from datetime import date, datetime, timedelta

import pytest

from peelian.intake import queries as intake
from peelian.matters import queries as matters
from peelian.matters.queries import lists
from peelian.matters.rows import MatterFilters
from peelian.terms.known_dates import KnownDate
from peelian.terms.pages import Page, Sort
from peelian.walls import lists as counted
from peelian.walls import sifting
from peelian.web.lists import shown_words
from tests import worlds

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


def complaints(at: datetime, count: int) -> list[str]:
    """Complaints that all hold the word custody, each a day later than the one before."""
    by = worlds.peelian(at)
    return [
        worlds.open_complaint(by, DAY + timedelta(days=turn), narrative=f"At the custody desk, {turn}.")
        for turn in range(count)
    ]


def test_many_matters_with_a_word_come_in_the_order_of_the_list(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sifting, "MOST", 3)
    refs = complaints(at, 5)
    found = matters.matters(worlds.peelian(at), MatterFilters(words="custody"), size=2)
    assert [row.ref for row in found.rows] == [refs[4], refs[3]]
    assert (found.total, found.more, found.last) == (3, True, 2)
    last = matters.matters(worlds.peelian(at), MatterFilters(words="custody"), number=99, size=2)
    assert [row.ref for row in last.rows] == [refs[2]]


ASKED = {
    "a word": MatterFilters(words="custody"),
    "the start of a word": MatterFilters(words="cust"),
    "a phrase": MatterFilters(words='"custody desk"'),
    "two words": MatterFilters(words="desk custody"),
    "a category": MatterFilters(category="H4"),
    "a group of categories": MatterFilters(category="H"),
    "a word and a category": MatterFilters(words="custody", category="H4"),
    "a word that few hold": MatterFilters(words="reception"),
    "a word in the middle": MatterFilters(words="ustody"),
    "no word": MatterFilters(words="?!"),
    "a category of none": MatterFilters(category="B1"),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=list(ASKED))
@pytest.mark.parametrize("windows", [(), (2,), (2, 4), (4, 100)], ids=str)
def test_many_and_few_are_found_alike(
    at: datetime, monkeypatch: pytest.MonkeyPatch, asked: MatterFilters, windows: tuple[int, ...]
) -> None:
    by = worlds.peelian(at)
    complaints(at, 3)
    worlds.open_complaint(by, DAY, narrative="At the reception desk: no custodian.")
    worlds.open_complaint(by, DAY, narrative="In the street.")
    sorts = (Sort("came_to_attention", descending=True), Sort("came_to_attention"), Sort("reference"))
    few = [matters.matters(by, asked, sort) for sort in sorts]
    monkeypatch.setattr(sifting, "MOST", 2)
    monkeypatch.setattr(sifting, "WINDOWS", windows)
    for sort, whole in zip(sorts, few, strict=True):
        for number in (1, 2):
            found = matters.matters(by, asked, sort, number, size=1)
            assert found.rows == whole.rows[:2][found.number - 1 : found.number]
            assert (found.total, found.more) == (min(whole.total, 2), whole.total > 2)


def test_what_was_asked_above_is_met_by_some_and_not_by_all(at: datetime) -> None:
    by = worlds.peelian(at)
    complaints(at, 3)
    worlds.open_complaint(by, DAY, narrative="At the reception desk: no custodian.")
    worlds.open_complaint(by, DAY, narrative="In the street.")
    totals = {words: matters.matters(by, asked).total for words, asked in ASKED.items()}
    assert totals == {
        "a word": 3,
        "the start of a word": 4,
        "a phrase": 3,
        "two words": 3,
        "a category": 5,
        "a group of categories": 5,
        "a word and a category": 3,
        "a word that few hold": 1,
        "a word in the middle": 0,
        "no word": 0,
        "a category of none": 0,
    }


def test_what_a_wall_hides_is_not_among_the_many(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sifting, "MOST", 3)
    handler = worlds.user(at, "Hetty Wren", "complaint_handler")
    complaints(at, 3)
    by = worlds.peelian(at)
    worlds.open_complaint(by, DAY, officers=[handler.ref], narrative="At the custody desk with Hetty.")
    found = matters.matters(handler.viewer, MatterFilters(words="custody"))
    assert (len(found.rows), found.total, found.more) == (3, 3, False)


def test_the_matters_of_this_force_leave_out_those_of_others_and_sources_are_named_once(at: datetime) -> None:
    refs = complaints(at, 2)
    found = matters.matters(worlds.peelian(at), MatterFilters(force=lists.THIS_FORCE))
    assert {row.ref for row in found.rows} == set(refs)
    assert matters.sources(worlds.peelian(at)) == ()


def test_a_list_counts_no_further_than_it_pages(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "MOST", 3)
    for turn in range(5):
        worlds.item(at, f"Letter {turn}", received_on=DAY + timedelta(days=turn))
    found = intake.items(worlds.peelian(at), number=9, size=2)
    assert (len(found.rows), found.number, found.total, found.more) == (1, 2, 3, True)
    assert shown_words(found) == "3 to 3 of more than 3"
    assert len(list(intake.export_items(worlds.peelian(at)))) == 5


def test_a_list_counts_a_little_further_than_the_page_that_was_asked_for(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "AHEAD", 4)
    refs = complaints(at, 10)[::-1]
    said = {}
    for number in (1, 2, 3, 4, 5, 99):
        found = matters.matters(worlds.peelian(at), number=number, size=2)
        assert [row.ref for row in found.rows] == refs[(found.number - 1) * 2 : found.number * 2]
        said[number] = (shown_words(found), found.last)
    assert said == {
        1: ("1 to 2 of more than 4", 2),
        2: ("3 to 4 of more than 8", 4),  # the last page that the first one offered
        3: ("5 to 6 of more than 8", 4),
        4: ("7 to 8 of 10", 5),
        5: ("9 to 10 of 10", 5),
        99: ("9 to 10 of 10", 5),
    }


def test_a_list_says_how_many_there_are_when_it_counted_them_all() -> None:
    assert shown_words(Page((KnownDate(DAY),), 31_271, 2, 25)) == "26 to 26 of 31,271"
