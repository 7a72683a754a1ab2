"""Pairs of a source whose basis ended, disposed of together in a browser by two people."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests import worlds
from tests.rooms.web.matters.test_pages import words_of
from tests.washed import ACCOUNT, BASIS, Washed, found, washed

pytestmark = pytest.mark.usefixtures("still")
AT = "/retention/sources/"
ASKED = "?workforce=workforce&source=pnd"


@pytest.fixture
def made(db: None, at: datetime) -> Washed:
    ended = ACCOUNT | {"sources": [{**ACCOUNT["sources"][0], "basis": BASIS | {"expires_on": "2026-11-21"}}]}
    made = washed(at)
    made.take_in(found(), found("CR/2"), found("CR/3"), account=ended)
    made.judged("yes", "CR/3")
    return made


def test_one_proposes_those_listed_and_another_agrees(enter: Callable[..., Client], made: Washed, at: datetime) -> None:
    head, second = enter(made.head), enter(worlds.user(at, "Cleo Chief", "chief_officer"))
    assert f'href="{AT}"' in words_of(head, "/retention/")
    page = words_of(head, AT)
    assert "National records, workforce" in page
    assert "Propose 2 disposals" in page
    assert "nobody said what follows" in page
    assert "Propose 2 disposals" not in words_of(second, AT), "who only signs proposes nothing"
    form = words_of(head, f"{AT}propose/{ASKED}")
    refs = [made.ref("CR/1"), made.ref("CR/2")]
    assert form.count(" checked") == 2
    assert made.ref("CR/3") not in form
    assert "Choose at least one pair" in head.post(f"{AT}propose/{ASKED}", {"reasons": "So."}).content.decode()
    given = {"refs": refs, "reasons": "It may be washed no more."}
    said = head.post(f"{AT}propose/{ASKED}", given, follow=True).content.decode()
    assert "The disposal of 2 pairs was proposed." in said
    assert "Answer 2 proposed disposals" not in said
    assert "Answer 2 proposed disposals" in words_of(second, AT)
    assert "Hedda Head proposed it on 23 November 2026: It may be washed no more." in words_of(
        second, f"{AT}answer/{ASKED}"
    )
    said = second.post(f"{AT}answer/{ASKED}", given | {"agreed": "yes"}, follow=True).content.decode()
    assert "2 pairs disposed of, each with its certificate." in said
    for ref in refs:
        assert "It may be washed no more." in words_of(head, f"/retention/pairs/{ref}/certificate/")


def test_no_such_source_and_no_such_act_are_not_found(enter: Callable[..., Client], made: Washed) -> None:
    head = enter(made.head)
    for address in (f"{AT}propose/", f"{AT}keep/{ASKED}", f"{AT}propose/?workforce=workforce&source=none"):
        assert head.get(address).status_code == 404
    assert enter(made.judge).get(AT).status_code == 403
