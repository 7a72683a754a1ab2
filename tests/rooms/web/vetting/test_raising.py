"""The pages on which a decision of casework takes effect open the review of clearance that it asks for."""

import ast
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

import peelian.web
from peelian.terms.matters import MatterKind
from peelian.vetting import queries
from peelian.web.vetting.raising import OPENED
from tests import worlds
from tests.rooms.web.decisions.test_pages import answered, read_joint_view, severity
from tests.rooms.web.matters.test_pages import CAME, day, words_of
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor", "still")
Enter = Callable[[Someone], Client]
TAKE_EFFECT = {"proceedings.decide", "actions.sign_decision", "actions.serve"}


@pytest.fixture
def made(db: None, at: datetime) -> Vetted:
    return vetted(at)


@pytest.fixture
def matter(made: Vetted, at: datetime) -> str:
    """A conduct matter about somebody who holds clearance."""
    made.cleared()
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[made.person], kind=MatterKind.CONDUCT_MATTER)


def assessed(client: Client, made: Vetted, matter: str, option: str) -> str:
    read_joint_view(client, matter, made.at)
    given = {"do": "act", "option": option, "reasons": "He struck her.", **day("on", made.on)}
    given |= answered(SPB02="yes", justifies_action="yes", justifies_dismissal="yes")
    return client.post(severity(matter, made.person), given, follow=True).content.decode()


def test_a_decision_stands_at_once_on_the_list_of_vetting(enter: Enter, made: Vetted, matter: str) -> None:
    assessor = enter(worlds.user(made.at, "Aster Lee", "assessor"))
    assert OPENED in assessed(assessor, made, matter, "gross_misconduct")
    [line] = queries.applications(made.officer.viewer).rows
    assert f"/vetting/applications/{line.ref}/" in words_of(enter(made.officer), "/vetting/")
    assert queries.raised(made.officer.viewer) == ()


def test_what_awaits_a_signature_opens_it_once_it_is_signed(enter: Enter, made: Vetted, matter: str) -> None:
    assessor = enter(worlds.user(made.at, "Aster Lee", "assessor"))
    supervisor = enter(worlds.user(made.at, "Sue Pervisor", "supervisor"))
    assert OPENED not in assessed(assessor, made, matter, "misconduct")
    [waits] = {one for one in words_of(supervisor, "/to-sign/").split('"') if one.endswith("/sign/")}
    sent = {"agreed": "yes", "reasons": "I agree.", **day("on", made.on)}
    assert OPENED in supervisor.post(waits, sent, follow=True).content.decode()
    assert len(queries.applications(made.officer.viewer).rows) == 1


def test_every_page_on_which_a_decision_takes_effect_opens_what_it_asks_for() -> None:
    found, missing = set[str](), []
    for path in sorted(Path(peelian.web.__path__[0]).rglob("*.py")):
        if path.parts[-2] not in ("decisions", "letters", "proceedings"):
            continue
        for one in ast.walk(ast.parse(path.read_text())):
            if isinstance(one, ast.FunctionDef):
                calls = {ast.unparse(each.func) for each in ast.walk(one) if isinstance(each, ast.Call)}
                found |= calls & TAKE_EFFECT
                if calls & TAKE_EFFECT and "raised_on" not in calls:
                    missing.append(f"{path.name} {one.name}")
    assert (found, missing) == (TAKE_EFFECT, [])
