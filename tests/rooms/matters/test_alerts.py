"""Looks by people connected with a matter: who is told, on which ground, and that whoever looked is not. LES-26."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from peelian.matters import actions, queries
from peelian.matters.models import Alert
from peelian.people import actions as people
from peelian.rules.alerts import AlertGround
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions as walls
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)
LONG_AGO = date(2020, 1, 1)


class Stage:
    def __init__(self, at: datetime) -> None:
        self.at, self.system = at, worlds.peelian(at)
        self.standards, self.response = worlds.unit(at), worlds.unit(at, "Response")
        self.head = worlds.user(at, "Hed Ofdept", "head_of_professional_standards", unit_ref=self.standards)
        self.supervisor = worlds.user(at, "Sue Pervisor", "supervisor", unit_ref=self.standards)
        self.mate = worlds.user(at, "Mat Eofhers", "analyst")
        self.subject = worlds.user(at, "Ada Shaw", "assessor")
        self.post(self.subject.ref, self.response, LONG_AGO)
        self.caller = worlds.member_of_the_public(at, "Lee")
        self.matter = worlds.open_complaint(self.system, CAME, officers=[self.subject.ref], complainants=[self.caller])

    def post(self, person_ref: str, unit_ref: str, on: date) -> None:
        people.post_to(by=self.system, person_ref=person_ref, unit_ref=unit_ref, on=on)

    def look(self, who: worlds.Someone, *, person: str = "", refused: bool = False) -> None:
        kind = RecordKind.PERSON if person else RecordKind.MATTER
        key = person or self.matter
        actions.notice(by=who.viewer, kind=kind, key=key, page="a page", was_refused=refused)

    def told(self, who: worlds.Someone) -> list[tuple[str, AlertGround, bool]]:
        return [(one.who, one.ground, one.was_refused) for one in queries.alerts(who.viewer).rows]


@pytest.fixture
def stage(at: datetime) -> Stage:
    return Stage(at)


def test_the_subject_refused_their_own_matter_is_told_of(stage: Stage) -> None:
    stage.look(stage.subject, refused=True)
    assert stage.told(stage.head) == [("Ada Shaw", AlertGround.SUBJECT, True)]


@pytest.mark.parametrize(
    ("came", "left", "is_told"),
    [
        (date(2020, 6, 1), None, True),
        (date(2020, 6, 1), date(2021, 11, 24), True),
        (date(2020, 6, 1), date(2021, 11, 23), False),
    ],
)
def test_a_colleague_of_the_last_five_years_is_told_of(
    stage: Stage, came: date, left: date | None, is_told: bool
) -> None:
    stage.post(stage.mate.ref, stage.response, came)
    if left:
        stage.post(stage.mate.ref, stage.standards, left)
    stage.look(stage.mate)
    assert stage.told(stage.head) == ([("Mat Eofhers", AlertGround.UNIT, False)] if is_told else [])


def test_somebody_tied_who_opens_the_page_of_the_complainant_is_told_of(stage: Stage) -> None:
    walls.tie_many(pairs=[(stage.mate.person_id, stage.subject.person_id)], ground="declared_relationship", on=LONG_AGO)
    stage.look(stage.mate, person=stage.caller)
    assert stage.told(stage.head) == [("Mat Eofhers", AlertGround.TIED, False)]


def test_somebody_unconnected_is_told_of_to_nobody(stage: Stage) -> None:
    stage.look(stage.supervisor)
    stage.look(stage.mate, person=stage.caller)
    stage.look(stage.mate, person=stage.head.ref)
    assert Alert.objects.count() == 0


def test_a_supervisor_is_told_of_the_matters_they_supervise(stage: Stage) -> None:
    stage.look(stage.subject, refused=True)
    assert stage.told(stage.supervisor) == []
    actions.allocate(
        by=stage.head.viewer,
        matter_ref=stage.matter,
        user_ref=stage.supervisor.user_ref,
        capacity=Capacity.SUPERVISOR,
        on=stage.system.today,
    )
    assert stage.told(stage.supervisor) == []  # until they sign
    actions.sign(by=stage.supervisor.viewer, matter_ref=stage.matter, on=stage.system.today)
    assert [who for who, _, _ in stage.told(stage.supervisor)] == ["Ada Shaw"]


def test_whoever_looked_does_not_learn_of_it_whatever_their_role(stage: Stage, at: datetime) -> None:
    stage.post(stage.head.ref, stage.response, LONG_AGO)
    stage.look(stage.head)
    assert Alert.objects.count() == 1
    assert stage.told(stage.head) == []
    with pytest.raises(NotFound):
        queries.alert(stage.head.viewer, Alert.objects.get().ref)
    with pytest.raises(NotAllowed):
        queries.alerts(stage.subject.viewer)
    other = worlds.user(at, "Other Head", "head_of_professional_standards")
    assert [who for who, _, _ in stage.told(other)] == ["Hed Ofdept"]


def test_what_a_wall_hides_is_told_to_nobody_behind_it(stage: Stage) -> None:
    stage.look(stage.subject, refused=True)
    row = queries.matter(stage.supervisor.viewer, stage.matter)
    actions.make_sensitive(
        by=stage.supervisor.viewer,
        matter_ref=stage.matter,
        version=row.version,
        reason="At risk",
        on=stage.system.today,
    )
    assert stage.told(stage.head) == []
    assert [who for who, _, _ in stage.told(stage.supervisor)] == ["Ada Shaw"]  # named on it


def test_the_same_page_stands_once_a_day_and_is_acknowledged_once(stage: Stage) -> None:
    stage.look(stage.subject, refused=True)
    stage.look(stage.subject, refused=True)
    (only,) = queries.alerts(stage.head.viewer).rows
    with pytest.raises(NotValid):
        actions.acknowledge_alert(by=stage.head.viewer, alert_ref=only.ref, words=" ")
    actions.acknowledge_alert(by=stage.head.viewer, alert_ref=only.ref, words="Asked her. A slip.")
    with pytest.raises(NotValid, match="already"):
        actions.acknowledge_alert(by=stage.head.viewer, alert_ref=only.ref, words="Again")
    assert queries.alert(stage.head.viewer, only.ref).note.words == "Asked her. A slip."


def test_an_alert_cannot_be_taken_back(stage: Stage) -> None:
    stage.look(stage.subject, refused=True)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Alert.objects.all().delete()


def test_a_look_costs_one_statement_and_an_alert_one_more(stage: Stage) -> None:
    nobody = worlds.Someone("", 0, worlds.viewer_of(stage.at, stage.mate.user_ref), "")
    costs = []
    for who, person in ((nobody, ""), (nobody, stage.caller), (stage.subject, ""), (stage.subject, stage.caller)):
        with counted() as asked:
            stage.look(who, person=person)
        costs.append(len(asked))
    assert costs == [1, 1, 2, 2]
