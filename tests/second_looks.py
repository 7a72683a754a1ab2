"""Decisions of last month on a conduct matter, drawn by lot, made through the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from peelian.clocks.law import law
from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.demo.deliberations import answers_for
from peelian.matters.queries import parts
from peelian.rules.sampling import is_drawn, samples
from peelian.sampling import actions, queries
from peelian.terms.matters import MatterKind
from tests import worlds
from tests.worlds import Someone

CAME, DECIDED, MONTH = date(2026, 10, 5), date(2026, 10, 20), date(2026, 10, 1)


@dataclass
class SecondLook:
    """A referral decided on in October by `first`, who saw the matter, and drawn for somebody else to decide again."""

    at: datetime
    matter: str
    officer: str
    first: Someone
    again: Someone
    head: Someone
    decision: str
    ref: str = ""

    @property
    def on(self) -> date:
        return self.at.date()

    def draw(self, sample: str = "referral", **said: Any) -> str:
        share = samples(law())[sample].share
        seed = said.pop("seed", None) or seed_for(self.decision, share)
        given = {"by": worlds.peelian(self.at), "month": MONTH, "seed": seed, "on": self.on, **said}
        drawn = actions.draw(sample=sample, **given)
        self.ref = next((one.ref for one in queries.mine(self.again.viewer).blind), "")
        return drawn

    def again_as(self, option: str, **said: Any) -> bool:
        answers = dict(answers_for("referral", MatterKind.CONDUCT_MATTER.value, option))
        given = {"by": self.again.viewer, "reasons": "I read it all.", "on": self.on, "answers": answers, **said}
        return actions.decide_again(drawn_ref=self.ref, option=option, **given)


def seed_for(member: str, share: int, wanted: Callable[[bool], bool] = bool) -> str:
    """The first seed by which a member is drawn."""
    return next(str(seed) for seed in count() if wanted(is_drawn(str(seed), member, share)))


def second_look(at: datetime) -> SecondLook:
    officer = worlds.officer(at, "Shaw", "Ada")
    recording = {"officers": [officer], "kind": MatterKind.CONDUCT_MATTER}
    matter = worlds.open_complaint(worlds.peelian(at), CAME, **recording)
    first, again = worlds.user(at, "Aster Lee", "assessor"), worlds.user(at, "Bryn Moss", "assessor")
    head = worlds.user(at, "Hedda Head", "chief_officer")
    decision = refer(first, matter, DECIDED)
    return SecondLook(at, matter, officer, first, again, head, decision)


def refer(by: Someone, matter: str, on: date, option: str = "no") -> str:
    """A decision on referral that agrees with what its answers indicate."""
    parts(by.viewer, matter)
    before = cases.asking(by.viewer, matter, "referral").before
    return decisions.decide(
        by=by.viewer,
        matter_ref=matter,
        step="referral",
        option=option,
        answers=dict(answers_for("referral", MatterKind.CONDUCT_MATTER.value, option)),
        reasons="The zebra crossing was considered.",
        on=on,
        replaces=before.ref if before else "",
    )
