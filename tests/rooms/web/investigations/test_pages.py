"""Lines of enquiry as pages: from the matter to its lines, to one of them, and in My work and the calendar."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from peelian.investigations import actions
from peelian.investigations.rows import LineDraft
from peelian.terms.matters import MatterKind
from tests import worlds
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.statements import counted
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 10, 5)
LINES, LINE = 14, 16  # statements, whatever the number of lines
Enter = Callable[[Someone], Client]


@pytest.fixture
def matter(db: None, at: datetime) -> str:
    officer = worlds.officer(at, "Shaw", "Ada")
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], kind=MatterKind.CONDUCT_MATTER)


@pytest.fixture
def lead(at: datetime, matter: str) -> Someone:
    return worlds.user(at, "Ivo Inquirer", "supervisor")


def told(client: Client, address: str) -> str:
    return words_of(client, address)


ENDS = {"state": "done", "words": "I typed this.", "on_day": 23, "on_month": 11, "on_year": 2026}


def add(lead: Someone, matter: str, days: int = 7, what: str = "Get the recording.") -> int:
    due_on = lead.viewer.today + timedelta(days=days)
    draft = LineDraft(what=what, why="It shows who was there.", owner_ref=lead.user_ref, due_on=due_on)
    return actions.add_line(by=lead.viewer, matter_ref=matter, draft=draft, on=lead.viewer.today)


def test_the_matter_and_its_casework_lead_to_the_lines(enter: Enter, lead: Someone, matter: str) -> None:
    client = enter(lead)
    for address in (f"/matters/{matter}/", f"/matters/{matter}/casework/"):
        assert f"/matters/{matter}/lines/" in client.get(address).content.decode()
    assert "No line of enquiry yet" in told(client, f"/matters/{matter}/lines/")


def test_a_line_is_added_on_a_page_and_stands_on_the_list(
    enter: Enter, lead: Someone, matter: str, at: datetime
) -> None:
    client, address = enter(lead), f"/matters/{matter}/lines/new/"
    wrong = client.post(address, {"what": "Get the recording."})
    assert "Enter the date" in wrong.content.decode()
    assert "Get the recording." in wrong.content.decode()
    given = {"what": "Get the recording.", "why": "It shows who.", "owner": lead.user_ref, "priority": "high"}
    dates = {**day("due_on", at.date() + timedelta(days=3)), **day("on", at.date())}
    assert post(client, address, **given, **dates) == f"/matters/{matter}/lines/"
    page = told(client, f"/matters/{matter}/lines/")
    assert "1. Get the recording." in page
    assert "High priority" in page


def test_what_came_of_it_is_said_and_stays(enter: Enter, lead: Someone, matter: str, at: datetime) -> None:
    client, number = enter(lead), add(lead, matter)
    address = f"/matters/{matter}/lines/{number}/"
    changed = {"version": "1", "owner": lead.user_ref, "priority": "low", "reason": "It can wait."}
    assert post(client, f"{address}change/", **changed, **day("due_on", at.date() + timedelta(days=20))) == address
    ended = {"version": "2", "state": "stopped", "words": "The camera was off.", **day("on", at.date())}
    assert post(client, f"{address}end/", **ended) == f"/matters/{matter}/lines/"
    page = told(client, address)
    for words in ("It can wait.", "Normal, then Low", "The camera was off.", "Open, then Stopped"):
        assert words in page
    assert "Open it again" in page


def test_a_line_stands_in_my_work_and_in_the_calendar_without_its_words(
    enter: Enter, lead: Someone, matter: str
) -> None:
    number, client = add(lead, matter, days=0), enter(lead)
    assert "Get the recording." in told(client, "/work/")
    made = client.post("/work/calendar/new/").content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]{40,}/duties\.ics)", made)
    assert found
    body = Client().get(found[1]).content.decode().replace("\r\n ", "")
    assert f"{matter}: line of enquiry {number}" in body
    assert "recording" not in body


def test_the_plan_shows_the_lines_and_the_report_asks_why_they_stay_open(
    enter: Enter, lead: Someone, matter: str
) -> None:
    add(lead, matter)
    client = enter(lead)
    assert "Lines of enquiry now" in told(client, f"/matters/{matter}/decide/plan/")


def test_the_second_writer_of_a_line_sees_what_stands_and_what_they_typed_and_chooses(
    enter: Enter, lead: Someone, matter: str
) -> None:
    number, client = add(lead, matter), enter(lead)
    due = lead.viewer.today + timedelta(days=3)
    given = {"owner": lead.user_ref, "due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    address, typed = f"/matters/{matter}/lines/{number}/change/", {**given, "version": 1, "priority": "high"}
    assert client.post(address, {**typed, "reason": "It is to be written over."}).status_code == 302
    for one, words in ((address, {"reason": "I typed this."}), (address.replace("change", "end"), ENDS)):
        page = client.post(one, {**typed, **words}).content.decode()
        places = [page.index(said) for said in ("As it is now", "What you typed", "I typed this.")]
        assert places == sorted(places)
        assert 'name="version" value="2"' in page
    assert client.post(address, {**typed, "version": 2, "priority": "low", "reason": "Mine."}).status_code == 302


def test_somebody_who_does_not_investigate_reads_them_and_adds_none(enter: Enter, at: datetime, matter: str) -> None:
    client = enter(worlds.user(at, "Iris Inspector", "inspector"))
    assert "Add a line of enquiry" not in told(client, f"/matters/{matter}/lines/")
    assert client.get(f"/matters/{matter}/lines/new/").status_code == 403


def test_the_pages_cost_the_same_whatever_the_number_of_lines(enter: Enter, lead: Someone, matter: str) -> None:
    client = enter(lead)
    client.get("/work/")  # the session is written once
    for turn in range(2):
        for number in range(3):
            add(lead, matter, what=f"Line {turn} {number}.")
        with counted() as asked:
            client.get(f"/matters/{matter}/lines/")
        assert len(asked) == LINES, "\n".join(one[:120] for one in asked)
        with counted() as asked:
            client.get(f"/matters/{matter}/lines/1/")
        assert len(asked) == LINE, "\n".join(one[:120] for one in asked)
