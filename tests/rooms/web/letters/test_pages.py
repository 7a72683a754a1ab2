"""Letters as pages: begun, written, submitted, approved by another, issued, served; and what each refuses."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.clocks import actions as clocks
from peelian.people import actions as people
from peelian.publish import actions, queries
from peelian.publish.states import LetterState
from peelian.publish.templates import templates
from peelian.statute import STAGES, stage_words
from peelian.terms.matters import MatterKind
from peelian.web.letters.forms import HELD_BACK, WriteForm
from tests import worlds
from tests.worlds import Someone

CAME = date(2026, 11, 2)


@pytest.fixture
def writer(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Wendy Writer", "complaint_handler")


@pytest.fixture
def approver(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Anna Approver", "supervisor")


@pytest.fixture
def complainant(db: None, at: datetime) -> str:
    return worlds.member_of_the_public(at, "Willow", "Carla")


@pytest.fixture
def matter(writer: Someone, complainant: str) -> str:
    return worlds.open_complaint(
        writer.viewer,
        CAME,
        complainants=[complainant],
        handler_ref=writer.user_ref,
        allegations=(worlds.allegation("He touched me.", category="J1", against=(0,)),),
    )


def drafted(matter: str, writer: Someone, complainant: str, *, submitted: bool = False) -> str:
    viewer = writer.viewer
    given = {"matter_ref": matter, "by": viewer, "on": viewer.today}
    ref = actions.draft(**given, template="update-complainant", person_key=complainant)
    given["letter_ref"] = ref
    actions.write(**given, version=1, paragraphs={"done": "We asked around.", "next": "We ask more.", "end": "Soon."})
    if submitted:
        actions.submit(**given, version=2)
    return ref


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


TODAY = {"sent_on_day": "23", "sent_on_month": "11", "sent_on_year": "2026"}


def test_a_letter_goes_from_what_is_owed_to_its_service(
    matter: str, writer: Someone, approver: Someone, complainant: str, enter: Callable[[Someone], Client]
) -> None:
    writes, approves = enter(writer), enter(approver)
    assert f"/matters/{matter}/letters/" in read(writes, f"/matters/{matter}/")
    owed = read(writes, f"/matters/{matter}/letters/")
    assert "Letters that are owed" in owed
    assert "First progress update" in owed
    begin = f"/matters/{matter}/letters/new/update-complainant/"
    assert begin in read(writes, f"/matters/{matter}/letters/new/")
    write = post(writes, begin, person=complainant)
    letter = write.removesuffix("write/")
    assert "What has been done since the last update?" in read(writes, write)
    post(writes, write, version="1", p_done="We spoke to two people.", p_next="We write again.")
    shown = read(writes, letter)
    assert "We spoke to two people." in shown
    assert "Submit for approval" in shown
    read(writes, f"{letter}submit/")
    assert post(writes, f"{letter}submit/", version="2") == letter
    assert "Somebody else approves it." in read(writes, letter)
    assert letter in read(approves, "/letters/")
    page = read(approves, f"{letter}approve/")
    sha256 = re.search(r'name="text_sha256" value="(\w{64})"', page)
    assert sha256
    post(approves, f"{letter}approve/", version="3", text_sha256=sha256[1])
    issued = read(writes, f"{letter}issued/")
    assert "To: Carla Willow" in issued
    assert "<h2" in issued
    pdf = writes.get(f"{letter}letter.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert writes.get(f"{letter}letter.docx").content[:2] == b"PK"
    serve = read(writes, f"{letter}serve/")
    assert "This takes the step “Progress update”" in serve
    post(writes, f"{letter}serve/", version="4", way="letter_in_person", note="", **TODAY)
    assert "Counts as served on" in read(writes, letter)
    assert "Progress update given" in read(writes, f"/matters/{matter}/")
    assert "No letter waits for you" in read(writes, "/letters/")
    casework = read(writes, f"/matters/{matter}/casework/")
    assert f'<a class="govuk-link" href="{letter}">' in casework
    assert "by whose service it was taken" in casework


def test_a_letter_that_names_somebody_protected_says_where_and_is_not_submitted(
    matter: str, writer: Someone, enter: Callable[[Someone], Client]
) -> None:
    viewer = writer.viewer
    people_on_it = queries.protected(viewer, matter)
    officer = next(one.key for one in people_on_it if one.part == "officer_concerned")
    ref = actions.draft(
        by=viewer, matter_ref=matter, template="record-copy-officer", person_key=officer, on=viewer.today
    )
    client = enter(writer)
    here = f"/matters/{matter}/letters/{ref}/"
    post(client, f"{here}write/", version="1", p_withheld="The words of Carla Willow are left out.")
    shown = read(client, here)
    assert "It gives away somebody who may not be named" in shown
    assert "PB-1" in shown
    assert f"{here}submit/" not in shown
    refused = post(client, f"{here}submit/", 403, version="2")
    assert "Sexual Offences (Amendment) Act 1992 s1" in refused


def test_the_second_writer_sees_both_and_chooses(
    matter: str, writer: Someone, complainant: str, enter: Callable[[Someone], Client]
) -> None:
    ref = drafted(matter, writer, complainant)
    path = f"/matters/{matter}/letters/{ref}/write/"
    client = enter(writer)
    shown = post(client, path, 200, version="1", p_done="Mine.", p_next="Then.", p_end="")
    assert "Somebody changed this letter" in shown
    assert "We asked around." in shown
    assert "Mine.</textarea>" in shown
    assert 'name="version" value="2"' in shown
    post(client, path, version="2", p_done="Mine.", p_next="Then.", p_end="")
    assert queries.letter(writer.viewer, matter, ref).written["done"] == "Mine."


def test_the_writer_is_offered_no_approval_and_is_refused_it(
    matter: str, writer: Someone, complainant: str, enter: Callable[[Someone], Client], at: datetime
) -> None:
    both = worlds.user(at, "Beth Both", "supervisor")
    ref = drafted(matter, both, complainant, submitted=True)
    client, here = enter(both), f"/matters/{matter}/letters/{ref}/"
    assert f"{here}approve/" not in read(client, here)
    sha256 = queries.letter(both.viewer, matter, ref).text_sha256
    assert "You wrote this letter" in post(client, f"{here}approve/", 403, version="3", text_sha256=sha256)


def test_a_letter_is_sent_back_taken_back_and_given_up_with_reasons(
    matter: str, writer: Someone, approver: Someone, complainant: str, enter: Callable[[Someone], Client]
) -> None:
    ref = drafted(matter, writer, complainant, submitted=True)
    writes, approves, here = enter(writer), enter(approver), f"/matters/{matter}/letters/{ref}/"
    assert "what must change" in post(approves, f"{here}send-back/", 200, version="3", reasons="").lower()
    post(approves, f"{here}send-back/", version="3", reasons="Say when it ends.")
    assert "Say when it ends." in read(writes, here)
    post(writes, f"{here}submit/", version="4")
    post(writes, f"{here}take-back/", version="5", reasons="A slip.")
    post(writes, f"{here}abandon/", version="6", reasons="Told by telephone.")
    assert queries.letter(writer.viewer, matter, ref).line.state is LetterState.ABANDONED


def test_a_way_that_was_refused_is_shown_and_refused(
    matter: str,
    writer: Someone,
    approver: Someone,
    complainant: str,
    enter: Callable[[Someone], Client],
    at: datetime,
) -> None:
    people.add_contact(
        by=worlds.peelian(at),
        person_ref=complainant,
        channel="email",
        value="",
        refused=True,
        safety="He reads her email",
        on=CAME,
    )
    ref = drafted(matter, writer, complainant, submitted=True)
    client, here = enter(writer), f"/matters/{matter}/letters/{ref}/"
    assert "Do not use email" in read(client, here)
    actions.approve(
        by=approver.viewer,
        matter_ref=matter,
        letter_ref=ref,
        version=3,
        text_sha256=queries.letter(writer.viewer, matter, ref).text_sha256,
        on=writer.viewer.today,
    )
    assert "He reads her email" in read(client, f"{here}serve/")
    given = {"version": "4", "way": "letter_email", "address": "c@example.org", "note": "", **TODAY}
    assert "He reads her email" in post(client, f"{here}serve/", 403, **given)


def test_somebody_is_marked_and_the_mark_is_lifted(
    matter: str, writer: Someone, approver: Someone, complainant: str, enter: Callable[[Someone], Client]
) -> None:
    writes, approves, here = enter(writer), enter(approver), f"/matters/{matter}/protected/"
    assert "PB-1" in read(writes, here)
    read(writes, f"{here}mark/")
    post(writes, f"{here}mark/", person=complainant, ground="at risk", reason="Her address is secret")
    assert "Her address is secret" in read(writes, here)
    read(writes, f"{here}lift/", 403)
    post(approves, f"{here}lift/", person=complainant, reason="She asked for it")
    assert "Her address is secret" not in read(writes, here)


def test_an_empty_matter_and_an_unknown_letter_say_so(
    matter: str, writer: Someone, enter: Callable[[Someone], Client]
) -> None:
    client = enter(writer)
    assert "No letter yet" in read(client, f"/matters/{matter}/letters/")
    read(client, f"/matters/{matter}/letters/PN-22222-22222/", 404)
    read(client, f"/matters/{matter}/letters/new/nothing/", 404)


def test_what_is_owed_is_offered_first_and_the_rest_is_folded_by_stage(
    matter: str, writer: Someone, enter: Callable[[Someone], Client]
) -> None:
    page = read(enter(writer), f"/matters/{matter}/letters/new/")
    owed, _, others = page.partition("Other letters that fit, by stage")
    assert "letters/new/update-complainant/" in owed
    assert "First progress update" in owed
    assert "letters/new/interview-invitation/" not in owed
    folded = re.findall(r"<details[^>]*> ?<summary[^>]*><span[^>]*>([^:<]+): \d+ letters?</span>", others)
    stages = [words for words in map(stage_words, STAGES) if words in folded]
    assert folded == stages
    assert "Investigation" in folded
    assert "update-complainant/" not in others
    assert others.count("letters/new/") == len({*re.findall(r"letters/new/([\w-]+)/", others)})


def test_where_no_clock_waits_for_a_letter_the_page_says_so(
    at: datetime, writer: Someone, enter: Callable[[Someone], Client]
) -> None:
    told = worlds.complaint(CAME, kind=MatterKind.CONDUCT_MATTER, officers=[worlds.officer(at, "Quill")])
    quiet = clocks.open_matter(
        by=writer.viewer,
        recording=replace(told, complainants=(), handler_ref=writer.user_ref),
        handling_started_on=None,
        on=CAME,
    )
    page = read(enter(writer), f"/matters/{quiet}/letters/new/")
    assert "No clock on this matter waits for a letter." in page
    assert "Other letters that fit, by stage" in page


def test_the_pages_of_letters_cost_a_fixed_number_of_statements(
    matter: str, writer: Someone, complainant: str, enter: Callable[[Someone], Client]
) -> None:
    client = enter(writer)
    costs = []
    for _ in range(2):
        ref = drafted(matter, writer, complainant)
        drafted(matter, writer, complainant)
        paths = ("/letters/", f"/matters/{matter}/letters/", f"/matters/{matter}/letters/{ref}/")
        for path in paths:
            client.get(path)
        counted = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            counted.append(len(captured))
        costs.append(counted)
    assert costs[0] == costs[1]
    assert costs[0][0] <= 24
    assert costs[0][2] <= 69


def test_a_letter_that_fits_nobody_says_why_and_what_to_write_instead(
    matter: str, writer: Someone, enter: Callable[[Someone], Client]
) -> None:
    client = enter(writer)
    page = read(client, f"/matters/{matter}/letters/new/update-interested/")
    assert "This letter cannot be written on this matter" in page
    assert "you see nobody with that part here" in page
    assert "Add a person with that part" in page
    assert "Choose among the letters that fit" in page
    read(client, f"/matters/{matter}/letters/new/no-such-letter/", status=404)


def test_what_the_chair_holds_back_is_not_asked_of_the_writer() -> None:
    paragraphs = templates()["hearing-notice-public"].paragraphs
    form = WriteForm(None, paragraphs=paragraphs, written={}, withheld={"content"})
    assert form.fields["p_subject"].help_text == HELD_BACK
    assert form["p_subject"].field.clean("") == ""
    assert form.fields["p_place"].help_text != HELD_BACK
