"""Lists longer than they count: the same order, pages that end, and nothing told of what a wall hides."""

from datetime import date, datetime, timedelta

import pytest

from peelian.intake import queries as intake
from peelian.matters import queries as matters
from peelian.matters.queries import lists
from peelian.matters.rows import MatterFilters
from peelian.terms.known_dates import KnownDate
from peelian.terms.pages import Page
from peelian.walls import lists as counted
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
    monkeypatch.setattr(lists, "MOST_WORDED", 3)
    refs = complaints(at, 5)
    found = matters.matters(worlds.peelian(at), MatterFilters(words="custody"), size=2)
    assert [row.ref for row in found.rows] == [refs[4], refs[3]]
    assert (found.total, found.more, found.last) == (3, True, 2)
    last = matters.matters(worlds.peelian(at), MatterFilters(words="custody"), number=99, size=2)
    assert [row.ref for row in last.rows] == [refs[2]]


def test_many_and_few_are_found_alike(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints(at, 4)
    worlds.open_complaint(worlds.peelian(at), DAY, narrative="At the front desk.")
    few = matters.matters(worlds.peelian(at), MatterFilters(words="custody"))
    monkeypatch.setattr(lists, "are_many", lambda *given, **named: True)
    assert matters.matters(worlds.peelian(at), MatterFilters(words="custody")) == few
    assert few.total == 4


def test_what_a_wall_hides_is_not_among_the_many(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_WORDED", 3)
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


def test_a_list_says_how_many_there_are_when_it_counted_them_all() -> None:
    assert shown_words(Page((KnownDate(DAY),), 31_271, 2, 25)) == "26 to 26 of 31,271"
