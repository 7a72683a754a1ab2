"""Journal, jobs, users, delegates and openings: who may, what an act does, what a form says when it is wrong."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.jobs.worker import run_waiting
from peelian.journal import queries as journal
from peelian.terms.refusals import NotFound
from peelian.walls import queries as walls
from tests import worlds
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("still")
Enter = Callable[[Someone], Client]
AUDITOR = ("/journal/", "/journal/checkpoints/", "/journal/about/PU-NONE/", "/journal/entries/1/")
ADMINISTRATOR = ("/users/", "/users/new/")
JOURNAL, USERS = 11, 11  # statements, however long the lists


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def auditor(db: None, at: datetime, enter: Enter) -> Client:
    return enter(worlds.user(at, "Odd Auditor", "auditor"))


@pytest.fixture
def administrator(db: None, at: datetime, enter: Enter) -> Client:
    return enter(worlds.user(at, "Ada Admin", "administrator"))


@pytest.fixture
def chief(db: None, at: datetime, enter: Enter) -> Client:
    return enter(worlds.user(at, "Cora Chief", "chief_officer"))


@pytest.fixture
def hana(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Hana Handler", "complaint_handler")


def test_each_page_stands_open_to_its_role_and_to_no_other(
    auditor: Client, administrator: Client, hana: Someone, enter: Enter
) -> None:
    handler = enter(hana)
    for address in AUDITOR:
        assert text(auditor, address)
        assert "power to read and verify the journal" in text(administrator, address, 403)
        assert text(handler, address, 403)
    for address in (*ADMINISTRATOR, f"/users/{hana.user_ref}/"):
        assert text(administrator, address)
        assert text(auditor, address, 403)
        assert text(handler, address, 403)
    assert "Complaint handler" in text(handler, "/roles/")


@pytest.mark.parametrize("address", ["/users/PU-NONE/", "/users/PU-NONE/grant/", "/delegates/PU-NONE/end/"])
def test_a_user_who_is_not_there_is_not_found(db: None, at: datetime, enter: Enter, address: str) -> None:
    assert text(enter(worlds.user(at, "All Roles", "administrator")), address, 404 if "users" in address else 403)


def test_the_journal_narrows_and_an_entry_opens(auditor: Client, hana: Someone) -> None:
    page = text(auditor, f"/journal/?key={hana.user_ref}")
    assert "made a user" in page
    assert "No entries match" in text(auditor, "/journal/?words=zzzz")
    assert "made a user" in text(auditor, f"/journal/about/{hana.user_ref}/")
    assert "made a user" not in text(auditor, "/journal/?act=refused&from_on_day=1&from_on_month=1&from_on_year=2020")
    sequence = re.search(r"/journal/entries/(\d+)/", page)
    assert sequence
    assert "<h1" in text(auditor, f"/journal/entries/{sequence[1]}/")
    assert text(auditor, "/journal/entries/999999/", 404)


@pytest.mark.parametrize(
    "query", ["page=9999", "act=nonsense", "from_on_day=40&from_on_month=1&from_on_year=2020", "page=-1&sort=nothing"]
)
def test_an_address_that_is_wrong_still_gives_a_journal(auditor: Client, query: str) -> None:
    assert "<h1" in text(auditor, f"/journal/?{query}")


def test_a_checkpoint_is_signed_and_taken_away(auditor: Client, hana: Someone) -> None:
    assert "No checkpoint yet" in text(auditor, "/journal/checkpoints/")
    done = auditor.post("/journal/checkpoints/", {"sign": "1"}, follow=True).content.decode()
    assert "Signed: " in done
    size = re.search(r"/journal/checkpoints/(\d+)\.txt", done)
    assert size
    note = auditor.get(f"/journal/checkpoints/{size[1]}.txt")
    assert note.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"\n{size[1]}\n" in note.content.decode()
    assert text(auditor, "/journal/checkpoints/7777777.txt", 404)


def test_the_whole_journal_is_checked_as_a_job_with_a_page_of_its_own(
    auditor: Client, at: datetime, hana: Someone
) -> None:
    started = auditor.post("/journal/checkpoints/", {"check": "1"})
    address = started.headers["Location"]
    assert "Waiting" in text(auditor, address)
    run_waiting(clock=lambda: at)
    page = text(auditor, address)
    assert "How it ended" in page
    assert "Check of the journal" in text(auditor, "/jobs/")


def test_a_job_that_waits_is_cancelled_once(auditor: Client) -> None:
    assert "No jobs" in text(auditor, "/jobs/")
    address = auditor.post("/journal/checkpoints/", {"check": "1"}).headers["Location"]
    assert auditor.get(f"{address}cancel/").status_code == 405
    page = auditor.post(f"{address}cancel/", follow=True).content.decode()
    assert "Cancelled before it started" in page
    assert auditor.post(f"{address}cancel/").status_code == 400
    assert auditor.post("/jobs/PJ-NONE/cancel/").status_code == 404


def test_where_a_user_comes_from_is_said_with_how_it_is_known(administrator: Client, hana: Someone) -> None:
    address = f"/users/{hana.user_ref}/body/"
    assert "There is a problem" in administrator.post(address, {"body": "Northbeck Police"}).content.decode()
    given = {"body": "Northbeck Police", "words": "Their letter."}
    done = administrator.post(address, given, follow=True).content.decode()
    assert "It was changed where they come from." in done
    assert "Northbeck Police" in done
    assert "This is what stands now." in administrator.post(address, given).content.decode()


def test_a_user_is_made_with_a_unit_a_person_and_a_role(administrator: Client, at: datetime) -> None:
    unit, person = worlds.unit(at, "North"), worlds.officer(at, "Nia", "New")
    given = {"name": "New Nia", "username": "nia", "person": person, "unit": unit, "roles": ["assessor"]}
    done = administrator.post("/users/new/", given, follow=True).content.decode()
    assert "The user was made." in done
    made = walls.user_named("nia")
    assert made.person_id == worlds.key(at, person)
    assert made.unit_id is not None
    assert "Assessor" in done


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter full name"),
        ({"username": "hana.handler"}, "There is already a user called hana.handler"),
        ({"username": "!"}, "Use 2 to 150 letters"),
        ({"roles": []}, "Select roles"),
        ({"password": "short"}, "too short"),
        ({"person": "PP-NONE"}, "There is nobody in the register with the reference PP-NONE"),
        ({"email": "nobody"}, "valid email"),
        ({"roles": ["administrator", "assessor"]}, "There is a problem"),
        ({"unit": "UN-NONE"}, "There is a problem"),
    ],
)
def test_a_user_that_cannot_be_made_says_why_beside_the_field(
    administrator: Client, hana: Someone, change: dict[str, object], said: str
) -> None:
    given = {"name": "New Nia", "username": "nia", "roles": ["assessor"], **change}
    page = administrator.post("/users/new/", given)
    assert page.status_code == 200
    assert said in page.content.decode()
    with pytest.raises(NotFound):
        walls.user_named("nia")


def test_a_role_is_granted_and_withdrawn_with_a_reason(administrator: Client, hana: Someone) -> None:
    address = f"/users/{hana.user_ref}/"
    assert "Enter reason" in administrator.post(f"{address}grant/", {"role": "assessor"}).content.decode()
    done = administrator.post(f"{address}grant/", {"role": "assessor", "reason": "She acts up."}, follow=True)
    assert "The role was granted." in done.content.decode()
    assert "Withdraw the role Assessor" in text(administrator, f"{address}withdraw/assessor/")
    done = administrator.post(f"{address}withdraw/assessor/", {"reason": "It ended."}, follow=True).content.decode()
    assert "The role was withdrawn." in done
    assert administrator.post(f"{address}withdraw/auditor/", {"reason": "x"}).status_code == 404
    assert administrator.get(f"{address}withdraw/nonsense/").status_code == 200


def test_nobody_changes_their_own_powers(db: None, at: datetime, enter: Enter) -> None:
    ada = worlds.user(at, "Ada Admin", "administrator")
    response = enter(ada).post(f"/users/{ada.user_ref}/grant/", {"role": "auditor", "reason": "I want it."})
    assert response.status_code == 403


def test_somebody_stopped_from_signing_in_is_out_at_once_and_may_be_let_in_again(
    administrator: Client, hana: Someone, enter: Enter
) -> None:
    handler = enter(hana)
    address = f"/users/{hana.user_ref}/active/"
    assert "Stop this user" in text(administrator, address)
    assert administrator.post(address, {"reason": "She left."}).status_code == 302
    assert handler.get("/account/").headers["Location"].startswith("/account/sign-in/")
    assert "Let this user sign in again" in text(administrator, address)
    assert administrator.post(address, {"reason": "She came back."}).status_code == 302
    assert walls.user_by_ref(hana.user_ref).is_active


def test_a_weak_password_is_refused_and_a_strong_one_taken(administrator: Client, hana: Someone) -> None:
    address = f"/users/{hana.user_ref}/password/"
    weak = administrator.post(address, {"password": "password1234"}).content.decode()
    assert "There is a problem" in weak
    assert administrator.post(address, {"password": "a truncheon in the long grass"}).status_code == 302


def test_users_narrow_by_words_role_and_whether_they_may_sign_in(administrator: Client, hana: Someone) -> None:
    assert "Hana Handler" in text(administrator, "/users/?words=hana&role=complaint_handler&active=yes")
    assert "Hana Handler</a>" not in text(administrator, "/users/?active=no")
    assert "Hana Handler" in text(administrator, "/users/?sort=-username&role=nonsense")


def test_a_delegate_is_appointed_and_ended_by_the_chief_officer(chief: Client, auditor: Client, at: datetime) -> None:
    dee = worlds.user(at, "Dee Delegate", "supervisor")
    assert "No delegate has been appointed" in text(chief, "/delegates/")
    assert text(auditor, "/delegates/", 403)
    assert "There is a problem" in chief.post("/delegates/", {"user": "", "reason": ""}).content.decode()
    given = {"user": dee.user_ref, "reason": "The head is concerned."}
    assert "The delegate was appointed." in chief.post("/delegates/", given, follow=True).content.decode()
    assert "is already the delegate" in chief.post("/delegates/", given).content.decode()
    address = f"/delegates/{dee.user_ref}/end/"
    assert "Dee Delegate" in text(chief, address)
    done = chief.post(address, {"reason": "It is over."}, follow=True).content.decode()
    assert "no longer stands in" in done
    assert chief.post(address, {"reason": "Again."}).status_code == 404


def test_openings_are_seen_by_the_head_and_the_auditor(db: None, at: datetime, enter: Enter, auditor: Client) -> None:
    head = enter(worlds.user(at, "Hal Head", "head_of_professional_standards"))
    for client in (head, auditor):
        assert re.search(r"No|Nobody", text(client, "/break-glass/"))


@pytest.fixture
def many(db: None, at: datetime) -> Iterator[Callable[[], None]]:
    def make() -> None:
        for number in range(8):
            worlds.user(at, f"User Number{number}", "assessor")

    return make


def test_lists_cost_the_same_at_any_size(
    auditor: Client,
    administrator: Client,
    many: Callable[[], None],
    django_assert_num_queries: Callable[..., object],
) -> None:
    def cost() -> None:
        for client, address, statements in (
            (auditor, "/journal/", JOURNAL),
            (administrator, "/users/", USERS),
        ):
            with django_assert_num_queries(statements):
                client.get(address)

    auditor.get("/journal/")
    administrator.get("/users/")
    cost()
    many()
    cost()


def test_a_look_at_the_journal_is_in_the_journal(auditor: Client, at: datetime) -> None:
    text(auditor, "/journal/")
    newest = journal.entries(worlds.peelian(at)).rows[0]
    assert (newest.key, newest.summary) == ("journal", "list of journal")
    assert newest.at.date() == date(2026, 11, 23)


def test_the_unit_and_the_person_of_a_user_are_changed_with_a_reason(
    administrator: Client, hana: Someone, at: datetime
) -> None:
    unit, person, page = worlds.unit(at, "North"), worlds.officer(at, "New", "Nia"), f"/users/{hana.user_ref}/"
    assert f"{page}person/" in text(administrator, page)
    assert "kept out of every record" in text(administrator, f"{page}person/")
    for act, given in (("unit", {"unit": unit}), ("person", {"person": person.lower()})):
        assert "Enter reason" in administrator.post(f"{page}{act}/", given).content.decode()
        assert administrator.post(f"{page}{act}/", {**given, "reason": "so"}).status_code == 302
    changed = walls.user_by_ref(hana.user_ref)
    assert changed.person_id == worlds.key(at, person)
    assert "North" in text(administrator, page)
    wrong = administrator.post(f"{page}person/", {"person": "PP-NONE", "reason": "so"}).content.decode()
    assert "There is nobody in the register with the reference PP-NONE" in wrong


def test_the_page_about_oneself_offers_no_change_of_access(at: datetime, db: None, enter: Enter) -> None:
    ada = worlds.user(at, "Ada Admin", "administrator")
    page = text(enter(ada), f"/users/{ada.user_ref}/")
    for act in ("unit", "person", "active"):
        assert f"/{act}/" not in page
