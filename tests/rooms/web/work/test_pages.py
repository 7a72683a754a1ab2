"""My work and the work of a unit: what stands there, in which order, and at what cost."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.test import Client

from peelian.clocks import queries
from peelian.clocks.rows import WorkFilters, WorkGroup
from peelian.journal.queries import entries
from peelian.matters import actions as matters
from peelian.terms.matters import Capacity
from peelian.walls import queries as walls
from tests import worlds
from tests.rooms.web.work.conftest import CAME
from tests.worlds import Someone

Enter = Callable[[Someone], Client]
MINE, UNITS = 27, 19  # statements, whatever the number of duties


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_my_work_is_where_its_readers_land(enter: Enter, handler: Someone) -> None:
    assert enter(handler).get("/").headers["Location"] == "/work/"


def test_somebody_with_nothing_to_do_is_told_how_a_duty_would_come(enter: Enter, handler: Someone) -> None:
    page = text(enter(handler), "/work/")
    assert "Nothing is owed by you" in page
    assert "as=csv" not in page


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_those_who_read_no_matter_have_no_work_and_no_menu_entry(
    enter: Enter, at: datetime, db: None, role: str
) -> None:
    somebody = enter(worlds.user(at, "Ned Nobody", role))
    assert "Your roles do not let you" in text(somebody, "/work/", 403)
    assert "My work" not in text(somebody, "/account/")
    assert text(somebody, "/unit/", 403)


def test_duties_stand_by_urgency_with_the_overdue_first(enter: Enter, handler: Someone, complaint: str) -> None:
    page = text(enter(handler), "/work/")
    groups = [group.words for group, _ in queries.my_board(handler.viewer).groups]
    places = [page.index(f">{words}</h2>") for words in groups]
    assert len(groups) > 1
    assert places == sorted(places)
    assert page.count(complaint) >= queries.my_work(handler.viewer).total


def test_a_duty_without_a_day_stands_under_as_soon_as_practicable(handler: Someone, complaint: str) -> None:
    rows = queries.export_my_work(handler.viewer)
    for row in rows:
        if row.due_on is None and row.state == "no date":
            assert row.group is WorkGroup.PROMPTLY
    assert [row.group.place for row in rows] == sorted(row.group.place for row in rows)


def test_seven_days_ahead_is_soon_and_eight_is_later_and_yesterday_is_overdue(
    at: datetime, handler: Someone, complaint: str
) -> None:
    a_day_later = worlds.open_complaint(handler.viewer, CAME + timedelta(days=1))

    def groups(days: int) -> dict[str, WorkGroup]:
        rows = queries.export_my_work(worlds.later(handler, at + timedelta(days=days)), WorkFilters(clock="CMP-03"))
        return {row.matter_ref: row.group for row in rows if row.person == "Ida Caller" or row.matter_ref != complaint}

    assert groups(0) == {complaint: WorkGroup.SOON, a_day_later: WorkGroup.LATER}  # due in 7 days and in 8
    assert groups(7) == {complaint: WorkGroup.SOON, a_day_later: WorkGroup.SOON}  # due today and tomorrow
    assert groups(8) == {complaint: WorkGroup.OVERDUE, a_day_later: WorkGroup.SOON}


def test_filters_narrow_and_an_address_that_is_wrong_narrows_nothing(
    enter: Enter, handler: Someone, complaint: str
) -> None:
    client = enter(handler)
    row = queries.export_my_work(handler.viewer)[0]
    narrowed = text(client, f"/work/?clock={row.clock}&group={row.group}")
    assert f"{row.name} <span" in narrowed
    assert "No duty matches" in text(client, "/work/?clock=NONE-1")
    total = queries.my_work(handler.viewer).total
    assert f"of {total}" in text(client, "/work/?group=nonsense&page=99999999999999")


def test_a_place_to_sign_for_and_an_item_to_assess_come_first(
    enter: Enter, at: datetime, handler: Someone, complaint: str
) -> None:
    another = worlds.user(at, "Imo Investigator", "assessor")
    matters.allocate(
        by=worlds.peelian(at),
        matter_ref=complaint,
        user_ref=another.user_ref,
        capacity=Capacity.INVESTIGATOR,
        on=at.date(),
    )
    item = worlds.item(at, owner_id=walls.user_by_ref(another.user_ref).id)
    page = text(enter(another), "/work/")
    assert "Sign for <span" in page
    assert complaint in page
    assert "Rude at the front counter" in page
    assert item in page
    assert "Ida" not in page
    assert "Nothing is owed by you" not in page
    assert "No limit of the law runs for you now, beside what stands above." in page


def test_an_export_holds_every_row_in_words(enter: Enter, handler: Someone, complaint: str) -> None:
    response = enter(handler).get("/work/?as=csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == queries.my_work(handler.viewer).total
    assert {row["Matter"] for row in rows} == {complaint}
    assert response.headers["Content-Disposition"] == 'attachment; filename="peelian-my-work-2026-11-23.csv"'
    assert enter(handler).get("/work/?as=ods").content.startswith(b"PK")


def test_a_list_of_work_names_its_matters_in_the_journal(
    enter: Enter, at: datetime, handler: Someone, complaint: str
) -> None:
    text(enter(handler), "/work/")
    newest = entries(worlds.peelian(at)).rows[0]
    assert (newest.key, newest.summary) == ("my work", "list of my work")


def test_a_page_of_work_costs_the_same_at_any_size(
    enter: Enter, handler: Someone, supervisor: Someone, complaint: str, unit: str, django_assert_num_queries
) -> None:
    mine, theirs = enter(handler), enter(supervisor)

    def cost() -> None:
        with django_assert_num_queries(MINE):
            mine.get("/work/")
        with django_assert_num_queries(UNITS):
            theirs.get(f"/unit/?unit={unit}")

    mine.get("/work/"), theirs.get("/unit/")
    cost()
    for _ in range(12):
        worlds.open_complaint(handler.viewer, CAME, unit_ref=unit)
    cost()


def test_a_unit_shows_what_nobody_owns_first_and_then_each_owner(
    enter: Enter, at: datetime, handler: Someone, supervisor: Someone, complaint: str, unit: str
) -> None:
    orphan = worlds.open_complaint(worlds.peelian(at), CAME, unit_ref=unit)
    page = text(enter(supervisor), f"/unit/?unit={unit}")
    assert page.index("Nobody yet: North") < page.index(">Hana Handler</h2>")
    assert orphan in page
    assert complaint in page
    only = text(enter(supervisor), f"/unit/?unit={unit}&owner=nobody")
    assert orphan in only
    assert complaint not in only
    hana = text(enter(supervisor), f"/unit/?unit={unit}&owner={handler.user_ref}")
    assert orphan not in hana
    assert complaint in hana


def test_a_supervisor_sees_their_own_unit_and_may_choose_another(
    enter: Enter, supervisor: Someone, complaint: str, unit: str
) -> None:
    client = enter(supervisor)
    own = text(client, "/unit/")
    assert "Work of Oversight" in own
    assert "Nothing is owed here" in own
    assert "North" in own
    assert complaint in text(client, f"/unit/?unit={unit}")
    assert text(client, "/unit/?unit=UN-NOWHERE", 404)
    assert "No duty matches" in text(client, f"/unit/?unit={unit}&clock=NONE-1")


def test_a_supervisor_of_no_unit_chooses_one(enter: Enter, at: datetime, unit: str) -> None:
    client = enter(worlds.user(at, "Una Unplaced", "supervisor"))
    page = text(client, "/unit/")
    assert "You belong to no unit" in page
    assert "North" in page


def test_the_work_of_a_unit_leaves_as_a_file(
    enter: Enter, supervisor: Someone, handler: Someone, complaint: str, unit: str
) -> None:
    response = enter(supervisor).get(f"/unit/?unit={unit}&as=csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert {(row["Matter"], row["Owned by"]) for row in rows} == {(complaint, "Hana Handler")}
