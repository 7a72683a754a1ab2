"""The replay of nine reports as a page."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import worlds

pytestmark = pytest.mark.usefixtures("still")


def test_each_report_shows_its_duties_and_why_it_could_not_be_closed(
    db: None, at: object, enter: Callable[..., Client]
) -> None:
    reader = enter(worlds.user(at, "Lena Law", "investigator"))
    response = reader.get("/law/replay/")
    page = response.content.decode()
    assert response.status_code == 200
    for number in range(1, 10):
        assert f'id="report-{number}"' in page
    assert page.count("By today’s rules") == 7
    assert page.count("nobody has decided how it ends") == 9
    assert page.count("/law/clocks/INV-01/") == 9
    assert 'href="/law/replay/"' in reader.get("/law/lessons/").content.decode()
