"""Somebody's view of their own matter: how it opens, what it holds, what it leaves behind, and what it never shows."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from peelian.clocks import actions as clocks
from peelian.contact import actions as contact
from peelian.contact import queries
from peelian.contact.models import ViewKey
from peelian.contact.rows import NewKey, PlanDraft
from peelian.intake import queries as intake
from peelian.journal import queries as journal
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.matters.rows import InvolvedDraft
from peelian.publish import actions as letters
from peelian.publish import queries as written
from peelian.rules.contact import SafeWay
from peelian.terms.contact import RightState, Stance, Topic
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Part
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.web.own import views
from tests import stepping, worlds
from tests.rooms.contact.conftest import CAME, Touch, make_touch, touch
from tests.stepping import TO_OUTCOME

__all__ = ["make_touch", "touch"]
ENTRY, PAGE, TELL, LEAVE = "/your-matter/", "/your-matter/page/", "/your-matter/tell/", "/your-matter/leave/"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """No law or letters of a force's own."""
    settings.PEELIAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def moment_of(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Callable[[datetime], None]:
    """The clock of these pages, which a test moves; it begins at the moment of the tests."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(views, "now", lambda: to)

    move(at)
    return move


@pytest.fixture
def key(touch: Touch, moment_of: Callable[[datetime], None]) -> NewKey:
    return contact.give_key(**touch.of(), reasons="She asked.")


def opened(key: NewKey, **given: str) -> Client:
    client = Client()
    client.post(ENTRY, {"reference": key.reference, "code": key.code, **given})
    return client


def page(client: Client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def test_the_view_opens_with_the_reference_and_the_code_in_any_spelling(key: NewKey) -> None:
    bare = {"reference": key.reference.replace("-", " ").lower(), "code": key.code.replace("-", "").lower()}
    assert "Your complaint" in page(opened(key, **bare))
    assert "He swore at me at the counter." in page(opened(key))


def test_whatever_is_wrong_is_answered_alike(key: NewKey, touch: Touch) -> None:
    contact.end_key(**touch.of(), reasons="She moved.")
    tries = [
        {"reference": "PV-22222-22222", "code": key.code},
        {"reference": key.reference, "code": "22222-22222"},
        {"reference": key.reference, "code": key.code},  # right, but ended
        {"reference": "", "code": ""},
        {"reference": "\x00", "code": "x" * 59},
        {"reference": "x" * 99, "code": "y" * 99},
    ]
    answers = {(one.status_code, one.content) for one in (Client().post(ENTRY, given) for given in tries)}
    assert len(answers) == 1
    assert b"is not right" in answers.pop()[1]


def test_the_fifth_wrong_code_locks_the_key_until_another_is_given(key: NewKey, touch: Touch) -> None:
    for _ in range(4):
        Client().post(ENTRY, {"reference": key.reference, "code": "22222-22222"})
    assert opened(key).get(PAGE).status_code == 200  # four, then the right one: the count begins again
    for _ in range(5):
        Client().post(ENTRY, {"reference": key.reference, "code": "22222-22222"})
    assert opened(key).get(PAGE).status_code == 302
    assert touch.whole().keys[0].is_locked
    assert opened(contact.give_key(**touch.of(), reasons="Locked.")).get(PAGE).status_code == 200


def test_the_code_is_kept_as_an_argon2_hash_and_nowhere_else(key: NewKey, touch: Touch) -> None:
    held = ViewKey.objects.get(reference=key.reference)
    assert held.code_hash.startswith("argon2$argon2id$")
    assert key.code not in repr(held.__dict__)
    auditor = worlds.user(touch.at, "Audrey Ames", "auditor").viewer
    assert key.code not in repr(journal.entries_about(auditor, touch.matter))


def test_each_reading_is_in_the_journal_as_a_look_by_that_person_and_each_failure_as_a_refusal(
    key: NewKey, touch: Touch
) -> None:
    client = opened(key)
    page(client)
    page(client)
    opened(key, code="22222-22222")
    auditor = worlds.user(touch.at, "Audrey Ames", "auditor").viewer
    looks = [row for row in journal.entries_about(auditor, touch.matter).rows if "own matter" in row.summary]
    assert [row.actor for row in looks if row.act == "consulted"] == [f"person:{touch.complainant}"] * 2
    refused = journal.entries_about(auditor, "own-view").rows
    assert [row.act for row in refused] == ["refused"]


def test_a_session_ends_when_the_key_does_when_it_is_left_and_when_it_is_idle(
    key: NewKey, touch: Touch, moment_of: Callable[[datetime], None]
) -> None:
    left, idle, ended = opened(key), opened(key), opened(key)
    assert left.get(LEAVE).headers["Location"] == "/bank-holidays/"
    assert left.get(PAGE).headers["Location"] == ENTRY
    contact.end_key(**touch.of(), reasons="She moved.")
    assert ended.get(PAGE).headers["Location"] == ENTRY
    again = opened(contact.give_key(**touch.of(), reasons="Another."))
    moment_of(touch.at + timedelta(minutes=31))
    assert again.get(PAGE).headers["Location"] == ENTRY
    assert idle.get(PAGE).headers["Location"] == ENTRY


def test_nothing_is_left_behind_and_no_title_or_address_says_what_it_is(key: NewKey) -> None:
    client = Client()
    assert client.get(ENTRY).cookies.keys() == set()
    answer = client.post(ENTRY, {"reference": key.reference, "code": key.code})
    assert list(answer.cookies) == ["sessionid"]
    assert answer.cookies["sessionid"]["max-age"] == ""
    assert answer.cookies["sessionid"]["expires"] == ""
    for address in (ENTRY, PAGE, TELL, "/bank-holidays/"):
        response = Client().get(address) if address == ENTRY else client.get(address)
        assert response.headers["Cache-Control"] == "no-store", address
        assert response.headers["Referrer-Policy"] == "no-referrer", address
        body = response.content.decode()
        title = re.search(r"<title>(.*?)</title>", body)
        assert title is not None
        assert not re.search(r"police|complain|peelian|matter", title[1], re.IGNORECASE), address
        assert "<script" not in body
        assert "http" not in re.sub(r'xmlns="[^"]*"', "", body)
        assert list(response.cookies) in ([], ["sessionid"])
        if address != "/bank-holidays/":
            assert body.index(LEAVE) < body.index("<main")


def test_staff_of_the_same_browser_stay_signed_in_when_the_view_is_left(
    key: NewKey, touch: Touch, enter: Callable[..., Client]
) -> None:
    client = enter(touch.other)
    client.post(ENTRY, {"reference": key.reference, "code": key.code})
    client.get(LEAVE)
    assert client.get("/account/").status_code == 200
    assert client.get(PAGE).headers["Location"] == ENTRY


def test_it_shows_what_happened_for_them_and_what_comes_next_with_its_provision(key: NewKey, touch: Touch) -> None:
    event = {"by": touch.by, "matter_ref": touch.matter, "person_key": touch.complainant}
    clocks.record_event(key="update_given", on=KnownDate(touch.today), note="A secret note.", **event)
    shown = page(opened(key))
    assert "You were told how it is going." in shown
    assert "By 21 December 2026" in shown  # four weeks after 23 November: SI 2020/2 reg 34(2)(a)(ii)
    assert "By law: SI 2020/2 reg 34(2)(a)(ii)" in shown
    assert "Our aim" in shown  # guidance: first contact
    assert "A secret note." not in shown
    assert "Shaw" not in shown
    assert "Wendy" not in shown


def test_an_event_without_a_row_of_its_own_is_not_shown(key: NewKey, touch: Touch) -> None:
    event = {"by": touch.by, "matter_ref": touch.matter, "on": KnownDate(touch.today)}
    before = page(opened(key))
    clocks.record_event(key="local_investigation_started", **event)
    assert page(opened(key)).count("peelian-timeline__item") == before.count("peelian-timeline__item")


def test_the_outcome_is_shown_once_its_letter_was_served_and_never_before(key: NewKey, touch: Touch) -> None:
    stepping.take(touch.at, touch.matter, TO_OUTCOME, officer=touch.officer, complainant=touch.complainant)
    given: dict[str, Any] = {"by": touch.by, "matter_ref": touch.matter, "on": touch.today}
    given["letter_ref"] = letters.draft(**given, template="outcome-complainant", person_key=touch.complainant)
    words = {
        "looked_at": "The video.",
        "decided": "The service was not acceptable.",
        "why": "He swore.",
        "action": "Sorry.",
    }
    paragraphs = {**words, "review_body": "the local policing body"}
    letters.write(**given, version=1, paragraphs=paragraphs)
    sha256 = letters.submit(**given, version=2)
    assert "not acceptable" not in page(opened(key))
    letters.approve(**{**given, "by": touch.other.viewer}, version=3, text_sha256=sha256)
    assert "not acceptable" not in page(opened(key))
    serve = {key: given[key] for key in ("by", "matter_ref", "letter_ref")}
    letters.serve(**serve, version=4, way="letter_in_person", sent_on=touch.today)
    shown = page(opened(key))
    assert "The service was not acceptable." in shown
    assert "by the local policing body, until <strong>21 December 2026</strong>" in shown  # 28 days, from the day after


def test_rights_advisers_and_ways_are_shown_without_any_address(key: NewKey, touch: Touch) -> None:
    touch.mark(RightState.DOES_NOT_APPLY, "VC-08", reasons="No trial.")
    touch.mark(RightState.OFFERED, "VC-04")
    touch.agree(ways=(SafeWay("email", "carla@example.org"),), every_days=14)
    shown = page(opened(key))
    assert "Victims’ Code" in shown
    assert "the trial process" not in shown
    assert "We are in touch every 14 days" in shown
    assert "Email, at any time" in shown
    assert "carla@example.org" not in shown
    assert "Independent sexual violence adviser" in shown


def test_a_message_comes_in_word_for_word_and_is_kept_from_the_officer(key: NewKey, touch: Touch) -> None:
    client = opened(key)
    token = re.search(r'name="token" value="([^"]+)"', client.get(TELL).content.decode())
    assert token is not None
    words = "  He rang me.\n\n<b>Twice</b>.  "
    answer = client.post(TELL, {"token": token[1], "about": "something", "words": words}, follow=True)
    assert "We have your message" in answer.content.decode()
    assert "<b>" not in answer.content.decode()
    message = touch.whole().messages[0]
    item = intake.item(touch.by, message.item_ref)
    assert item.words.replace("\r\n", "\n") == words
    assert (item.about_key, item.row.owner.name if item.row.owner else "") == (touch.matter, "Wendy Worker")
    assert not message.is_unsafe
    robin = worlds.user(touch.at, "Robin Shaw", "supervisor", person_ref=touch.officer).viewer
    with pytest.raises(NotFound):
        intake.item(robin, message.item_ref)


def test_a_message_without_words_or_from_another_page_is_not_taken(key: NewKey, touch: Touch) -> None:
    client = opened(key)
    token = re.search(r'name="token" value="([^"]+)"', client.get(TELL).content.decode())
    assert token is not None
    assert b"There is a problem" in client.post(TELL, {"token": token[1], "about": "something", "words": " "}).content
    answer = client.post(TELL, {"token": "another", "about": "something", "words": "Sent by another site."})
    assert b"open for too long" in answer.content
    assert touch.whole().messages == ()


def test_nothing_leaves_once_they_say_that_a_way_is_not_safe(key: NewKey, touch: Touch) -> None:
    touch.agree()
    client = opened(key)
    token = re.search(r'name="token" value="([^"]+)"', client.get(f"{TELL}?about=unsafe").content.decode())
    assert token is not None
    client.post(TELL, {"token": token[1], "about": "unsafe", "words": "He has my phone."})
    assert "We use none until" in page(client)
    given: dict[str, Any] = {"by": touch.by, "matter_ref": touch.matter, "on": touch.today}
    given["letter_ref"] = letters.draft(**given, template="update-complainant", person_key=touch.complainant)
    letters.write(**given, version=1, paragraphs={"done": "Much.", "next": "More.", "end": ""})
    sha256 = letters.submit(**given, version=2)
    approve = {**given, "by": touch.other.viewer, "version": 3, "text_sha256": sha256}
    with pytest.raises(NotAllowed, match="not safe any more"):
        letters.approve(**approve)
    draft = PlanDraft(True, (SafeWay("post"),), "Carla, in person", "She has another phone.")
    later = worlds.later(touch.worker, touch.at + timedelta(minutes=5))
    contact.agree_plan(**{**touch.of(), "by": later}, draft=draft, replaces=1)
    assert letters.approve(**approve)


def test_the_view_and_its_preview_are_one(key: NewKey, touch: Touch) -> None:
    theirs = written.own_view(worlds.peelian(touch.at), touch.matter, touch.complainant)
    assert written.own_view(touch.by, touch.matter, touch.complainant) == theirs


def test_nobody_who_is_concerned_or_a_witness_has_a_view(touch: Touch, moment_of: Callable[[datetime], None]) -> None:
    with pytest.raises(NotFound):
        written.own_view(touch.by, touch.matter, touch.officer)
    witness = worlds.member_of_the_public(touch.at, "Hazel", "Walt")
    assert queries.everybody(touch.by, touch.matter)
    with pytest.raises(NotFound):
        written.own_view(touch.by, touch.matter, witness)


def test_two_worlds_the_view_is_the_same_to_the_byte_whatever_else_is_on_record(
    make_touch: Callable[..., Touch], moment_of: Callable[[datetime], None]
) -> None:
    """Another complainant on the same matter, a hidden matter of hers, events and letters for others: none shows."""
    touch = make_touch()
    key = contact.give_key(**touch.of(), reasons="She asked.")
    client = opened(key)
    before = client.get(PAGE)
    other = worlds.member_of_the_public(touch.at, "Quixby", "Zebedee")
    matters.add_person(
        by=touch.by,
        matter_ref=touch.matter,
        version=parts(touch.by, touch.matter).version,
        part=Part.COMPLAINANT,
        involved=InvolvedDraft(person_ref=other),
        on=touch.today,
    )
    about_other = {"by": touch.by, "matter_ref": touch.matter, "person_key": other, "on": KnownDate(touch.today)}
    clocks.record_event(key="update_given", note="The wyvern.", **about_other)
    said = {**touch.of(other), "how": "post", "words": "The grimoire.", "reasons": "None."}
    contact.record_said(topic=Topic.WITHDRAW, stance=Stance.YES, **said)
    contact.mark_rights(**touch.of(other), rights=["VC-01"], state=RightState.OFFERED, reasons="The wyvern.")
    contact.offer_adviser(**touch.of(other), adviser="idva", consented=True, words="The wyvern.")
    contact.give_key(**touch.of(other), reasons="He asked.")
    hidden = {"complainants": [touch.complainant, other], "sensitive_reason": "A source.", "heading": "The wyvern"}
    worlds.open_complaint(worlds.peelian(touch.at), CAME, officers=[touch.officer], **hidden)
    after = client.get(PAGE)
    assert after.content == before.content
    assert after.headers == before.headers
    assert "wyvern" not in after.content.decode()
