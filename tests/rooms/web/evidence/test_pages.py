"""Evidence as pages: exhibits booked in and handed over, files kept and taken away, stores, submissions, erasure."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peelian.evidence import actions, queries, store
from peelian.journal.models import Entry
from tests import worlds
from tests.rooms.evidence.conftest import photograph
from tests.statements import counted
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("still")
Enter = Callable[[Someone], Client]
DAY = {"on_day": "23", "on_month": "11", "on_year": "2026"}
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def a_store_of_its_own(tmp_path: Path, settings: Any) -> Path:
    settings.PEELIAN_HOME = tmp_path
    return store.home()


@pytest.fixture
def handler(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Hanna Orchard", "complaint_handler")


@pytest.fixture
def supervisor(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Susan Meadow", "supervisor")


@pytest.fixture
def head(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Harriet Stone", "head_of_professional_standards")


@pytest.fixture
def matter(handler: Someone) -> str:
    return worlds.open_complaint(handler.viewer, date(2026, 11, 2), handler_ref=handler.user_ref)


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


def booked(client: Client, matter: str, mark: str = "KMT/1", **said: object) -> str:
    found = {"found_on_day": "9", "found_on_month": "11", "found_on_year": "2026"}
    given = {"mark": mark, "description": "A black telephone", "where": "Mill Lane", "found_by": "K M Taylor"}
    post(client, f"/matters/{matter}/evidence/new/", **{**given, "seal": "B0012345", **found, **DAY, **said})
    page = read(client, f"/matters/{matter}/evidence/")
    return f"/matters/{matter}/evidence/exhibits/{re.findall(r'/exhibits/(PX-[^/]+)/', page)[-1]}/"


def test_a_matter_leads_to_its_evidence_which_says_when_there_is_none(
    enter: Enter, handler: Someone, matter: str
) -> None:
    client = enter(handler)
    assert f'href="/matters/{matter}/evidence/"' in read(client, f"/matters/{matter}/")
    page = read(client, f"/matters/{matter}/evidence/")
    assert "No exhibit is booked in." in page
    assert "No file is kept." in page
    assert 'href="/evidence/"' in page
    assert "You hold no exhibit, and none waits for you" in read(client, "/evidence/")


def test_an_exhibit_is_booked_in_handed_over_and_accepted(
    enter: Enter, handler: Someone, supervisor: Someone, matter: str
) -> None:
    giver, taker = enter(handler), enter(supervisor)
    exhibit = booked(giver, matter)
    page = read(giver, exhibit)
    for words in ("KMT/1", "A black telephone", "B0012345", "Mill Lane, by K M Taylor", "Held by</dt>"):
        assert words in page
    post(giver, f"{exhibit}hand-over/", receiver=supervisor.user_ref, reasons="For the store.", **DAY)
    assert "Waiting: from Hanna Orchard to Susan Meadow" in read(giver, exhibit)
    for path in ("/work/", "/evidence/"):
        assert "is handed to you" in read(taker, path)
    accept = re.search(r'href="([^"]+/accept/)"', read(taker, exhibit))
    assert accept is not None
    assert "accept/" not in read(giver, exhibit)
    post(taker, accept[1], **DAY)
    page = read(taker, exhibit)
    assert "From Hanna Orchard to Susan Meadow" in page
    assert "Hand it over" in page
    assert "Hand it over" not in read(giver, exhibit)
    assert "is handed to you" not in read(taker, "/work/")
    assert "KMT/1" in read(taker, "/evidence/")


def test_what_is_wrong_with_a_booking_stands_beside_its_field(enter: Enter, handler: Someone, matter: str) -> None:
    client = enter(handler)
    booked(client, matter)
    page = post(client, f"/matters/{matter}/evidence/new/", 200, mark="KMT/1", **DAY)
    assert "Enter the date" in page
    given = {"description": "x", "where": "x", "found_by": "x", "found_on_day": "1", "found_on_month": "11"}
    page = post(client, f"/matters/{matter}/evidence/new/", 200, mark="KMT/1", **given, found_on_year="2026", **DAY)
    assert "This matter has an exhibit with this mark" in page


def test_a_seal_is_put_on_broken_and_the_exhibit_placed(enter: Enter, handler: Someone, matter: str) -> None:
    client = enter(handler)
    post(
        client,
        "/evidence/storage/new/",
        name="Freezer 4",
        kind="freezer",
        site="Store",
        capacity="5",
        lowest="-25",
        highest="-18",
    )
    exhibit = booked(client, matter)
    assert "Why was the seal broken?" in read(client, f"{exhibit}seal/")
    post(client, f"{exhibit}seal/", reasons="To photograph it.", new_number="B2", **DAY)
    unit = queries.units(handler.viewer)[0].ref
    assert "Freezer 4, freezer, Store" in read(client, f"{exhibit}place/")
    post(client, f"{exhibit}place/", unit=unit, shelf="2", **DAY)
    page = read(client, exhibit)
    for words in ("B0012345 broken by Hanna Orchard: To photograph it.", "Freezer 4</a>, 2"):
        assert words in page
    page = read(client, f"/evidence/storage/{unit}/")
    assert "In it on 23 November 2026" in page
    assert "KMT/1" in page
    before = read(client, f"/evidence/storage/{unit}/?day_day=22&day_month=11&day_year=2026")
    assert "Nothing that you may see was in it on 22 November 2026" in before
    assert "Date must be a real date" in read(
        client, f"/evidence/storage/{unit}/?day_day=32&day_month=11&day_year=2026"
    )
    post(client, f"{exhibit}place/", unit="out", **DAY)
    assert "In no storage unit" in read(client, exhibit)


def test_a_failure_lists_what_it_touched_and_ends(enter: Enter, handler: Someone, matter: str) -> None:
    client = enter(handler)
    given = {"name": "Freezer 4", "kind": "freezer", "site": "Store", "capacity": "5"}
    page = post(client, "/evidence/storage/new/", 200, **given)
    assert "Give the lowest and the highest temperature" in page
    post(client, "/evidence/storage/new/", **given, lowest="-25", highest="-18")
    unit = queries.units(handler.viewer)[0].ref
    post(client, f"{booked(client, matter)}place/", unit=unit, **DAY)
    post(client, f"/evidence/storage/{unit}/reading/", celsius="-3.5", **DAY)
    assert "Outside its range" in read(client, "/evidence/storage/")
    day = {"from_on_day": "23", "from_on_month": "11", "from_on_year": "2026"}
    post(client, f"/evidence/storage/{unit}/failure/", what="The compressor stopped.", **day)
    page = read(client, f"/evidence/storage/{unit}/")
    failure = re.search(rf'href="(/evidence/storage/{unit}/failures/[^"]+)"', page)
    assert failure is not None
    assert "KMT/1" in read(client, failure[1])
    last = {"last_on_day": "23", "last_on_month": "11", "last_on_year": "2026"}
    post(client, failure[1], done="Mended.", **last)
    assert "Mended." in read(client, failure[1])
    assert "Failing since" not in read(client, "/evidence/storage/")


def upload(client: Client, matter: str, content: bytes, name: str = "IMG_2041 Willow.jpg", status: int = 302) -> str:
    file = SimpleUploadedFile(name, content)
    return post(client, f"/matters/{matter}/evidence/files/new/", status, file=file, about="The cap.", **DAY)


def test_a_file_is_kept_and_taken_away_as_something_to_save(enter: Enter, handler: Someone, matter: str) -> None:
    client, content = enter(handler), photograph()
    assert "no scanner is set up" in read(client, f"/matters/{matter}/evidence/files/new/")
    place = upload(client, matter, content)
    page = read(client, place)
    for words in ("IMG_2041 Willow.jpg", "JPEG picture", "Not scanned", "Without EXIF, place, comments"):
        assert words in page
    for which, suffix in (("original", ""), ("clean", "-clean")):
        answer = client.get(f"{place}{which}/take/")
        taken = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streaming answer
        assert (taken == content) is (which == "original")
        ref = place.split("/")[-2]
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{ref}{suffix}.jpg"'
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Length"] == str(len(taken))
        newest = Entry.objects.order_by("-seq")[0]
        assert (newest.act, newest.key, newest.summary) == (
            "consulted",
            matter,
            f"took away the file {ref} ({which})",
        )
    read(client, f"{place}another/take/", 404)


def test_a_file_that_is_damaged_on_disk_says_so_on_a_page(
    enter: Enter, handler: Someone, matter: str, a_store_of_its_own: Path
) -> None:
    client = enter(handler)
    place = upload(client, matter, b"What I saw.", "words.txt")
    for path in a_store_of_its_own.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "missing or not what was kept" in read(client, f"{place}original/take/", 400)


def test_nobody_uploads_who_does_not_keep_evidence_and_nothing_too_large(
    enter: Enter, handler: Someone, head: Someone, matter: str, settings: Any
) -> None:
    settings.PEELIAN_FILE_MOST_MB = 1
    page = upload(enter(handler), matter, b"x" * 2_000_000, status=200)
    assert "larger than 1 MB" in page
    assert list(store.names()) == []
    answer = enter(head).post(f"/matters/{matter}/evidence/files/new/", {"file": SimpleUploadedFile("a.txt", b"x")})
    assert answer.status_code in (400, 403)
    assert list(store.names()) == []


def test_a_file_of_one_matter_is_not_found_under_another(
    enter: Enter, at: datetime, handler: Someone, matter: str
) -> None:
    client = enter(handler)
    place, exhibit = upload(client, matter, b"What I saw."), booked(client, matter)
    other = worlds.open_complaint(worlds.peelian(at), date(2026, 11, 3))
    for path in (place, f"{place}original/take/", exhibit, f"{exhibit}hand-over/"):
        read(client, path.replace(matter, other), 404)


def test_a_file_and_the_whole_evidence_are_erased_by_whoever_may(
    enter: Enter, handler: Someone, head: Someone, matter: str
) -> None:
    client, eraser = enter(handler), enter(head)
    place, exhibit = upload(client, matter, b"What I saw.", "words of Willow.txt"), booked(client, matter)
    read(client, f"{place}erase/", 403)
    assert "Tick" in post(eraser, f"{place}erase/", 200, reason="Upheld.")
    post(eraser, f"{place}erase/", reason="Upheld.", sure="on")
    page = read(client, place)
    assert "gone for good" in page
    assert "Willow" not in page
    read(client, f"{place}original/take/", 404)
    post(eraser, f"/matters/{matter}/evidence/erase/", reason="Upheld.", sure="on")
    page = read(client, exhibit)
    assert "Erased" in page
    assert "telephone" not in page
    assert "Mill Lane" not in page


def test_two_people_return_an_exhibit(enter: Enter, handler: Someone, supervisor: Someone, matter: str) -> None:
    client, second = enter(handler), enter(supervisor)
    exhibit = booked(client, matter)
    refused = post(client, f"{exhibit}end/", 403, kind="destroyed", how="Crushed", reasons="x", **DAY)
    assert "Its matter is open: nothing of it is destroyed" in refused
    post(client, f"{exhibit}end/", kind="returned", how="To R Willow", reasons="Copied.", **DAY)
    sign = re.search(r'href="([^"]+/ends/[^"]+)"', read(second, exhibit))
    assert sign is not None
    assert "I saw it done" not in read(client, sign[1])
    assert "is to be returned: sign it" in read(second, "/evidence/")
    post(second, sign[1], agreed="yes", **DAY)
    page = read(client, exhibit)
    assert "Signed by two" in page
    assert "Hand it over" not in page


def test_a_submission_waits_on_the_page_of_its_matter_until_its_results_come(
    enter: Enter, handler: Someone, matter: str
) -> None:
    client = enter(handler)
    exhibit = booked(client, matter).split("/")[-2]
    given = {"kind": "digital", "to": "Digital unit", "asked": "Messages of May.", "exhibits": exhibit}
    promised = {"promised_on_day": "30", "promised_on_month": "11", "promised_on_year": "2026"}
    post(client, f"/matters/{matter}/evidence/submissions/new/", **given, **promised, **DAY)
    assert "Waiting for a laboratory or a digital unit" in read(client, f"/matters/{matter}/")
    page = read(client, "/evidence/submissions/")
    assert "0 so far" in page
    assert "Not yet half" in page
    place = re.search(r'href="(/matters/[^"]+/submissions/PS[^"]+)"', page)
    assert place is not None
    assert "What are the results?" in read(client, f"{place[1]}results/")
    post(client, f"{place[1]}results/", words="Forty messages.", **DAY)
    post(client, f"{place[1]}accepted/", words="", **DAY)
    page = read(client, place[1])
    assert "Forty messages." in page
    assert "Results accepted" in page
    read(client, f"{place[1]}results/", 404)
    assert "Waiting for a laboratory" not in read(client, f"/matters/{matter}/")


def test_the_page_of_an_exhibit_and_of_a_matter_cost_the_same_whatever_they_hold(
    enter: Enter, handler: Someone, supervisor: Someone, matter: str
) -> None:
    client = enter(handler)
    exhibit = booked(client, matter)
    read(client, exhibit)

    def cost() -> list[int]:
        asked = []
        for path in (f"/matters/{matter}/evidence/", exhibit):
            with counted() as statements:
                read(client, path)
            asked.append(len(statements))
        return asked

    upload(client, matter, b"one")
    declined(handler, supervisor, exhibit)
    before = cost()
    for number in range(2, 5):
        booked(client, matter, f"KMT/{number}")
        upload(client, matter, b"more")
        declined(handler, supervisor, exhibit)
    assert cost() == before
    assert max(before) <= 60, before


def declined(giver: Someone, taker: Someone, exhibit: str) -> None:
    ref = exhibit.split("/")[-2]
    facts: dict[str, Any] = {"exhibit_ref": ref, "reasons": "No.", "on": TODAY}
    hand_over = actions.hand_over(by=giver.viewer, receiver_ref=taker.user_ref, **facts)
    actions.decline(by=taker.viewer, hand_over_ref=hand_over, **facts)
