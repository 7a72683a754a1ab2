"""Recommendations as they might stand: met, met late, overdue, waiting for a second person, not due. All invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from peelian.demo.days import working_day
from peelian.demo.stage import Stage
from peelian.recommendations import actions

ADDED, GIVEN, ANSWERED = 9 * 60 + 40, 15 * 60 + 10, 16 * 60 + 20
INQUIRY = "The Angiolini Inquiry, part 1: words and numbers invented for this demonstration"
INSPECTION = "Inspection of vetting, misconduct and misogyny: words and numbers invented for this demonstration"
LEARNING = "Organisational learning, IOPC: invented for this demonstration"


@dataclass(frozen=True)
class Done:
    """Evidence given `ago` days before today by the analyst; `accepted`: by the head, None while it waits."""

    ago: int
    what: str
    where: str
    accepted: bool | None
    says: str = ""
    completes: bool = True
    reasons: str = "I read what it points to. It shows what it says."


@dataclass(frozen=True)
class Asked:
    """A recommendation, due `due` days from today, below zero in the past. `moved`: from how many days before that."""

    source: str
    number: str
    words: str
    owner: str
    due: int
    done: tuple[Done, ...] = ()
    moved: int = 0
    published: bool = True


ASKED = (
    Asked(
        *(
            INQUIRY,
            "1",
            "Every report of indecent exposure about somebody who serves is assessed for gross misconduct.",
        ),
        *("Head of Professional Standards", -40),
        (
            Done(
                *(
                    52,
                    "A dip sample of all reports since the change: each was assessed.",
                    "Audit file 12, sheet 3",
                    True,
                ),
                says="Every such report since the change was assessed; a sample is read each quarter.",
            ),
        ),
    ),
    Asked(
        *(INQUIRY, "2", "Whoever transfers from another force is vetted afresh, and the other force's files are read."),
        *("Head of Vetting", -75),
        (
            Done(
                *(48, "Vetting asks the other force in writing, and waits.", "Vetting procedure, section 4", True),
                says="Nobody is cleared on transfer before the other force has answered in writing.",
            ),
        ),
    ),
    Asked(
        *(INQUIRY, "3", "Supervisors are trained to recognise conduct that escalates, and refresh it each year."),
        *("Head of Learning and Development", -20),
        (
            Done(
                *(60, "Half of all supervisors were trained.", "Training register, extract", True),
                says="Half of all supervisors have been trained.",
                completes=False,
            ),
        ),
        moved=60,
    ),
    Asked(
        *(INQUIRY, "4", "A review of everybody with a conviction or caution is completed and its outcome published."),
        *("Deputy Commissioner", 120),
    ),
    Asked(
        *(
            INSPECTION,
            "7",
            "Files closed with no further action are read by somebody independent, in a sample each month.",
        ),
        *("Head of Professional Standards", 21),
        (Done(5, "The first three months were drawn and read.", "Second looks, by month", None),),
    ),
    Asked(
        *(INSPECTION, "9", "The survey of how safe it is to report a colleague is repeated, and its answer published."),
        *("Director of People", -9),
        (
            Done(
                *(30, "The survey was sent out.", "People directorate, note of the board", False),
                reasons="It was sent; its answer is not there and nothing is published.",
            ),
        ),
    ),
    Asked(
        *(LEARNING, "L2", "Keys of the property store are signed for at each hand-over."),
        *("Head of Property Services", 45),
        published=False,
    ),
)


def write_down(stage: Stage) -> None:
    """They were written down when the force moved to Peelian; what was done since follows in its order."""
    day = working_day(stage.diary.first + timedelta(days=1))
    stage.diary.on(day, Register(stage, day), minute=ADDED)


class Register:
    """Writes all of them down, and what follows of each."""

    def __init__(self, stage: Stage, day: date) -> None:
        self.stage, self.day = stage, day

    def __call__(self, at: datetime) -> None:
        today, diary = self.stage.today, self.stage.diary
        for one in ASKED:
            first = today + timedelta(days=one.due - one.moved)
            ref = actions.add(
                by=self.stage.as_user("analyst", at),
                source=one.source,
                number=one.number,
                words=one.words,
                owner=one.owner,
                owner_ref=self.stage.user_refs["head"] if one.owner.endswith("Professional Standards") else "",
                due_on=first,
                published=one.published,
                on=at.date(),
            )
            if one.moved:
                diary.on(first - timedelta(days=5), partial(self._moved, ref, one), minute=GIVEN)
            for done in one.done:
                diary.on(today - timedelta(days=done.ago), partial(self._given, ref, done), minute=GIVEN)

    def _moved(self, ref: str, one: Asked, at: datetime) -> None:
        actions.charge(
            by=self.stage.as_user("analyst", at),
            recommendation_ref=ref,
            owner=one.owner,
            due_on=self.stage.today + timedelta(days=one.due),
            reasons="The provider could not train everybody by then.",
            on=at.date(),
        )

    def _given(self, ref: str, done: Done, at: datetime) -> None:
        evidence = actions.give_evidence(
            by=self.stage.as_user("analyst", at),
            recommendation_ref=ref,
            what=done.what,
            where=done.where,
            completes=done.completes,
            says=done.says,
            on=at.date(),
        )
        if done.accepted is not None:
            self.stage.diary.on(at.date() + timedelta(days=2), partial(self._answered, evidence, done), minute=ANSWERED)

    def _answered(self, evidence: str, done: Done, at: datetime) -> None:
        by = self.stage.as_user("chief", at)
        actions.answer(by=by, evidence_ref=evidence, accepted=bool(done.accepted), reasons=done.reasons, on=at.date())
