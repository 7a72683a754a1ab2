"""Calibration as pages: guidance beside the severity assessment, test cases answered blind, differences, drift."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from peelian.calibration import queries
from tests import worlds
from tests.calibrations import CASE, Calibration, calibration
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]
SAID: dict[str, Any] = {"option": "misconduct", "standards": ["SPB02"], "codes": ["SR-02"], "reasons": "Okapi."}


@pytest.fixture
def made(db: None, at: datetime) -> Calibration:
    return calibration(at)


def test_a_test_case_is_given_out_answered_blind_and_resolved(enter: Enter, made: Calibration, at: datetime) -> None:
    head, one, other = enter(made.head), enter(made.one), enter(made.other)
    assert "No test case was given out yet" in words_of(head, "/calibration/")
    asked = {"case": CASE, "user_refs": [made.one.user_ref, made.other.user_ref]}
    assert post(head, "/calibration/new/", **asked) == "/calibration/"
    ref = queries.mine(made.one.viewer).to_answer[0].ref
    address = f"/calibration/{ref}/"
    assert f"{address}answer/" in words_of(one, "/work/")
    assert post(one, f"{address}answer/", **SAID) == address
    for page in (f"{address}answer/", "/calibration/"):
        assert "Okapi" not in words_of(other, page)
    assert other.get(address).status_code == 403
    assert post(other, f"{address}answer/", **{**SAID, "option": "neither"}) == address
    assert "Okapi" in words_of(other, address)
    assert "Record what it comes to" not in words_of(other, address)
    assert "Discuss where the answers differ" in words_of(head, "/work/")
    said = {"option": "misconduct", "reasons": "We talked.", "follows": "", **day("on", at.date())}
    assert post(head, address, **said) == address
    assert "We talked." in words_of(one, address)
    drift = words_of(head, "/calibration/")
    assert "0 of 1 (0%)" in drift
    assert "1 of 2 (50%)" in drift


def test_errors_keep_what_was_typed_and_say_what_to_do(enter: Enter, made: Calibration) -> None:
    ref = made.open()
    page = enter(made.one).post(f"/calibration/{ref}/answer/", {**SAID, "codes": []}).content.decode()
    assert "Okapi" in page
    assert "There is a problem" in page
    again = {"case": CASE, "user_refs": [made.one.user_ref, made.other.user_ref]}
    assert "has seen what the guidance says" in enter(made.head).post("/calibration/new/", again).content.decode()


def test_the_guidance_stands_beside_the_severity_assessment_and_its_codes_are_kept(
    enter: Enter, made: Calibration, at: datetime
) -> None:
    worked = words_of(enter(made.one), "/severity-guidance/")
    for words in ("Looking up a former partner", "SR-01", "Gross misconduct if proved"):
        assert words in worked
    assert "Test case" not in worked
    assert enter(worlds.user(at, "Ina Inspector", "inspector")).get("/calibration/").status_code == 403
