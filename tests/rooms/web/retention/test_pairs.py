"""A pair of the wash in a browser: due, disposed of by two people, its certificate, and what is left of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from peelian.terms.acts import RecordKind
from peelian.web import middleware
from tests import worlds
from tests.washed import found, washed

pytestmark = [pytest.mark.usefixtures("still"), pytest.mark.django_db]


def test_two_people_dispose_of_a_rejected_match_and_a_run_that_finds_it_says_so(
    at: datetime, enter: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = washed(at, [found()])
    made.judged("no", reasons="Her sister the wyvern.")
    chief = worlds.user(at, "Cleo Chief", "chief_officer")
    monkeypatch.setattr(middleware, "now", lambda: at + timedelta(days=1000))
    head, second = enter(made.head), enter(chief)
    ref = made.ref()
    here = f"/retention/pairs/{ref}/"
    page = head.get("/retention/").content.decode()
    assert here in page
    assert "Records judged to be about somebody else" in page or "Pairs nobody decided" in page
    assert here in head.get("/retention/", {"kind": RecordKind.PAIR.value}).content.decode()
    assert here not in head.get("/retention/", {"kind": RecordKind.MATTER.value}).content.decode()
    assert here in head.get(f"/wash/pairs/{ref}/").content.decode(), "the pair leads to how long it is kept"
    said = {"reasons": "Nothing asks for it."}
    assert "Somebody else must agree" in head.post(f"{here}propose/", said, follow=True).content.decode()
    assert head.post(f"{here}answer/", said | {"agreed": "yes"}).status_code == 403
    asked = second.get(f"{here}answer/").content.decode()
    assert "Hedda Head proposed it on" in asked
    assert "Nothing asks for it." in asked
    done = second.post(f"{here}answer/", said | {"agreed": "yes"}, follow=True).content.decode()
    assert "It was disposed of" in done
    paper = second.get(f"{here}certificate/").content.decode()
    assert "their key was destroyed" in paper
    assert "Cleo Chief" in paper
    left = head.get(f"/wash/pairs/{ref}/").content.decode()
    assert f"{here}certificate/" in left
    assert "wyvern" not in left
    assert "CR/1" not in left
    assert "No, it is about somebody else" in left
    run = made.take_in(found(weight=4.0))
    assert "They stay put away" in head.get(f"/wash/runs/{run}/").content.decode()
