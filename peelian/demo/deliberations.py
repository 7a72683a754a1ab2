"""Decisions on a conduct matter, taken through the steps of casework by whoever holds the power of each.

Referral first, then handling, special requirements, the joint view and a severity assessment of each person. Now and
then an assessor decides against what the rule indicates, and somebody else signs it some days later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations

from peelian.clocks.law import law
from peelian.decisions import actions, queries
from peelian.demo.lives import Life
from peelian.matters import queries as matters
from peelian.rules.steps import asked, indicated
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

SUPERVISORS = ("supervisor2", "supervisor")  # the first is of another unit than those who assess
SECOND_IN_DAYS = 3
REASONS = {
    "referral": "Each criterion was considered against what is alleged.",
    "referral_sent": "Sent by the secure route; receipt acknowledged.",
    "mode": "Returned by the IOPC for the force to investigate.",
    "conduct_handling": "There is an indication of behaviour that would justify disciplinary proceedings.",
    "special_requirements": "The indication is of behaviour that would justify disciplinary proceedings.",
    "severity": "Taken at its highest, on the account given and the records seen.",
    "staff_severity": "Taken at its highest, on the account given and the records seen.",
}
LESSER = "practice_requiring_improvement"
LENIENT = "The account is of a single lapse, admitted at once; learning will serve better than discipline."


@dataclass(slots=True)
class Deliberation:
    """What is decided on the matter of `life`, on the days on which it falls."""

    life: Life

    def refer(self, at: datetime) -> None:
        """The referral questions; where the matter must be referred, it is sent and comes back for local investigation.

        A death or serious injury matter stays with the IOPC until it says otherwise.
        """
        life = self.life
        if life.closed:
            return
        must = life.route.key in ("recordable", "dsi")
        self._decide(life.assessor, "referral", "refer_must" if must else "no")
        if must:
            self._decide(life.assessor, "referral_sent", "sent")
        if life.route.key == "recordable":
            self._decide(life.assessor, "mode", "local")

    def assess(self, at: datetime) -> None:
        """Handling, special requirements, the joint view, then the severity assessment of everybody known."""
        life = self.life
        if life.closed:
            return
        supervisor = self._who_sees()
        if life.sensitive or not supervisor:
            life.event(life.assessor, "severity_assessed", note="Assessed by those named on the matter.")
            return
        if life.route.key == "conduct":
            self.refer(at)
        read_joint_view(life, life.assessor)
        if life.route.key == "conduct":
            self._decide(life.assessor, "conduct_handling", "investigate")
        self._decide(supervisor, "special_requirements", "met")
        lenient = life.chance.often(0.2)
        grave = not lenient and life.chance.often(0.3)
        if life.severity:
            lenient, grave = life.severity == LESSER, life.severity == "gross_misconduct"
        by = life.stage.as_user(life.assessor, life.stage.diary.now)
        opened = [
            (one.step.key, one.person_key)
            for stage in queries.casework(by, life.ref).stages
            for one in stage.steps
            if one.step.key in ("severity", "staff_severity") and one.may
        ]
        for step, person in opened:
            outcome = "gross_misconduct" if grave else "misconduct"
            if lenient and step == "severity":
                ref = self._decide(life.assessor, step, LESSER, person, told=outcome, reasons=LENIENT)
                if not life.waits:
                    life.stage.diary.on(at.date() + timedelta(days=SECOND_IN_DAYS), Signature(life, supervisor, ref))
            else:
                self._decide(life.assessor, step, outcome, person)

    def _decide(self, who: str, step: str, option: str, person: str = "", *, told: str = "", reasons: str = "") -> str:
        """Take a step now through `who`. `told`: what the answers indicate, where that is not what is decided."""
        life = self.life
        at = life.stage.diary.now
        return actions.decide(
            by=life.stage.as_user(who, at),
            matter_ref=life.ref,
            step=step,
            option=option,
            person_key=person,
            answers=dict(answers_for(step, life.route.kind.value, told or option)),
            reasons=reasons or REASONS[step],
            on=at.date(),
        )

    def _who_sees(self) -> str:
        """A supervisor whom no wall keeps from the matter; empty where there is none."""
        life = self.life
        at = life.stage.diary.now
        sees = (who for who in SUPERVISORS if _is_seen(life.stage.as_user(who, at), life.ref))
        return next(sees, "")


@dataclass(slots=True)
class Signature:
    """The second person reads the reasons and agrees."""

    life: Life
    who: str
    decision_ref: str

    def __call__(self, at: datetime) -> None:
        if not self.life.closed:
            actions.sign_decision(
                by=self.life.stage.as_user(self.who, at),
                matter_ref=self.life.ref,
                decision_ref=self.decision_ref,
                agreed=True,
                reasons="The admission and the record bear it out.",
                on=at.date(),
            )


def read_joint_view(life: Life, who: str) -> None:
    """Open everything known of those concerned, now, and say that it is not taken together."""
    by = life.stage.as_user(who, life.stage.diary.now)
    shown = [line.ref for one in queries.joint(by, life.ref).people for line in one.matters]
    actions.record_joint_view(
        by=by,
        matter_ref=life.ref,
        shown=shown,
        together=False,
        reasons="Read side by side; different in kind, place and time." if shown else "Nothing else is known.",
        on=life.stage.diary.now.date(),
    )


@cache
def answers_for(step_key: str, kind: str, option: str) -> tuple[tuple[str, bool], ...]:
    """The answers with the fewest that are yes for which the rows of the step indicate `option`; none where it asks
    nothing. Raises LookupError where no three answers do."""
    step = law().steps[step_key]
    questions = [one.key for one in asked(step, kind)]
    if not questions:
        return ()
    for number in range(4):
        for yes in combinations(questions, number):
            answers = {key: key in yes for key in questions}
            found = indicated(step, kind, answers).value
            if found is not None and found.key == option:
                return tuple(answers.items())
    raise LookupError(f"no answers indicate {option} at {step_key}")


def _is_seen(viewer: Viewer, matter_ref: str) -> bool:
    try:
        return bool(matters.key_of(viewer, matter_ref))
    except NotFound:
        return False
