"""Vehicles of people: recorded, ended, shared, and loaded with the staff register."""

from datetime import date, datetime

import pytest

from peelian.people import actions, queries
from peelian.people.models import Vehicle
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds

pytestmark = pytest.mark.django_db
GIVEN = {"source": "A parking permit", "on": date(2026, 3, 1)}


def test_a_vehicle_is_recorded_once_and_ends_with_a_reason(at: datetime) -> None:
    by, officer = worlds.peelian(at), worlds.officer(at, "Shaw", "Ada")
    actions.add_vehicle(by=by, person_ref=officer, mark="ab12 cde", words="Grey estate", **GIVEN)
    with pytest.raises(NotValid, match="already"):
        actions.add_vehicle(by=by, person_ref=officer, mark="AB 12CDE", **GIVEN)
    with pytest.raises(NotValid, match="letters or digits"):
        actions.add_vehicle(by=by, person_ref=officer, mark="--", **GIVEN)
    (row,) = queries.vehicles_of(by, officer)
    assert (row.mark, row.words, row.from_on, row.to_on) == ("AB12 CDE", "Grey estate", date(2026, 3, 1), None)
    with pytest.raises(NotValid, match="why"):
        actions.end_vehicle(by=by, person_ref=officer, number=1, reason=" ", on=date(2026, 4, 1))
    actions.end_vehicle(by=by, person_ref=officer, number=1, reason="Sold", on=date(2026, 4, 1))
    assert queries.vehicles_of(by, officer)[0].to_on == date(2026, 4, 1)
    reader = worlds.user(at, "Rita Reader", "inspector").viewer
    with pytest.raises(NotAllowed):
        actions.add_vehicle(by=reader, person_ref=officer, mark="XY70 ZZZ", **GIVEN)


def test_two_share_a_vehicle_only_while_both_had_it_and_for_those_who_may_see_both(at: datetime) -> None:
    by = worlds.peelian(at)
    ada, ben, cat = (worlds.officer(at, family) for family in ("Shaw", "Birch", "Cole"))
    actions.add_vehicle(by=by, person_ref=ada, mark="AB12 CDE", **GIVEN)
    actions.add_vehicle(by=by, person_ref=ben, mark="AB12 CDE", source="ANPR", on=date(2026, 5, 1))
    actions.end_vehicle(by=by, person_ref=ada, number=1, reason="Sold", on=date(2026, 6, 1))
    actions.add_vehicle(by=by, person_ref=cat, mark="AB12 CDE", source="ANPR", on=date(2026, 7, 1))
    assert [row.other.ref for row in queries.shared_vehicles(by, ada)] == [ben]
    assert {row.other.ref for row in queries.shared_vehicles(by, ben)} == {ada, cat}
    ben_himself = worlds.user(at, "Sam Birch", "head_of_professional_standards", person_ref=ben).viewer
    assert queries.shared_vehicles(ben_himself, ada) == ()
    with pytest.raises(NotFound):
        queries.vehicles_of(ben_himself, ben)
    assert Vehicle.objects.count() == 3
