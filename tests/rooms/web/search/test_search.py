"""One box over the record: what it finds, what it marks, and what it never counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.people import actions as people
from peelian.terms.people import IdentifierKind
from peelian.walls import actions as walls
from peelian.web import middleware
from tests import worlds
from tests.rooms.web.conftest import PASSWORD
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")


@dataclass(frozen=True)
class Record:
    person: str
    matter: str
    item: str


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(middleware, "now", lambda: at)


@pytest.fixture
def record(db: None, at: datetime) -> Record:
    """Ada Shaw, once Ada Lamb, collar number PC 1234, with a matter at the custody desk; and an item there."""
    by = worlds.peelian(at)
    person = worlds.officer(at, "Lamb", "Ada")
    people.add_identifier(
        by=by, person_ref=person, kind=IdentifierKind.COLLAR_NUMBER, value="PC 1234", on=date(2020, 1, 6)
    )
    people.rename(by=by, person_ref=person, family="Shaw", given="Ada", on=date(2023, 6, 1))
    matter = worlds.open_complaint(
        by, date(2026, 10, 5), officers=[person], narrative="She pulled my arm at the custody desk, and it hurt."
    )
    item = worlds.item(at, "The officer at the custody desk gave no number.", heading="No number")
    return Record(person, matter, item)


@pytest.fixture
def reader(sign_in: Callable[..., Client]) -> Client:
    return sign_in("complaint_handler")


def found(client: Client, typed: str) -> str:
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == 200, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def counts(page: str) -> dict[str, int]:
    return {words: int(number) for words, number in re.findall(r">(People|Matters|Intake) \((\d+)\)</h2>", page)}


def test_nothing_typed_says_how_to_search(reader: Client) -> None:
    page = found(reader, "  ")
    assert "How to search" in page
    assert counts(page) == {}


def test_the_box_in_the_header_leads_here(reader: Client) -> None:
    page = reader.get("/people/").content.decode()
    assert '<form class="peelian-header-search" action="/search/" method="get"' in page


@pytest.mark.parametrize("written", [str, str.lower, lambda ref: ref.replace("-", ""), lambda ref: f" {ref.lower()} "])
def test_a_reference_finds_its_record_however_it_is_written(
    reader: Client, record: Record, written: Callable[[str], str]
) -> None:
    assert counts(found(reader, written(record.person))) == {"People": 1, "Matters": 0, "Intake": 0}
    assert counts(found(reader, written(record.matter))) == {"People": 0, "Matters": 1, "Intake": 0}
    assert counts(found(reader, written(record.item))) == {"People": 0, "Matters": 0, "Intake": 1}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ada Shaw", "Ada Shaw"),
        ("lamb", "found as Ada Lamb"),
        ("Shawe", "Ada Shaw"),
        ("pc1234", "found as Collar number PC 1234"),
        ("1234", ""),
    ],
)
def test_a_name_a_former_name_a_near_spelling_and_a_number_find_a_person(
    reader: Client, record: Record, typed: str, said: str
) -> None:
    page = found(reader, typed)
    assert counts(page).get("People", 0) == (1 if said else 0)
    assert said in page


def test_words_find_matters_and_items_and_are_marked_where_they_stand(reader: Client, record: Record) -> None:
    page = found(reader, "custody desk")
    assert counts(page) == {"People": 0, "Matters": 1, "Intake": 1}
    assert "at the <mark>custody</mark> <mark>desk</mark>, and it hurt." in page
    assert "at the <mark>custody</mark> <mark>desk</mark> gave no number." in page


def test_what_was_typed_is_shown_as_text(reader: Client, record: Record) -> None:
    page = found(reader, "<script>custody")
    assert "<script>custody" not in page
    assert "&lt;script&gt;custody" in page


def test_nothing_found_says_what_to_try(reader: Client, record: Record) -> None:
    page = found(reader, "xyzzy plugh")
    assert "Nothing was found for “xyzzy plugh”" in page
    assert "Try the family name alone" in page


def test_what_a_viewer_may_not_see_is_neither_found_nor_counted(record: Record, at: datetime) -> None:
    """The officer concerned searches for themselves and for what was said of them."""
    walls.make_user(
        by=worlds.peelian(at),
        username="ada",
        name="Ada",
        roles=("complaint_handler",),
        password=PASSWORD,
        person_id=worlds.key(at, record.person),
        on=worlds.FROM_ON,
    )
    client = Client()
    assert client.post("/account/sign-in/", {"login": "ada", "password": PASSWORD}).status_code == 302
    assert counts(found(client, "custody desk")) == {"People": 0, "Matters": 0, "Intake": 1}
    for typed in ("Ada Shaw", "lamb", "pc1234", record.person, record.matter, "pulled"):
        page = found(client, typed)
        assert "Nothing was found" in page, typed
        assert "pulled my arm" not in page


def test_kinds_that_a_role_does_not_reach_are_left_out(sign_in: Callable[..., Client], record: Record) -> None:
    assert counts(found(sign_in("vetting_officer"), "custody desk")) == {"People": 0, "Matters": 1}


def test_an_auditor_does_not_search(sign_in: Callable[..., Client]) -> None:
    assert sign_in("auditor").get("/search/?q=custody").status_code == 403


@pytest.mark.parametrize(("typed", "statements"), [("", 11), ("custody desk", 27), ("Ada Shaw", 20)])
def test_a_search_takes_the_same_statements_however_much_there_is(
    reader: Client, record: Record, at: datetime, typed: str, statements: int
) -> None:
    for _ in range(3):
        worlds.open_complaint(
            worlds.peelian(at), date(2026, 10, 6), officers=[record.person], narrative="At the custody desk again."
        )
        worlds.item(at, "The custody desk once more.")
        worlds.officer(at, "Shaw", "Ada")
    with counted() as asked:
        found(reader, typed)
    assert len(asked) == statements, "\n".join(one[:120] for one in asked)
