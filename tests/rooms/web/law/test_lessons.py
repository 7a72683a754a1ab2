"""The lessons as pages: a list that narrows, sorts and leaves as a file, and a page that says where each is kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from peelian import statute
from peelian.rules.lessons import Keeping, lessons
from tests import worlds

pytestmark = pytest.mark.usefixtures("still")
LESSONS = lessons(statute.product())


@pytest.fixture
def reader(db: None, at: object, enter: Callable[..., Client]) -> Client:
    return enter(worlds.user(at, "Lena Law", "assessor"))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_every_lesson_stands_on_the_list_and_has_a_page_that_says_where_it_is_kept(reader: Client) -> None:
    listed = text(reader, "/law/lessons/")
    for one in LESSONS:
        assert f"/law/lessons/{one.id}/" in listed
        page = text(reader, f"/law/lessons/{one.id}/")
        assert one.keeping.words in page
        said = one.missing or one.tried_by
        assert said.replace("’", "&#39;") in page.replace("’", "&#39;")


def _keeping(lesson_id: str) -> Keeping:
    return next(one.keeping for one in LESSONS if one.id == lesson_id)


def test_the_list_narrows_sorts_and_helps_where_nothing_fits(reader: Client) -> None:
    some = next(one for one in LESSONS if one.keeping is not _keeping("LES-19"))
    page = text(reader, f"/law/lessons/?keeping={some.keeping.value}")
    assert f"/law/lessons/{some.id}/" in page
    assert "/law/lessons/LES-19/" not in page
    assert "/law/lessons/LES-19/" in text(reader, "/law/lessons/?words=together")
    turned = text(reader, "/law/lessons/?sort=-id")
    assert turned.index("/law/lessons/LES-33/") < turned.index("/law/lessons/LES-01/")
    assert "No lessons match" in text(reader, "/law/lessons/?words=zzzz")


def test_the_list_leaves_as_a_file_and_the_narrowing_holds(reader: Client) -> None:
    rows = reader.get("/law/lessons/?keeping=kept&as=csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + sum(one.keeping.value == "kept" for one in LESSONS)


def test_a_page_of_a_lesson_links_to_where_it_is_kept_only_for_those_who_may_open_it(
    reader: Client, at: object, enter: Callable[..., Client]
) -> None:
    supervisor = enter(worlds.user(at, "Sam Supervisor", "supervisor"))
    beside = [text(one, "/law/lessons/LES-26/").partition("<main")[2] for one in (reader, supervisor)]
    assert ['href="/alerts/"' in page for page in beside] == [False, True], (
        "in the page itself: the navigation leads there too"
    )


def test_what_is_no_lesson_is_not_found(reader: Client) -> None:
    assert text(reader, "/law/lessons/LES-99/", 404)


def test_a_page_of_lessons_asks_the_database_only_who_is_looking(
    reader: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    reader.get("/law/lessons/")
    with django_assert_num_queries(4):
        reader.get("/law/lessons/")
