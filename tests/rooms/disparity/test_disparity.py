"""Figures of a period: whom they count, what stays open, who may see them."""

from datetime import datetime, timedelta

import pytest

from peelian.disparity import queries
from peelian.disparity.rows import PointFigures
from peelian.people import queries as people
from peelian.rules.disparity import Figure
from peelian.terms.refusals import NotAllowed, NotValid
from tests import worlds
from tests.compared import BLACK, DECIDED, FROM, TO, WHITE, Compared, compared, register
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Compared:
    return compared(at)


@pytest.fixture
def reader(at: datetime) -> Someone:
    return worlds.user(at, "Ana Lyst", "analyst")


def point(reader: Someone, key: str, by: str = "ethnicity", **days: object) -> PointFigures:
    period = {"from_on": FROM, "to_on": TO, **days}
    report = queries.disparity(reader.viewer, by, **period)  # type: ignore[arg-type]  # a table of days
    return next(one for one in report.points if one.key == key)


def of(found: PointFigures, key: str) -> Figure:
    return next(one for one in found.figures if one.key == key)


def test_people_are_counted_once_and_only_of_the_period(made: Compared, reader: Someone) -> None:
    made.decide("severity", 11)
    made.decide("severity", 6, option="gross_misconduct", on=DECIDED + timedelta(days=1))
    assert (of(point(reader, "severity"), "white").reached, of(point(reader, "severity"), "black").reached) == (5, 6)
    later = point(reader, "severity", from_on=TO, to_on=TO + timedelta(days=20))
    assert of(later, "white").reached is None
    assert of(later, "white").of == 40


def test_a_decision_that_was_replaced_counts_only_where_it_ever_counts(made: Compared, reader: Someone) -> None:
    for step, last in (("severity", "neither"), ("measures", "end_suspension")):
        made.decide(step, 11)
        made.decide(step, 11, option=last, on=DECIDED + timedelta(days=2))
    assert of(point(reader, "severity"), "white").reached is None
    assert of(point(reader, "suspension"), "white").reached == 5


def test_open_cases_are_counted_as_open(made: Compared, reader: Someone) -> None:
    before = point(reader, "severity")
    assert (of(before, "white").still_open, of(before, "black").still_open) == (5, 6)
    made.decide("severity", 11, option="neither")
    assert of(point(reader, "severity"), "white").still_open is None
    assert of(point(reader, "allegation"), "white").still_open == 5


def test_of_those_decided_is_a_basis_of_its_own(made: Compared, reader: Someone) -> None:
    made.decide("severity", 11)
    found = point(reader, "severity").of_decided
    assert [one.of for one in found][:2] == [None, None]  # fewer than 30 were decided
    assert point(reader, "suspension").of_decided == ()


def test_what_nobody_stated_is_a_share_and_no_group(reader: Someone, at: datetime) -> None:
    compared(at, {WHITE: (40, 5), BLACK: (30, 6), "": (29, 6)})
    found = point(reader, "allegation")
    assert found.missing_in_post == pytest.approx(29 / 99)  # the analyst does not see themselves
    assert found.missing_reached == pytest.approx(6 / 17)
    assert "not_stated" not in {one.key for one in found.figures}


def test_sex_is_compared_too(reader: Someone, at: datetime) -> None:
    register(at, 31, WHITE, sex="Female")
    assert {one.key: one.of for one in point(reader, "allegation", by="sex").figures} == {"male": None, "female": 31}


def test_only_those_with_the_power_see_figures_and_nobody_else_what_somebody_said(
    reader: Someone, at: datetime
) -> None:
    assessor, [officer] = worlds.user(at, "Aster Lee", "assessor"), register(at, 1, BLACK)
    with pytest.raises(NotAllowed):
        queries.disparity(assessor.viewer, "ethnicity", FROM, TO)
    assert people.person(reader.viewer, officer).ethnicity is None
    assert people.person(assessor.viewer, officer).ethnicity == BLACK  # who may change it
    with pytest.raises(NotValid, match="ethnicity or sex"):
        queries.disparity(reader.viewer, "religion", FROM, TO)
    with pytest.raises(NotValid, match="end after"):
        queries.disparity(reader.viewer, "sex", TO, FROM)


def test_a_matter_that_a_wall_hides_is_in_no_figure(made: Compared, reader: Someone, at: datetime) -> None:
    worlds.walls.tie_many(
        pairs=[(reader.person_id, worlds.key(at, made.matters[0][0]))], ground="declared_relationship", on=at.date()
    )
    assert of(point(reader, "allegation"), "white").reached is None  # four, and hidden
