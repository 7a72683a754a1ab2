"""Too many wrong tries from one address: it waits, whatever it types, and a wait costs no hash and no entry."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.contact import actions as contact
from peelian.contact.actions import opening
from peelian.contact.models import EntryTries, ViewKey, ViewKeyTry
from peelian.contact.rows import NewKey
from peelian.contact.tries import Waits, give_back, take_place
from peelian.journal.models import Entry
from tests.databases import Database, connected_to, copy_of
from tests.rooms.contact.conftest import Touch, make_touch, touch
from tests.rooms.web.own.test_own_view import ENTRY, PAGE, home, moment_of

__all__ = ["home", "make_touch", "moment_of", "touch"]
WRONG = {"reference": "PV-22222-22222", "code": "22222-22222"}
HERE, THERE = "203.0.113.7", "203.0.113.8"
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def three(settings: Any) -> None:
    """Three wrong tries, to be quick."""
    settings.PEELIAN_OWN_VIEW_TRIES = 3


@pytest.fixture
def key(touch: Touch, moment_of: Move) -> NewKey:
    return contact.give_key(**touch.of(), reasons="She asked.")


def tries(given: dict[str, str], *, address: str = HERE, **headers: str) -> Any:
    return Client(REMOTE_ADDR=address, headers=headers).post(ENTRY, given)


def of(key: NewKey, code: str = "") -> dict[str, str]:
    return {"reference": key.reference, "code": code or key.code}


def test_after_so_many_wrong_tries_the_address_waits_also_with_what_is_right(key: NewKey, touch: Touch) -> None:
    assert [tries(WRONG).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = tries(of(key))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    said = " ".join(answer.content.decode().split())
    assert "Try again in <strong>15 minutes</strong>" in said
    assert "Call 999" in said
    assert "Leave this page" in said
    assert tries(of(key), address=THERE).status_code == 302, "another address does not wait"


def test_the_answer_is_the_same_for_a_reference_that_is_held_and_for_one_that_is_not(key: NewKey) -> None:
    for _ in range(3):
        tries(WRONG)
    given = [WRONG, of(key), of(key, "22222-22222"), {"reference": "", "code": ""}, {"reference": "x" * 99, "code": ""}]
    assert len({(one.status_code, one.content) for one in map(tries, given)}) == 1


def test_a_try_while_one_waits_costs_no_hash_no_entry_and_no_row(key: NewKey, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        tries(of(key, "22222-22222"))
    before = (Entry.objects.count(), ViewKeyTry.objects.count(), EntryTries.objects.values().get())
    monkeypatch.setattr(opening, "check_password", lambda *_: pytest.fail("it was looked at"))
    with CaptureQueriesContext(connection) as asked:
        assert tries(of(key)).status_code == 429
    assert not [one for one in asked.captured_queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (Entry.objects.count(), ViewKeyTry.objects.count(), EntryTries.objects.values().get()) == before


def test_the_journal_says_once_that_the_wait_began(key: NewKey) -> None:
    for _ in range(6):
        tries(WRONG)
    reasons = list(Entry.objects.filter(act="refused", key="own-view").order_by("seq").values_list("reason", flat=True))
    assert len(reasons) == 3
    assert ["has to wait" in one for one in reasons] == [False, False, True]
    assert HERE not in repr(reasons)


def test_the_wait_ends_and_the_count_begins_again(key: NewKey, touch: Touch, moment_of: Move) -> None:
    for _ in range(3):
        tries(WRONG)
    moment_of(touch.at + timedelta(minutes=14))
    assert tries(of(key)).status_code == 429
    moment_of(touch.at + timedelta(minutes=15))
    assert [tries(WRONG).status_code for _ in range(2)] == [200, 200]
    assert tries(of(key)).status_code == 302


def test_wrong_tries_of_long_ago_do_not_count(key: NewKey, touch: Touch, moment_of: Move) -> None:
    for _ in range(2):
        tries(WRONG)
    moment_of(touch.at + timedelta(minutes=15))
    assert [tries(WRONG).status_code for _ in range(2)] == [200, 200]


def test_a_right_code_does_not_count_and_does_not_clear_the_count(key: NewKey) -> None:
    assert [tries(of(key)).status_code for _ in range(5)] == [302] * 5
    tries(WRONG)
    tries(WRONG)
    assert tries(of(key)).status_code == 302, "the last that is looked at"
    assert tries(WRONG).status_code == 200
    assert tries(of(key)).status_code == 429


def test_a_view_that_is_open_stays_open_while_its_address_waits(key: NewKey) -> None:
    client = Client(REMOTE_ADDR=HERE)
    client.post(ENTRY, of(key))
    for _ in range(4):
        tries(WRONG)
    assert client.get(PAGE).status_code == 200
    assert Client(REMOTE_ADDR=HERE).get(ENTRY).status_code == 200, "the page itself can be read"


def test_no_address_is_kept_and_no_row_longer_than_it_counts(key: NewKey, touch: Touch, moment_of: Move) -> None:
    tries(WRONG)
    row = EntryTries.objects.get()
    assert HERE not in repr(row.__dict__)
    assert len(row.who) == 64
    moment_of(touch.at + timedelta(hours=1))
    tries(WRONG, address=THERE)
    assert [one.who != row.who for one in EntryTries.objects.all()] == [True]


def test_one_connection_with_many_addresses_of_its_own_is_one(key: NewKey) -> None:
    same = ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::3", "2001:db8:1:2::4"]
    assert [tries(WRONG, address=one).status_code for one in same] == [200, 200, 200, 429]
    assert tries(WRONG, address="2001:db8:1:3::1").status_code == 200
    assert [tries(WRONG, address=one).status_code for one in (HERE, f"::ffff:{HERE}")] == [200, 200]
    assert EntryTries.objects.count() == 3, "an IPv4 address written as IPv6 is the same address"


def test_what_a_visitor_says_of_their_address_is_believed_of_our_own_proxies_alone(key: NewKey, settings: Any) -> None:
    invented = [f"198.51.100.{number}" for number in range(4)]
    assert [tries(WRONG, **{"X-Forwarded-For": one}).status_code for one in invented] == [200, 200, 200, 429]
    settings.PEELIAN_PROXIES = 1
    behind = [f"{one}, {THERE}" for one in invented]
    assert [tries(WRONG, **{"X-Forwarded-For": one}).status_code for one in behind] == [200, 200, 200, 429]
    assert tries(of(key), **{"X-Forwarded-For": "198.51.100.99"}).status_code == 302
    assert tries(of(key), **{"X-Forwarded-For": "not an address"}).status_code == 302
    assert tries(of(key)).status_code == 429, "without the header, the address the server was asked from"


def test_many_at_one_moment_are_no_way_round_it(
    template: Database, tmp_path: Path, settings: Any, django_db_blocker: Any
) -> None:
    settings.PEELIAN_OWN_VIEW_TRIES = 5
    at, taken, waited = datetime(2026, 11, 2, 9, 30, tzinfo=UTC), [], []

    def one(database: Database) -> None:
        with connected_to(database):
            for _ in range(4):
                try:
                    taken.append(take_place(HERE, at=at))
                except Waits as waits:
                    waited.append(waits.until)

    with copy_of(template, tmp_path / "home") as database, django_db_blocker.unblock():
        threads = [threading.Thread(target=one, args=(database,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(taken), len(waited), set(waited)) == (5, 11, {at + timedelta(minutes=15)})


@pytest.mark.django_db
def test_giving_back_the_last_place_ends_the_wait_it_began(touch: Touch) -> None:
    places = [take_place(HERE, at=touch.at) for _ in range(3)]
    with pytest.raises(Waits) as waits:
        take_place(HERE, at=touch.at)
    assert "one address" in waits.value.refusal.reason
    give_back(places[2])
    assert take_place(HERE, at=touch.at).locks
    assert not ViewKey.objects.exists()
