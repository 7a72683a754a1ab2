"""What an investigation adds to the life of a matter: allocation, severity, notices, interviews, report, decision."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peelian.clocks import actions as clocks
from peelian.demo.days import working_day
from peelian.demo.deliberations import Deliberation
from peelian.demo.giving import give
from peelian.demo.lives import Life, Signing
from peelian.demo.workforce import Servant
from peelian.people import actions as people
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity

REFERRED = ("recordable", "dsi")
OFFICER_PERIOD = 28
YEAR = 365


@dataclass(slots=True)
class Inquiry:
    """The investigation of one matter, led by `life.investigator` under `life.authority`."""

    life: Life

    def begin(self) -> None:
        """Write the steps down. Called when the matter is written down; each step waits for its day."""
        life = self.life
        recorded = life.recorded
        diary = life.stage.diary
        diary.on(recorded + timedelta(days=2), self._allocate)
        if life.route.key in REFERRED:
            late = life.chance.often(0.15)
            recorded = working_day(recorded + timedelta(days=6 if late else 1))
            diary.on(recorded, Deliberation(life).refer)
        if life.route.kind.value.endswith("conduct_matter"):
            diary.on(recorded + timedelta(days=life.chance.between(1, 4)), Deliberation(life).assess)
        end = life.day(0.8)
        for number in range(1, 4):
            due = life.received + timedelta(days=YEAR + (number - 1) * 182 - life.chance.between(0, 12))
            if due < end:
                life.later(due, life.authority, "timeliness_report_sent", note="Sent to the local policing body.")
        if not life.by_steps:
            diary.on(end, self._report)

    def _allocate(self, at: datetime) -> None:
        """The supervisor gives out the investigation and the decision; both sign, if not at once."""
        life = self.life
        places = [(life.investigator, Capacity.INVESTIGATOR), (life.authority, Capacity.APPROPRIATE_AUTHORITY)]
        by = life.assessor if life.sensitive else "supervisor2"
        signed = working_day(at.date() + timedelta(days=1))
        for who, capacity in places:
            if life.sensitive and who == life.assessor:
                continue
            chosen = give(life.stage, life.ref, who, capacity, by=by, at=at)
            if not chosen:
                life.unsigned |= {who}
                continue
            if capacity is Capacity.INVESTIGATOR:
                life.investigator = chosen
            else:
                life.authority = chosen
            if chosen not in life.unsigned:
                life.stage.diary.on(signed, Signing(life, chosen))
        life.stage.diary.on(signed + timedelta(days=1), self._start)

    def _start(self, at: datetime) -> None:
        life = self.life
        if life.by_steps or life.investigator in life.unsigned:
            return
        on = at.date()
        life.event(life.investigator, "investigator_appointed")
        life.event(life.investigator, "local_investigation_started")
        for one in life.officers:
            person = life.stage.ref(one)
            given = on + timedelta(days=life.chance.between(2, 9))
            if life.chance.often(0.12):
                continue  # not given yet: the notice would prejudice the investigation
            life.later(given, life.investigator, "notice_of_investigation_given", person=person)
            if life.chance.often(0.75):
                answered = given + timedelta(days=life.chance.between(6, 13))
                life.later(answered, life.investigator, "officer_response_received", person=person)
            life.stage.diary.on(given + timedelta(days=life.chance.between(20, 27)), OfficerUpdate(life, person))
            self._interview(one, max(life.day(0.3), given + timedelta(days=12)))

    def _interview(self, one: Servant, day: date) -> None:
        life = self.life
        person = life.stage.ref(one)
        held = day + timedelta(days=life.chance.between(5, 12))

        def specify(at: datetime) -> None:
            if not life.closed:
                by = life.stage.as_user(life.investigator, at)
                clocks.record_event(
                    by=by,
                    matter_ref=life.ref,
                    key="interview_day_specified",
                    on=KnownDate(held),
                    person_key=person,
                    note="Day agreed with the officer's representative.",
                )

        life.stage.diary.on(day, specify)
        life.later(held, life.investigator, "interview_held", person=person)

    def _report(self, at: datetime) -> None:
        life = self.life
        if not life.unsigned.isdisjoint({life.investigator, life.authority}):
            return
        on = at.date()
        life.event(life.investigator, "investigation_ended")
        life.event(life.authority, "investigation_report_received")
        if life.route.is_complaint or life.route.key != "dsi":
            decided = on + timedelta(days=life.chance.between(8, 24))
            life.later(decided, life.authority, "case_to_answer_decided", note="Decided on each allegation.")
            for one in life.officers:
                told = decided + timedelta(days=life.chance.between(1, 5))
                life.later(told, life.authority, "officer_update_given", person=life.stage.ref(one))


@dataclass(slots=True)
class OfficerUpdate:
    """The officer is told of progress, and the next time is written down."""

    life: Life
    person: str

    def __call__(self, at: datetime) -> None:
        life = self.life
        if life.closed or at.date() >= life.day(0.8):
            return
        life.event(life.investigator, "officer_update_given", person=self.person)
        wait = life.chance.between(22, OFFICER_PERIOD - 1) if life.chance.often(0.9) else life.chance.between(31, 44)
        life.stage.diary.on(at.date() + timedelta(days=wait), OfficerUpdate(life, self.person))


def suspend(life: Life, one: Servant, on: date) -> None:
    """Suspend an officer from a day: the register says so, and the reviews of the suspension are owed."""
    stage = life.stage
    person = stage.ref(one)

    def act(at: datetime) -> None:
        people.restrict(
            by=stage.as_system(at, "decisions of the appropriate authority on suspension"),
            person_ref=person,
            kind="suspension",
            words="Suspended from office; may not enter police premises or use police systems.",
            reason="Decided by the appropriate authority; reviewed every four weeks.",
            on=at.date(),
        )
        life.event(life.authority, "officer_suspended", person=person)

    stage.diary.on(on, act)
    for number in (1, 2):
        life.later(on + timedelta(days=26 * number), life.authority, "suspension_reviewed", person=person)
