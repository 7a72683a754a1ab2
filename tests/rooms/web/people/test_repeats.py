"""The register of people with more than one matter. LES-18."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO

import pytest
from django.test import Client

from peelian.matters import queries
from peelian.matters.repeats import Band
from tests import worlds
from tests.statements import counted
from tests.worlds import Someone

Enter = Callable[[Someone], Client]
CAME = date(2026, 10, 5)
pytestmark = pytest.mark.usefixtures("optional_second_factor")


@pytest.fixture
def reader(at: datetime, db: None, enter: Enter) -> Client:
    return enter(worlds.user(at, "Rita Reader", "supervisor"))


def recorded(at: datetime, family: str, number: int) -> str:
    ref = worlds.officer(at, family)
    for _ in range(number):
        worlds.open_complaint(worlds.peelian(at), CAME, officers=[ref])
    return ref


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/repeats/{query}")
    assert answer.status_code == 200, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def test_nobody_with_two_matters_is_said_and_how_somebody_would_come(reader: Client, at: datetime) -> None:
    recorded(at, "Single", 1)
    shown = page(reader)
    assert "Nobody is concerned in more than one matter" in shown
    assert "Single" not in shown


def test_those_with_most_matters_come_first_in_bands_that_can_be_chosen(reader: Client, at: datetime) -> None:
    for family, number in (("Once", 1), ("Twice", 2), ("Thrice", 3), ("Sixfold", 6)):
        recorded(at, family, number)
    shown = page(reader)
    assert shown.index("Sixfold") < shown.index("Thrice") < shown.index("Twice")
    assert "Once" not in shown
    assert "Thrice" in page(reader, "?band=three-to-five")
    assert "Sixfold" not in page(reader, "?band=three-to-five")
    assert dict(queries.repeat_subjects(worlds.peelian(at)).bands) == {Band.TWO: 1, Band.SOME: 1, Band.MANY: 1}


def test_nobody_matches_says_so_and_leads_back(reader: Client, at: datetime) -> None:
    recorded(at, "Twice", 2)
    assert "Nobody matches" in page(reader, "?band=six-or-more")


def test_the_list_leaves_as_a_file(reader: Client, at: datetime) -> None:
    ref = recorded(at, "Twice", 2)
    answer = reader.get("/repeats/?as=csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert any(row[-1] == ref and row[4:6] == ["2", "2"] for row in rows if row)


def test_it_takes_as_many_statements_for_many_people_as_for_one(at: datetime, db: None) -> None:
    viewer = worlds.user(at, "Rita Reader", "supervisor").viewer
    recorded(at, "Twice", 2)
    with counted() as one:
        queries.repeat_subjects(viewer)
    for family in ("Ash", "Birch", "Cedar"):
        recorded(at, family, 3)
    with counted() as many:
        assert queries.repeat_subjects(viewer).found.total == 4
    assert len(one) == len(many) <= 5


def test_those_who_read_no_matter_have_no_such_list(at: datetime, db: None, enter: Enter) -> None:
    assert enter(worlds.user(at, "Ned Nobody", "auditor")).get("/repeats/").status_code == 403
