"""Casework as pages: stages, a step with its rule, the joint view, the second person, the independent reading."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.decisions import queries
from peelian.rules.steps import asked
from peelian.terms.matters import MatterKind
from tests import worlds
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 10, 5)
Enter = Callable[[worlds.Someone], Client]


@pytest.fixture
def officer(db: None, at: datetime) -> str:
    return worlds.officer(at, "Shaw", "Ada")


@pytest.fixture
def matter(at: datetime, officer: str) -> str:
    """A conduct matter: its severity is assessed at once, that of a complaint under special requirements alone."""
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], kind=MatterKind.CONDUCT_MATTER)


@pytest.fixture
def assessor(at: datetime, matter: str, enter: Enter) -> Client:
    return enter(worlds.user(at, "Aster Lee", "assessor"))


@pytest.fixture
def supervisor(at: datetime, matter: str, enter: Enter) -> Client:
    return enter(worlds.user(at, "Sue Pervisor", "supervisor"))


def severity(matter: str, officer: str) -> str:
    return f"/matters/{matter}/decide/severity/?person={officer}"


def answered(**yes: str) -> dict[str, str]:
    named = ["justifies_dismissal", "justifies_action", "indictable_only", "below_expected"]
    keys = named + [f"SPB{number:02}" for number in range(1, 11)]
    return {f"ask-{key}": yes.get(key, "no") for key in keys}


def read_joint_view(client: Client, matter: str, at: datetime) -> None:
    given = {"shown": "", "together": "no", "reasons": "Nothing else is known.", **day("on", at.date())}
    assert post(client, f"/matters/{matter}/joint/", **given) == f"/matters/{matter}/casework/"


def test_the_matter_leads_to_its_casework_and_the_steps_that_are_open(
    assessor: Client, matter: str, officer: str
) -> None:
    assert f"/matters/{matter}/casework/" in words_of(assessor, f"/matters/{matter}/")
    page = words_of(assessor, f"/matters/{matter}/casework/")
    assert f"{severity(matter, officer)}" in page
    assert "Joint view first" in page
    assert "SI 2020/4 reg 14" in page
    assert "unverified" in page


def test_a_step_asks_for_the_joint_view_then_shows_rule_working_and_what_would_change_it(
    assessor: Client, matter: str, officer: str, at: datetime
) -> None:
    assert "Read the joint view" in words_of(assessor, severity(matter, officer))
    assert "No other matter that you may see" in words_of(assessor, f"/matters/{matter}/joint/")
    read_joint_view(assessor, matter, at)
    path = severity(matter, officer)
    assert "Read the joint view" not in words_of(assessor, path)
    checked = post(assessor, path, 200, do="check", **answered(SPB02="yes", justifies_action="yes"))
    assert "Misconduct if proved</strong>" in checked
    assert "would indicate gross misconduct if proved" in checked
    assert "There is a problem" not in checked


def test_a_decision_is_recorded_and_shown_with_who_when_and_why(
    assessor: Client, matter: str, officer: str, at: datetime
) -> None:
    read_joint_view(assessor, matter, at)
    given = {"do": "act", "option": "misconduct", "reasons": "He swore at her.", **day("on", at.date())}
    given |= answered(SPB02="yes", justifies_action="yes")
    given["said_reason_codes"] = ["Discrimination", "Deliberate or planned"]
    assert "4 worked examples" in words_of(assessor, severity(matter, officer))
    assert post(assessor, severity(matter, officer), **given) == f"/matters/{matter}/casework/"
    page = words_of(assessor, f"/matters/{matter}/casework/")
    for words in ("He swore at her.", "Aster Lee", "Misconduct if proved", "Stands", "was recorded"):
        assert words in page
    assert "Discrimination; Deliberate or planned" in page
    assert "severity_assessed" in [one.key for one in clocks.events(worlds.peelian(at), matter)]


def test_what_is_missing_is_said_on_the_page_and_nothing_typed_is_lost(
    assessor: Client, matter: str, officer: str, at: datetime
) -> None:
    read_joint_view(assessor, matter, at)
    given = {"do": "act", "reasons": "These words stay.", **day("on", at.date()), **answered()}
    page = post(assessor, severity(matter, officer), 200, **given)
    assert "There is a problem" in page
    assert "These words stay." in page
    assert not queries.decisions(worlds.peelian(at), matter)


def test_the_second_writer_sees_what_stands_and_keeps_their_words(
    assessor: Client, matter: str, officer: str, at: datetime, enter: Enter
) -> None:
    path, given = severity(matter, officer), {"do": "act", "option": "misconduct", **day("on", at.date())}
    given |= answered(SPB02="yes", justifies_action="yes")
    another = enter(worlds.user(at, "Second Writer", "assessor"))
    for client in (assessor, another):
        read_joint_view(client, matter, at)
    post(assessor, path, **given, reasons="The first.")
    page = post(another, path, 200, **given, reasons="The second.")
    for words in ("Somebody decided this meanwhile", "The first.", "The second.", "What stands now"):
        assert words in page
    found = re.search(r'name="replaces"[^>]* value="(PD-[^"]+)"', page)
    assert found is not None
    post(another, path, **given, reasons="The second.", replaces=found[1])
    rows = queries.decisions(worlds.peelian(at), matter)
    assert [(row.reasons, row.stands) for row in rows] == [("The first.", False), ("The second.", True)]


def test_a_second_person_reads_the_reasons_and_signs(
    assessor: Client, supervisor: Client, matter: str, officer: str, at: datetime
) -> None:
    assert "Nothing waits for you" in words_of(supervisor, "/to-sign/")
    read_joint_view(assessor, matter, at)
    given = {"do": "act", "option": "neither", "reasons": "It was banter.", **day("on", at.date()), **answered()}
    post(assessor, severity(matter, officer), **given)
    listed = words_of(supervisor, "/to-sign/")
    found = re.search(rf'href="(/matters/{matter}/decisions/PD-[^"]+/sign/)"', listed)
    assert found is not None
    assert "It was banter." in words_of(supervisor, found[1])
    sent = {"agreed": "no", "reasons": "It was not.", **day("on", at.date())}
    assert post(supervisor, found[1], **sent) == "/to-sign/"
    assert "You sent it back" in words_of(supervisor, "/to-sign/")
    assert "Sent back" in words_of(assessor, f"/matters/{matter}/casework/")
    assert words_of(assessor, "/to-sign/", 403)


def test_somebody_of_the_same_unit_reads_why_not_and_who_may_and_another_force_is_asked_where_nobody_may(
    matter: str, at: datetime, enter: Enter
) -> None:
    near = worlds.unit(at, "Assessment")
    deciding = enter(worlds.user(at, "Ann Near", "assessor", unit_ref=near))
    colleague = enter(worlds.user(at, "Col Near", "supervisor", unit_ref=near))
    no = {"do": "act", "reasons": "Nothing calls for more.", **day("on", at.date())}
    refer = {f"ask-{one.key}": "no" for one in asked(law().steps["referral"], MatterKind.CONDUCT_MATTER)}
    post(deciding, f"/matters/{matter}/decide/referral/", **no, **refer, option="no")
    read_joint_view(deciding, matter, at)
    keys = ("indication", "serious_category", "earlier_matters")
    answers = {f"ask-{key}": "no" for key in keys}
    post(deciding, f"/matters/{matter}/decide/conduct_handling/", **no, **answers, option="otherwise")
    assert "Nothing waits for you" in words_of(colleague, "/to-sign/")
    found = re.search(rf"/matters/{matter}/decisions/PD-[^/]+/", words_of(deciding, f"/matters/{matter}/casework/"))
    assert found is not None
    page = words_of(colleague, f"{found[0]}sign/")
    assert "Somebody else must sign this" in page
    assert "LES-05, LES-23" in page
    assert "Nobody here may sign it" in words_of(colleague, f"{found[0]}signers/")
    asking = words_of(colleague, f"/matters/{matter}/outside/new/?capacity=appropriate_authority&ground=nobody_apart")
    assert re.search(r'value="nobody_apart"[^>]* checked', asking)
    worlds.user(at, "Fay Far", "supervisor", unit_ref=worlds.unit(at, "Investigations"))
    assert "Fay Far" in words_of(deciding, f"{found[0]}signers/")


def test_the_joint_view_shows_other_matters_and_asks_again_when_one_came(
    assessor: Client, matter: str, officer: str, at: datetime
) -> None:
    another = worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], heading="Another time")
    page = words_of(assessor, f"/matters/{matter}/joint/")
    assert "Another time" in page
    assert "As here" in page
    given = {"shown": "", "together": "yes", "reasons": "Alike.", **day("on", at.date())}
    assert "came to be known" in post(assessor, f"/matters/{matter}/joint/", 200, **given)
    post(assessor, f"/matters/{matter}/joint/", **{**given, "shown": another})
    assert "It stands" in words_of(assessor, f"/matters/{matter}/joint/")


def test_an_independent_reader_shares_through_intake(
    assessor: Client, supervisor: Client, matter: str, officer: str, at: datetime
) -> None:
    reader = worlds.users.viewer_named("sue.pervisor", at=at)
    worlds.open_complaint(reader, CAME, officers=[officer], sensitive_reason="At risk.", heading="Hidden one")
    read_joint_view(assessor, matter, at)
    assert "Hidden one" not in words_of(assessor, f"/matters/{matter}/joint/")
    found = re.search(r'href="(/readings/PR-[^"]+/)"', words_of(supervisor, "/to-sign/"))
    assert found is not None
    assert "Hidden one" in words_of(supervisor, found[1])
    assert words_of(assessor, found[1], 403)
    shared = {"share": "There is a second report.", "reasons": "They must know."}
    assert post(supervisor, found[1], **shared) == "/to-sign/"
    assert "There is a second report." in words_of(assessor, "/intake/?state=awaiting") or (
        "Shared after an independent reading" in words_of(assessor, "/intake/")
    )


def test_somebody_without_the_power_reads_the_casework_and_decides_nothing(
    at: datetime, matter: str, officer: str, enter: Enter
) -> None:
    inspector = enter(worlds.user(at, "Ina Spector", "inspector"))
    page = words_of(inspector, f"/matters/{matter}/casework/")
    assert "It needs the power to" in page
    assert f'href="{severity(matter, officer)}"' not in page
    assert words_of(inspector, severity(matter, officer), 403)
    assert "Record that you read it" not in words_of(inspector, f"/matters/{matter}/joint/")


def test_the_casework_of_a_matter_costs_the_same_whatever_it_holds(
    assessor: Client, matter: str, officer: str, at: datetime
) -> None:
    costs = []
    many = [officer, *(worlds.officer(at, f"Shaw{n}") for n in range(5))]
    large = worlds.open_complaint(worlds.peelian(at), CAME, officers=many, kind=MatterKind.CONDUCT_MATTER)
    words_of(assessor, f"/matters/{matter}/casework/")
    for ref in (matter, large):
        with counted() as asked:
            words_of(assessor, f"/matters/{ref}/casework/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
