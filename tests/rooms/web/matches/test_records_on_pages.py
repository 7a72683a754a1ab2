"""Where a crime record is seen: the item, the log, recording, the referral, the person, the joint view, My work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from peelian.intake import queries as items
from peelian.matters.actions import record_matter
from peelian.matters.rows import AllegationDraft, InvolvedDraft, Recording
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from peelian.web import middleware
from tests import worlds
from tests.washed import Washed, found, washed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("optional_second_factor")]
EXPOSURE = {"category": "Exposure", "part": "suspect", "band": "probable", "serious": True, "same_day": True}


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def recorded(made: Washed, item: str) -> str:
    recording = Recording(
        kind=MatterKind.CONDUCT_MATTER,
        came_to_attention=KnownDate(made.on),
        heading="Exposure reported",
        narrative="Seen in a car park.",
        reasons="An indication of a crime.",
        no_conflict=True,
        intake_ref=item,
        officers=(InvolvedDraft(person_ref=made.officer),),
        allegations=(AllegationDraft(category="J3", text="Seen in a car park.", against=(0,)),),
    )
    return record_matter(by=made.head.viewer, recording=recording, on=made.on)


def test_a_record_of_exposure_is_seen_from_intake_to_the_referral(
    at: datetime, enter: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "now", lambda: at)
    made = washed(at, [found("CR/9", recorded_on=made_on(at), **EXPOSURE)])
    head = enter(made.head)
    (item,) = (row.ref for row in items.items(worlds.peelian(at)).rows)
    for path in (f"/intake/{item}/", f"/intake/{item}/record/?kind=conduct_matter"):
        page = words(head, path)
        assert "It counts as serious, however minor: Exposure" in page
        assert "MR05" in page
    assert "a second, independent person must agree (LES-10)" in words(head, f"/intake/{item}/log/")
    person = words(head, f"/people/{made.officer}/")
    assert "Exposure: CR/9" in person
    assert "Pattern count: 1" in person
    later = replace(made.head.viewer, at=at + timedelta(hours=30)).at
    monkeypatch.setattr(middleware, "now", lambda: later)
    assert "not assessed in 24 hours" in words(enter(made.head), "/work/")
    monkeypatch.setattr(middleware, "now", lambda: at)

    matter = recorded(made, item)
    assert "The question of referral is raised" in words(head, f"/matters/{matter}/decide/referral/")
    assert "Exposure: CR/9" in words(head, f"/matters/{matter}/joint/")


def made_on(at: datetime) -> str:
    return (at.date() - timedelta(days=1)).isoformat()
