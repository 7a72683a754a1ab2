"""The pages of loads: a file taken in, its rows seen beforehand, figures that add up, and what went wrong in words."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peelian.journal.queries import entries_about
from peelian.loads import files
from peelian.web.loads import forms, uploads
from tests import worlds
from tests.rooms.web.loads.conftest import HEADER, MAP, ROWS, begin, content, loaded, main_of, upload

COSTS = {"/loads/": 11, "LOAD": 11, "LOADset-aside/": 18, "LOADchanges/": 12}  # statements, however long the lists


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, main_of(response.content.decode())
    return response.content.decode()


def test_an_empty_list_says_where_to_begin_to_those_who_may(loader: Client, reader: Client) -> None:
    assert 'href="/loads/new/"' in text(loader, "/loads/")
    page = text(reader, "/loads/")
    assert "Nothing has been loaded yet" in page
    assert 'href="/loads/new/"' not in page


def test_a_reader_of_reports_may_not_load(reader: Client, home: Path) -> None:
    assert "Your roles do not let you" in text(reader, "/loads/new/", 403)
    response = reader.post("/loads/new/", {"file": SimpleUploadedFile("history.csv", content())})
    assert response.status_code == 403
    assert not (home / "loads" / "incoming").exists()


@pytest.mark.parametrize("role", ["auditor", "administrator", "panel_member"])
def test_others_see_no_loads(at: datetime, db: None, home: Path, enter: Callable[..., Client], role: str) -> None:
    client = enter(worlds.user(at, "Ned Nobody", role))
    assert text(client, "/loads/", 403)
    assert ">Loads</a>" not in text(client, "/account/")


def test_a_known_source_is_recognised_and_ten_rows_stand_as_they_would_be_read(loader: Client) -> None:
    page = text(loader, upload(loader))
    assert "Made-up history" in page
    assert "C1" in page
    assert "Would be set aside" in page  # the thirty-first of February
    assert "Show ten rows through this map" not in page


def test_a_load_adds_up_and_says_what_it_changed(loader: Client, at: datetime) -> None:
    page = text(loader, loaded(loader, at))
    assert "4 read = 3 accepted + 0 already held + 1 set aside." in page
    assert "<dt>New matters</dt><dd>3</dd>" in page
    assert "<dt>New people</dt><dd>2</dd>" in page
    assert "“Unknown” is a word for nobody in particular" in page
    assert "made_up_history" in page  # the map that was used


def test_the_same_file_twice_changes_nothing(loader: Client, at: datetime) -> None:
    loaded(loader, at)
    page = text(loader, loaded(loader, at))
    assert "Nothing changed" in page
    assert "4 read = 0 accepted + 3 already held + 1 set aside." in page


def test_a_later_file_shows_what_changed_and_what_vanished(loader: Client, at: datetime) -> None:
    loaded(loader, at)
    later = [("C1", "111", "Rude", "Not upheld", "2010-05-01", "2010-09-01"), ROWS[1]]
    address = loaded(loader, at, body=content(later))
    page = text(loader, address)
    assert "<dt>Changed</dt><dd>1</dd>" in page
    assert "<dt>Vanished</dt><dd>1</dd>" in page
    assert "1 intake item opened" in page
    assert text(loader, address + "changes/")


def test_changes_show_what_was_said_before_and_now_to_those_who_may_see_the_record(
    loader: Client, at: datetime
) -> None:
    loaded(loader, at)
    address = loaded(loader, at, body=content([(*ROWS[0][:3], "Not upheld", *ROWS[0][4:]), *ROWS[1:]]))
    page = text(loader, address + "changes/")
    assert "“Upheld”, now “Not upheld”" in page


def test_rows_set_aside_stand_with_their_reasons_and_cells_only_for_who_may_load(
    loader: Client, reader: Client, at: datetime
) -> None:
    address = loaded(loader, at)
    page = text(loader, address + "set-aside/")
    assert "31/02/2011" in page
    assert "received" in page
    other = text(reader, address + "set-aside/")
    assert "C4 |" not in other
    assert "only those who may load see them" in other


def test_rows_set_aside_are_taken_away_as_csv_and_the_journal_says_so(
    loader: Client, reader: Client, at: datetime
) -> None:
    address = loaded(loader, at)
    ref = address.split("/")[2]
    response = loader.get(address + "files/set-aside.csv")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{ref}-set-aside.csv"'
    assert b"31/02/2011" in response.content
    about = entries_about(worlds.peelian(at), ref).rows
    assert "took away the rows set aside of a load as CSV" in [row.summary for row in about]
    assert text(reader, address + "files/set-aside.csv", 403)
    assert text(loader, address + "files/vanished.csv", 404)
    assert text(loader, address + "files/..%2F..%2Fsecret", 404)


def test_an_unknown_file_is_guessed_mended_and_loaded(loader: Client, at: datetime) -> None:
    header = ("Case Ref", "Officer ID", "Strange")
    rows = [(f"K{number}", f"{number}", "w") for number in range(12)]
    check = upload(loader, "unknown.csv", content(rows, header))
    page = text(loader, check)
    assert "the map below is a guess" in page
    assert "Where each column was put" in page
    broken = loader.post(check, {"map_text": "source = ", "how": "start"}).content.decode()
    assert "The file cannot be read so" in broken
    mended = MAP.replace('"case"', '"Case Ref"').replace('"officer"', '"Officer ID"')
    mended = mended[: mended.index('[[column]]\nname = "category"')]
    shown = loader.post(check, {"map_text": mended, "how": "show"}).content.decode()
    assert "the map below is yours" in shown
    assert "K3" in shown
    begun = loader.post(check, {"map_text": mended, "how": "start"})
    assert begun.status_code == 302, begun.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("history.csv", b"", "The file is empty"),
        ("", None, "Select file"),
    ],
)
def test_a_form_without_a_good_file_says_what_to_do(loader: Client, name: str, body: bytes | None, said: str) -> None:
    given = {"file": SimpleUploadedFile(name, body or b"")} if name else {}
    response = loader.post("/loads/new/", given)
    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("history.pdf", b"%PDF-1.4 nothing", "history.pdf: the ending “.pdf” is not known"),
        ("history.csv.gz", b"\x1f\x8b\x08\x00cut", "history.csv.gz"),
        ("history.csv", b"\xff\xfe\x00\xd8broken", "history.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_reason(loader: Client, name: str, body: bytes, said: str) -> None:
    page = text(loader, upload(loader, name, body))
    assert "The file cannot be read so" in page
    assert said in page
    assert "Start the load" not in page


def test_a_given_name_is_never_trusted(loader: Client, home: Path) -> None:
    upload(loader, "../../../.ssh/<b>authorized.csv")
    (kept,) = (home / "loads" / "incoming").glob("*/*")
    assert kept.name == "_b_authorized.csv"
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert [path for path in home.rglob("*authorized*") if path != kept] == []
    assert files.safe_name("..") == "file"
    assert files.safe_name("C:\\Users\\x\\export 1.csv.gz") == "export 1.csv.gz"
    assert files.safe_name("a" * 500 + ".csv").endswith(".csv")


def test_an_uploaded_file_goes_when_its_load_has_ended_and_lies_a_week_at_most(
    loader: Client, home: Path, at: datetime
) -> None:
    loaded(loader, at)
    assert list((home / "loads" / "incoming").iterdir()) == []
    token = files.keep_incoming("left.csv", [b"x"], at=at)
    path = files.find_incoming(token)
    assert path is not None
    files.keep_incoming(
        "other.csv", [b"x"], at=datetime.fromtimestamp(path.stat().st_mtime, at.tzinfo) + files.KEPT * 2
    )
    assert files.find_incoming(token) is None
    assert files.find_incoming("../maps") is None


def test_a_file_that_is_too_large_is_refused_before_it_is_written(
    loader: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_UPLOADED", 1000)
    monkeypatch.setattr(uploads, "ROOM_FOR_THE_FORM", 0)
    body = content([("C", str(number), "x", "", "", "") for number in range(200)])
    response = loader.post("/loads/new/", {"file": SimpleUploadedFile("large.csv", body)})
    assert "the most that a page takes" in response.content.decode()
    assert response.wsgi_request.FILES == {}
    assert not (home / "loads" / "incoming").exists()


def test_a_file_a_little_too_large_is_refused_by_the_form(loader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_UPLOADED", 10)
    response = loader.post("/loads/new/", {"file": SimpleUploadedFile("large.csv", content())})
    assert "the most that a page takes" in response.content.decode()


def test_no_other_page_takes_a_file(loader: Client) -> None:
    response = loader.post("/work/calendar/new/", {"file": SimpleUploadedFile("x.csv", b"x")})
    assert response.status_code in (200, 403)
    assert response.wsgi_request.FILES == {}
    anybody = Client().post("/account/sign-in/", {"login": "x", "file": SimpleUploadedFile("x.csv", b"x")})
    assert anybody.wsgi_request.FILES == {}


def test_a_waiting_load_shows_its_progress_and_can_be_cancelled(loader: Client) -> None:
    address = begin(loader)
    page = text(loader, address)
    assert "<progress" in page
    assert "until all of it is published at once" in page
    assert "Nothing held is touched" in text(loader, address + "cancel/")
    done = loader.post(address + "cancel/", {"reason": "the wrong file"}, follow=True).content.decode()
    assert "Cancelled" in done
    assert "has already ended" in loader.post(address + "cancel/", {"reason": "again"}).content.decode()


def test_a_load_that_failed_says_why_and_that_nothing_was_touched(loader: Client, at: datetime, home: Path) -> None:
    rows = [(f"D{number}", f"{number}", "Force", "", "2012", "") for number in range(60)]
    page = text(loader, loaded(loader, at, body=content(rows) + b'"never closed,1\r\n'))
    assert "The load failed. Nothing was published" in page
    assert "history.csv, row 62: a quotation mark opens here and is never closed" in page
    assert list((home / "loads" / "incoming").iterdir()) == []


def test_the_same_file_again_takes_an_unfinished_load_up(loader: Client, at: datetime) -> None:
    first = begin(loader)
    again = loader.post(upload(loader), {"how": "start"}, follow=True)
    page = again.content.decode()
    assert again.redirect_chain[-1][0] == first
    assert "The load goes on where it had stopped." in page


def test_another_file_of_the_same_people_waits_for_the_unfinished_one(loader: Client) -> None:
    begin(loader)
    response = loader.post(upload(loader, body=content(ROWS[:1])), {"how": "start"})
    assert response.status_code == 200
    assert "is not finished" in response.content.decode()


def test_a_placeholder_may_turn_out_to_be_a_person(loader: Client, reader: Client, at: datetime) -> None:
    address = loaded(loader, at)
    page = text(loader, address)
    link = page[page.index("/a-person/") :].split('"')[0]
    assert link not in text(reader, address)
    form = address.rstrip("/") + link
    assert "Enter reason" in loader.post(form, {"reason": ""}).content.decode()
    done = loader.post(form, {"reason": "It is Constable Unknown."}, follow=True).content.decode()
    assert "A person, as somebody said" in done
    assert text(loader, form, 404)


def test_loads_filter_by_state_and_source_and_leave_as_a_file(loader: Client, at: datetime) -> None:
    address = loaded(loader, at)
    page = text(loader, "/loads/?state=published&source=made_up_history")
    assert address in page
    assert "1 load published" in page
    assert "No load matches" in text(loader, "/loads/?state=failed")
    assert b"Made-up history" in loader.get("/loads/?as=csv").content


def test_pages_of_loads_cost_the_same_at_any_size(
    loader: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    def cost(address: str) -> None:
        for page, statements in COSTS.items():
            with django_assert_num_queries(statements):
                loader.get(page.replace("LOAD", address))

    cost(loaded(loader, at))
    many = [(f"D{number}", f"{number}", "Force", "", "2012" if number % 3 else "never", "") for number in range(90)]
    cost(loaded(loader, at, body=content(many)))


def test_the_header_of_a_made_up_file_is_what_its_map_names() -> None:
    assert all(f'name = "{name}"' in MAP for name in HEADER)


@pytest.mark.parametrize("address", ["/loads/PL-NONE/", "/loads/PL-NONE/set-aside/", "/loads/new/" + "0" * 32 + "/"])
def test_what_is_not_there_is_not_found(loader: Client, address: str) -> None:
    assert text(loader, address, 404)
