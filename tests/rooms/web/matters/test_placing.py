"""The page on which a place is given: who is proposed, why not others, a rule set aside, another force, an alert."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from peelian.matters.models import Alert
from peelian.people import actions as people
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 10, 5)
LONG_AGO = date(2020, 1, 1)
Enter = Callable[[worlds.Someone], Client]


def words_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


class Stage:
    def __init__(self, at: datetime) -> None:
        self.at, self.by = at, worlds.peelian(at)
        response = worlds.unit(at, "Response")
        self.officer = worlds.officer(at, "Shaw", "Ada")
        self.iva = worlds.user(at, "Iva Stigator", "investigator")
        self.ivo = worlds.user(at, "Ivo Stigator", "investigator")
        self.supervisor = worlds.user(at, "Sue Pervisor", "supervisor")
        for person in (self.officer, self.iva.ref, self.supervisor.ref):
            people.post_to(by=self.by, person_ref=person, unit_ref=response, on=LONG_AGO)
        self.matter = worlds.open_complaint(self.by, CAME, officers=[self.officer])
        self.path = f"/matters/{self.matter}/place/"


@pytest.fixture
def stage(db: None, at: datetime) -> Stage:
    return Stage(at)


def test_the_eligible_may_be_chosen_and_the_others_are_told_with_the_ground(enter: Enter, stage: Stage) -> None:
    client = enter(stage.supervisor)
    page = words_of(client, stage.path)
    assert f'value="{stage.ivo.user_ref}"' in page
    assert f'value="{stage.iva.user_ref}"' not in page
    assert "Shares a unit with a person concerned." in page
    assert "Set aside with reasons" not in page
    given = {"capacity": "investigator", **day("on", stage.by.today)}
    assert "There is a problem" in post(client, stage.path, 200, user=stage.iva.user_ref, **given)
    post(client, stage.path, user=stage.ivo.user_ref, **given)
    assert "Ivo Stigator" in words_of(client, f"/matters/{stage.matter}/")


def test_a_chief_officer_sets_a_local_rule_aside_and_the_matter_says_so(enter: Enter, stage: Stage) -> None:
    """LES-25."""
    client = enter(worlds.user(stage.at, "Chi Ef", "chief_officer"))
    assert "Set aside with reasons" in words_of(client, stage.path)
    path = f"{stage.path}{stage.iva.user_ref}/investigator/set-aside/"
    assert "Shares a unit" in words_of(client, path)
    assert "There is a problem" in post(client, path, 200, reasons="", **day("on", stage.by.today))
    post(client, path, reasons="She left before he came.", **day("on", stage.by.today))
    page = words_of(client, f"/matters/{stage.matter}/")
    assert "A local rule was set aside for Iva Stigator" in page
    assert "She left before he came." in page
    words_of(client, f"{stage.path}{stage.ivo.user_ref}/investigator/set-aside/", 404)


def test_where_nobody_is_left_another_force_is_asked_followed_up_and_answers(enter: Enter, stage: Stage) -> None:
    people.hold_rank(by=stage.by, person_ref=stage.officer, rank="Chief Constable", on=LONG_AGO)
    client = enter(stage.supervisor)
    page = words_of(client, stage.path)
    assert "Nobody here may have this place" in page
    link = re.search(r'href="(/matters/[^"]+/outside/new/[^"]*ground=chief_officer)"', page)
    assert link is not None
    assert 'value="chief_officer" checked' in words_of(client, link[1].replace("&amp;", "&"))
    given = {"ground": "chief_officer", "capacity": "investigator", "force": "Westshire Police", "reasons": "Please."}
    given |= {"owner": stage.supervisor.user_ref, **day("on", stage.by.today)}
    path = f"/matters/{stage.matter}/outside/new/"
    assert "due after the day" in post(client, path, 200, **given, **day("due_on", stage.by.today))
    made = post(client, path, **given, **day("due_on", stage.by.today + timedelta(days=7)))
    assert "Westshire Police" in words_of(client, made)
    assert "Westshire Police, about" in words_of(client, "/work/")
    post(client, f"{made}answer/", agreed="no", words="They have nobody.", **day("on", stage.by.today))
    assert "Declined" in words_of(client, made)
    assert "Westshire Police, about" not in words_of(client, "/work/")
    assert "declined" in words_of(client, f"/matters/{stage.matter}/")


def test_the_page_costs_the_same_however_many_are_proposed(enter: Enter, stage: Stage) -> None:
    client = enter(stage.supervisor)
    words_of(client, stage.path)
    costs = []
    for turn in range(2):
        with counted() as asked:
            words_of(client, stage.path)
        costs.append(len(asked))
        for number in range(5):
            worlds.user(stage.at, f"Extra Person{turn}{number}", "investigator")
    assert costs[0] == costs[1]
    assert costs[0] <= 50, costs


def test_a_look_by_a_colleague_stands_among_the_alerts_and_shows_nothing_to_them(enter: Enter, stage: Stage) -> None:
    """LES-26."""
    theirs = enter(stage.supervisor)
    before = words_of(theirs, f"/matters/{stage.matter}/")
    assert [one.page for one in Alert.objects.all()] == ["matter"]
    strip = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    assert strip.sub("", words_of(theirs, f"/matters/{stage.matter}/")) == strip.sub("", before)
    assert "Nobody connected with a matter has looked" in words_of(theirs, "/alerts/")
    words_of(theirs, f"/alerts/{Alert.objects.get().ref}/", 404)
    head = enter(worlds.user(stage.at, "Hed Ofdept", "head_of_professional_standards"))
    page = words_of(head, "/alerts/")
    assert "Sue Pervisor" in page
    assert "Works in the unit of a person concerned" in page
    path = f"/alerts/{Alert.objects.get().ref}/"
    assert "There is a problem" in post(head, path, 200, words="")
    post(head, path, words="She had to give it out.")
    assert "She had to give it out." in words_of(head, path)


def test_a_refused_look_at_ones_own_matter_is_told_as_a_refusal(enter: Enter, stage: Stage) -> None:
    subject = worlds.user(stage.at, "Ada Shaw", "assessor", person_ref=stage.officer)
    words_of(enter(subject), f"/matters/{stage.matter}/", 404)
    words_of(enter(subject), f"/matters/{stage.matter}/casework/", 404)
    assert sorted((one.ground, one.was_refused) for one in Alert.objects.all()) == [("subject", True)] * 2
