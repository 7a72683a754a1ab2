"""The returns of the force as pages: owed by themselves, recorded, corrected, answered by two people."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.returned import Returned, returned
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.rooms.web.work.test_calendar import make
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]
DATA = "/returns/data-2026-09/"  # July to September; due on 30 October
LIST_STATEMENTS, ONE_STATEMENTS = 13, 15  # and on PostgreSQL the lock of the journal


@pytest.fixture
def made(db: None, at: datetime) -> Returned:
    """The force began to use Peelian in August; it is 23 November."""
    return returned(at.replace(month=8))


def test_a_quarter_is_late_by_itself_is_recorded_and_corrected(enter: Enter, made: Returned) -> None:
    head = enter(made.head)
    for page in ("/returns/", "/work/"):
        words = words_of(head, page)
        assert "July to September 2026 (quarter 2 of 2026/27)" in words
        assert "Overdue by 24 days" in words
        assert "Unverified" in words
    assert "Nothing was recorded yet" in words_of(head, DATA)
    sent = {"complaints": "12", "allegations": "15", "reference": "DC 41"}
    assert post(head, f"{DATA}record/sent/", **sent, **day("on", date(2026, 11, 20))) == DATA
    assert "Met late" in words_of(head, DATA)
    assert 'value="12"' in words_of(head, f"{DATA}record/sent/")
    refused = post(head, f"{DATA}record/sent/", 200, **sent, **day("on", date(2026, 10, 20)))
    assert "Why is it recorded again?" in refused
    again = {"reasons": "It went in October.", **day("on", date(2026, 10, 20))}
    post(head, f"{DATA}record/sent/", **{**sent, **again})
    words = words_of(head, DATA)
    for said in ("It went in October.", "Replaced", "peelian-mark--met"):
        assert said in words
    assert "None of that kind" in words_of(head, "/returns/?show=late")


def test_a_bulletin_is_recorded_published_and_said_not_to_have_been(enter: Enter, made: Returned) -> None:
    head = enter(made.head)
    given = {"quarter": "2026-06", "reference": "Bulletin 9", **day("on", date(2026, 11, 2))}
    address = post(head, "/returns/bulletins/new/", **given)
    assert address == "/returns/bulletin-2026-06/"
    assert "waits on the local policing body" in words_of(head, address)
    assert 'value="2026-06"' not in words_of(head, "/returns/bulletins/new/")
    page = {"address": "https://pcc.example/bulletin", "with_narrative": "no", **day("on", date(2026, 11, 20))}
    assert "the bulletin and the narrative both stand" in post(head, f"{address}record/published/", 200, **page)
    post(head, f"{address}record/published/", **{**page, "with_narrative": "yes"})
    words = words_of(head, address)
    assert "peelian-mark--met" in words
    undo = words.split('href="/returns/bulletin-2026-06/undo/')[1].split('"')[0]
    post(head, f"{address}undo/{undo}", reasons="The page was a draft.", **day("on", date(2026, 11, 23)))
    words = words_of(head, address)
    assert "Bulletin and narrative published by the local policing body: it did not happen" in words
    assert "Due in 9 days" in words or "Waiting" in words


def test_a_super_complaint_is_answered_by_two_people_and_the_answer_is_printed(enter: Enter, made: Returned) -> None:
    analyst, authority = enter(made.analyst), enter(made.authority)
    report = {"title": "On stalking", "bodies": "HMICFRS and the IOPC", "number": "3", "words": "Train each officer."}
    given = {**report, "recommendation_ref": "", **day("on", date(2026, 10, 5))}
    address = post(analyst, "/returns/super-complaints/new/", **given)
    assert "Due in 6 days" in words_of(analyst, address)
    written = {"accepted": "no", "why": "", "words": "We train them already.", **day("on", date(2026, 11, 2))}
    assert "Say why it is not accepted" in post(analyst, f"{address}record/write/", 200, **written)
    post(analyst, f"{address}record/write/", **{**written, "why": "All were trained in 2025."})
    assert analyst.get(f"{address}record/answered/").status_code == 404
    assert analyst.get(f"{address}record/approve/").status_code == 404
    assert "is not approved" in words_of(analyst, f"{address}answer/")
    assert "On stalking, 3" in words_of(authority, "/work/")
    assert "All were trained in 2025." in words_of(authority, f"{address}record/approve/")
    post(authority, f"{address}record/approve/", agreed="yes", why="", **day("on", date(2026, 11, 3)))
    letter = words_of(analyst, f"{address}answer/")
    for said in ("Train each officer.", "Does not accept", "We train them already.", "Approved by Avery Stone"):
        assert said in letter
    post(analyst, f"{address}record/answered/", reference="Letter 7", **day("on", date(2026, 11, 4)))
    assert "peelian-mark--met" in words_of(analyst, address)
    assert analyst.get(f"{address}record/write/").status_code == 404


def test_returns_are_given_to_somebody_and_stand_in_their_work_and_calendar(
    enter: Enter, made: Returned, at: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, analyst = enter(made.head), enter(made.analyst)
    assert "Returns of the force" not in words_of(analyst, "/work/").split("<main")[1]
    given = {"kind": "data", "user_ref": made.analyst.user_ref, "reasons": "She sends them."}
    assert post(head, "/returns/owner/", **given, **day("on", date(2026, 11, 23))) == "/returns/"
    assert "Ana Lyst" in words_of(head, "/returns/")
    assert "July to September 2026" in words_of(analyst, "/work/")
    monkeypatch.setattr("peelian.web.work.calendar.now", lambda: at)
    body = client.get(make(analyst)).content.decode().replace("\r\n ", "")
    assert "http://testserver/returns/data-2026-09/" in body
    assert "DTSTART;VALUE=DATE:20261030" in body


def test_who_keeps_no_returns_is_refused_and_an_empty_list_says_what_to_do(
    enter: Enter, at: datetime, db: None
) -> None:
    assert enter(worlds.user(at, "Aster Lee", "assessor")).get("/returns/").status_code == 403
    head = enter(worlds.user(at, "Hedda Head", "head_of_professional_standards"))
    assert "Nothing is owed yet" in words_of(head, "/returns/")
    wrong = post(head, "/returns/super-complaints/new/", 200, title="Kept as typed")
    assert "There is a problem" in wrong
    assert "Kept as typed" in wrong


def test_a_page_asks_no_more_where_more_was_recorded(enter: Enter, made: Returned) -> None:
    head = enter(made.head)
    key = made.report(date(2026, 10, 5))

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            words_of(head, path)
        return len(found)

    asked("/returns/")  # the first page of a session says more of itself
    before = asked("/returns/"), asked(f"/returns/{key}/")
    for number in ("4", "5", "6"):
        made.report(date(2026, 10, 5), number=number)
    made.write(key, date(2026, 10, 6))
    made.write(key, date(2026, 10, 7), reasons="Better words.")
    assert (asked("/returns/"), asked(f"/returns/{key}/")) == before
    lock = connection.vendor == "postgresql"
    assert before == (LIST_STATEMENTS + lock, ONE_STATEMENTS + lock)
