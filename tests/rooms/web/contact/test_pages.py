"""Contact in a browser: everybody, one person, each form, the slip with the code, what they see, who is refused."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.contact import queries
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("still")
CAME = date(2026, 11, 2)
TODAY = {"on_day": "23", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def worker(db: None, at: datetime) -> worlds.Someone:
    return worlds.user(at, "Wendy Worker", "complaint_handler")


@pytest.fixture
def carla(db: None, at: datetime) -> str:
    return worlds.member_of_the_public(at, "Willow", "Carla")


@pytest.fixture
def officer(db: None, at: datetime) -> str:
    return worlds.officer(at, "Shaw", "Robin")


@pytest.fixture
def matter(worker: worlds.Someone, carla: str, officer: str) -> str:
    return worlds.open_complaint(
        worker.viewer, CAME, officers=[officer], complainants=[carla], handler_ref=worker.user_ref
    )


@pytest.fixture
def client(worker: worlds.Someone, enter: Callable[..., Client]) -> Client:
    return enter(worker)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def post(client: Client, address: str, **given: object) -> str:
    response = client.post(address, given, follow=True)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_matter_leads_to_the_contact_of_each_person_but_the_officer(
    client: Client, matter: str, carla: str, officer: str
) -> None:
    page = text(client, f"/matters/{matter}/")
    assert f'href="/matters/{matter}/contact/"' in page
    assert f'href="/matters/{matter}/contact/{carla}/"' in page
    assert f"/contact/{officer}/" not in page
    everybody = text(client, f"/matters/{matter}/contact/")
    assert "Carla Willow" in everybody
    assert "12 not judged yet" in everybody
    assert " owed" not in everybody
    assert "Shaw" not in everybody
    text(client, f"/matters/{matter}/contact/{officer}/", 404)
    text(client, f"/matters/{matter}/contact/{officer}/seen/", 404)


def test_a_matter_without_anybody_says_so(client: Client, worker: worlds.Someone) -> None:
    ref = worlds.open_complaint(worker.viewer, CAME, complainants=())
    assert "a caller" in text(client, f"/matters/{ref}/contact/")
    assert "They hold no key" not in text(client, f"/matters/{ref}/contact/number:2/")


def test_a_plan_is_agreed_and_shown_before_a_letter_is_served(client: Client, matter: str, carla: str) -> None:
    here = f"/matters/{matter}/contact/{carla}/"
    given = {
        **{"wants_contact": "yes", "agreed_with": "Carla", "reasons": "First agreed.", "replaces": "0", **TODAY},
        **{"way0-channel": "telephone", "way0-days": ["0", "1"], "way0-from_time": "09:00", "way0-to_time": "12:00"},
        "never_say": "police",
    }
    assert "Choose at least one day" in post(client, f"{here}plan/", **{**given, "way0-days": []})
    page = post(client, f"{here}plan/", **given)
    assert "Telephone, on Monday, Tuesday, between 09:00 and 12:00" in page
    assert "Never say:" in page
    again = text(client, f"{here}plan/")
    assert 'value="09:00"' in again
    assert 'name="replaces" value="1"' in again


def test_the_second_writer_of_a_plan_sees_both_and_chooses(client: Client, matter: str, carla: str) -> None:
    here = f"/matters/{matter}/contact/{carla}/"
    given = {"agreed_with": "Carla", "reasons": "As agreed.", "replaces": "0", **TODAY}
    way = {"way0-channel": "telephone", "way0-days": ["0"], "way0-from_time": "09:00", "way0-to_time": "12:00"}
    post(client, f"{here}plan/", **{**given, **way, "wants_contact": "yes", "say": "Ask for Jo."})
    second = {**given, "wants_contact": "no", "say": "Say nothing."}
    page = client.post(f"{here}plan/", second).content.decode()
    assert (
        page.index("As it is now")
        < page.index("Ask for Jo.")
        < page.index("What you typed")
        < page.index("Say nothing.")
    )
    assert 'name="replaces" value="1"' in page
    assert "They want no contact for now" not in text(client, here)
    assert "They want no contact for now" in post(client, f"{here}plan/", **{**second, "replaces": "1"})


def test_what_they_said_rights_and_advisers_are_written_down(client: Client, matter: str, carla: str) -> None:
    here = f"/matters/{matter}/contact/{carla}/"
    said = {"topic": "withdraw", "stance": "yes", "words": "I stop.", "reasons": "None given.", "how": "telephone"}
    assert "ends nothing" in text(client, f"{here}said/")
    assert "There is a problem" in post(client, f"{here}said/", **{**said, "reasons": ""}, **TODAY)
    page = post(client, f"{here}said/", **said, **TODAY)
    assert "I stop." in page
    assert "looked at afresh" in page
    assert "Says they want to withdraw" in text(client, f"/matters/{matter}/contact/")
    rights = {"rights": ["VC-01", "VC-04"], "state": "offered", "reasons": "On the telephone."}
    page = post(client, f"{here}rights/", **rights, **TODAY)
    assert "2 given" in page
    assert "10 not judged yet" in page
    adviser = {"adviser": "isva", "consented": "yes", "words": "Yes, please."}
    page = post(client, f"{here}adviser/", **adviser, **TODAY)
    assert "the referral is still to be made" in page
    ref = queries.somebody_on(worlds.peelian(datetime.now().astimezone()), matter, carla).referrals[0].ref
    page = post(client, f"{here}referrals/{ref}/", service="Willowside", **TODAY)
    assert "Willowside, 23 November 2026" in page
    assert "They met." in post(client, f"{here}referrals/{ref}/", words="They met.", **TODAY)
    text(client, f"{here}referrals/PR-22222-22222/", 404)


def test_a_key_is_shown_once_and_can_be_ended(client: Client, matter: str, carla: str) -> None:
    here = f"/matters/{matter}/contact/{carla}/"
    slip = post(client, f"{here}key/", reasons="She asked.")
    assert "Now, or never again" in slip
    assert "Open" in text(client, here)
    assert "Another was given" in [post(client, f"{here}key/", reasons="Lost."), text(client, here)][1]
    assert "Ended" in post(client, f"{here}key/end/", reasons="She moved.")


def test_what_they_see_is_shown_to_whoever_deals_with_it(client: Client, matter: str, carla: str) -> None:
    page = text(client, f"/matters/{matter}/contact/{carla}/seen/")
    assert "This is what Carla Willow reads" in page
    assert "By 30 November 2026" in page  # four weeks from 2 November: SI 2020/2 reg 34(2)(a)(i)
    assert "SI 2020/2 reg 34(2)(a)(i)" in page


def test_whoever_may_only_read_is_offered_nothing_to_write(
    at: datetime, matter: str, carla: str, enter: Callable[..., Client]
) -> None:
    reader = enter(worlds.user(at, "Rita Reader", "inspector"))
    page = text(reader, f"/matters/{matter}/contact/{carla}/")
    assert "Agree a contact plan" not in page
    text(reader, f"/matters/{matter}/contact/{carla}/plan/", 403)


def test_the_list_costs_the_same_however_many_they_are(
    client: Client, at: datetime, worker: worlds.Someone, matter: str
) -> None:
    many = [worlds.member_of_the_public(at, f"Willow{number}") for number in range(4)]
    other = worlds.open_complaint(worker.viewer, CAME, complainants=many)
    text(client, f"/matters/{matter}/contact/")
    with counted() as first:
        text(client, f"/matters/{matter}/contact/")
    with counted() as second:
        text(client, f"/matters/{other}/contact/")
    assert len(first) == len(second)
