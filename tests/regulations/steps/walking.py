"""A case that walks through the steps by the rules alone, for the tests of whole ways; and stretches of such ways."""

from dataclasses import dataclass, field
from datetime import date

from peelian import statute
from peelian.rules.steps import CaseFacts, Concerned, Taken, option_closed, why_not
from peelian.statute import Per
from peelian.terms.people import PersonKind

LAW = statute.product()
DAY = date(2026, 11, 2)
OFFICER, COMPLAINANT = "ole", "ana"


@dataclass
class Case:
    """A case on which steps are taken by the rules alone. `done`: `step=option` in order."""

    kind: str
    edition: str = "2025"
    worker: PersonKind = PersonKind.OFFICER
    by: str = "user:one"
    has_left: bool = False
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)

    @property
    def facts(self) -> CaseFacts:
        officer = Concerned(OFFICER, Per.OFFICER, self.worker, self.has_left)
        people = (officer, Concerned(COMPLAINANT, Per.COMPLAINANT, None))
        return CaseFacts(self.kind, self.edition, True, people, tuple(self.taken.values()))

    def refusal(self, outcome: str, on: date = DAY) -> str:
        """Why an outcome cannot be given; empty where it can."""
        key, _, option = outcome.partition("=")
        step, person = LAW.steps[key], self._person(key)
        chosen = step.option(option)
        assert chosen is not None, outcome
        found = why_not(step, self.facts, person) or option_closed(chosen, step, self.facts, person, on)
        return found.reason if found else ""

    def take(self, *outcomes: str) -> "Case":
        for outcome in outcomes:
            assert not self.refusal(outcome), f"{outcome}: {self.refusal(outcome)}"
            key, _, option = outcome.partition("=")
            person = self._person(key)
            chosen = LAW.steps[key].option(option)
            assert chosen is not None
            self.events += chosen.events_again if (key, person) in self.taken else chosen.events
            self.taken[key, person] = Taken(key, option, person, self.by)
        return self

    def _person(self, key: str) -> str:
        return {Per.MATTER: "", Per.OFFICER: OFFICER}.get(LAW.steps[key].per, COMPLAINANT)


TO_SEVERITY = ("referral=no", "conduct_handling=investigate", "investigator=appointed", "severity=gross_misconduct")
TO_REPORT = (
    "notice_of_investigation=given",
    "terms_of_reference=set",
    "plan=agreed",
    "interview_fixed=fixed",
    "interview_held=held",
    "report=submitted",
)
PAPERS = ("papers=supplied", "panel_named=told", "officer_reply=denies", "bundle=supplied")
HEARING = ("proceedings_day=hearing", "directions=all", "notice_published=published", "proceedings_held=hearing")
TOLD = ("proceedings_completed=completed", "chair_report=submitted", "officer_told_outcome=told")


def conduct(**said: str) -> Case:
    return Case("conduct_matter", **said)  # type: ignore[arg-type]  # the test names the fields


def to_hearing(edition: str = "2025") -> Case:
    case = conduct(edition=edition).take(*TO_SEVERITY, *TO_REPORT, "live_warnings=none", "determination=gross")
    return case.take("form=hearing", *PAPERS, *HEARING)


def to_meeting(live: str = "none", edition: str = "2025") -> Case:
    case = conduct(edition=edition).take(*TO_SEVERITY, "severity=misconduct", *TO_REPORT, f"live_warnings={live}")
    form = "hearing" if live == "final_written" else "meeting"
    case.take(
        "determination=misconduct", f"form={form}", *PAPERS, f"proceedings_day={form}", f"proceedings_held={form}"
    )
    return case.take("finding=misconduct")
