"""Disparity figures as a page and as a file."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests import worlds
from tests.compared import STEPS, compared
from tests.rooms.web.matters.test_pages import words_of
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]
PERIOD = "from_on_day=1&from_on_month=10&from_on_year=2026&until_on_day=31&until_on_month=10&until_on_year=2026"


def test_the_page_shows_ratio_interval_and_base_numbers_and_the_file_says_the_same(
    db: None, enter: Enter, at: datetime
) -> None:
    made = compared(at)
    for step in STEPS:
        made.decide(step, len(made.matters))
    client = enter(worlds.user(at, "Ana Lyst", "analyst"))
    page = words_of(client, f"/disparity/?by=ethnicity&{PERIOD}")
    assert page.count("1.60 (0.54 to 4.75)") >= 6
    for words in ("Not stated:", "Chance alone explains some", "Open cases are counted as open", "fewer than 30"):
        assert words in page
    lines = client.get(f"/disparity/?by=ethnicity&{PERIOD}&as=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Decision point,Basis,Group,Of,Reached")
    assert "Severity,In post,Black,30,6,200.0,1.6,0.54,4.75" in "\n".join(lines)
    assert "hidden" in "\n".join(lines)


def test_a_table_of_which_everything_is_hidden_is_one_sentence(db: None, enter: Enter, at: datetime) -> None:
    made = compared(at)
    made.decide("severity", len(made.matters))
    client = enter(worlds.user(at, "Ana Lyst", "analyst"))
    page = words_of(client, f"/disparity/?by=ethnicity&{PERIOD}")
    points = re.findall(r'<section aria-labelledby="point-.*?</section>', page)
    assert ["<table" in one for one in points] == [True, True, False, False, False, False]
    for one in points[2:]:
        assert "Too few of each group reached this point for their numbers to be shown or compared." in one
        assert "In post: White 40; Black 30; All but White, together 30." in one
    assert "Still open: White 5; Black 6." in points[2]


def test_a_period_that_cannot_be_says_what_to_do_and_others_do_not_get_in(db: None, enter: Enter, at: datetime) -> None:
    client = enter(worlds.user(at, "Ana Lyst", "analyst"))
    wrong = PERIOD.replace("until_on_year=2026", "until_on_year=2025")
    assert "The period must end after it begins" in words_of(client, f"/disparity/?{wrong}")
    assert "There is a problem" in words_of(client, "/disparity/?from_on_year=x")
    assert "hidden" in words_of(client, "/disparity/")  # twelve whole months, and nobody in them yet
    assert enter(worlds.user(at, "Aster Lee", "assessor")).get("/disparity/").status_code == 403
