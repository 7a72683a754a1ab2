"""Look-backs for tests, made through the actions: past matters, a leader, reviewers, a panel."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from peelian.lookback import actions, queries
from peelian.lookback.criteria import Criteria
from peelian.lookback.rows import CohortDraft, EnquiryDraft, ReviewDraft
from peelian.matters import actions as record
from peelian.matters import queries as matters
from peelian.matters.rows import PastCriteria
from peelian.terms.lookback import Position, ReviewCategory
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from tests import worlds
from tests.worlds import Someone

CAME = date(2024, 3, 4)
NONE, NEW, RISK = ReviewCategory


def past_matter(at: datetime, came: date = CAME, **facts: Any) -> str:
    """A complaint of long ago that was closed; returns its reference."""
    by = worlds.peelian(at)
    ref = record.record_matter(by=by, recording=worlds.complaint(came, **facts), on=came)
    closed_on = came + timedelta(days=60)
    version = matters.matter(by, ref).version
    record.mark_closed(by=by, matter_ref=ref, version=version, on=closed_on, reasons="It was dealt with.")
    return ref


@dataclass
class LookBack:
    """A cohort with people around it. `refs`: of its matters, in order of the day they came to attention."""

    at: datetime
    refs: list[str]
    leader: Someone
    reviewers: list[Someone]
    panel: list[Someone]
    owner: Someone
    ref: str = ""
    draft: CohortDraft = field(init=False)

    @property
    def today(self) -> date:
        return self.leader.viewer.today

    def freeze(self, criteria: Criteria | None = None, **facts: Any) -> str:
        """Freeze the matters that meet the criteria, all closed ones if none are given."""
        asked = criteria or Criteria(PastCriteria())
        seen = queries.preview(self.leader.viewer, asked)
        self.draft = CohortDraft(
            title="Closed complaints of 2024",
            purpose="To find what was missed.",
            reasons="All that were closed without a finding.",
            criteria=asked,
            target_on=self.today + timedelta(days=60),
            owner_ref=self.owner.user_ref,
            expected=seen.count,
        )
        self.ref = actions.freeze(by=self.leader.viewer, draft=replace(self.draft, **facts), on=self.today)
        return self.ref

    def allocate(self, ref: str, *people: Someone) -> None:
        for position, one in zip((Position.FIRST, Position.SECOND), people, strict=False):
            self.give(ref, position, one)

    def give(self, ref: str, position: Position, one: Someone) -> None:
        actions.allocate(
            by=self.leader.viewer,
            cohort_ref=self.ref,
            matter_ref=ref,
            position=position,
            user_ref=one.user_ref,
            on=self.today,
        )

    def sign(self, ref: str, *people: Someone) -> None:
        for one in people:
            actions.sign(by=one.viewer, cohort_ref=self.ref, matter_ref=ref, on=self.today)

    def lock(self, ref: str, one: Someone, category: ReviewCategory, **facts: Any) -> None:
        said = ReviewDraft(category=category, reasons=f"{one.viewer.name} read it all.")
        actions.lock_review(
            by=one.viewer, cohort_ref=self.ref, matter_ref=ref, draft=replace(said, **facts), on=self.today
        )

    def seat(self, *people: Someone) -> None:
        for one in people:
            actions.give_seat(by=self.leader.viewer, cohort_ref=self.ref, user_ref=one.user_ref, on=self.today)

    def agree(self, ref: str, *people: Someone, agrees: bool = True, signed: bool = False) -> None:
        """Sign for the panel, unless they did, then agree with what is proposed (or send it back)."""
        for one in people:
            if not signed:
                self.sign(ref, one)
            actions.note(
                by=one.viewer,
                cohort_ref=self.ref,
                matter_ref=ref,
                agrees=agrees,
                words="It was read with care.",
                on=self.today,
            )

    def decide(self, ref: str, first: ReviewCategory, second: ReviewCategory | None = None) -> None:
        """The whole way of a case, resolved by the third reviewer as the first said where the two differ."""
        one, two, three = self.reviewers[:3]
        self.allocate(ref, one, two)
        self.sign(ref, one, two)
        self.lock(ref, one, first)
        self.lock(ref, two, second or first)
        if second and second is not first:
            self.give(ref, Position.THIRD, three)
            self.sign(ref, three)
            self.lock(ref, three, first)
        self.agree(ref, *self.panel[:2])

    def case(self, viewer: Viewer, ref: str) -> Any:
        return queries.case(viewer, self.ref, ref)

    @property
    def figures(self) -> Any:
        return queries.board(self.leader.viewer, self.ref).figures


def lent(at: datetime, name: str, role: str = "outside_reviewer") -> Someone:
    """A user of another force, who is nobody in the register of people here."""
    by = worlds.peelian(at)
    user_ref = walls.make_user(
        by=by,
        username=name.lower().replace(" ", "."),
        name=name,
        roles=[role],
        password=None,
        on=worlds.FROM_ON,
    )
    walls.say_where_user_comes_from(
        by=by, user_ref=user_ref, body="Northbeck Police", words="Their letter of 3 November.", on=worlds.FROM_ON
    )
    return Someone("", 0, worlds.viewer_of(at, user_ref), user_ref)


def enquiry(owner: Someone, due_on: date, words: str = "Ask the second witness.") -> EnquiryDraft:
    return EnquiryDraft(words, owner.user_ref, due_on)


def look_back(at: datetime, matters_of: int = 1, frozen: bool = True, days: Sequence[date] = ()) -> LookBack:
    """A leader, four reviewers, a panel of two, and a frozen cohort of so many past matters."""
    came = list(days) or [CAME + timedelta(days=turn) for turn in range(matters_of)]
    made = LookBack(
        at=at,
        refs=[past_matter(at, day, heading=f"Past matter {turn}") for turn, day in enumerate(came, start=1)],
        leader=worlds.user(at, "Lena Leader", "appropriate_authority"),
        reviewers=[worlds.user(at, f"{name} Reader", "supervisor") for name in ("Ada", "Ben", "Cyd", "Dot")],
        panel=[worlds.user(at, f"{name} Panel", "panel_member") for name in ("Pia", "Quin")],
        owner=worlds.user(at, "Asa Assessor", "assessor"),
    )
    if frozen:
        made.freeze()
        made.seat(*made.panel)
    return made
