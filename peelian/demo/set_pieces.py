"""Matters that show one thing each: an unknown officer, a sensitive one, the head concerned, a conflict."""

from datetime import date, datetime, timedelta

from peelian.demo.caseload import Caseload
from peelian.demo.contacts import in_touch
from peelian.demo.inquiries import suspend
from peelian.demo.lives import Signing
from peelian.demo.matched import Matched
from peelian.demo.routes import Route, routes
from peelian.demo.stage import Stage
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.terms.matters import Capacity

BEARD = "The officer with the beard: tall, about forty, spoke with a northern accent; no number seen on the shoulder."
OTHER_BEARD = "The officer with the grey beard who drove the van; passengers called him Skip."
EVIDENCE = (
    "Body-worn video of the second officer shows the shoulder number at 21:14:08, and the duty roster of that evening"
    " has the same person in the van. The complainant recognised the photograph."
)


class SetPieces:
    """Writes the set pieces into the diary."""

    def __init__(self, stage: Stage, caseload: Caseload) -> None:
        self.stage, self.caseload, self.chance = stage, caseload, caseload.chance
        self.ways = {one.key: one for one in routes()}

    def write_down(self) -> None:
        """All of them."""
        self.identified()
        self.unidentified()
        self.sensitive()
        self.head_concerned()
        self.conflict(60, "handler2", "handler3")
        self.conflict(17, "handler3", "handler")
        self.reflection()
        Matched(self.stage, self.caseload, self.way("recordable")).write_down()
        self.due_now()

    def before(self, days: int) -> date:
        return self.stage.today - timedelta(days=days)

    def way(self, key: str) -> Route:
        return self.ways[key]

    def identified(self) -> None:
        """An officer known only by a beard, identified a month later; everybody with a place signs again."""
        life = self.caseload.life(
            self.way("otherwise"),
            self.before(46),
            95,
            category="H2",
            allegations=1,
            officers=[],
            described=(BEARD,),
            handler="handler",
            assessor="assessor",
            unsigned=frozenset(),
        )
        who = self.caseload.subjects.draw(self.chance, self.before(46), 1)[0]

        def identify(at: datetime) -> None:
            by = self.stage.as_user("assessor", at)
            held = parts(by, life.ref)
            number = next(int(one.key.partition(":")[2]) for one in held.people if one.key.startswith("number:"))
            matters.identify_person(
                by=by,
                matter_ref=life.ref,
                version=held.version,
                number=number,
                person_ref=self.stage.ref(who),
                evidence=EVIDENCE,
                on=at.date(),
            )
            for again in ("handler", "assessor"):
                self.stage.diary.at_once(Signing(life, again))

        self.stage.diary.on(self.before(13), identify)

    def unidentified(self) -> None:
        """Another, whom nobody has identified yet."""
        self.caseload.life(
            self.way("otherwise"),
            self.before(11),
            80,
            category="B1",
            allegations=2,
            officers=[],
            described=(OTHER_BEARD,),
            handler="handler",
            unsigned=frozenset(),
            recorded_after=1,
        )

    def sensitive(self) -> None:
        """A sensitive matter, open only to those named on it; the head breaks the glass once."""
        who = self.caseload.subjects.draw(self.chance, self.before(75), 1)
        life = self.caseload.life(
            self.way("recordable"),
            self.before(75),
            320,
            category="G2",
            allegations=2,
            officers=who,
            handler="supervisor2",
            assessor="authority2",
            investigator="investigator2",
            authority="authority",
            sensitive="The witness is afraid of colleagues of the officer concerned.",
            unsigned=frozenset(),
        )
        suspend(life, who[0], self.before(66))

        def break_glass(at: datetime) -> None:
            matters.break_glass(
                by=self.stage.as_user("head", at),
                matter_ref=life.ref,
                reason="Tonight the witness rang in fear of the officer, and nobody named on it can be reached.",
            )

        self.stage.diary.on(self.before(9), break_glass, minute=19 * 60 + 40)

    def head_concerned(self) -> None:
        """The head of professional standards is concerned: the matter is sensitive and the delegate stands in."""
        head = self.stage.workforce.by_sign_in["head"]
        self.caseload.life(
            self.way("otherwise"),
            self.before(24),
            90,
            category="H4",
            allegations=1,
            officers=[head],
            handler="delegate",
            assessor="assessor2",
            unsigned=frozenset(),
            silent_from=None,
        )

    def conflict(self, days: int, first: str, then: str) -> None:
        """A handler declares a conflict; the supervisor gives the matter to another."""
        life = self.caseload.life(
            self.way("otherwise"),
            self.before(days),
            days + 50,
            handler=first,
            unsigned=frozenset({first}),
            recorded_after=2,
        )

        def declare(at: datetime) -> None:
            matters.declare_conflict(
                by=self.stage.as_user(first, at),
                matter_ref=life.ref,
                reason="The complainant's sister and I have been friends since school.",
                on=at.date(),
            )
            self.stage.diary.on(at.date() + timedelta(days=1), replace)

        def replace(at: datetime) -> None:
            matters.allocate(
                by=self.stage.as_user("supervisor", at),
                matter_ref=life.ref,
                user_ref=self.stage.user_refs[then],
                capacity=Capacity.HANDLER,
                on=at.date(),
            )
            life.handler, life.unsigned = then, frozenset()
            self.stage.diary.on(at.date(), Signing(life, then))
            self.stage.diary.on(at.date() + timedelta(days=1), life.handle)

        self.stage.diary.on(self.before(days - 7), declare)

    def reflection(self) -> None:
        """An officer invited to give an account in a reflective practice review, for which the supervisor waits."""
        life = self.caseload.life(
            self.way("conduct"),
            self.before(64),
            180,
            category="H5",
            allegations=1,
            officers=self.caseload.subjects.draw(self.chance, self.before(64), 1),
            handler="supervisor2",
            unsigned=frozenset(),
        )
        person = self.stage.ref(life.officers[0])
        life.later(self.before(6), "supervisor2", "reflective_account_invited", person=person)

    def due_now(self) -> None:
        """Handled by `handler`: updates due today, tomorrow and this week, one overdue; one not signed for yet."""
        for due in (0, 0, 1, 3, 5, -2, -6):
            started = self.before(28 - due)
            life = self.caseload.life(
                self.way("otherwise"),
                started - timedelta(days=3),
                110,
                handler="handler",
                unsigned=frozenset(),
                recorded_after=3,
                silent_from=started,
                started=started,
            )
            if due == 5:
                in_touch(self.stage, life)
        self.caseload.life(
            self.way("otherwise"),
            self.before(6),
            90,
            handler="handler",
            unsigned=frozenset({"handler"}),
            recorded_after=2,
        )
        self.caseload.life(
            self.way("investigated"),
            self.before(9),
            200,
            investigator="investigator",
            unsigned=frozenset({"investigator"}),
        )
