"""Steps of casework on a complaint under Schedule 3, taken in order, each by somebody who holds its power."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peelian.clocks.law import law
from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.demo.deliberations import answers_for
from peelian.proceedings import actions as proceedings
from peelian.rules.saying import left_out
from peelian.statute import Per
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from tests import worlds

TO_SEVERITY = (
    *("referral=no", "handling=investigate", "investigator=appointed", "special_requirements=met"),
    "severity=gross_misconduct",
)
TO_OUTCOME = ("referral=no", "handling=otherwise", "complaint_outcome=acceptable", "review_right=carries")
TO_HEARING = (
    *TO_SEVERITY,
    *("notice_of_investigation=given", "terms_of_reference=set", "plan=agreed", "interview_fixed=fixed"),
    *("interview_held=held", "report=submitted", "live_warnings=none", "determination=gross", "form=hearing"),
    *("papers=supplied", "proceedings_day=hearing"),
)
ROLES = {
    Permission.ASSESS_CONDUCT: "assessor",
    Permission.RECORD_EVENT: "complaint_handler",
    Permission.INVESTIGATE: "supervisor",
    Permission.DETERMINE: "appropriate_authority",
    Permission.SIT: "chief_officer",
}


def take(
    at: datetime, matter: str, outcomes: tuple[str, ...], *, officer: str, complainant: str
) -> Mapping[Permission, Viewer]:
    """Take `step=outcome` after `step=outcome`; returns who holds each power."""
    held = {power: worlds.user(at, f"{role.title()} Vane", role).viewer for power, role in ROLES.items()}
    kind = MatterKind.COMPLAINT_UNDER_SCHEDULE_3
    for outcome in outcomes:
        key, _, option = outcome.partition("=")
        step = law().steps[key]
        by, chosen = held[step.owner], step.option(option)
        assert chosen, outcome
        if step.joint_view:
            shown = [line.ref for one in cases.joint(by, matter).people for line in one.matters]
            said: dict[str, Any] = {"shown": shown, "together": False, "reasons": "Alone.", "on": by.today}
            decisions.record_joint_view(by=by, matter_ref=matter, **said)
        proceedings.decide(
            by=by,
            matter_ref=matter,
            step=key,
            option=option,
            person_key={Per.MATTER: "", Per.OFFICER: officer, Per.COMPLAINANT: complainant}[step.per],
            answers=dict(answers_for(key, kind, option)) if step.questions else {},
            reasons=f"Because of {outcome}.",
            on=by.today,
            said={one: "Said in words." for one, _ in left_out(step, chosen, kind, {}, open_lines=True)},
            fixed_on=by.today if chosen.asks_day else None,
        )
    return held
