"""The forms that change a person: each calls one action, and says what is wrong."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.people import actions as people
from peelian.people import queries
from peelian.people.rows import PersonRow
from tests import worlds
from tests.rooms.web.people.conftest import Force

pytestmark = pytest.mark.usefixtures("optional_second_factor")

DAY = {"on_day": "2", "on_month": "11", "on_year": "2026"}
TOMORROW = {"on_day": "24", "on_month": "11", "on_year": "2026"}


EMAIL = {"channel": "email", "value": "a@b.example", "preferred": "on", "safety": "Not at work"}


def person(at: datetime, ref: str) -> PersonRow:
    return queries.person(worlds.peelian(at), ref)


def post(client: Client, ref: str, form: str, given: dict[str, str]) -> str:
    """Post a form that is in order; returns the page it led to."""
    answer = client.post(f"/people/{ref}/{form}/", given, follow=True)
    assert answer.redirect_chain == [(f"/people/{ref}/", 302)], answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize(
    ("form", "given", "said"),
    [
        ("name", {"given": "Ada", "family": "Byron", **DAY}, "Ada Byron"),
        ("alias", {"given": "Countess", "family": "Lovelace"}, "Countess Lovelace"),
        ("number", {"kind": "warrant_number", "value": "W 4711", **DAY}, "W 4711"),
        ("rank", {"rank": "Sergeant", **DAY}, "Sergeant"),
        ("accreditation", {"title": "Family liaison", **DAY}, "Family liaison"),
        ("restriction", {"kind": "suspension", "words": "All duties", "reason": "A matter", **DAY}, "All duties"),
        ("restriction/1", {"reason": "It is over", **DAY}, "The restriction was lifted."),
        (
            "contact",
            {"channel": "email", "value": "a@b.example", "preferred": "on", "safety": "Not at work", **DAY},
            "Not at work",
        ),
        ("need", {"words": "Large print", **DAY}, "Large print"),
        ("leave", {"reason": "Retired", **DAY}, "Left the service"),
    ],
)
def test_a_form_in_order_changes_the_person_and_goes_back_to_their_page(
    reader: Client, force: Force, form: str, given: dict[str, str], said: str
) -> None:
    shown = reader.get(f"/people/{force.constable}/{form}/")
    assert shown.status_code == 200
    assert said in post(reader, force.constable, form, given)


@pytest.mark.parametrize(
    ("form", "given", "said"),
    [
        ("name", {"given": "Ada", "family": "Shaw", **DAY}, "This is the name they have now."),
        ("name", {"given": "Ada", "family": "", **DAY}, "Enter family name"),
        ("number", {"kind": "warrant_number", "value": "--", **DAY}, "A number holds at least one letter or digit."),
        ("rank", {"rank": "Sergeant", **TOMORROW}, "This day has not come yet."),
        ("rank", {"rank": "Sergeant"}, "Enter the date"),
        ("posting", {"unit": "", **DAY}, "Select unit"),
        ("restriction", {"kind": "suspension", "words": "x", "reason": "", **DAY}, "Answer &#34;Why?&#34;"),
        ("contact", {"channel": "email", "value": "nowhere", **DAY}, "An email address holds an @."),
        ("leave", {"on_day": "1", "on_month": "1", "on_year": "2010"}, "Nobody leaves before they join."),
    ],
)
def test_a_form_not_in_order_says_what_is_wrong_and_changes_nothing(
    reader: Client, force: Force, at: datetime, form: str, given: dict[str, str], said: str
) -> None:
    before = person(at, force.constable)
    answer = reader.post(f"/people/{force.constable}/{form}/", given)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert said in answer.content.decode()
    assert person(at, force.constable) == before


def test_a_supervisor_is_found_by_name_and_then_chosen(reader: Client, force: Force, at: datetime) -> None:
    other = worlds.officer(at, "Hoper", "Gary")
    given = {"unit": force.unit, "title": "Response", "supervisor": "hopper", **DAY}
    asked = reader.post(f"/people/{force.constable}/posting/", given)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Select who is meant" in page
    assert f'value="{force.sergeant}"' in page
    assert f'value="{other}"' in page
    post(reader, force.constable, "posting", {**given, "supervisor_ref": force.sergeant})
    newest = person(at, force.constable).postings[0]
    assert newest.from_on == date(2026, 11, 2)
    assert newest.supervisor is not None
    assert newest.supervisor.ref == force.sergeant


def test_a_supervisor_is_taken_by_reference_at_once(reader: Client, force: Force, at: datetime) -> None:
    post(reader, force.constable, "posting", {"unit": force.unit, "supervisor": force.sergeant.lower(), **DAY})
    newest = person(at, force.constable).postings[0]
    assert newest.supervisor is not None
    assert newest.supervisor.ref == force.sergeant


def test_a_supervisor_whom_nobody_is_called_is_an_error_of_the_form(reader: Client, force: Force) -> None:
    given = {"unit": force.unit, "supervisor": "zzzzz", **DAY}
    page = reader.post(f"/people/{force.constable}/posting/", given).content.decode()
    assert "Nobody in the register who serves has this reference, number or name" in page


def test_a_reference_that_was_not_offered_is_not_taken(reader: Client, force: Force, at: datetime) -> None:
    before = person(at, force.constable)
    given = {"unit": force.unit, "supervisor": "hopper", "supervisor_ref": force.constable, **DAY}
    assert reader.post(f"/people/{force.constable}/posting/", given).status_code == 200
    assert person(at, force.constable) == before


REGISTERED = {"kind": "officer", "given": "Chidi", "family": "Okafor", "joined_month": "9", "joined_year": "2018"}


def test_a_person_who_serves_is_registered(reader: Client, force: Force) -> None:
    page = reader.post("/people/new/", REGISTERED, follow=True).content.decode()
    assert "The person was registered." in page
    assert "Chidi Okafor" in page
    assert "September 2018 (day not known)" in page


def test_somebody_of_a_near_name_is_shown_before_a_second_one_is_registered(reader: Client, force: Force) -> None:
    twice = {**REGISTERED, "given": "Grace", "family": "Hoper"}
    page = reader.post("/people/new/", twice).content.decode()
    assert "Is it one of these people?" in page
    assert force.sergeant in page
    assert "none of the people listed above" in page
    sure = reader.post("/people/new/", {**twice, "nobody_listed": "on"}, follow=True)
    assert "The person was registered." in sure.content.decode()


def test_a_unit_is_made_within_another(reader: Client, force: Force) -> None:
    page = reader.post("/units/new/", {"name": "North Team A", "parent": force.unit}, follow=True).content.decode()
    assert "The unit was made." in page
    assert "North Team A" in page
    again = reader.post("/units/new/", {"name": "North Team A", "parent": force.unit}).content.decode()
    assert "There is already a unit called North Team A there." in again


def test_somebody_who_may_only_read_is_offered_no_change_and_refused_one(
    sign_in: Callable[..., Client], force: Force
) -> None:
    client = sign_in("inspector")
    page = client.get(f"/people/{force.constable}/").content.decode()
    assert "Change this person" not in page
    assert "Lift" not in page
    answer = client.post(f"/people/{force.constable}/rank/", {"rank": "Sergeant", **DAY})
    assert answer.status_code == 403


def test_leaving_warns_of_all_that_ends_with_it(reader: Client, force: Force) -> None:
    page = reader.get(f"/people/{force.constable}/leave/").content.decode()
    assert "This cannot be taken back here." in page


def test_somebody_who_has_left_is_offered_no_rank_or_posting(reader: Client, force: Force) -> None:
    page = post(reader, force.constable, "leave", {"reason": "Retired", **DAY})
    assert f"/people/{force.constable}/rank/" not in page
    assert f"/people/{force.constable}/need/" in page


def test_a_way_to_reach_them_ends_and_a_birth_is_put_right_on_pages(reader: Client, force: Force, at: datetime) -> None:
    page = f"/people/{force.constable}/"
    people.add_contact(
        by=worlds.peelian(at), person_ref=force.constable, channel="post", value="1 High Street", on=date(2020, 1, 6)
    )
    assert f"{page}contact/1/" in reader.get(page).content.decode()
    day = {"on_day": "3", "on_month": "2", "on_year": "2021"}
    assert "There is a problem" in reader.post(f"{page}contact/1/", day).content.decode()
    assert reader.post(f"{page}contact/1/", {**day, "reason": "Moved house"}).status_code == 302
    assert f"{page}contact/1/" not in reader.get(page).content.decode()
    assert reader.post(f"{page}contact/9/", {**day, "reason": "so"}).status_code == 404
    born = {"born_day": "7", "born_month": "6", "born_year": "1991", "reason": "Her certificate"}
    assert reader.post(f"{page}birth/", born).status_code == 302
    assert "7 June 1991" in reader.get(page).content.decode()
