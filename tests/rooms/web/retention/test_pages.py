"""Retention in a browser: the list, the record, each act, the certificate, and who is refused."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.intake import actions as intake
from tests import worlds
from tests.lookbacks import past_matter

pytestmark = pytest.mark.usefixtures("still")
LONG_AGO = date(2016, 3, 7)


@pytest.fixture
def head(db: None, at: datetime, enter: Callable[..., Client]) -> Client:
    return enter(worlds.user(at, "Hedda Keeper", "head_of_professional_standards"))


@pytest.fixture
def second(db: None, at: datetime, enter: Callable[..., Client]) -> Client:
    return enter(worlds.user(at, "Amy Authority", "appropriate_authority"))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def post(client: Client, address: str, **given: str) -> str:
    response = client.post(address, {"reasons": "Read it all.", **given}, follow=True)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_list_is_empty_helpful_then_shows_what_is_due_and_leaves_as_a_file(head: Client, at: datetime) -> None:
    assert "Nothing is due for review" in text(head, "/retention/")
    ref = past_matter(at, LONG_AGO)
    page = text(head, "/retention/")
    assert f"/retention/matters/{ref}/" in page
    assert "Unverified" in page
    rows = head.get("/retention/?as=csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert ref in rows[1]


def test_two_people_dispose_of_a_matter_and_print_its_certificate(head: Client, second: Client, at: datetime) -> None:
    ref = past_matter(at, LONG_AGO, narrative="The wyvern swore at me.")
    here = f"/retention/matters/{ref}/"
    assert "Propose a disposal" in text(head, here)
    assert "Propose a disposal" not in text(second, here)
    assert "Somebody else must agree" in post(head, f"{here}propose/")
    assert "Answer the proposed disposal" not in text(head, here)
    assert "Answer the proposed disposal" in text(second, here)
    assert head.post(f"{here}answer/", {"agreed": "yes", "reasons": "So."}).status_code == 403
    page = post(second, f"{here}answer/", agreed="yes")
    assert "It was disposed of" in page
    paper = text(second, f"{here}certificate/")
    assert "Hedda Keeper" in paper
    assert "Amy Authority" in paper
    assert "What stays" in paper
    assert "wyvern" not in text(head, f"/matters/{ref}/")


def test_an_item_goes_the_same_way(head: Client, second: Client, at: datetime) -> None:
    ref = worlds.item(at, received_on=LONG_AGO, words="A wyvern in the yard.")
    intake.log_with_reasons(by=worlds.peelian(at), item_ref=ref, reasons="Nothing in it.", on=LONG_AGO)
    here = f"/retention/items/{ref}/"
    post(head, f"{here}propose/")
    post(second, f"{here}answer/", agreed="no")
    assert "Disposal sent back" in text(head, here)
    assert text(head, f"{here}certificate/", 404)


def test_a_hold_is_set_and_lifted_and_an_empty_reason_is_an_error_of_the_form(head: Client, at: datetime) -> None:
    here = f"/retention/matters/{past_matter(at, LONG_AGO)}/"
    assert "There is a problem" in post(head, f"{here}hold/", reasons="")
    page = post(head, f"{here}hold/", reasons="A claim was brought.")
    assert "A legal hold stands." in page
    assert "Propose a disposal" not in page
    assert "Legal hold lifted" in post(head, f"{here}lift/")


def test_a_schedule_is_chosen_and_a_review_keeps_it(head: Client, at: datetime) -> None:
    here = f"/retention/matters/{past_matter(at, LONG_AGO)}/"
    assert "Chosen by a person" in post(head, f"{here}schedule/", schedule="mopi_group_3")
    given = {"until_day": "1", "until_month": "3", "until_year": "2030"}
    assert "1 March 2030" in post(head, f"{here}keep/", **given)
    assert "There is a problem" in post(head, f"{here}keep/", **{**given, "until_year": "2050"})
    assert text(head, f"{here}burn/", 404)


@pytest.mark.parametrize("address", ["/retention/", "/retention/matters/{}/", "/retention/matters/{}/hold/"])
def test_others_are_refused(db: None, at: datetime, enter: Callable[..., Client], address: str) -> None:
    ref = past_matter(at, LONG_AGO)
    assessor = enter(worlds.user(at, "Asa Sessor", "assessor"))
    assert "do not let you" in text(assessor, address.format(ref), 403)
    assert Client().get(address.format(ref)).headers["Location"].startswith("/account/sign-in/")


def test_the_list_and_a_record_ask_a_fixed_number_of_queries(
    head: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    refs = [past_matter(at, LONG_AGO) for _ in range(3)]
    head.get("/retention/")
    with django_assert_num_queries(24):
        head.get("/retention/")
    with django_assert_num_queries(37):
        head.get(f"/retention/matters/{refs[0]}/")
