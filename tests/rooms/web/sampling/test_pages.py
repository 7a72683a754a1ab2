"""Second looks as pages: deciding again without the first decision, two side by side, figures, reviews."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from peelian.demo.deliberations import answers_for
from peelian.sampling import queries
from tests import worlds
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.second_looks import SecondLook, second_look
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]


@pytest.fixture
def made(db: None, at: datetime) -> SecondLook:
    look = second_look(at)
    look.draw()
    return look


def answered(option: str) -> dict[str, str]:
    answers = answers_for("referral", "conduct_matter", option)
    return {f"ask-{key}": "yes" if yes else "no" for key, yes in answers}


def test_my_work_leads_to_it_and_no_page_shows_the_first_decision(enter: Enter, made: SecondLook) -> None:
    client = enter(made.again)
    work = words_of(client, "/work/")
    assert f"/second-looks/{made.ref}/" in work
    assert "Sign that you have no conflict" not in work
    for address in (f"/second-looks/{made.ref}/", f"/second-looks/{made.ref}/decline/"):
        assert "zebra" not in words_of(client, address)
    for closed in ("", "casework/", "joint/", "lines/", "sign/"):
        answer = client.get(f"/matters/{made.matter}/{closed}", follow=True)
        assert "zebra" not in answer.content.decode()
    assert client.get(f"/matters/{made.matter}/sign/").headers["Location"] == "/second-looks/"
    assert client.get(f"/second-looks/{made.ref}/compare/").status_code == 404


def test_it_is_locked_and_then_both_stand_side_by_side(enter: Enter, made: SecondLook, at: datetime) -> None:
    client, address = enter(made.again), f"/second-looks/{made.ref}/"
    wrong = client.post(address, {"option": "no", "reasons": "As I read it."})
    assert "As I read it." in wrong.content.decode()
    given = {"option": "refer_must", "reasons": "As I read it.", **day("on", at.date())}
    assert post(client, address, **answered("refer_must"), **given) == f"{address}compare/"
    page = words_of(client, f"{address}compare/")
    for words in ("They differ", "As I read it.", "zebra"):
        assert words in page
    assert "Record what I make of it" not in page
    head = enter(made.head)
    assert f"{address}compare/" in words_of(head, "/second-looks/")
    looked = {"words": "Read too narrowly.", **day("on", at.date())}
    assert post(head, f"{address}compare/", **looked) == "/second-looks/"
    assert "0 of 1 (0%)" in words_of(head, "/second-looks/")


def test_whoever_has_a_conflict_says_so_on_a_page(enter: Enter, made: SecondLook) -> None:
    client = enter(made.again)
    assert post(client, f"/second-looks/{made.ref}/decline/", reason="A friend.") == "/second-looks/"
    assert "Nothing waits for you" in words_of(client, "/second-looks/")
    assert queries.draws(made.head.viewer)[0].missing == 1


def test_the_reviews_of_open_investigations_are_for_those_who_sign_for_others(
    enter: Enter, made: SecondLook, at: datetime
) -> None:
    assert "No investigation is open" in words_of(enter(made.head), "/supervisor-reviews/")
    assert enter(made.again).get("/supervisor-reviews/").status_code == 403
    assert enter(worlds.user(at, "Ina Inspector", "inspector")).get("/second-looks/").status_code == 403
