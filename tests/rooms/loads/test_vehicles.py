"""Vehicles come with the staff register: by mark, none twice, and what a later extract leaves out ends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from peelian.people import queries
from peelian.people.models import Person
from tests import worlds
from tests.rooms.loads.conftest import REGISTER, REGISTER_HEADER

pytestmark = pytest.mark.django_db
MAP = (
    REGISTER
    + """
[[column]]
name = "vehicles"
field = "vehicle_marks"
separator = ";"
"""
)
HEADER = (*REGISTER_HEADER, "vehicles")
ADA = ("A", "Ngata", "Mere", "Constable", "North", "", "2001")


def test_a_register_brings_vehicles_and_a_later_one_ends_those_it_leaves_out(
    load: Callable[..., Any], write: Callable[..., Any], at: datetime
) -> None:
    load(write("a.csv", HEADER, [(*ADA, "AB12 CDE; XY70 ZZZ")]), MAP)
    by = worlds.peelian(at)
    ref = Person.objects.as_system(because="a test").get(source_key="A").ref
    assert {row.mark for row in queries.vehicles_of(by, ref)} == {"AB12 CDE", "XY70 ZZZ"}
    load(write("b.csv", HEADER, [(*ADA, "ab12cde; QX21 ABL")]), MAP)
    ends = {row.mark: row.to_on for row in queries.vehicles_of(by, ref)}
    assert ends == {"AB12 CDE": None, "XY70 ZZZ": at.date(), "QX21 ABL": None}
    assert {row.folded for row in queries.keepers(by, ["qx21 abl"])} == {"QX21ABL"}
    load(write("c.csv", HEADER, [(*ADA, "")]), MAP)
    ends = {row.mark: row.to_on for row in queries.vehicles_of(by, ref)}
    assert ends["QX21 ABL"] is None, "a fact that a file no longer states is left as it is"
