"""Crime records and incidents on the pages of people: which open an assessment, which stand, who may know of them."""

from datetime import date, datetime
from typing import Any

import pytest

from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.matches import actions, queries
from peelian.matches.models import Pair
from peelian.matches.read import day_of
from peelian.matches.rows import Found
from peelian.matches.unnamed import Unnamed, by_vehicle
from peelian.people import actions as people
from peelian.people import queries as register
from peelian.terms.people import IdentifierKind
from tests import worlds
from tests.washed import Washed, found, washed

pytestmark = pytest.mark.django_db
RECENT = "2026-11-20"


def waiting(made: Washed) -> list[str]:
    return [row.ref for row in items.items(worlds.peelian(made.at)).rows if row.state == "awaiting"]


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        ({"recorded_on": RECENT}, True),
        ({"recorded_on": RECENT, "band": "unsure", "weight": 14.0}, True),
        ({"recorded_on": RECENT, "band": "unsure", "weight": 3.0}, False),
        ({"recorded_on": RECENT, "band": "possible", "weight": 1.0}, False),
        ({"recorded_on": RECENT, "part": "victim", "purpose": "welfare"}, False),
        ({"recorded_on": RECENT, "part": "applicant"}, False),
        ({"recorded_on": RECENT, "link": "association"}, False),
        ({"recorded_on": "2011-03-04"}, False),
        ({}, False),
    ],
)
def test_only_a_new_record_of_a_suspect_that_fits_opens_an_assessment(
    at: datetime, said: dict[str, Any], opens: bool
) -> None:
    made = washed(at)
    made.take_in(found(**said))
    assert bool(waiting(made)) is opens


def test_an_old_record_that_comes_after_its_source_was_washed_is_new(at: datetime) -> None:
    made = washed(at)
    made.take_in(found("CR/1", recorded_on="2011-03-04"))
    assert waiting(made) == []
    made.take_in(found("CR/1", recorded_on="2011-03-04"), found("CR/2", recorded_on="2012-03-04"))
    assert len(waiting(made)) == 1, "the backlog stays in the queue"


def test_a_witness_who_becomes_a_suspect_opens_an_assessment_once(at: datetime) -> None:
    made = washed(at)
    made.take_in(found(part="witness", purpose="welfare", recorded_on=RECENT))
    assert waiting(made) == []
    for weight in (9.5, 9.9):
        made.take_in(found(recorded_on=RECENT, weight=weight))
    assert len(waiting(made)) == 1


def test_a_record_of_a_sensitive_item_is_closed_with_it(at: datetime) -> None:
    """Whoever is not named on the item learns of the record from nothing."""
    made = washed(at)
    made.take_in(found(recorded_on=RECENT, category="Domestic assault"))
    key = worlds.key(at, made.officer)
    assert [row.record_key for row in queries.records_of(made.other.viewer, [key])[key]] == ["CR/1"]
    (ref,) = waiting(made)
    intake.make_sensitive(by=made.head.viewer, item_ref=ref, reason="Those near him.", on=made.on)
    assert queries.records_of(made.other.viewer, [key]) == {}
    assert queries.pairs(made.other.viewer).rows == ()
    assert queries.counted(made.other.viewer) == {}


def test_what_is_judged_to_be_somebody_else_stands_no_more_and_what_is_judged_theirs_stays(at: datetime) -> None:
    made = washed(at)
    key = worlds.key(at, made.officer)
    both = [found(f"INC/{number}", category="Domestic incident", part="involved party") for number in (1, 2)]
    made.take_in(*both)
    made.judged("no", "INC/1")
    made.judged("yes", "INC/2")
    made.take_in()
    (stands,) = queries.records_of(made.judge.viewer, [key])[key]
    assert (stands.record_key, stands.is_gone) == ("INC/2", True)
    assert "found no more by the last run" in stands.words


def test_an_associate_stays_a_mention_and_nobody_enters_the_register_for_being_named(at: datetime) -> None:
    made = washed(at)
    before = register.people(worlds.peelian(at)).total
    partner = found("CR/7", person="A-9", associate_of="E100", relation="partner", link="association", part="suspect")
    named = found("CR/8", link="association", part="associate of the suspect")
    made.take_in(partner, named)
    rows = queries.associations_of(made.head.viewer, worlds.key(at, made.officer))
    assert [(row.name, row.through, row.associate_id) for row in rows] == [
        ("Ada Shaw", "partner", None),
        ("Whoever CR/8 is about", "associate of the suspect", None),
    ]
    assert register.people(worlds.peelian(at)).total == before


def test_an_associate_who_serves_is_left_out_for_whoever_may_not_see_them(at: datetime) -> None:
    made = washed(at)
    colleague = worlds.officer(at, "Marsh", "Olive")
    by = worlds.peelian(at)
    kind = IdentifierKind.STAFF_NUMBER
    people.add_identifier(by=by, person_ref=colleague, kind=kind, value="E200", on=made.on)
    herself = worlds.user(at, "Olive Marsh", "supervisor", person_ref=colleague)
    made.take_in(found("CR/7", person="E200", associate_of="E100", relation="lodger", link="association"))
    key = worlds.key(at, made.officer)
    assert [row.associate_id for row in queries.associations_of(made.head.viewer, key)] == [worlds.key(at, colleague)]
    assert queries.associations_of(herself.viewer, key) == ()


def unnamed(**said: Any) -> Unnamed:
    facts: dict[str, Any] = {
        **{"source": "crime", "record_id": "CR/9", "marks": ("AB12CDE",), "part": "suspect", "keepers": ()},
        **{"category": "Exposure", "recorded_on": RECENT, "resolved_on": ""},
    }
    return Unnamed(**(facts | said))


def test_a_record_without_a_name_is_put_beside_whoever_had_the_vehicle_that_day(at: datetime) -> None:
    made = washed(at)
    by = worlds.peelian(at)
    given = {"person_ref": made.officer, "mark": "ab12 cde", "source": "A parking permit", "on": date(2026, 11, 1)}
    people.add_vehicle(by=by, **given)
    (pair,) = by_vehicle(by, [unnamed()])
    assert (pair.person_id, pair.band, pair.serious, pair.same_day) == ("E100", "probable", True, True)
    assert by_vehicle(by, [unnamed(recorded_on="2026-10-31")]) == [], "it was not theirs yet"
    assert by_vehicle(by, [unnamed(marks=("ZZ99ZZZ",))]) == []
    (same,) = by_vehicle(by, [unnamed(keepers=("E100",))])
    assert same.person_id == "E100", "the file of the workforce says the same"
    several: list[Found] = by_vehicle(by, [unnamed(keepers=("E300",))])
    assert [(one.person_id, one.band) for one in several] == [("E100", "unsure"), ("E300", "unsure")]

    actions.take_in(by=by, workforce="workforce", account={"sources": []}, found=[pair], on=made.on)
    (ref,) = waiting(made)
    assert [why.label for why in items.item(made.head.viewer, ref).serious] == ["Exposure"]
    assert Pair.objects.get().stake == 2


def test_a_day_that_could_be_read_two_ways_is_no_day() -> None:
    assert day_of("2026-11-20T10:00") == date(2026, 11, 20)
    assert day_of("30/06/2019") == date(2019, 6, 30)
    assert day_of("03/04/2019") is None
    assert day_of("") is None
