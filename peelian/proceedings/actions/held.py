"""What every act on proceedings shares: the day, the words, the journal entry, the step that it takes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelian.decisions import actions as decisions
from peelian.decisions import queries as steps
from peelian.journal import actions as journal
from peelian.proceedings.facts import Held, role_of, sitting
from peelian.statute import Through
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import MatterState
from peelian.terms.proceedings import Role
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer

CHAIR_LAW = "SI 2020/4 regs 28, 55"


def must_lie_within(by: Viewer, one: Held, on: date) -> None:
    """Raises NotValid for a day to come or before the proceedings were opened; NotAllowed on a closed matter."""
    if one.matter.state is MatterState.CLOSED:
        raise NotAllowed(Refusal("The matter is closed. Re-open it first.", one.forum.law))
    not_ahead(by, on)
    if on < one.row.on:
        raise NotValid("on", "These proceedings had not been opened on this day.")


def stamp(by: Viewer, on: date) -> dict[str, Any]:
    """When it happened, and when and by whom it was written."""
    return {"on": on, "recorded_at": by.at, "recorded_by": by.actor}


def enter(
    by: Viewer, one: Held, act: Act, summary: str, *, on: date, texts: Mapping[str, object], decision: str = ""
) -> None:
    """One entry about the matter; personal text under the matter's own key."""
    journal.record(
        by=by,
        act=act,
        kind=RecordKind.MATTER,
        key=one.matter.ref,
        summary=summary,
        decision=decision,
        on=on,
        texts=[(one.matter.ref, {**texts, "proceeding": one.row.ref})],
    )


def take(by: Viewer, one: Held, step: str, option: str, reasons: str, on: date) -> str:
    """Take a step for the person concerned that is taken by this record alone; its clocks start or are met."""
    before = steps.asking(by, one.matter.ref, step, one.person.key).before
    return decisions.decide(
        by=by,
        matter_ref=one.matter.ref,
        step=step,
        option=option,
        person_key=one.person.key,
        reasons=reasons,
        on=on,
        replaces=before.ref if before else "",
        through=Through.RECORD,
    )


def chair_of(one: Held) -> Any:
    """Whoever sits in the chair. Raises NotAllowed where nobody does: nobody else gives directions."""
    for member in sitting([one.row.pk])[one.row.pk]:
        if role_of(member.seat) is Role.CHAIR:
            return member
    raise NotAllowed(
        Refusal("Nobody sits in the chair, and a direction is the chair’s. Name who sits first.", CHAIR_LAW)
    )
