"""The life of a matter recorded here: what arrives, its recording, the acts that follow, and its end.

Every deed is an action of the product, done by whoever would do it, on its day. A life is written down whole; the
diary stops at today, and a matter whose end lies behind that stays open with what is owed on it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from peelian.clocks import actions as clocks
from peelian.clocks.recordable import follows_a_decision
from peelian.demo.chance import Chance
from peelian.demo.days import working_day
from peelian.demo.publics import Public
from peelian.demo.routes import Route, drawn
from peelian.demo.stage import Stage
from peelian.demo.stories import Story, words
from peelian.demo.workforce import Servant
from peelian.intake import actions as intake
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.matters.rows import AllegationDraft, InvolvedDraft, Recording
from peelian.terms.known_dates import KnownDate

ON_PAPER = "Decided on paper, before casework was kept here."
TESTS = {"otherwise": ("REC-1",), "investigated": ("REC-3",)}
REASONS = {
    "outside": "The complainant wants an explanation and is content for it to be handled outside Schedule 3.",
    "otherwise": "The complainant wants it recorded. It can be handled proportionately without an investigation.",
    "investigated": "If proved it could justify disciplinary proceedings, so it is recorded and will be investigated.",
    "conduct": "The report indicates conduct that could justify disciplinary proceedings.",
    "recordable": "It is of a description that must be recorded as a recordable conduct matter.",
    "dsi": "Somebody died or was seriously injured after contact with the police.",
}
PERIOD = 28


@dataclass(slots=True)
class Life:
    """One matter. `handler`, `assessor`, `investigator`, `authority`: usernames. `days`: from arrival to closing.

    `unsigned`: whose place stays without a signature. `silent_from`: no update is given from this day on. `started`:
    the day handling started, if that is not the day it is recorded. `by_steps`: the investigation is written down
    elsewhere. `severity`: what it is assessed as, where that is not drawn. `waits`: its override stays unsigned.
    """

    stage: Stage
    chance: Chance
    route: Route
    received: date
    days: int
    tale: Story
    officers: list[Servant]
    publics: list[Public]
    handler: str
    assessor: str
    investigator: str = ""
    authority: str = "authority"
    described: tuple[str, ...] = ()
    sensitive: str = ""
    unsigned: frozenset[str] = frozenset()
    recorded_after: int = 1
    silent_from: date | None = None
    started: date | None = None
    by_steps: bool = False
    severity: str = ""
    waits: bool = False
    ref: str = ""
    closed: bool = False
    keys: list[str] = field(default_factory=list)

    @property
    def recorded(self) -> date:
        """The day on which it is recorded as a matter."""
        return working_day(working_day(self.received) + timedelta(days=self.recorded_after))

    def begin(self) -> None:
        """Write the arrival down."""
        self.stage.diary.on(self.received, self._arrive)

    def day(self, share: float) -> date:
        """The day by which this share of the whole time has passed."""
        return self.received + timedelta(days=round(self.days * share))

    def event(self, who: str, key: str, *, person: str = "", on: date | None = None, note: str = "") -> None:
        """Record an event now, through the user `who`; a decision that was taken on paper, as history."""
        at = self.stage.diary.now
        given: dict[str, Any] = {"key": key, "on": KnownDate(on or at.date()), "person_key": person}
        if key in follows_a_decision():
            by = self.stage.as_system(at)
            clocks.record_past_event(by=by, matter_ref=self.ref, note=note or ON_PAPER, **given)
        else:
            clocks.record_event(by=self.stage.as_user(who, at), matter_ref=self.ref, note=note, **given)

    def later(self, day: date, who: str, key: str, *, person: str = "", note: str = "") -> None:
        """Write an event down for a day."""
        self.stage.diary.on(day, lambda _: None if self.closed else self.event(who, key, person=person, note=note))

    def _arrive(self, at: datetime) -> None:
        sort = "complaint" if self.route.is_complaint else "conduct"
        receiver = self.handler if self.route.is_complaint and self.handler.startswith("handler") else self.assessor
        sender = self.publics[0].from_words if self.publics and self.route.is_complaint else ""
        if not self.sensitive and self.route.key != "dsi":
            item = intake.receive(
                by=self.stage.as_user(receiver, at),
                channel=drawn(self.chance, "received", sort),
                words=self.tale.narrative,
                heading=self.tale.heading,
                received_on=at.date(),
                from_words=sender,
                owner_id=self.stage.user_ids[self.assessor],
                unit_id=self.stage.unit_ids["Complaints Unit"],
            )
            self.stage.diary.on(self.recorded, lambda later: self._record(later, item))
        else:
            self._record(at, "")

    def _record(self, at: datetime, item: str) -> None:
        by = self.stage.as_user(self.assessor, at)
        on = at.date()
        for one in self.publics:
            one.register(by, on)
        unit = "Conduct Investigations Unit" if self.route.is_investigated else "Complaints Unit"
        people = tuple(InvolvedDraft(person_ref=one.ref) for one in self.publics)
        against = tuple(range(len(self.officers) + len(self.described)))
        happened = self.received - timedelta(days=min(300, self.chance.days(12, 1.1)))
        recording = Recording(
            kind=self.route.kind,
            came_to_attention=KnownDate(working_day(self.received)),
            heading=self.tale.heading,
            narrative=self.tale.narrative,
            reasons=REASONS[self.route.key],
            no_conflict=True,
            unit_ref=self.stage.units[unit],
            incident=KnownDate.of(happened.year, happened.month)
            if self.chance.often(0.12) and happened.day < 20
            else KnownDate(happened),
            intake_ref=item,
            officers=tuple(InvolvedDraft(person_ref=self.stage.ref(one)) for one in self.officers)
            + tuple(InvolvedDraft(description=described) for described in self.described),
            complainants=people if self.route.is_complaint else (),
            interested=() if self.route.is_complaint else people,
            allegations=tuple(
                AllegationDraft(code, text, factors, against if place == 0 else against[:1])
                for place, (code, text, factors) in enumerate(self.tale.alleged)
            ),
            tests=TESTS.get(self.route.key, ()),
            handler_ref=self.stage.user_refs[self.handler],
            sensitive_reason=self.sensitive,
        )
        self.ref = clocks.open_matter(by=by, recording=recording, handling_started_on=self.started or on, on=on)
        self.keys = [one.ref for one in self.publics]
        for one in self.publics:
            one.reach(by, on)
        if self.handler != self.assessor and self.handler not in self.unsigned:
            self.stage.diary.on(on, self._signed_by(self.handler))
        self.stage.diary.on(on + timedelta(days=1), self.handle)

    def _signed_by(self, who: str) -> "Signing":
        return Signing(self, who)

    def handle(self, at: datetime) -> None:
        """What the handler does from the first day: contact, copies, updates and the end."""
        if self.handler in self.unsigned:
            return
        on = at.date()
        if self.route.is_complaint:
            note = words(self.chance, "notes", "contact")
            self.later(on + timedelta(days=self.chance.between(0, 4)), self.handler, "complainant_contacted", note=note)
        if self.route.key in TESTS:
            copies = on + timedelta(days=self.chance.between(1, 12))
            for key in (*self.keys, *(self.stage.ref(one) for one in self.officers)):
                self.later(copies, self.handler, "record_copy_supplied", person=key)
        for key in self.keys:
            self.update_after(on, key, first=True)
        self.stage.diary.on(self.day(1.0), self._decide)

    def update_after(self, last: date, key: str, *, first: bool = False) -> None:
        """The next update: mostly in the week before it is due, now and then late."""
        late = self.chance.often(0.12)
        wait = self.chance.between(30, 41) if late else self.chance.between(18 if first else 21, PERIOD - 1)
        note = words(self.chance, "notes", "late" if late else "update")
        self.stage.diary.on(last + timedelta(days=wait), Update(self, key, note))

    def _decide(self, at: datetime) -> None:
        on = at.date()
        self.event(self.handler, "outcome_decided", note="Outcome decided on each allegation.")
        told = working_day(on + timedelta(days=self.chance.between(1, 5)))
        for key in self.keys:
            self.later(told, self.handler, "outcome_told", person=key, note=words(self.chance, "notes", "outcome"))
        if self.route.key in TESTS:
            self.later(told, self.handler, "review_determination_made")
            for key in self.keys:
                self.later(told + timedelta(days=1), self.handler, "review_right_told", person=key)
            self.stage.diary.on(told + timedelta(days=self.chance.between(30, 36)), self._close)
        else:
            self.stage.diary.on(told + timedelta(days=2), self._close)

    def _close(self, at: datetime) -> None:
        by = self.stage.as_user(self.handler, at)
        self.closed = True
        reasons = "Everybody concerned has been told the outcome, and nothing more is owed."
        clocks.close_matter(
            by=by, matter_ref=self.ref, version=parts(by, self.ref).version, on=at.date(), reasons=reasons
        )


@dataclass(slots=True)
class Signing:
    """Somebody signs that they have no conflict."""

    life: Life
    who: str

    def __call__(self, at: datetime) -> None:
        matters.sign(by=self.life.stage.as_user(self.who, at), matter_ref=self.life.ref, on=at.date())


@dataclass(slots=True)
class Update:
    """An update given to one person, and the next one written down."""

    life: Life
    key: str
    note: str

    def __call__(self, at: datetime) -> None:
        life = self.life
        if life.closed or at.date() >= life.day(1.0) or (life.silent_from and at.date() >= life.silent_from):
            return
        life.event(life.handler, "update_given", person=self.key, note=self.note)
        life.update_after(at.date(), self.key)
