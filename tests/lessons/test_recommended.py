"""Lessons of recommendations that nobody followed up."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from peelian.recommendations import actions
from tests import worlds

pytestmark = pytest.mark.django_db


def test_les_14_a_published_recommendation_shows_red_once_its_date_passes_with_no_evidence(
    at: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = worlds.user(at, "Ana Lyst", "analyst")
    actions.add(
        by=keeper.viewer,
        source="An inquiry",
        number="4",
        words="Read every file again.",
        owner="Head of Vetting",
        owner_ref=keeper.user_ref,
        due_on=at.date() + timedelta(days=1),
        on=at.date(),
    )
    red = 'class="peelian-mark peelian-mark--overdue">Overdue: no evidence that it was done</strong>'

    def page_on(moment: datetime) -> str:
        monkeypatch.setattr("peelian.web.recommendations.views.now", lambda: moment)
        return client.get("/recommendations/").content.decode()

    assert red not in page_on(at + timedelta(days=1))  # the day itself is in time
    late = page_on(at + timedelta(days=2))
    assert red in late
    for words in ("An inquiry", "Read every file again.", "Head of Vetting"):
        assert words in late
    assert "Ana" not in late
