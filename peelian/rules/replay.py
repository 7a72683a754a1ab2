"""Nine reports about one invented officer, replayed: which duties arose at each, and why it could not be closed.

In: the rows of the replay and the law. Out: duties by the real clocks, indications by the real steps, refusals by the
real rule of closing. Nothing is said here of what the answer should be.
"""

from dataclasses import dataclass
from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.closing import why_not_closed
from peelian.rules.duties import duties
from peelian.rules.facts import Duty, EventFact, MatterFacts, PersonOwed
from peelian.rules.steps import CaseFacts, Concerned, Taken, asked, indicated
from peelian.statute import Option, Per, Register, Row
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import Refusal

KIND = MatterKind.CONDUCT_MATTER
OFFICER = "the officer concerned"
HANDLER = "whoever decided"
RECORDED = ("assessment_reached_assessor", "handling_started")  # as recording any conduct matter does
STEP = "conduct_handling"
NOTHING = "no_further_action"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to close the matter: what had been done by then, and why it was refused; None where it closes."""

    after: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One report. `earlier`: the reports before it, which the joint view holds. `by_todays_rules`: no edition held in
    the tables governs its day. `indicated`: what the rule gives for the way of handling; `signed_by_second`: whether to
    take no further action waits for a second person."""

    number: int
    on: date
    force: str
    words: str
    lesson: str
    earlier: tuple["Replayed", ...]
    by_todays_rules: bool
    duties: tuple[Duty, ...]
    indicated: Answer[Option | None]
    signed_by_second: bool
    attempts: tuple[Attempt, ...]


def replay(law: Register) -> tuple[Replayed, ...]:
    """Every report in order, each with the duties that stood at the end of its day."""
    found: list[Replayed] = []
    for row in law.table("replay_event"):
        found.append(_replayed(law, row, tuple(found)))
    return tuple(found)


def _replayed(law: Register, row: Row, earlier: tuple[Replayed, ...]) -> Replayed:
    on: date = row["on"]
    first = min(one.in_force_from for one in law.scheme if one.held)
    facts = MatterFacts(
        kind=KIND,
        came_to_attention=KnownDate(on),
        events=tuple(EventFact(key, KnownDate(on)) for key in (*RECORDED, *row.get("events", ()))),
        people_owed=(PersonOwed(OFFICER, Part.OFFICER_CONCERNED),),
        by_todays_rules=on < first,
    )
    step = law.steps[STEP]
    nothing = step.option(NOTHING)
    return Replayed(
        number=row["n"],
        on=on,
        force=row["force"],
        words=row["words"],
        lesson=row["lesson"],
        earlier=earlier,
        by_todays_rules=on < first,
        duties=tuple(one for one in duties(facts, on, law=law) if one.state.is_live),
        indicated=indicated(step, KIND, {one.key: one.key in row["yes"] for one in asked(step, KIND)}),
        signed_by_second=nothing is not None and nothing.countersign,
        attempts=_attempts(bool(earlier)),
    )


def _attempts(more_is_known: bool) -> tuple[Attempt, ...]:
    """Closing it at once; by one person's decision; once signed but unread together; and once all of that was done."""
    decided = Taken(STEP, NOTHING, "", HANDLER)
    found = [
        Attempt("nothing was decided", why_not_closed(_case(), read_together=False)),
        Attempt(
            "one person decided to take no further action",
            why_not_closed(_case(waiting=frozenset({(STEP, "")})), read_together=True),
        ),
    ]
    if more_is_known:
        words = "a second person signed, but the earlier reports were not read"
        found.append(Attempt(words, why_not_closed(_case(decided), read_together=False)))
    words = "everything known was read, with reasons, and a second, independent person signed"
    return (*found, Attempt(words, why_not_closed(_case(decided), read_together=True)))


def _case(*taken: Taken, waiting: frozenset[tuple[str, str]] = frozenset()) -> CaseFacts:
    people = (Concerned(OFFICER, Per.OFFICER, PersonKind.OFFICER),)
    return CaseFacts(kind=KIND, edition="", is_open=True, people=people, taken=taken, waiting=waiting)
