"""Recording a matter that comes of another: the page holds already what the other says, and nothing of it changes."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.matters import queries
from peelian.matters.rows import InvolvedDraft
from peelian.terms.matters import MatterKind
from tests import worlds
from tests.rooms.web.matters.test_pages import day, post, words_of

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 10, 5)


@pytest.fixture
def supervisor(at: datetime, db: None, enter: Callable[[worlds.Someone], Client]) -> Client:
    return enter(worlds.user(at, "Sue Pervisor", "supervisor"))


@pytest.fixture
def officer(at: datetime, db: None) -> str:
    return worlds.officer(at, "Shaw", "Ada")


@pytest.fixture
def complaint(at: datetime, officer: str) -> str:
    unknown = InvolvedDraft(description="the one with the beard")
    return worlds.open_complaint(
        worlds.peelian(at),
        CAME,
        officers=[officer, unknown],
        complainants=[worlds.member_of_the_public(at, "Bright", "Asha")],
        allegations=(worlds.allegation("He twisted her arm.", "B4", against=(0, 1)),),
    )


def test_the_page_holds_what_the_other_matter_says(supervisor: Client, complaint: str, officer: str) -> None:
    page = words_of(supervisor, f"/matters/{complaint}/record-from/?kind=conduct_matter")
    assert f"That comes of {complaint}" in page
    assert f'value="{officer}"' in page
    assert 'value="the one with the beard"' in page
    assert "He twisted her arm." in page
    assert f"It comes of {complaint}." in page
    assert (
        '<input class="govuk-radios__input" id="id_kind-3" name="kind" type="radio" value="conduct_matter" checked'
        in page
    )
    assert "There is a problem" not in page


def test_whoever_complained_stands_on_a_conduct_matter_as_an_interested_person(
    at: datetime, supervisor: Client, officer: str
) -> None:
    carla = worlds.member_of_the_public(at, "Willow", "Carla")
    complaint = worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], complainants=[carla])
    page = words_of(supervisor, f"/matters/{complaint}/record-from/?kind=conduct_matter")
    assert carla in page.partition('id="interested-0"')[2].partition("</fieldset>")[0]
    assert 'id="complainant-0"' not in page, "whoever complained is no complainant of a conduct matter"
    assert "Ask each whether they wish to be told" in page
    assert "Ask each whether they wish to be told" not in words_of(supervisor, "/matters/record/")


def test_the_complainants_stand_on_the_page_where_a_complaint_comes_of_it(supervisor: Client, complaint: str) -> None:
    assert "Bright" in words_of(supervisor, f"/matters/{complaint}/record-from/?kind=complaint_s3")


def test_what_is_recorded_is_a_matter_of_its_own_about_the_same_people(
    supervisor: Client, at: datetime, complaint: str, officer: str
) -> None:
    given = {
        "do": "record",
        "kind": "conduct_matter",
        "reasons": f"It comes of {complaint}.",
        "heading": "An arm was twisted",
        "narrative": "He twisted her arm.",
        **day("came_to_attention", CAME),
        "officer_rows": "0",
        "officer-0-find": officer,
        "officer-0-chosen": officer,
        "complainant_rows": "",
        "interested_rows": "",
        "allegation_rows": "0",
        "allegation-0-category": "B4",
        "allegation-0-text": "He twisted her arm.",
        "allegation-0-against": ["0"],
        "no_conflict": "on",
        **day("on", at.date()),
    }
    before = queries.matter(worlds.peelian(at), complaint)
    location = post(supervisor, f"/matters/{complaint}/record-from/", **given)
    made = queries.matter(worlds.peelian(at), location.strip("/").split("/")[1])
    assert made.line.kind is MatterKind.CONDUCT_MATTER
    assert [one.words for one in made.involvements] == ["Ada Shaw"]
    assert made.allegations[0].against[0].words == "Ada Shaw"
    assert queries.matter(worlds.peelian(at), complaint) == before
    assert complaint in words_of(supervisor, f"/matters/{made.line.ref}/joint/")


def test_what_is_missing_is_said_and_what_was_typed_stays(supervisor: Client, complaint: str) -> None:
    page = post(supervisor, f"/matters/{complaint}/record-from/", 200, do="record", heading="Typed before")
    assert "There is a problem" in page
    assert "Typed before" in page
    assert f"That comes of {complaint}" in page


def test_nobody_records_from_a_matter_that_they_may_not_see_or_without_the_power(
    at: datetime, complaint: str, enter: Callable[[worlds.Someone], Client]
) -> None:
    head = worlds.user(at, "Hedda Head", "head_of_professional_standards")
    hidden = worlds.open_complaint(head.viewer, CAME, sensitive_reason="It concerns a source.")
    handler = enter(worlds.user(at, "Hanna Handler", "complaint_handler"))
    words_of(handler, f"/matters/{hidden}/record-from/", 404)
    inspector = enter(worlds.user(at, "Ina Spector", "inspector"))
    assert "It needs the power to" in words_of(inspector, f"/matters/{complaint}/record-from/", 403)
