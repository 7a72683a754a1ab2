"""The register as pages: the list, one person on one page, the units; what they show and what they never name."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.people import actions as people
from peelian.walls import actions as walls
from tests import worlds
from tests.rooms.web.conftest import PASSWORD
from tests.rooms.web.people.conftest import Force
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")


def words_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def rows_of(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)</a>', page)


def test_the_list_shows_everybody_by_name_with_rank_and_unit(reader: Client, force: Force) -> None:
    page = words_of(reader, "/people/")
    assert rows_of(page) == ["Grace Hopper", "Ada Shaw"]
    assert "Showing 1 to 2 of 2" in page
    assert "North" in page
    assert "Constable" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("rank=sergeant", ["Grace Hopper"]),
        ("rank=Inspector", []),
        ("standing=left", []),
        ("standing=serving", ["Grace Hopper", "Ada Shaw"]),
        ("kind=staff", []),
        ("words=shaw", ["Ada Shaw"]),
        ("sort=-name", ["Ada Shaw", "Grace Hopper"]),
        ("kind=nonsense", ["Grace Hopper", "Ada Shaw"]),
    ],
)
def test_the_list_is_filtered_and_sorted(reader: Client, force: Force, query: str, names: list[str]) -> None:
    assert rows_of(words_of(reader, f"/people/?{query}")) == names


def test_a_former_name_finds_a_person_and_is_named(reader: Client, force: Force) -> None:
    page = words_of(reader, "/people/?words=lamb")
    assert rows_of(page) == ["Ada Shaw"]
    assert "found as Ada Lamb" in page


def test_a_filter_that_nobody_meets_says_what_to_do(reader: Client, force: Force) -> None:
    page = words_of(reader, "/people/?words=zzzzzz")
    assert "Nobody matches" in page
    assert "Clear the filters" in page


def test_an_empty_register_says_what_to_do(reader: Client) -> None:
    assert "The register is empty" in words_of(reader, "/people/")


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_the_list_is_exported_as_it_is_filtered(reader: Client, force: Force, kind: str) -> None:
    answer = reader.get(f"/people/?rank=sergeant&as={kind}")
    assert answer.status_code == 200
    assert f"peelian-people-2026-11-23.{kind}" in answer.headers["Content-Disposition"]
    if kind == "csv":
        body = answer.content.decode("utf-8-sig")
        assert "Grace Hopper,Police officer,Sergeant,North,serving" in body
        assert "Ada Shaw" not in body


def test_somebody_who_may_not_export_gets_no_file(sign_in: Callable[..., Client], force: Force) -> None:
    client = sign_in("vetting_officer")
    assert "Export this list" not in words_of(client, "/people/")
    assert client.get("/people/?as=csv").status_code == 403


@pytest.mark.parametrize("path", ["/people/", "/units/", "/people/new/", "/units/new/"])
def test_an_auditor_sees_no_register(sign_in: Callable[..., Client], force: Force, path: str) -> None:
    assert "It needs the power to" in words_of(sign_in("auditor"), path, status=403)


def test_one_page_holds_the_whole_person(reader: Client, force: Force) -> None:
    page = words_of(reader, f"/people/{force.constable}/")
    for said in (
        "Ada Lamb",  # the name before
        "May 1990 (day not known)",
        "Restricted duties",
        "No contact with the public",
        "Grace Hopper",  # the supervisor
        "Rude at the front counter",  # the matter
        "Complaint recorded under Schedule 3",
        "Response; under Grace Hopper",
    ):
        assert said in page, said


def test_the_chronology_is_a_list_before_it_is_a_picture(reader: Client, force: Force) -> None:
    page = words_of(reader, f"/people/{force.constable}/")
    listed = page.index('<ol class="peelian-timeline"')
    drawn = page.index('role="img" aria-labelledby="chart-title chart-says"')
    assert listed < drawn
    picture = page[drawn : page.index("</svg>")]
    assert "style=" not in picture
    for words in ("Constable", "North", "Restricted duties", "Rude at the front counter"):
        assert words in page[listed:drawn]
        assert words in picture


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("posting", "Response; under", "Constable"),
        ("rank", "Constable", "Response; under"),
        ("matter", "Rude at", "Joined"),
    ],
)
def test_the_chronology_is_filtered_by_kind(reader: Client, force: Force, kind: str, shown: str, hidden: str) -> None:
    page = words_of(reader, f"/people/{force.constable}/?kind={kind}")
    listed = page[page.index('<ol class="peelian-timeline"') : page.index("</ol>", page.index('id="chronology"'))]
    assert shown in listed
    assert hidden not in listed


def test_a_kind_that_a_person_has_none_of_says_so(reader: Client, force: Force) -> None:
    assert "Nothing of this kind" in words_of(reader, f"/people/{force.sergeant}/?kind=restriction")


def test_a_person_with_nothing_recorded_says_so(reader: Client, force: Force, at: datetime) -> None:
    ref = worlds.officer(at, "Nobody", joined=None)
    page = words_of(reader, f"/people/{ref}/")
    assert "Nothing is recorded yet" in page
    assert "<svg class=" not in page


def test_what_makes_contact_safe_is_said_before_anything_else(reader: Client, force: Force, at: datetime) -> None:
    people.add_contact(
        by=worlds.peelian(at),
        person_ref=force.constable,
        channel="telephone",
        value="07700 900123",
        safety="Before 3pm only",
        on=date(2026, 10, 6),
    )
    page = words_of(reader, f"/people/{force.constable}/")
    assert page.index("Before 3pm only") < page.index("Standing")


def test_a_person_behind_a_wall_is_neither_listed_nor_opened_nor_named(
    force: Force, at: datetime, make_user: Callable[..., str]
) -> None:
    """Whoever reads is the line manager of the sergeant, who supervises the constable."""
    own = worlds.officer(at, "Reader", "Tess")
    people.post_to(
        by=worlds.peelian(at), person_ref=force.sergeant, unit_ref=force.unit, supervisor_ref=own, on=date(2026, 1, 5)
    )
    client = signed_in_as(at, own)
    assert rows_of(words_of(client, "/people/")) == ["Ada Shaw"]
    assert rows_of(words_of(client, f"/units/{force.unit}/")) == ["Ada Shaw"]
    page = words_of(client, f"/people/{force.constable}/")
    assert "Hopper" not in page
    assert force.sergeant not in page
    assert "A person you may not see" in page
    refused = words_of(client, f"/people/{force.sergeant}/", status=404)
    assert without_tokens(refused) == without_tokens(words_of(client, "/people/PP-22222-22222/", status=404))
    for form in ("name", "rank", "posting", "restriction", "contact", "leave"):
        assert client.get(f"/people/{force.sergeant}/{form}/").status_code == 404


def signed_in_as(at: datetime, person_ref: str) -> Client:
    """A complaint handler who is this person of the register."""
    walls.make_user(
        by=worlds.peelian(at),
        username="tess",
        name="Tess",
        roles=("complaint_handler",),
        password=PASSWORD,
        person_id=worlds.key(at, person_ref),
        on=worlds.FROM_ON,
    )
    client = Client()
    assert client.post("/account/sign-in/", {"login": "tess", "password": PASSWORD}).status_code == 302
    return client


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_unit_shows_who_serves_there_now(reader: Client, force: Force, at: datetime) -> None:
    worlds.unit(at, "North Team A", force.unit)
    page = words_of(reader, f"/units/{force.unit}/")
    assert rows_of(page) == ["Grace Hopper", "Ada Shaw"]
    assert "North Team A" in page
    assert "North Team A" in words_of(reader, "/units/")


def test_a_unit_that_nobody_serves_in_says_so(reader: Client, force: Force, at: datetime) -> None:
    ref = worlds.unit(at, "South")
    assert "Nobody whom you may see is posted there today" in words_of(reader, f"/units/{ref}/")


@pytest.mark.parametrize(
    ("page", "statements"),
    [
        ("/people/", 16),
        ("/people/?words=shaw", 16),
        ("/people/{constable}/", 33),
        ("/units/{unit}/", 17),
        ("/units/", 8),
    ],
)
def test_a_page_takes_the_same_statements_however_many_people_there_are(
    reader: Client, force: Force, at: datetime, page: str, statements: int
) -> None:
    by = worlds.peelian(at)
    for number in range(3):
        another = worlds.officer(at, "Shaw", f"Number {number}")
        people.post_to(by=by, person_ref=another, unit_ref=force.unit, on=date(2022, 1, 4))
        worlds.open_complaint(by, date(2026, 10, 5), officers=[force.constable, another])
    path = page.format(constable=force.constable, unit=force.unit)
    with counted() as asked:
        reader.get(path)
    assert len(asked) == statements, "\n".join(one[:120] for one in asked)


def test_a_walled_page_is_opened_with_a_reason_that_the_head_sees_at_once(
    db: None, enter: Callable[[worlds.Someone], Client], at: datetime
) -> None:
    chief = enter(worlds.user(at, "Cora Chief", "chief_officer"))
    head = enter(worlds.user(at, "Hedda Head", "head_of_professional_standards"))
    complainant = worlds.member_of_the_public(at, "Quixby", "Zebedee")
    ref = worlds.open_complaint(
        worlds.peelian(at), date(2026, 10, 5), complainants=[complainant], sensitive_reason="A colleague"
    )
    page = f"/people/{complainant}/"
    words_of(chief, page, 404)
    assert "Open a walled record" in words_of(chief, "/people/")
    answer = chief.post("/matters/break-glass/", {"ref": complainant.lower(), "reason": "Threat to their life"})
    assert answer.headers["Location"] == page
    opened = words_of(chief, page)
    assert "Zebedee Quixby" in opened
    assert "open to you for 4 hours" in opened
    assert ref not in opened
    words_of(chief, f"/matters/{ref}/", 404)
    overseen = words_of(head, "/break-glass/")
    assert "Threat to their life" in overseen
    assert f'Person <span class="peelian-reference">{complainant}' in overseen
    assert chief.post("/matters/break-glass/", {"ref": "PP-22222-22222", "reason": "Threat"}).status_code == 404
