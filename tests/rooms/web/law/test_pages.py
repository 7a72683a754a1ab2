"""The law as pages: each table, its editions, the calculator with its working, and what is unverified says so."""

from collections.abc import Callable

import pytest
from django.test import Client

from peelian import statute
from peelian.clocks.law import law as in_force
from tests import worlds

pytestmark = pytest.mark.usefixtures("still")
PAGES = ("/law/", "/law/tables/", "/law/instruments/", "/law/holidays/", "/law/coverage/")


@pytest.fixture
def reader(db: None, at: object, enter: Callable[..., Client]) -> Client:
    return enter(worlds.user(at, "Lena Law", "investigator"))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_law_is_read_and_leads_to_the_others(reader: Client, address: str) -> None:
    page = text(reader, address)
    assert "<h1" in page
    for other in PAGES:
        assert other == address or f'href="{other}"' in page


@pytest.mark.parametrize("address", [*PAGES, "/law/clocks/CMP-03/", "/law/tables/received_via/"])
def test_a_visitor_signs_in_and_somebody_without_a_role_is_refused(
    db: None, at: object, enter: Callable[..., Client], address: str
) -> None:
    assert Client().get(address).headers["Location"].startswith("/account/sign-in/")
    assert "Your roles do not let you" in text(enter(worlds.user(at, "Ned Nobody")), address, 403)


def test_every_clock_has_a_page_and_stands_on_the_list(reader: Client) -> None:
    listed = text(reader, "/law/")
    for clock in statute.clocks():
        assert f"/law/clocks/{clock.id}/" in listed
        page = text(reader, f"/law/clocks/{clock.id}/")
        assert page.count("Unverified") >= clock.unverified


def test_every_table_has_a_page_and_stands_on_the_list(reader: Client) -> None:
    listed = text(reader, "/law/tables/")
    sections = [section for section, rows in in_force().sections.items() if rows]
    assert sections
    for section in sections:
        assert f"/law/tables/{section}/" in listed
        assert text(reader, f"/law/tables/{section}/")


@pytest.mark.parametrize("address", ["/law/clocks/XXX-99/", "/law/tables/nothing/"])
def test_what_is_not_in_the_law_is_not_found(reader: Client, address: str) -> None:
    assert text(reader, address, 404)


def test_the_list_narrows_by_words_and_helps_where_nothing_fits(reader: Client) -> None:
    page = text(reader, "/law/?words=severity")
    assert "/law/clocks/CMP-03/" not in page
    empty = text(reader, "/law/?words=zzzz")
    assert 'href="/law/"' in empty
    assert "No " in empty
    unverified = [clock.id for clock in statute.clocks() if clock.unverified]
    page = text(reader, "/law/?checked=no")
    assert all(f"/law/clocks/{one}/" in page for one in unverified)


def test_a_date_is_worked_out_with_its_provision_and_its_steps(reader: Client) -> None:
    page = text(reader, "/law/clocks/CMP-03/?started_day=11&started_month=4&started_year=2025")
    assert "9 May 2025" in page  # 28 days, the day after 11 April being the first
    assert "<ol" in page
    assert statute.editions("CMP-03")[-1].law in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("started_day=&started_month=4&started_year=2025", "Date must include a day"),
        ("started_day=31&started_month=2&started_year=2025", "Date must be a real date"),
        ("started_day=1&started_month=1&started_year=", "Date must include a year"),
    ],
)
def test_a_wrong_date_is_an_error_of_the_form(reader: Client, query: str, said: str) -> None:
    page = text(reader, f"/law/clocks/CMP-03/?{query}")
    assert said in page
    assert "There is a problem" in page


def test_before_the_first_edition_no_clock_starts_unless_replayed_by_todays_rules(reader: Client) -> None:
    query = "started_day=3&started_month=6&started_year=2019"
    assert "No clock starts" in text(reader, f"/law/clocks/CMP-03/?{query}")
    assert "By today&#39;s rules" in text(reader, f"/law/clocks/CMP-03/?{query}&replay=on")


def test_past_the_end_of_the_holiday_table_the_page_says_that_it_cannot_count(reader: Client) -> None:
    working = next(clock for clock in statute.clocks() if clock.unit.value == "working_days" and clock.in_force_from)
    page = text(reader, f"/law/clocks/{working.id}/?started_day=1&started_month=1&started_year=2060")
    assert "There is a problem" in page


@pytest.mark.parametrize("address", [*PAGES, "/law/clocks/CMP-03/"])
def test_a_page_of_the_law_asks_the_database_only_who_is_looking(
    reader: Client, address: str, django_assert_num_queries: Callable[..., object]
) -> None:
    reader.get(address)  # the first page of a session writes it
    with django_assert_num_queries(4):  # the session, the user twice, the roles
        reader.get(address)
