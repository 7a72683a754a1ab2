"""Conduct matters for the tests of lessons, made and decided through the actions. All names are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from peelian.clocks import actions as clocks
from peelian.clocks.law import law
from peelian.decisions import actions, queries
from peelian.matters.queries import parts
from peelian.rules.steps import asked
from peelian.terms.matters import MatterKind
from peelian.terms.viewer import Viewer
from tests import worlds

CAME = date(2026, 10, 5)


def noes(step: str, kind: str, *, yes: Sequence[str] = ()) -> dict[str, bool]:
    """Every question of a step answered no, but for those in `yes`."""
    return {one.key: one.key in yes for one in asked(law().steps[step], kind)}


@dataclass
class Case:
    """One conduct matter about one officer, with those who decide on it."""

    at: datetime
    officer: str
    ref: str
    kind: str = MatterKind.CONDUCT_MATTER
    people: dict[str, Viewer] = field(default_factory=dict)

    def by(self, role: str) -> Viewer:
        """The one user of this role."""
        if role not in self.people:
            given = role.replace("_", " ").title().replace(" ", "")
            self.people[role] = worlds.user(self.at, f"{given} Quill", role).viewer
        return self.people[role]

    def read(self, by: Viewer, *, together: bool = False, reasons: str = "They are not alike.") -> None:
        shown = [line.ref for one in queries.joint(by, self.ref).people for line in one.matters]
        actions.record_joint_view(
            by=by, matter_ref=self.ref, shown=shown, together=together, reasons=reasons, on=by.today
        )

    def decide(self, by: Viewer, step: str, option: str, *, yes: Sequence[str] = (), **said: Any) -> str:
        given = {"answers": noes(step, self.kind, yes=yes), "reasons": "Read and weighed.", "on": by.today, **said}
        return actions.decide(by=by, matter_ref=self.ref, step=step, option=option, **given)

    def refer_or_not(self, by: Viewer) -> str:
        return self.decide(by, "referral", "no")

    def sign(self, by: Viewer, decision: str) -> None:
        actions.sign_decision(
            by=by, matter_ref=self.ref, decision_ref=decision, agreed=True, reasons="I agree.", on=by.today
        )

    def close(self, by: Viewer) -> None:
        version = parts(by, self.ref).version
        actions.close_matter(
            by=by, matter_ref=self.ref, version=version, on=by.today, reasons="Nothing more is to be done."
        )

    def stands(self, decision: str) -> bool:
        return next(one.stands for one in queries.decisions(worlds.peelian(self.at), self.ref) if one.ref == decision)


def conduct_case(at: datetime, came: date = CAME, **facts: Any) -> Case:
    officer = facts.pop("officer", "") or worlds.officer(at, "Fenwright", "Jory")
    kind = facts.setdefault("kind", MatterKind.CONDUCT_MATTER)
    recording = replace(worlds.complaint(came, officers=[officer], **facts), complainants=())
    ref = clocks.open_matter(by=worlds.peelian(at), recording=recording, handling_started_on=came, on=at.date())
    return Case(at, officer, ref, kind)
