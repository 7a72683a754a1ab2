"""The worked dates of `clocks.toml` once more, through a case that was recorded by the actions and read by a query:
what the bare rule says, the matter's page says.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from peelian.clocks import actions, queries
from peelian.clocks.recordable import CAME
from peelian.matters import actions as matters
from peelian.matters import queries as record
from peelian.matters.rows import InvolvedDraft
from peelian.rules import EventFact
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, Part
from tests import worlds
from tests.regulations.facts import LAW, started

pytestmark = pytest.mark.django_db
OF_A_MATTER = [one for one in LAW.test_vectors if "force" not in LAW.drives[str(one["clock"])].kinds]
LATER = datetime(2029, 1, 2, 9, 0, tzinfo=ZoneInfo("Europe/London"))  # past every worked date
FIELD = {Part.OFFICER_CONCERNED: "officers", Part.COMPLAINANT: "complainants", Part.INTERESTED_PERSON: "interested"}


def named(vector: dict[str, object]) -> str:
    return f"{vector['clock']} from {vector['trigger_date']}"


def recorded(facts, by) -> tuple[str, str]:
    """The facts as a case, recorded by the actions: the matter's reference and whom it owes (empty for nobody)."""
    involved = {"officers": (InvolvedDraft(description="an officer"),)}
    owed = ""
    for one in facts.people_owed:
        owed = worlds.member_of_the_public(by.at, "Owed")
        involved[FIELD[one.part]] = (InvolvedDraft(owed),)
    kind = facts.kind
    tests = ("REC-1",) if kind is MatterKind.COMPLAINT_UNDER_SCHEDULE_3 else ()
    came = facts.came_to_attention
    ref = matters.record_matter(
        by=by, recording=worlds.complaint(came, kind=kind, tests=tests, **involved), on=by.today
    )
    for event in facts.events:
        record_event(by, ref, event, owed)
    return ref, owed


def record_event(by, ref: str, event: EventFact, owed: str) -> None:
    if event.key == CAME:
        return
    person_key = owed
    if LAW.events[event.key].needs_person and not owed:
        person_key = record.parts(by, ref).people[0].key
    actions.record_past_event(
        note="As the worked date says.",
        by=by,
        matter_ref=ref,
        key=event.key,
        on=KnownDate(event.on.earliest),
        at=event.at,
        person_key=person_key if event.person_key or LAW.events[event.key].needs_person else "",
    )


@pytest.mark.parametrize("vector", OF_A_MATTER, ids=named)
def test_a_worked_date_stands_on_the_page_of_a_recorded_case(vector: dict[str, object]) -> None:
    clock, trigger = str(vector["clock"]), vector["trigger_date"]
    assert isinstance(trigger, date)
    by = worlds.peelian(LATER)
    ref, owed = recorded(started(clock, trigger, at=vector.get("trigger_at")), by)  # type: ignore[arg-type]  # TOML
    found = queries.matter_duties(by, ref, trigger)
    rows = [row for row in (*found.open, *found.done) if row.clock == clock and (not owed or row.person)]
    assert vector["due"] in [row.due_on for row in rows]
    row = next(row for row in rows if row.due_on == vector["due"])
    assert row.provision
    assert row.because
    if "due_at" in vector:
        assert row.due_at == vector["due_at"]


def test_nearly_every_worked_date_is_of_a_matter() -> None:
    assert len(OF_A_MATTER) >= 30
