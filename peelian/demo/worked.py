"""An investigation taken through the steps of casework: appointed, planned, heard, reviewed, reported, decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from peelian.demo.days import working_day
from peelian.demo.deliberations import answers_for, read_joint_view
from peelian.demo.lives import Life
from peelian.demo.tables import table
from peelian.investigations import actions as lines
from peelian.investigations.rows import LineDraft
from peelian.proceedings import actions as proceedings
from peelian.terms.investigations import LineState, Priority

BEGINS = 10 * 60  # minutes after midnight: given, so that nobody else's day is drawn anew
SOON = 9  # days from the notice to the interview


@dataclass(slots=True)
class Worked:
    """The investigation of `life`, whose words stand under `words` in the table `worked`."""

    life: Life
    words: str

    def begin(self, appointed: int, *, reported: int = 0, decided: int = 0, outcome: str = "") -> None:
        """Write it down. Each is a number of days before today; nothing after the plan where `reported` is 0."""
        self.on(appointed, self.appoint)
        self.on(appointed - 2, self.plan)
        if not reported:
            return
        self.on(appointed - 12, self.fix_interview)
        self.on((appointed + reported) // 2, self.review)
        self.on(reported + 6, self.finish)
        self.on(reported, self.report)
        self.on(decided, lambda at: self.determine(outcome))

    @property
    def said(self) -> Mapping[str, Any]:
        """What people say and find out in this matter."""
        found: Mapping[str, Any] = table("worked")[self.words]
        return found

    @property
    def person(self) -> str:
        return self.life.stage.ref(self.life.officers[0])

    def on(self, days: int, deed: Callable[[datetime], None]) -> None:
        """Do this so many days before today, if the matter is open then and whoever investigates has signed."""
        life = self.life

        def done(at: datetime) -> None:
            if life.ref and not life.closed and life.unsigned.isdisjoint({life.investigator, life.authority}):
                deed(at)

        life.stage.diary.on(life.stage.today - timedelta(days=days), done, minute=BEGINS)

    def decide(
        self, who: str, step: str, option: str, reasons: str, *, person: str = "", fixed_on: date | None = None
    ) -> str:
        """Take a step now; what it asks for in words stands in the table."""
        life = self.life
        at = life.stage.diary.now
        answers = dict(answers_for(step, life.route.kind.value, option))
        return proceedings.decide(
            by=life.stage.as_user(who, at),
            matter_ref=life.ref,
            step=step,
            option=option,
            person_key=person,
            answers=answers,
            reasons=reasons,
            fixed_on=fixed_on,
            said=self.said.get(f"said_{step}", {}),
            on=at.date(),
        )

    def appoint(self, at: datetime) -> None:
        life = self.life
        chosen = "Accredited, has the time, and has never worked with the officer."
        self.decide(life.authority, "investigator", "appointed", chosen)
        self.decide(life.authority, "terms_of_reference", "set", self.said["terms"])
        given = "Given in person, with a copy for the police friend."
        self.decide(life.investigator, "notice_of_investigation", "given", given, person=self.person)

    def plan(self, at: datetime) -> None:
        life = self.life
        by, on = life.stage.as_user(life.investigator, at), at.date()
        for number, row in enumerate(self.said["lines"]):
            due = working_day(on + timedelta(days=row["days"]))
            draft = LineDraft(
                row["what"],
                row["why"],
                life.stage.user_refs[life.investigator],
                due,
                priority=Priority.HIGH if number == 0 else Priority.NORMAL,
                allegation=1,
                source=row.get("source", ""),
            )
            lines.add_line(by=by, matter_ref=life.ref, draft=draft, on=on)
            if "found" in row:
                self.life.stage.diary.on(due - timedelta(days=3), self._end(number + 1, row["found"]), minute=BEGINS)
        self.decide(life.investigator, "plan", "agreed", "Agreed with the supervisor; what can be lost is done first.")

    def _end(self, number: int, found: str) -> Callable[[datetime], None]:
        def end(at: datetime) -> None:
            by = self.life.stage.as_user(self.life.investigator, at)
            given: dict[str, Any] = {"matter_ref": self.life.ref, "number": number, "version": 1}
            lines.end_line(by=by, state=LineState.DONE, words=found, on=at.date(), **given)

        return end

    def fix_interview(self, at: datetime) -> None:
        held = working_day(at.date() + timedelta(days=SOON))
        agreed = "Agreed with the officer and the police friend."
        self.decide(self.life.investigator, "interview_fixed", "fixed", agreed, person=self.person, fixed_on=held)
        self.life.stage.diary.on(held, self.interview, minute=BEGINS)

    def interview(self, at: datetime) -> None:
        held = "Held on the day that was fixed, with every question put."
        self.decide(self.life.investigator, "interview_held", "held", held, person=self.person)

    def review(self, at: datetime) -> None:
        self.decide("supervisor2", "supervisor_review", "on_course", "On course; nothing waits on anybody else.")

    def finish(self, at: datetime) -> None:
        none = "The record of the officer was read: no warning is live."
        self.decide(self.life.investigator, "live_warnings", "none", none, person=self.person)

    def report(self, at: datetime) -> None:
        self.decide(self.life.investigator, "report", "submitted", self.said["report"])

    def determine(self, outcome: str) -> None:
        """Case to answer, or none; with a case of gross misconduct, a hearing."""
        authority = self.life.authority
        read_joint_view(self.life, authority)
        self.decide(authority, "determination", outcome, self.said["determination"], person=self.person)
        if outcome == "gross":
            form = "A case to answer gross misconduct goes to a hearing."
            self.decide(authority, "form", "hearing", form, person=self.person)
