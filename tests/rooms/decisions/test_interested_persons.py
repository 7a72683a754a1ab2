"""An interested person is asked, consents and is accepted before they are kept told; and may change their mind."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from peelian.clocks import queries as clocks
from peelian.decisions import actions, queries
from peelian.journal.models import Entry
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.terms.viewer import Viewer
from tests import worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)


class Interested:
    """A conduct matter that comes of a complaint of Carla's; Hanna handles it and Aster assesses."""

    def __init__(self, at: datetime, kind: MatterKind = MatterKind.CONDUCT_MATTER) -> None:
        self.handler = worlds.user(at, "Hanna Handler", "complaint_handler").viewer
        self.assessor = worlds.user(at, "Aster Lee", "assessor").viewer
        self.carla = worlds.member_of_the_public(at, "Willow", "Carla")
        recording = worlds.complaint(CAME, officers=[worlds.officer(at, "Shaw")], complainants=[self.carla], kind=kind)
        recording = replace(recording, complainants=(), interested=recording.complainants, tests=())
        self.system = worlds.peelian(at)
        self.ref = worlds.clocks.open_matter(
            by=self.system, recording=recording, handling_started_on=at.date(), on=at.date()
        )

    def takes(self, by: Viewer, step: str, option: str, **answers: bool) -> str:
        before = queries.asking(by, self.ref, step, self.carla).before
        return actions.decide(
            by=by,
            matter_ref=self.ref,
            step=step,
            option=option,
            person_key=self.carla,
            answers=answers or None,
            reasons="On the telephone, at her sister's.",
            on=by.today,
            replaces=before.ref if before else "",
        )

    @property
    def owed(self) -> set[str]:
        on = self.system.today
        open_now = clocks.matter_duties(self.system, self.ref, on).open
        return {duty.clock for duty in open_now if duty.person == "Carla Willow"}


def test_whoever_consents_and_is_accepted_is_owed_updates(at: datetime) -> None:
    one = Interested(at)
    assert one.owed == {"CMP-03"}
    one.takes(one.handler, "interest_asked", "wants")
    one.takes(one.assessor, "interest", "accepted", by_law=False, sufficient=True)
    assert one.owed == {"CMP-03"}
    one.takes(one.handler, "update", "given")
    assert one.owed == {"CMP-04"}


def test_whoever_declines_is_owed_nothing_until_they_change_their_mind(at: datetime) -> None:
    one = Interested(at)
    one.takes(one.handler, "interest_asked", "declines")
    assert one.owed == set()
    one.takes(one.handler, "interest_asked", "wants")
    assert one.owed == set(), "not before the authority accepts them"
    one.takes(one.assessor, "interest", "accepted", by_law=False, sufficient=True)
    assert one.owed == {"CMP-03"}


def test_nobody_is_accepted_who_was_not_asked_or_by_somebody_without_the_power(at: datetime) -> None:
    one = Interested(at)
    with pytest.raises(NotAllowed, match="comes after another step") as refused:
        one.takes(one.assessor, "interest", "accepted", by_law=True, sufficient=True)
    assert refused.value.refusal.law == "PRA s21"
    one.takes(one.handler, "interest_asked", "no_answer")
    with pytest.raises(NotAllowed, match="comes after another step"):
        one.takes(one.assessor, "interest", "accepted", by_law=True, sufficient=True)
    one.takes(one.handler, "interest_asked", "wants")
    with pytest.raises(NotAllowed, match="Your role does not let you"):
        one.takes(one.handler, "interest", "accepted", by_law=True, sufficient=True)


@pytest.mark.parametrize("key", ["interest_accepted", "interest_declined", "interest_not_accepted"])
def test_nobody_writes_it_down_by_hand(at: datetime, key: str) -> None:
    one = Interested(at)
    with pytest.raises(NotAllowed, match="follows from a decision") as refused:
        worlds.clocks.record_event(
            by=one.handler, matter_ref=one.ref, key=key, on=KnownDate(at.date()), person_key=one.carla
        )
    assert refused.value.refusal.law.startswith("PRA s21")


def test_turning_somebody_down_waits_for_a_second_person(at: datetime) -> None:
    one = Interested(at)
    one.takes(one.handler, "interest_asked", "wants")
    decision = one.takes(one.assessor, "interest", "not_accepted", by_law=False, sufficient=False)
    assert one.owed == {"CMP-03"}, "it takes no effect yet"
    signer = worlds.user(at, "Hedda Head", "head_of_professional_standards").viewer
    actions.sign_decision(
        by=signer, matter_ref=one.ref, decision_ref=decision, agreed=True, reasons="I read it.", on=signer.today
    )
    assert one.owed == set()


def test_a_complainant_is_told_by_law_and_asked_nothing(at: datetime) -> None:
    handler = worlds.user(at, "Hanna Handler", "complaint_handler").viewer
    carla = worlds.member_of_the_public(at, "Willow", "Carla")
    complaint = worlds.open_complaint(worlds.peelian(at), CAME, complainants=[carla])
    with pytest.raises((NotAllowed, NotFound)):
        actions.decide(
            by=handler,
            matter_ref=complaint,
            step="interest_asked",
            option="wants",
            person_key=carla,
            reasons="Asked.",
            on=handler.today,
        )


def test_the_journal_says_what_was_decided_and_not_of_whom(at: datetime) -> None:
    one = Interested(at)
    one.takes(one.handler, "interest_asked", "declines")
    decided, event = (
        Entry.objects.filter(key=one.ref).order_by("seq").values_list("summary", "decision").reverse()[:2][::-1]
    )
    assert decided == ("decided: interest_asked", "declines; indicated: nothing")
    assert event == ("recorded an event: interest_declined", "")
