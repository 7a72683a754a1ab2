"""A look-back in progress: past matters of some weeks, frozen, given to reviewers, a few of them read."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from peelian.demo.stage import Stage
from peelian.lookback import actions, queries
from peelian.lookback.criteria import Criteria
from peelian.lookback.rows import CohortDraft, EnquiryDraft, ReviewDraft
from peelian.matters.rows import PastCriteria
from peelian.terms.lookback import Position, ReviewCategory

SPANS = (400, 200, 120, 90, 60, 45, 30, 15, 8, 4, 2, 1)  # days of the past: as many as give no more than MOST
MOST, LEAST = 24, 4
BEGINS = 9 * 60 + 20
NOTHING = ReviewCategory.NO_FURTHER_ACTION
ANEW, RISK = ReviewCategory.NEW_ASSESSMENT, ReviewCategory.RISK_MANAGEMENT
REVIEWERS = ("supervisor", "supervisor2", "authority2")
PANEL = ("panel", "delegate")
SAID = {
    NOTHING: "Everybody was asked, the reasons answer what was said, and the person who complained was told.",
    ANEW: "Two people who were named were never asked, and one of them is named again a year later.",
    RISK: "The same team, the same complaint, three times within a year. Nobody looked at them side by side.",
}
READ = (
    (NOTHING, NOTHING),  # read by both and by the panel
    (ANEW, ANEW),  # read by both; one of the panel has agreed
    (NOTHING, RISK),  # they differ: a third reviewer is wanted
    (NOTHING, None),  # the second has signed and not locked
    (None, None),
)


class LookBack:
    """Writes the look-back into the diary. `cases`: references of those worked on here, oldest first."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.cohort = stage, ""
        self.cases: list[str] = []

    def write_down(self) -> None:
        for days, deed in (
            (44, self.freeze),
            (41, self.give),
            (34, self.sign),
            (27, self.first),
            (19, self.second),
            (12, self.panel),
        ):
            self.stage.diary.on(self.stage.today - timedelta(days=days), deed, minute=BEGINS)

    def freeze(self, at: datetime) -> None:
        """Choose as long a stretch of the past as is not too much to read; none where too little lies in it."""
        by, last = self.stage.as_user("head", at), self.stage.diary.first - timedelta(days=10)
        for span in SPANS:
            criteria = Criteria(PastCriteria(from_on=last - timedelta(days=span), to_on=last), fresh=True)
            found = queries.preview(by, criteria)
            if found.count <= MOST:
                break
        days = Counter(_day(one.came_to_attention) for one in found.chosen)
        alone = [one.ref for one in found.chosen if days[_day(one.came_to_attention)] == 1]
        if not LEAST <= found.count <= MOST or len(alone) < LEAST:
            return
        self.cases = alone[: len(READ)]
        draft = CohortDraft(
            title=f"Closed on the old system: {last - timedelta(days=span):%B %Y} to {last:%B %Y}",
            purpose="To learn whether what was closed on the old system was closed rightly.",
            reasons="An inspection found cases that were closed in haste before the move. These are the last of them.",
            criteria=criteria,
            target_on=self.stage.today + timedelta(days=40),
            owner_ref=self.stage.user_refs["assessor"],
            expected=found.count,
        )
        self.cohort = actions.freeze(by=by, draft=draft, on=at.date())
        for who in PANEL:
            actions.give_seat(by=by, cohort_ref=self.cohort, user_ref=self.stage.user_refs[who], on=at.date())

    def give(self, at: datetime) -> None:
        """First and second reviews in turn, so that each reads with each."""
        for number, ref in enumerate(self.cases):
            for position in (Position.FIRST, Position.SECOND):
                who = _reviewer(number, position)
                self._allocate(at, ref, position, who)

    def _allocate(self, at: datetime, ref: str, position: Position, who: str) -> None:
        by, user = self.stage.as_user("head", at), self.stage.user_refs[who]
        given: dict[str, Any] = {"matter_ref": ref, "position": position, "user_ref": user, "on": at.date()}
        actions.allocate(by=by, cohort_ref=self.cohort, **given)

    def sign(self, at: datetime) -> None:
        for number, ref in enumerate(self.cases[:4]):
            for position in (Position.FIRST, Position.SECOND):
                self._sign(at, ref, _reviewer(number, position))

    def _sign(self, at: datetime, ref: str, who: str) -> None:
        by = self.stage.as_user(who, at)
        actions.sign(by=by, cohort_ref=self.cohort, matter_ref=ref, on=at.date())

    def first(self, at: datetime) -> None:
        self._lock(at, Position.FIRST)

    def second(self, at: datetime) -> None:
        self._lock(at, Position.SECOND)

    def _lock(self, at: datetime, position: Position) -> None:
        for number, (ref, said) in enumerate(zip(self.cases, READ, strict=False)):
            category = said[position - 1]
            if category is None:
                continue
            who = _reviewer(number, position)
            enquiries: tuple[EnquiryDraft, ...] = ()
            if category is ANEW and position is Position.FIRST:
                asked = "Ask the two people who were named and never asked."
                due = self.stage.today + timedelta(days=20)
                enquiries = (EnquiryDraft(asked, self.stage.user_refs["supervisor2"], due),)
            draft = ReviewDraft(category, SAID[category], enquiries)
            by = self.stage.as_user(who, at)
            actions.lock_review(by=by, cohort_ref=self.cohort, matter_ref=ref, draft=draft, on=at.date())

    def panel(self, at: datetime) -> None:
        """Both of the panel read the first case, and one of them the second."""
        for ref, members in zip(self.cases, (PANEL, PANEL[:1]), strict=False):
            for who in members:
                self._sign(at, ref, who)
                by = self.stage.as_user(who, at)
                words = "Read with both reviews. The reasons stand up."
                actions.note(by=by, cohort_ref=self.cohort, matter_ref=ref, agrees=True, words=words, on=at.date())


def _day(came: Any) -> date | None:
    return came.earliest if came else None


def _reviewer(number: int, position: Position) -> str:
    return REVIEWERS[(number + position - 1) % len(REVIEWERS)]
