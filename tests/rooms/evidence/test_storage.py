"""Which matters have items in freezer X on day D, and what a failure touched."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from peelian.evidence import actions, queries
from peelian.evidence.states import UnitKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.evidence.conftest import TODAY
from tests.rooms.evidence.test_custody import booked, given
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return date(2026, 11, number)


def freezer(by: Someone, name: str = "Freezer 4", **said: Any) -> str:
    facts: dict[str, Any] = {
        "kind": UnitKind.FREEZER,
        "site": "Main store",
        "capacity": 3,
        "lowest": Decimal("-25"),
        "highest": Decimal("-18"),
        "on": day(1),
    }
    return actions.make_unit(by=by.viewer, name=name, **facts | said)


def put(by: Someone, exhibit: str, unit: str, on: date) -> None:
    actions.place(by=by.viewer, exhibit_ref=exhibit, unit_ref=unit, shelf="2", on=on)


def marks(rows: Any) -> list[str]:
    return [row.mark for row in rows]


def test_what_lay_in_a_freezer_on_a_day_is_one_question(at: datetime, handler: Someone, matter: str) -> None:
    unit, other = freezer(handler), freezer(handler, "Freezer 5")
    second = worlds.open_complaint(worlds.peelian(at), day(3), heading="A search of a car")
    one, two, three = booked(handler, matter, "A/1"), booked(handler, second, "B/1"), booked(handler, matter, "A/2")
    put(handler, one, unit, day(11))
    put(handler, two, unit, day(12))
    put(handler, three, other, day(12))
    put(handler, one, other, day(15))
    actions.take_out(by=handler.viewer, exhibit_ref=two, on=day(20))
    asked = {
        number: marks(queries.items_in(handler.viewer, unit, day(number))) for number in (10, 11, 12, 15, 16, 20, 21)
    }
    assert {number: sorted(found) for number, found in asked.items()} == {
        10: [],
        11: ["A/1"],
        12: ["A/1", "B/1"],
        15: ["A/1", "B/1"],  # it left on this day, so it was there on it
        16: ["B/1"],
        20: ["B/1"],
        21: [],
    }
    row = queries.items_in(handler.viewer, unit, day(13))
    assert {(one.matter_ref, one.matter_heading) for one in row} == {
        (matter, "Rude at the front counter"),
        (second, "A search of a car"),
    }
    assert [(line.name, line.held) for line in queries.units(handler.viewer)] == [("Freezer 4", 0), ("Freezer 5", 2)]


def test_a_failure_names_everything_that_lay_there_while_it_lasted(handler: Someone, matter: str) -> None:
    unit = freezer(handler)
    before, during, after = (booked(handler, matter, f"A/{number}") for number in (1, 2, 3))
    put(handler, before, unit, day(11))
    actions.take_out(by=handler.viewer, exhibit_ref=before, on=day(12))
    put(handler, during, unit, day(12))
    actions.take_out(by=handler.viewer, exhibit_ref=during, on=day(15))
    put(handler, after, unit, day(18))
    failure = actions.record_failure(
        by=handler.viewer, unit_ref=unit, what="The compressor stopped.", from_on=day(13), on=TODAY
    )
    assert marks(queries.affected(handler.viewer, failure)) == ["A/2", "A/3"]
    assert queries.units(handler.viewer)[0].failing_since == day(13)
    with pytest.raises(NotValid, match="has not ended"):
        actions.record_failure(by=handler.viewer, unit_ref=unit, what="Again.", from_on=day(14), on=TODAY)
    with pytest.raises(NotValid, match="on or after the day it began"):
        actions.end_failure(by=handler.viewer, failure_ref=failure, done="Mended.", last_on=day(12), on=TODAY)
    actions.end_failure(by=handler.viewer, failure_ref=failure, done="Mended.", last_on=day(16), on=TODAY)
    assert marks(queries.affected(handler.viewer, failure)) == ["A/2"]
    assert queries.failure(handler.viewer, failure).done == "Mended."


def test_what_a_wall_hides_is_neither_listed_nor_counted(at: datetime, handler: Someone, matter: str) -> None:
    unit = freezer(handler, capacity=1)
    put(handler, booked(handler, matter, "A/1"), unit, day(11))
    investigator = worlds.user(at, "Ivan Marsh", "investigator")
    assert queries.items_in(investigator.viewer, unit, TODAY) == ()
    assert queries.units(investigator.viewer)[0].held == 0
    with pytest.raises(NotValid, match="holds 1 exhibits and is full"):
        put(handler, booked(handler, matter, "A/2"), unit, day(11))


def test_a_reading_outside_the_range_says_so(handler: Someone) -> None:
    unit = freezer(handler)
    actions.record_reading(by=handler.viewer, unit_ref=unit, celsius=Decimal("-20"), on=day(20))
    assert not queries.units(handler.viewer)[0].is_out
    actions.record_reading(by=handler.viewer, unit_ref=unit, celsius=Decimal("-11.5"), on=day(21))
    line = queries.units(handler.viewer)[0]
    assert (line.celsius, line.read_on, line.is_out) == (Decimal("-11.5"), day(21), True)
    assert [one.is_out for one in queries.unit(handler.viewer, unit).readings] == [True, False]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lowest": None, "highest": None}, "lowest and the highest"),
        ({"lowest": Decimal("-10"), "highest": Decimal("-18")}, "not above the highest"),
        ({"capacity": 0}, "how many exhibits"),
        ({"site": ""}, "where it stands"),
    ],
)
def test_a_freezer_has_a_range_a_capacity_and_a_place(handler: Someone, said: dict[str, Any], words: str) -> None:
    with pytest.raises(NotValid, match=words):
        freezer(handler, **said)


def test_only_the_holder_places_an_exhibit_and_outside_it_lies_nowhere(
    handler: Someone, supervisor: Someone, matter: str
) -> None:
    unit, ref = freezer(handler), booked(handler, matter)
    with pytest.raises(NotAllowed, match="You do not hold this exhibit"):
        put(supervisor, ref, unit, TODAY)
    put(handler, ref, unit, TODAY)
    with pytest.raises(NotValid, match="lies there already"):
        put(handler, ref, unit, TODAY)
    with pytest.raises(NotFound):
        put(handler, ref, "PK-22222-22222", TODAY)
    out = given(handler, ref, outside="A courier")
    actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=out, on=TODAY)
    assert queries.exhibit(handler.viewer, ref).line.place == ""
