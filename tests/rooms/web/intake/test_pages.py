"""What arrives, as pages: taken in word for word, owned, assessed by a person, kept from those it must be kept from."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.walls.queries import user_named
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
SAID = "An officer with a beard swore at me.\n\nIt was <b>awful</b>."


def words_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    page = re.sub(r"\s+", " ", answer.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def filled(at: datetime, **more: object) -> dict[str, object]:
    me = user_named("tess")
    return {
        "do": "receive",
        "channel": "letter",
        **day("received_on", at.date()),
        "heading": "Rude at the front counter",
        "words": SAID,
        "owner": me.ref,
        "person_rows": "",
        **more,
    }


@pytest.fixture
def handler(sign_in: Callable[..., Client]) -> Client:
    return sign_in("complaint_handler")


def test_the_list_shows_what_arrived_and_who_owns_it(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    page = words_of(handler, "/intake/")
    assert "Rude at the front counter" in page
    assert ref in page
    assert "Showing 1 to 1 of 1" in page
    assert "Awaiting assessment" in page
    assert "Nobody yet" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("state=awaiting", True),
        ("state=logged", False),
        ("words=officer", True),
        ("words=zebra", False),
        ("channel=letter", False),
        ("sort=heading", True),
        ("channel=nonsense", True),
    ],
)
def test_the_list_is_filtered(handler: Client, at: datetime, query: str, seen: bool) -> None:
    ref = worlds.item(at)
    page = words_of(handler, f"/intake/?{query}")
    assert (ref in page) is seen
    assert seen or "Clear the filters" in page


def test_an_empty_list_says_so(handler: Client) -> None:
    assert "Nothing has arrived that you may see" in words_of(handler, "/intake/")


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_the_list_is_exported(handler: Client, at: datetime, kind: str) -> None:
    ref = worlds.item(at)
    answer = handler.get(f"/intake/?as={kind}")
    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert kind == "ods" or ref in answer.content.decode("utf-8-sig")


def test_what_arrives_is_kept_word_for_word(handler: Client, at: datetime) -> None:
    location = post(handler, "/intake/receive/", **filled(at))
    answer = handler.get(location).content.decode()
    assert "swore at me.\n\nIt was &lt;b&gt;awful&lt;/b&gt;." in answer.replace("\r\n", "\n")


def test_somebody_is_looked_up_and_kept_out_and_nothing_typed_is_lost(handler: Client, at: datetime) -> None:
    kept_out = worlds.officer(at, "Shaw", "Ada")
    given = filled(at) | {"person_rows": "", "do": "add person"}
    page = post(handler, "/intake/receive/", 200, **given)
    assert 'name="person_rows" value="0"' in page
    assert "front counter" in page
    assert "There is a problem" not in page
    given |= {"person_rows": "0", "person-0-find": "shaw", "person-0-ground": "It is about her", "do": "look"}
    page = post(handler, "/intake/receive/", 200, **given)
    assert "Ada Shaw" in page
    assert "It is about her" in page
    page = post(handler, "/intake/receive/", 200, **(given | {"do": "receive"}))
    assert "Select which person is meant" in page
    location = post(handler, "/intake/receive/", **(given | {"do": "receive", "person-0-chosen": kept_out}))
    assert "Ada Shaw: It is about her" in words_of(handler, location)


def test_a_row_is_taken_away_again(handler: Client, at: datetime) -> None:
    given = filled(at, do="remove person 0", person_rows="0,2")
    assert 'name="person_rows" value="2"' in post(handler, "/intake/receive/", 200, **given)


def test_what_is_missing_is_said_and_what_was_typed_stays(handler: Client, at: datetime) -> None:
    page = post(handler, "/intake/receive/", 200, **(filled(at) | {"heading": "", "channel": ""}))
    assert "There is a problem" in page
    assert "Enter heading" in page
    assert "swore at me" in page


def test_a_day_to_come_is_refused_by_the_act(handler: Client, at: datetime) -> None:
    page = post(handler, "/intake/receive/", 200, **(filled(at) | day("received_on", date(2030, 1, 1))))
    assert "cannot be after today" in page


def test_what_may_be_serious_waits_for_a_second_person_on_the_pages(
    handler: Client, enter: Callable[[worlds.Someone], Client], at: datetime
) -> None:
    ref = worlds.item(at)
    head = enter(worlds.user(at, "Hedda Head", "head_of_professional_standards"))
    given = {"serious": ["J"], "reasons": "Closed by the other force.", **day("on", at.date())}
    both = given | {"serious": ["J", "none"]}
    assert "but not both" in post(handler, f"/intake/{ref}/log/", 200, **both)
    assert post(handler, f"/intake/{ref}/log/", **given) == f"/intake/{ref}/"
    assert "awaits a second, independent person" in words_of(handler, f"/intake/{ref}/")
    assert f"/intake/{ref}/log/answer/" in words_of(head, "/to-sign/")
    assert "Closed by the other force." in words_of(head, f"/intake/{ref}/log/answer/")
    answer = {"agreed": "yes", "reasons": "It was looked into.", **day("on", at.date())}
    assert post(head, f"/intake/{ref}/log/answer/", **answer) == f"/intake/{ref}/"
    assert "Logged with reasons" in words_of(handler, f"/intake/{ref}/")


def test_an_item_is_logged_with_reasons_once(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    given = {"serious": "none", "reasons": "It is a compliment.", **day("on", at.date())}
    assert post(handler, f"/intake/{ref}/log/", **given) == f"/intake/{ref}/"
    page = words_of(handler, f"/intake/{ref}/")
    assert "It is a compliment." in page
    assert "Logged with reasons" in page
    answer = handler.post(f"/intake/{ref}/log/", given)
    assert answer.status_code == 403
    assert "assessed this item already" in answer.content.decode()


def test_every_kind_and_test_is_printed_with_its_law_and_nothing_is_chosen(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    page = words_of(handler, f"/intake/{ref}/assess/")
    for words in ("PRA s12(1)", "REC-1", "REC-6", "PRA Sch 3 para 2(6A)(b)", "SI 2020/2 reg 7(1)"):
        assert words in page
    assert " checked" not in page


def test_assessing_goes_on_to_record_with_what_was_chosen(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    location = post(handler, f"/intake/{ref}/assess/", kind="complaint_s3", tests=["REC-1", "REC-3"])
    assert location == f"/intake/{ref}/record/?kind=complaint_s3&tests=REC-1&tests=REC-3"
    page = words_of(handler, location)
    assert "An officer was rude to me." in page
    assert len(re.findall(r"checked", page)) == 3


@pytest.mark.parametrize(
    ("kind", "tests", "said"),
    [
        ("complaint_s3", [], "Select the recording test that is met"),
        ("complaint_outside_s3", ["REC-1"], "so it must be recorded"),
        ("", [], "What is this?"),
    ],
)
def test_an_assessment_that_cannot_stand_is_sent_back(
    handler: Client, at: datetime, kind: str, tests: list[str], said: str
) -> None:
    page = post(handler, f"/intake/{worlds.item(at)}/assess/", 200, kind=kind, tests=tests)
    assert "There is a problem" in page
    assert said in page


def test_an_item_is_given_to_another_owner(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    other = worlds.user(at, "Grace Hopper", "assessor")
    post(handler, f"/intake/{ref}/owner/", owner=other.user_ref, reason="She knows the case")
    assert "Grace Hopper" in words_of(handler, f"/intake/{ref}/")


def test_who_is_kept_out_finds_nothing(sign_in: Callable[..., Client], at: datetime) -> None:
    client = sign_in("complaint_handler")
    hidden = worlds.item(at, sensitive_reason="It names a colleague")
    assert words_of(client, f"/intake/{hidden}/", 404) == words_of(client, "/intake/PI-22222-22222/", 404)
    assert hidden not in words_of(client, "/intake/")


def test_somebody_named_signs_before_they_read(handler: Client, at: datetime) -> None:
    me = user_named("tess")
    hidden = worlds.item(at, words="The secret words", sensitive_reason="It names a colleague", owner_id=me.id)
    answer = handler.get(f"/intake/{hidden}/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/intake/{hidden}/sign/"
    page = words_of(handler, f"/intake/{hidden}/sign/")
    assert "secret" not in page
    assert "I have no conflict of interest" in page
    assert "Say what the conflict is" in post(handler, f"/intake/{hidden}/sign/", 200, conflict="yes")
    post(handler, f"/intake/{hidden}/sign/", conflict="no")
    assert "The secret words" in words_of(handler, f"/intake/{hidden}/")


def test_a_declared_conflict_closes_the_item(handler: Client, at: datetime) -> None:
    ref = worlds.item(at)
    assert post(handler, f"/intake/{ref}/conflict/", reason="She is my sister") == "/intake/"
    words_of(handler, f"/intake/{ref}/", 404)


def test_an_inspector_reads_and_changes_nothing(sign_in: Callable[..., Client], at: datetime) -> None:
    client = sign_in("inspector")
    ref = worlds.item(at)
    assert "Log with reasons" not in words_of(client, f"/intake/{ref}/")
    for path in ("receive/", f"{ref}/log/", f"{ref}/assess/", f"{ref}/owner/", f"{ref}/keep-out/"):
        words_of(client, f"/intake/{path}", 403)


def test_the_list_and_an_item_cost_the_same_however_many_there_are(handler: Client, at: datetime) -> None:
    counts = []
    words_of(handler, "/intake/")
    for _ in range(2):
        refs = [worlds.item(at, owner_id=user_named("tess").id) for _ in range(4)]
        for path in ("/intake/", f"/intake/{refs[0]}/"):
            with counted() as asked:
                words_of(handler, path)
            counts.append(len(asked))
    assert counts == [12, 14, 12, 14]


def test_the_words_of_an_item_are_erased_after_a_page_that_says_what_goes(
    db: None, enter: Callable[[worlds.Someone], Client], at: datetime
) -> None:
    head = enter(worlds.user(at, "Hedda Head", "head_of_professional_standards"))
    handler = enter(worlds.user(at, "Hana Handler", "complaint_handler"))
    item = worlds.item(at, words="The trombone was kept.")
    page = f"/intake/{item}/erase/"
    words_of(handler, page, 403)
    assert "Erase the words" not in words_of(handler, f"/intake/{item}/")
    assert page in words_of(head, f"/intake/{item}/")
    assert "What stays" in words_of(head, page)
    refused = post(head, page, 200, reason="Request upheld")
    assert "There is a problem" in refused
    assert "trombone" in words_of(head, f"/intake/{item}/")
    assert post(head, page, reason="Request upheld", sure="on") == f"/intake/{item}/"
    after = words_of(head, f"/intake/{item}/")
    assert "These words were erased." in after
    assert "trombone" not in after
