"""Matters as pages: recorded with any number of people and allegations, read, worked on, walled, closed."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from peelian.clocks import actions as clocks
from peelian.matters import actions, queries
from peelian.matters.rows import InvolvedDraft
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity
from peelian.walls.queries import user_named
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 10, 5)


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


@pytest.fixture
def handler(sign_in: Callable[..., Client]) -> Client:
    return sign_in("complaint_handler")


@pytest.fixture
def supervisor(sign_in: Callable[..., Client]) -> Client:
    return sign_in("supervisor")


@pytest.fixture
def matter(db: None, at: datetime) -> str:
    return worlds.open_complaint(worlds.peelian(at), CAME)


def typed(officer: str, **more: object) -> dict[str, object]:
    """A complaint by two new members of the public about a known and an unknown officer, with three allegations."""
    rows = {"officer_rows": "0,1", "complainant_rows": "0,1", "interested_rows": "", "allegation_rows": "0,1,2"}
    allegations = {
        f"allegation-{n}-{key}": value
        for n, code in enumerate(("H4", "B4", "A1"))
        for key, value in (("category", code), ("text", f"Said {n}"), ("against", ["0", "1"] if n == 0 else ["1"]))
    }
    return {
        "do": "record",
        "kind": "complaint_s3",
        "tests": ["REC-1"],
        "reasons": "They want it recorded.",
        **day("came_to_attention", CAME),
        "incident_month": "9",
        "incident_year": "2026",
        "heading": "Rude at the counter",
        "narrative": "They swore at us.",
        **rows,
        "officer-0-find": "shaw",
        "officer-0-chosen": officer,
        "officer-1-description": "the officer with the beard",
        "complainant-0-family": "Marlowe",
        "complainant-0-given": "Kit",
        "complainant-0-channel": "email",
        "complainant-0-value": "kit@example.org",
        "complainant-0-need": "Large print",
        "complainant-1-description": "a man who gave no name",
        **allegations,
        "allegation-0-factors": ["taser", "custody"],
        **day("on", date(2026, 11, 20)),
        "no_conflict": "on",
        **more,
    }


def test_a_matter_is_recorded_with_people_and_allegations(handler: Client, at: datetime) -> None:
    officer = worlds.officer(at, "Shaw", "Ada")
    page = words_of(handler, post(handler, "/matters/record/", **typed(officer)))
    for words in ("Ada Shaw", "the officer with the beard", "Not identified", "Kit Marlowe", "a man who gave no name"):
        assert words in page
    for words in ("Said 0", "Said 2", "Conducted energy device (Taser)", "September 2026 (day not known)"):
        assert words in page
    assert "What is owed" in page
    assert "CMP-03" in page
    assert "Show the working" in page


def test_a_new_complainant_can_be_reached_afterwards(handler: Client, at: datetime) -> None:
    location = post(handler, "/matters/record/", **typed(worlds.officer(at, "Shaw", "Ada")))
    page = words_of(handler, location)
    person = re.search(r'href="(/people/[^"]+/)">Kit Marlowe', page)
    assert person is not None
    page = words_of(handler, person[1])
    assert "kit@example.org" in page
    assert "Large print" in page


@pytest.mark.parametrize("pressed", ["look", "add officer", "add complainant", "add interested", "add allegation"])
def test_a_button_posts_back_and_nothing_typed_is_lost(handler: Client, at: datetime, pressed: str) -> None:
    given = typed(worlds.officer(at, "Shaw", "Ada"), do=pressed)
    page = post(handler, "/matters/record/", 200, **given)
    assert "There is a problem" not in page
    for words in ("They swore at us.", "the officer with the beard", "Marlowe", "kit@example.org", "Said 1", "taser"):
        assert words in page
    assert re.search(r'value="PP-[^"]+" checked', page)
    name = pressed.removeprefix("add ")
    if name != "look":
        before = [one for one in str(given[f"{name}_rows"]).split(",") if one]
        assert f'name="{name}_rows" value="{",".join([*before, str(len(before))])}"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"no_conflict": ""}, "I have no conflict of interest in this matter"),
        ({"officer-0-chosen": ""}, "Select which person is meant"),
        ({"officer-0-find": "zzzzzz"}, "Nobody you may see has this name"),
        ({"allegation-1-category": ""}, "Select national category"),
        ({"tests": []}, "which recording test is met"),
        ({"came_to_attention_year": "2030"}, "Handling starts on or after the day it came to attention"),
        ({"complainant-0-family": ""}, "Enter a family name"),
        ({"incident_year": "2027"}, "cannot be later than the day it came to attention"),
        ({"allegation_rows": ""}, "Add at least one allegation"),
        ({"complainant-0-value": "kit"}, "An email address holds an @"),
    ],
)
def test_an_error_is_said_and_nothing_typed_is_lost(
    handler: Client, at: datetime, wrong: dict[str, object], said: str
) -> None:
    page = post(handler, "/matters/record/", 200, **typed(worlds.officer(at, "Shaw", "Ada"), **wrong))
    assert "There is a problem" in page
    assert said in page
    assert "They swore at us." in page
    assert "Large print" in page
    assert "the officer with the beard" in page
    assert queries.matters(worlds.peelian(at)).total == 0


def test_an_item_becomes_a_matter_and_says_so(handler: Client, at: datetime) -> None:
    item = worlds.item(at)
    post(handler, f"/intake/{item}/record/", **typed(worlds.officer(at, "Shaw", "Ada"), **day("on", at.date())))
    page = words_of(handler, f"/intake/{item}/")
    assert "Recorded as a matter" in page
    assert "Rude at the counter" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("kind=complaint_s3", True),
        ("kind=dsi", False),
        ("state=open", True),
        ("words=swore", True),
        ("words=zebra", False),
        ("category=H", True),
        ("category=A1", False),
        ("source=recorded+here", True),
        ("person=PP-22222-22222", False),
        ("from_on_day=1&from_on_month=11&from_on_year=2026", False),
        ("sort=reference", True),
    ],
)
def test_the_list_is_filtered(handler: Client, matter: str, query: str, seen: bool) -> None:
    page = words_of(handler, f"/matters/?{query}")
    assert (matter in page) is seen
    assert ("Showing 1 to 1 of 1" in page) is seen
    assert ("Clear the filters" in page) is not seen


def test_an_empty_list_says_what_to_do(handler: Client) -> None:
    assert "There is no matter that you may see" in words_of(handler, "/matters/")


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_the_list_is_exported(handler: Client, matter: str, kind: str) -> None:
    answer = handler.get(f"/matters/?as={kind}")
    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert kind == "ods" or matter in answer.content.decode("utf-8-sig")


def test_what_happened_is_recorded_and_corrected(handler: Client, matter: str) -> None:
    given = {"key": "complaint_recorded", **day("on", date(2026, 11, 2)), "note": "By letter"}
    post(handler, f"/matters/{matter}/event/", **given)
    page = words_of(handler, f"/matters/{matter}/")
    assert "By letter" in page
    path = re.findall(rf'href="(/matters/{matter}/events/[^"]+)"', page)[-1]
    assert "Enter when it happened" in post(handler, path, 200, what="day", reason="Misread")
    post(handler, path, what="not", reason="It was another letter")
    page = words_of(handler, f"/matters/{matter}/")
    assert "Withdrawn: it did not happen" in page
    assert "It was another letter" in page


def test_an_event_that_cannot_be_is_refused_with_what_to_do(handler: Client, matter: str) -> None:
    given = {"key": "complaint_recorded", **day("on", date(2027, 1, 1))}
    assert "This day has not come yet" in post(handler, f"/matters/{matter}/event/", 200, **given)


def test_a_person_and_an_allegation_are_added(handler: Client, at: datetime, matter: str) -> None:
    officer = worlds.officer(at, "Shaw", "Ada")
    given = {"do": "act", "version": "1", "part": "witness", "person-find": officer}
    post(handler, f"/matters/{matter}/person/", **given)
    version = queries.matter(worlds.peelian(at), matter).version
    given = {"do": "act", "version": str(version), "allegation-category": "B4", "allegation-text": "He pushed me"}
    post(handler, f"/matters/{matter}/allegation/", **given)
    page = words_of(handler, f"/matters/{matter}/")
    assert "Ada Shaw" in page
    assert "Witness" in page
    assert "He pushed me" in page


def test_an_unknown_person_is_identified_with_the_evidence(supervisor: Client, at: datetime, matter: str) -> None:
    officer = worlds.officer(at, "Shaw", "Ada")
    version = queries.matter(worlds.peelian(at), matter).version
    path = f"/matters/{matter}/people/1/identify/"
    assert "the officer with the beard" in words_of(supervisor, path)
    given = {"do": "act", "version": str(version), "find": officer, "evidence": "Body-worn video"}
    post(supervisor, path, **given)
    page = words_of(supervisor, f"/matters/{matter}/")
    assert "First known as the officer with the beard" in page
    assert "Body-worn video" in page


def test_the_second_writer_sees_both_versions_and_chooses(handler: Client, at: datetime, matter: str) -> None:
    by = worlds.peelian(at)
    read = queries.matter(by, matter).version
    actions.change_narrative(
        by=by, matter_ref=matter, version=read, text="What they wrote first", reason="Clearer", on=by.today
    )
    given = {"do": "act", "version": str(read), "text": "What I wrote second", "reason": "Fuller"}
    page = post(handler, f"/matters/{matter}/narrative/", 200, **given)
    assert "Somebody changed this matter" in page
    assert "What they wrote first" in page
    assert "What I wrote second" in page
    newer = re.search(r'name="version" value="(\d+)"', page)
    assert newer is not None
    assert int(newer[1]) == read + 1
    post(handler, f"/matters/{matter}/narrative/", **(given | {"version": newer[1]}))
    assert "What I wrote second" in words_of(handler, f"/matters/{matter}/")


def test_a_matter_does_not_close_while_something_is_owed(handler: Client, at: datetime) -> None:
    complainant = worlds.member_of_the_public(at, "Marlowe")
    ref = worlds.open_complaint(worlds.peelian(at), CAME, complainants=[complainant])
    post(handler, f"/matters/{ref}/event/", key="outcome_decided", **day("on", date(2026, 11, 20)))
    version = str(queries.matter(worlds.peelian(at), ref).version)
    given = {"do": "act", "version": version, "reasons": "Done", **day("on", at.date())}
    assert "It cannot close yet" in words_of(handler, f"/matters/{ref}/close/")
    answer = handler.post(f"/matters/{ref}/close/", given)
    assert answer.status_code == 403
    assert "cannot close while this is owed: CMP-05" in answer.content.decode()
    told = {"key": "outcome_told", "person": complainant, **day("on", at.date())}
    post(handler, f"/matters/{ref}/event/", **told)
    post(handler, f"/matters/{ref}/close/", **given)
    assert "Close the matter" not in words_of(handler, f"/matters/{ref}/")


def test_somebody_with_a_place_signs_before_they_read(sign_in: Callable[..., Client], at: datetime) -> None:
    client = sign_in("investigator")
    ref = worlds.open_complaint(worlds.peelian(at), CAME, narrative="The secret narrative")
    words_of(client, f"/matters/{ref}/", 404)
    me = user_named("tess")
    actions.allocate(
        by=worlds.peelian(at), matter_ref=ref, user_ref=me.ref, capacity=Capacity.INVESTIGATOR, on=at.date()
    )
    assert client.get(f"/matters/{ref}/").headers["Location"] == f"/matters/{ref}/sign/"
    page = words_of(client, f"/matters/{ref}/sign/")
    assert "the officer with the beard" in page
    assert "secret" not in page
    assert "swore" not in page
    refused = client.get(f"/matters/{ref}/letters/")
    assert refused.status_code == 403
    assert f'href="/matters/{ref}/sign/"' in refused.content.decode(), "a page that is closed until then leads there"
    post(client, f"/matters/{ref}/sign/", conflict="no")
    assert "The secret narrative" in words_of(client, f"/matters/{ref}/")


def test_a_conflict_closes_a_matter_for_good(handler: Client, matter: str) -> None:
    assert post(handler, f"/matters/{matter}/conflict/", reason="My brother") == "/matters/"
    words_of(handler, f"/matters/{matter}/", 404)
    assert matter not in words_of(handler, "/matters/")


def test_a_place_is_given_and_ended(supervisor: Client, at: datetime, matter: str) -> None:
    other = worlds.user(at, "Grace Hopper", "investigator")
    given = {"user": other.user_ref, "capacity": "investigator", **day("on", at.date())}
    post(supervisor, f"/matters/{matter}/place/", **given)
    page = words_of(supervisor, f"/matters/{matter}/")
    assert "Grace Hopper" in page
    assert "Has yet to sign" in page
    path = f"/matters/{matter}/places/{other.user_ref}/investigator/end/"
    post(supervisor, path, reason="Moved on", **day("on", at.date()))
    words_of(supervisor, path, 404)


def test_a_matter_is_made_sensitive_and_opened_again(supervisor: Client, at: datetime, matter: str) -> None:
    version = queries.matter(worlds.peelian(at), matter).version
    post(supervisor, f"/matters/{matter}/sensitive/", do="act", version=str(version), reason="A colleague")
    assert "Open only to those with a place on it" in words_of(supervisor, f"/matters/{matter}/")
    version = queries.matter(worlds.peelian(at), matter).version
    post(supervisor, f"/matters/{matter}/open-again/", do="act", version=str(version), reason="Known now")
    assert "Open only to those" not in words_of(supervisor, f"/matters/{matter}/")


def test_the_glass_is_broken_with_a_reason_and_tells_nothing_otherwise(
    sign_in: Callable[..., Client], at: datetime
) -> None:
    client = sign_in("chief_officer")
    ref = worlds.open_complaint(worlds.peelian(at), CAME, sensitive_reason="A colleague")
    words_of(client, f"/matters/{ref}/", 404)
    assert "There is a problem" in post(client, "/matters/break-glass/", 200, ref=ref)
    assert client.post("/matters/break-glass/", {"ref": "PM-22222-22222", "reason": "Threat"}).status_code == 404
    assert post(client, "/matters/break-glass/", ref=ref, reason="Threat to life") == f"/matters/{ref}/"
    assert "the officer with the beard" in words_of(client, f"/matters/{ref}/")


def test_a_history_without_exact_dates_keeps_them_so(handler: Client, at: datetime) -> None:
    recording = worlds.complaint(KnownDate.of(2021))
    ref = clocks.open_matter(by=worlds.peelian(at), recording=recording, on=at.date())
    assert "2021 (day and month not known)" in words_of(handler, f"/matters/{ref}/")


def test_an_inspector_reads_and_changes_nothing(sign_in: Callable[..., Client], matter: str) -> None:
    client = sign_in("inspector")
    page = words_of(client, f"/matters/{matter}/")
    assert "Record what happened" not in page
    assert "Change the narrative" not in page
    assert "Give a place" not in page
    for path in ("event", "person", "allegation", "narrative", "close", "place", "sensitive", "agree"):
        words_of(client, f"/matters/{matter}/{path}/", 403)
    words_of(client, "/matters/record/", 403)


def test_the_cost_of_a_page_does_not_grow_with_what_it_shows(handler: Client, at: datetime) -> None:
    counts: dict[str, list[int]] = {"list": [], "matter": []}
    words_of(handler, "/matters/")
    for size in (1, 6):
        drafts = [InvolvedDraft(worlds.officer(at, f"Shaw{n}", "Ada")) for n in range(size)]
        refs = [worlds.open_complaint(worlds.peelian(at), CAME, officers=drafts) for _ in range(size)]
        for key, path in (("list", "/matters/"), ("matter", f"/matters/{refs[0]}/")):
            with counted() as asked:
                words_of(handler, path)
            counts[key].append(len(asked))
    assert counts == {"list": [25, 25], "matter": [41, 41]}


def test_the_words_of_a_matter_are_erased_after_a_page_that_says_what_goes(
    db: None, enter: Callable[[worlds.Someone], Client], at: datetime, handler: Client, matter: str
) -> None:
    head = enter(worlds.user(at, "Hedda Head", "head_of_professional_standards"))
    page = f"/matters/{matter}/erase/"
    words_of(handler, page, 403)
    assert "Erase the words" not in words_of(handler, f"/matters/{matter}/")
    assert page in words_of(head, f"/matters/{matter}/")
    said = words_of(head, page)
    assert "What goes, for good" in said
    assert "Backups hold the words until they expire" in said
    given = {"do": "act", "version": "1", "reason": "Request upheld"}
    assert "There is a problem" in post(head, page, 200, **given)
    assert post(head, page, **given, sure="on") == f"/matters/{matter}/"
    after = words_of(head, f"/matters/{matter}/")
    assert "The words of this matter were erased." in after
    assert "swore" not in after
    assert "the officer with the beard" in after
    assert "Somebody changed this matter" in post(head, page, 200, **given, sure="on")


def test_of_a_long_history_the_last_events_stand_open_and_the_earlier_ones_folded(
    at: datetime, handler: Client, matter: str
) -> None:
    for number in range(30):
        on = KnownDate(CAME + timedelta(days=number))
        clocks.record_event(by=worlds.peelian(at), matter_ref=matter, key="complainant_contacted", on=on)
    words = words_of(handler, f"/matters/{matter}/")
    happened = words[words.index("What happened") :]
    folded, standing = happened.split("</details>")
    total = happened.count("peelian-timeline__item")
    assert f"The {total - 25} earlier events, 5 October 2026 to" in folded
    assert (folded.count("peelian-timeline__item"), standing.count("peelian-timeline__item")) == (total - 25, 25)
