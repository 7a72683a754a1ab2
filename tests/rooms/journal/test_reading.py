"""The auditor's queries: who may ask, what comes back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from peelian.journal import actions, checkpoints, queries
from peelian.journal.queries import EntryFilter
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.terms.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "ask",
    [
        lambda viewer: queries.entries(viewer),
        lambda viewer: queries.entry(viewer, 1),
        lambda viewer: queries.entries_about(viewer, "PM-00001"),
        lambda viewer: queries.checkpoints(viewer),
    ],
    ids=["entries", "entry", "entries_about", "checkpoints"],
)
def test_nobody_but_a_reader_of_the_journal_gets_an_answer(wrote, handler, auditor, ask):
    wrote(2)
    with pytest.raises(NotAllowed) as refused:
        ask(handler)
    assert refused.value.refusal.reason == "Only an auditor may read the journal."
    ask(auditor)


def test_pages_are_newest_first_and_a_page_past_the_end_is_the_last(wrote, auditor):
    wrote(25)
    page = queries.entries(auditor, page=9, size=10)
    assert (page.number, page.pages, page.total) == (3, 3, 25)
    assert [row.seq for row in page.rows] == [5, 4, 3, 2, 1]


def test_an_empty_journal_is_one_empty_page(auditor):
    page = queries.entries(auditor)
    assert (page.rows, page.number, page.pages, page.total) == ((), 1, 1, 0)


def test_entries_are_found_by_who_what_which_words_and_london_day(handler, auditor):
    def write(by, act, key, summary):
        return actions.record(by=by, act=act, kind=RecordKind.MATTER, key=key, summary=summary)

    london = ZoneInfo("Europe/London")
    late = Viewer(actor="user:PU-LATE", at=datetime(2026, 7, 2, 0, 30, tzinfo=london), user_id=9)  # 1 July in UTC
    write(late, Act.ALTERED, "PM-1", "recorded a complaint")
    write(handler, Act.CONSULTED, "PM-1", "opened")
    write(handler, Act.ALTERED, "PM-2", "recorded an allegation")

    def found(**given):
        return [row.seq for row in queries.entries(auditor, filters=EntryFilter(**given)).rows]

    assert found(actor="user:PU-LATE") == [1]
    assert found(act=Act.ALTERED) == [3, 1]
    assert found(kind=RecordKind.PERSON) == []
    assert found(key="PM-1") == [2, 1]
    assert found(words="ALLEGATION") == [3]
    assert found(from_on=date(2026, 7, 2), to_on=date(2026, 7, 2)) == [1]
    assert found(to_on=date(2026, 7, 1)) == []
    assert found(from_on=handler.today, to_on=handler.today + timedelta(days=1)) == [3, 2]


def test_entries_about_a_record_include_the_lists_that_showed_it(handler, auditor):
    actions.look(by=handler, kind=RecordKind.LIST, key="matters", summary="list", shown=["PM-1", "PM-22"])
    actions.look(by=handler, kind=RecordKind.LIST, key="matters", summary="list", shown=["PM-22"])
    actions.look(by=handler, kind=RecordKind.MATTER, key="PM-1", summary="opened")
    assert [row.seq for row in queries.entries_about(auditor, "PM-1").rows] == [3, 1]
    assert [row.seq for row in queries.entries_about(auditor, "PM-2").rows] == []


def test_an_entry_that_is_not_there_is_not_found(auditor):
    with pytest.raises(NotFound):
        queries.entry(auditor, 7)


def test_checkpoints_are_listed_newest_first(wrote, auditor, at):
    for _ in range(2):
        wrote(3)
        checkpoints.make(at=at)
    assert [row.size for row in queries.checkpoints(auditor)] == [6, 3]


def test_a_page_takes_two_queries_however_many_entries_it_shows(wrote, auditor, django_assert_num_queries):
    wrote(60)
    for size in (5, 50):
        with django_assert_num_queries(2):
            queries.entries(auditor, size=size)
