"""The calendar feed: a private address, nothing personal in it, every reading in the journal."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from peelian.clocks import queries
from peelian.journal.queries import entries
from peelian.walls import actions as walls
from tests import worlds
from tests.worlds import Someone

Enter = Callable[[Someone], Client]
ADDRESS = re.compile(r"http://testserver(/calendar/[\w-]{40,}/duties\.ics)")


def make(client: Client) -> str:
    """The path of a fresh feed, read from the page that shows it once."""
    found = ADDRESS.search(client.post("/work/calendar/new/").content.decode())
    assert found
    return found[1]


def test_a_feed_is_read_by_its_address_alone_and_tells_no_name(enter: Enter, handler: Someone, complaint: str) -> None:
    address = make(enter(handler))
    response = Client().get(address)
    body = response.content.decode().replace("\r\n ", "")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert body.count("BEGIN:VEVENT") == len(queries.calendar(handler.viewer)) > 0
    assert complaint in body
    assert f"http://testserver/matters/{complaint}/" in body
    for personal in ("Ida", "Caller", "Hana", "Rude", "beard"):
        assert personal not in body
    keys = re.findall(r"UID:(\S+)", body)
    assert len(set(keys)) == len(keys)
    assert Client().get(address).content == response.content


def test_a_reading_is_written_under_the_name_of_the_owner(
    enter: Enter, at: datetime, handler: Someone, complaint: str
) -> None:
    Client().get(make(enter(handler)))
    newest = entries(worlds.peelian(at)).rows[0]
    assert newest.key == "calendar feed"
    assert newest.actor == f"user:{handler.user_ref}"


def test_a_reading_in_somebody_elses_session_is_still_the_owners(
    enter: Enter, at: datetime, handler: Someone, supervisor: Someone, complaint: str
) -> None:
    body = enter(supervisor).get(make(enter(handler))).content.decode()
    assert complaint in body
    assert entries(worlds.peelian(at)).rows[0].actor == f"user:{handler.user_ref}"


def test_a_new_address_ends_the_old_and_an_ended_feed_leads_nowhere(enter: Enter, handler: Someone) -> None:
    client = enter(handler)
    assert "Make an address" in client.get("/work/calendar/").content.decode()
    old = make(client)
    assert "stops working at once" in client.get("/work/calendar/new/").content.decode()
    new = make(client)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert "End the feed" in client.get("/work/calendar/").content.decode()
    assert client.post("/work/calendar/end/").headers["Location"] == "/work/calendar/"
    assert Client().get(new).status_code == 404
    assert client.post("/work/calendar/end/").status_code == 404


def test_the_address_is_shown_once_and_never_again(enter: Enter, handler: Someone) -> None:
    client = enter(handler)
    token = make(client).split("/")[2]
    for page in ("/work/", "/work/calendar/", "/work/calendar/new/", "/work/calendar/end/", "/account/"):
        assert token not in client.get(page).content.decode()


@pytest.mark.parametrize("token", ["", "x", "None", "%00", "a" * 64])
def test_an_address_of_nobodys_says_the_same_whatever_was_asked(db: None, at: datetime, token: str) -> None:
    response = Client().get(f"/calendar/{token or 'empty'}/duties.ics")
    assert (response.status_code, response.content) == (
        404,
        b"No calendar has this address. It may have been renewed or ended.\n",
    )
    assert entries(worlds.peelian(at)).rows[0].actor == "system:calendar feed"


def test_a_feed_ends_with_the_powers_of_its_owner(enter: Enter, at: datetime, handler: Someone) -> None:
    address = make(enter(handler))
    walls.set_active(by=worlds.peelian(at), user_ref=handler.user_ref, active=False, reason="left", on=at.date())
    assert Client().get(address).status_code == 404


def test_making_and_ending_ask_for_a_token_of_the_form(handler: Someone) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(ref=handler.user_ref))
    assert client.post("/work/calendar/new/").status_code == 403
    assert client.post("/work/calendar/end/").status_code == 403
