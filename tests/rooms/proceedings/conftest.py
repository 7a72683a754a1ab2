"""A conduct matter whose officer is to answer gross misconduct at a hearing, and those who work on it."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.demo.deliberations import answers_for
from peelian.people import actions as people
from peelian.proceedings import actions as proceedings
from peelian.rules.saying import left_out
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from tests import panels, worlds

CAME = date(2026, 10, 5)
TO_FORM = (
    *("referral=no", "conduct_handling=investigate", "investigator=appointed", "severity=gross_misconduct"),
    *("notice_of_investigation=given", "terms_of_reference=set", "plan=agreed", "interview_fixed=fixed"),
    *("interview_held=held", "report=submitted", "live_warnings=none", "determination=gross", "form=hearing"),
)


@dataclass
class Case:
    """`take` takes steps in order, each through whoever holds its power."""

    at: datetime
    matter: str
    officer: str
    by: dict[Permission, Viewer]
    names: dict[str, worlds.Someone] = field(default_factory=dict)

    @property
    def decides(self) -> Viewer:
        return self.by[Permission.DETERMINE]

    @property
    def records(self) -> Viewer:
        return self.by[Permission.RECORD_EVENT]

    @property
    def sits(self) -> Viewer:
        return self.by[Permission.SIT]

    def take(self, *outcomes: str) -> None:
        for outcome in outcomes:
            key, _, option = outcome.partition("=")
            step = cases.asking(self.decides, self.matter, key, self.officer).step
            actor = self.by[step.owner]
            if step.joint_view:
                decisions.record_joint_view(
                    by=actor, matter_ref=self.matter, shown=[], together=False, reasons="Alone.", on=actor.today
                )
            person = self.officer if step.per.value == "officer" else ""
            before = cases.asking(actor, self.matter, key, person).before
            chosen = step.option(option)
            assert chosen
            kind = MatterKind.CONDUCT_MATTER
            proceedings.decide(
                by=actor,
                matter_ref=self.matter,
                step=key,
                option=option,
                person_key=person,
                answers=dict(answers_for(key, "conduct_matter", option)) if step.questions else {},
                reasons=f"Because of {outcome}.",
                on=actor.today,
                said={key: "Said in words." for key, _ in left_out(step, chosen, kind, {}, open_lines=True)},
                fixed_on=actor.today if chosen.asks_day else None,
                replaces=before.ref if before else "",
            )

    def whole(self) -> str:
        return panels.whole(self.decides, self.matter, self.officer)


@pytest.fixture
def case(at: datetime, db: None) -> Case:
    return made(at)


def made(at: datetime, came: date = CAME) -> Case:
    named = {
        Permission.ASSESS_CONDUCT: ("Aster Lee", "assessor"),
        Permission.RECORD_EVENT: ("Hanna Handler", "complaint_handler"),
        Permission.INVESTIGATE: ("Ivo Inquirer", "supervisor"),
        Permission.DETERMINE: ("Ada Authority", "appropriate_authority"),
        Permission.SIT: ("Cora Chair", "chief_officer"),
    }
    names = {role: worlds.user(at, name, role) for name, role in named.values()}
    officer = worlds.officer(at, "Shaw", "Ada")
    people.hold_rank(by=worlds.peelian(at), person_ref=officer, rank="Constable", on=date(2024, 1, 1))
    system = worlds.peelian(at)
    matter = worlds.open_complaint(
        system, came, officers=[officer], kind=MatterKind.CONDUCT_MATTER, complainants=(), tests=()
    )
    by = {power: names[role].viewer for power, (_, role) in named.items()}
    case = Case(at, matter, officer, by, names)
    case.take(*TO_FORM)
    return case
