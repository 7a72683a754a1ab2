"""Recommendations as pages: kept, answered by a second person, and read by anybody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from peelian.recommendations import queries
from tests import worlds
from tests.recommended import Recommended, recommended
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]
KEPT = "/recommendations/kept/"


@pytest.fixture(autouse=True)
def the_public_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr("peelian.web.recommendations.views.now", lambda: at)


@pytest.fixture
def made(db: None, at: datetime) -> Recommended:
    return recommended(at)


def test_one_is_added_given_evidence_and_accepted_and_the_public_reads_it(
    enter: Enter, made: Recommended, at: datetime, client: Client
) -> None:
    keeper, second = enter(made.keeper), enter(made.second)
    asked = {"source": "Another report", "number": "1", "words": "Tell the public.", "published": "yes"}
    asked |= {"owner": "Head of Press", "owner_ref": "", **day("due_on", at.date()), **day("on", at.date())}
    address = post(keeper, f"{KEPT}new/", **asked)
    done = {"what": "It was told.", "where": "Website", "completes": "yes", "says": "A page stands."}
    assert post(keeper, f"{address}evidence/", **done, **day("on", at.date())) == address
    assert "Another report, 1" in words_of(second, "/work/")
    evidence = next(row for row in queries.recommendation(made.second.viewer, address.split("/")[3]).evidence).ref
    said = {"accepted": "yes", "reasons": "I opened it.", **day("on", at.date())}
    assert post(second, f"{address}evidence/{evidence}/", **said) == address
    page = words_of(client, "/recommendations/")
    for words in ("Another report", "Tell the public.", "Head of Press", "A page stands.", "Met"):
        assert words in page
    assert "Keep recommendations" not in page
    assert "Keep recommendations" in words_of(keeper, "/recommendations/")


def test_the_date_moves_on_a_page_and_the_list_narrows(enter: Enter, made: Recommended, at: datetime) -> None:
    keeper = enter(made.keeper)
    later = at.date() + timedelta(days=60)
    said = {"owner": "Director", "owner_ref": "", "reasons": "No provider.", **day("on", at.date())}
    assert post(keeper, f"{KEPT}{made.ref}/owner/", **said, **day("due_on", later)) == f"{KEPT}{made.ref}/"
    assert "No provider." in words_of(keeper, f"{KEPT}{made.ref}/")
    assert made.ref in words_of(keeper, f"{KEPT}?standing=running")
    assert "None stands here" in words_of(keeper, f"{KEPT}?standing=met")
    assert "An inquiry" in words_of(keeper, "/recommendations/")


def test_who_keeps_none_reads_the_public_page_alone(enter: Enter, made: Recommended, at: datetime) -> None:
    assessor = enter(worlds.user(at, "Aster Lee", "assessor"))
    assert assessor.get(KEPT).status_code == 403
    assert assessor.get("/recommendations/").status_code == 200
    wrong = enter(made.keeper).post(f"{KEPT}new/", {"words": "Kept as typed"}).content.decode()
    assert "There is a problem" in wrong
    assert "Kept as typed" in wrong


def test_the_public_page_says_when_there_is_nothing(db: None, client: Client) -> None:
    assert "No recommendation is published" in words_of(client, "/recommendations/")
