"""Associations drawn and listed, vehicles recorded: what the page says, and what it never shows."""

import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.test import Client

from peelian.vetting import actions as vetting
from peelian.web.people.graph import MOST, Association, drawing_of
from tests import worlds
from tests.rooms.web.people.conftest import Force
from tests.rooms.web.people.test_pages import words_of

pytestmark = pytest.mark.usefixtures("optional_second_factor")


def associations(count: int) -> list[Association]:
    return [
        Association("declared", f"Somebody {number}", "a friend", "said so", "no decision") for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 17, 40, 55])
def test_no_two_names_of_the_picture_meet_and_none_leaves_it(count: int) -> None:
    drawing = drawing_of(associations(count), "Ada Shaw")
    assert drawing is not None
    assert len(drawing.nodes) + drawing.left_out == count
    assert len(drawing.nodes) == min(count, MOST)
    for side in ("start", "end"):
        heights = [node.y for node in drawing.nodes if node.anchor == side]
        assert all(later - earlier >= 40 for earlier, later in pairwise(heights))
    for node in drawing.nodes:
        assert 16 <= node.y <= drawing.height - 30
        width = len(node.label) * 8.5
        assert (node.label_x - width if node.anchor == "end" else node.label_x) >= 0
        assert (node.label_x if node.anchor == "end" else node.label_x + width) <= drawing.width
    assert drawing == drawing_of(associations(count), "Ada Shaw"), "the same each time"


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing_of([], "Ada Shaw") is None


def test_the_page_draws_and_lists_what_was_declared_and_says_that_a_name_is_a_mention(
    sign_in: Callable[..., Client], enter: Callable[..., Client], force: Force, at: datetime
) -> None:
    by = worlds.user(at, "Vera Vale", "vetting_officer").viewer
    given = {"kind": "association_criminal", "about": "Rex Marlow", "words": "A cousin.", "by_self": True}
    vetting.declare(by=by, person_ref=force.constable, arose_on=date(2026, 10, 1), on=at.date(), **given)
    reader = sign_in("supervisor")
    page = words_of(reader, f"/people/{force.constable}/network/")
    assert page.count("Rex Marlow") >= 3, "in the picture, in words for it, and in the list"
    assert "a mention, not in the register" in page
    assert re.search(r'<svg[^>]*role="img" aria-labelledby="network-title network-says"', page)
    assert "Rex Marlow" not in words_of(reader, "/people/?words=marlow").replace("marlow", "")
    handler = enter(worlds.user(at, "Hanna Handler", "complaint_handler"))
    assert "Rex Marlow" not in words_of(handler, f"/people/{force.constable}/network/")


def test_a_vehicle_is_recorded_and_ended_on_the_page(reader: Client, force: Force) -> None:
    path = f"/people/{force.constable}/"
    assert "No vehicle is held" in words_of(reader, f"{path}network/")
    empty = reader.post(f"{path}vehicle/", {"mark": "", "source": ""})
    assert empty.status_code == 200
    told = {"mark": "ab12 cde", "words": "Grey estate", "source": "A parking permit"}
    told |= {"on_day": "1", "on_month": "3", "on_year": "2026"}
    answer = reader.post(f"{path}vehicle/", told)
    assert answer.headers["Location"] == f"{path}network/"
    assert "AB12 CDE" in words_of(reader, f"{path}network/")
    ended = {"reason": "Sold", "on_day": "1", "on_month": "4", "on_year": "2026"}
    assert reader.post(f"{path}vehicle/1/", ended).headers["Location"] == f"{path}network/"
    people_page = words_of(reader, f"{path}network/")
    assert "1 April 2026" in people_page
