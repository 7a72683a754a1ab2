"""Proceedings as pages: opened, a panel named, an officer told, a reply and directions; refusals on the page."""

from collections.abc import Callable

import pytest
from django.test import Client

from peelian.proceedings import queries
from tests import panels, worlds
from tests.rooms.proceedings.conftest import Case
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[worlds.Someone], Client]


@pytest.fixture
def decides(case: Case, enter: Enter) -> Client:
    return enter(case.names["appropriate_authority"])


@pytest.fixture
def records(case: Case, enter: Enter) -> Client:
    return enter(case.names["complaint_handler"])


@pytest.fixture
def sits(case: Case, enter: Enter) -> Client:
    return enter(case.names["chief_officer"])


def test_the_casework_leads_to_proceedings_which_are_opened_and_filled(case: Case, decides: Client) -> None:
    here, today = f"/matters/{case.matter}/proceedings/", case.decides.today
    assert here in words_of(decides, f"/matters/{case.matter}/casework/")
    assert "A decision leads to proceedings" in words_of(decides, here)
    assert post(decides, f"{here}new/", who=f"hearing/{case.officer}", **day("on", today)).startswith(here)
    (line,) = queries.of_matter(case.decides, case.matter)
    page = words_of(decides, f"{here}{line.ref}/")
    assert "cannot be told who sits" in page
    assert "SI 2024/521 reg 3" in page
    assert "There is nothing to open" in words_of(decides, f"{here}new/")
    adviser = {"seat": "hearing-adviser/legally_qualified_adviser", "known_by": "A letter.", "do": "act"}
    act = f"{here}{line.ref}/member/"
    assert "Give one of these" in post(decides, act, 200, **adviser, **day("on", today))
    assert post(decides, act, **adviser, name="Corin Vale", **day("on", today)) == f"{here}{line.ref}/"
    assert "Corin Vale" in words_of(decides, f"{here}{line.ref}/")


def test_a_refusal_stands_on_the_page_with_its_law_and_what_was_typed_stays(case: Case, decides: Client) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    who = panels.servant(case.at, "Petra Lunn", rank="Inspector")
    act = f"/matters/{case.matter}/proceedings/{ref}/member/"
    given = {"seat": "hearing-chair/chief_officer", "find": who, "known_by": "A letter.", "do": "act"}
    page = post(decides, act, 200, **given, **day("on", case.decides.today))
    assert "the rank of inspector is not enough" in page
    assert "Rests on: SI 2020/4 reg 55; SI 2024/521 reg 3" in page
    assert "A letter." in page


def test_the_step_says_why_the_panel_cannot_sit_and_leads_to_it(case: Case, records: Client, sits: Client) -> None:
    case.take("papers=supplied")
    told = f"/matters/{case.matter}/decide/panel_named/?person={case.officer}"
    page = words_of(records, told)
    assert "No panel is recorded" in page
    assert f"/matters/{case.matter}/proceedings/" in page
    case.whole()
    answer = {"option": "told", "reasons": "By letter.", "replaces": "", "do": "act", **day("on", case.records.today)}
    assert post(records, told, **answer) == f"/matters/{case.matter}/casework/"
    reply = f"/matters/{case.matter}/decide/officer_reply/?person={case.officer}"
    assert "recorded on the page of the proceedings" in words_of(records, reply)


def test_a_reply_is_recorded_allegation_by_allegation_and_directions_field_by_field(
    case: Case, records: Client, sits: Client
) -> None:
    ref = case.whole()
    case.take("papers=supplied", "panel_named=told", "proceedings_day=hearing")
    here, today = f"/matters/{case.matter}/proceedings/{ref}/", case.sits.today
    reply = {"pleaded-1": "denied", "words-1": "I was not there.", "do": "act", **day("on", today)}
    assert post(records, f"{here}reply/", **reply) == here
    said = {f"{key}": "yes" for key in ("date", "place", "content")}
    answer = {**said, "name": "no", "do": "act", **day("on", today)}
    assert "why the chair withholds" in post(sits, f"{here}directions/", 200, **answer)
    assert post(sits, f"{here}directions/", **answer, name_reason="To protect her.") == here
    page = words_of(sits, here)
    for words in ("Denied", "I was not there.", "Withheld: To protect her.", "Eligible and whole"):
        assert words in page
    assert records.get(f"{here}directions/").status_code == 404


def test_the_statements_of_the_pages_do_not_depend_on_what_they_hold(case: Case, decides: Client) -> None:
    ref = case.whole()
    here = f"/matters/{case.matter}/proceedings/{ref}/"
    panels.witness(case.records, case.matter, ref, "A witness")
    words_of(decides, here)
    with counted() as few:
        words_of(decides, here)
    for number in range(4):
        panels.witness(case.records, case.matter, ref, f"Witness {number}")
    with counted() as many:
        words_of(decides, here)
    assert len(many) == len(few)
