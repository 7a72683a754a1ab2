"""Test cases of severity that assessors answered: some alike, one discussed, one to be discussed, one that waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from peelian.calibration import actions
from peelian.clocks.law import law
from peelian.demo.days import working_day
from peelian.demo.stage import Stage
from peelian.rules.calibration import guidance

OPENS, ANSWERS, RESOLVES = 9 * 60 + 20, 14 * 60 + 5, 11 * 60 + 50
REASONS = {
    "gross_misconduct": "Taken at its highest, dismissal would be justified: trust in the office is gone.",
    "misconduct": "A breach that would justify a warning. I weighed whether it goes further; it does not.",
    "practice_requiring_improvement": "It fell short and was put right. It asks for help, not for discipline.",
    "neither": "Within the law and as it is taught. Nothing here falls below what is expected.",
}


@dataclass(frozen=True)
class Given:
    """A test case `ago` days before today: who gave it out, and who answered what; an empty answer still waits."""

    ago: int
    case: str
    owner: str
    answers: tuple[tuple[str, str], ...]
    resolved: str = ""
    said: str = ""
    follows: str = ""


ROUNDS = (
    Given(110, "case_custody", "authority", (("assessor", "gross_misconduct"), ("supervisor", "gross_misconduct"))),
    Given(
        *(82, "case_notebook", "authority"),
        (("assessor", "practice_requiring_improvement"), ("supervisor", "misconduct")),
        resolved="practice_requiring_improvement",
        said="Discussed with both. A second slip that is put right openly asks for a plan, not for discipline; "
        "that it happened before was read as a pattern, which two slips in years are not.",
        follows="An example of a slip that is put right goes into the next briefing.",
    ),
    Given(54, "case_force", "head", (("assessor", "neither"), ("supervisor", "neither"))),
    Given(26, "case_joke", "head", (("assessor", "misconduct"), ("supervisor", "gross_misconduct"))),
    Given(6, "case_message", "authority", (("supervisor", "gross_misconduct"), ("assessor", ""))),
)


def write_down(stage: Stage) -> None:
    """Each case is given out, answered within the week and, where it was, resolved the week after."""
    for one in ROUNDS:
        day = working_day(stage.today - timedelta(days=one.ago))
        if day > stage.diary.first:  # the force had moved to Peelian by then
            Course(stage, one, day).write_down()


class Course:
    """One test case on its way; `ref` is known once it is given out."""

    def __init__(self, stage: Stage, given: Given, day: date) -> None:
        self.stage, self.given, self.day, self.ref = stage, given, day, ""

    def write_down(self) -> None:
        diary = self.stage.diary
        diary.on(self.day, self.opened, minute=OPENS)
        for after, (who, option) in enumerate(self.given.answers, 1):
            if option:
                diary.on(self.day + timedelta(days=after), partial(self.answered, who, option), minute=ANSWERS)
        if self.given.resolved:
            diary.on(self.day + timedelta(days=9), self.resolved, minute=RESOLVES)

    def opened(self, at: datetime) -> None:
        by, asked = self.stage.as_user(self.given.owner, at), [who for who, _ in self.given.answers]
        refs = [self.stage.user_refs[who] for who in asked]
        self.ref = actions.open_round(by=by, case=self.given.case, user_refs=refs, on=at.date())

    def answered(self, who: str, option: str, at: datetime) -> None:
        case = guidance(law()).cases[self.given.case]
        actions.answer(
            by=self.stage.as_user(who, at),
            round_ref=self.ref,
            option=option,
            standards=case.standards,
            codes=case.reasons if option == case.says else case.reasons[:1],
            reasons=REASONS[option],
            on=at.date(),
        )

    def resolved(self, at: datetime) -> None:
        given = self.given
        actions.resolve(
            by=self.stage.as_user(given.owner, at),
            round_ref=self.ref,
            option=given.resolved,
            reasons=given.said,
            follows=given.follows,
            on=at.date(),
        )
